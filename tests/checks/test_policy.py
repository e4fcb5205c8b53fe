"""Seeded faults: what policy packs refuse and want, and packs that cannot be read."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from campaigner.checks.lookalikes import legible, names_in
from campaigner.checks.packs import read_policies, shipped_pack, shipped_packs
from campaigner.checks.refusals import spans_in
from campaigner.checks.standing import FEW
from campaigner.checks.written import folded
from campaigner.content.workspace import Workspace
from campaigner.errors import ContentError
from checks.seeded import (
    UNKNOWN,
    Fault,
    article,
    assert_clean,
    assert_found,
    fault,
    front,
    named,
    page,
    settings,
    told_in,
)

MEDICAL = settings('[check]\npolicies = ["medical-uk"]\n')
CASL = settings('[check]\npolicies = ["casl"]\n')
CONSENT = 'landing: {{form: {{consent: "{}"}}}}'
PARTNERS = "You and our partners may e-mail me until I unsubscribe."
PROFESSIONALS = front("audience: professionals")
#: of a campaign that has ended, which no other one leads to
ORPHAN = "waivers: [{check: orphan-page, reason: It has ended.}]"


DISGUISES = [
    "Botox",
    "B0tox",
    "b o t o x",
    "B-o-t-o-x",
    "B.o.t.o.x",
    "Воtох",
    "ΒΟΤΟΧ",
    "ＢＯＴＯＸ",
    "Böt0x",
    "Bo\u00adtox",
    "Bo\u200btox",
    "🅱️otox",
    "#botox",
    "#BabyB0toxLondon",
    "Botoxparty",
    "B*tox",
    "B@tox",
    "B•tox",
    "b.o.t.o.x",
    "Bo-tox",
    "B\u200bo\u2060tox",
    "B\u0585t\u043ex",
    "\u0299o\u1d1b\u1d0fx",
    "\U0001d401\U0001d428\U0001d42d\U0001d428\U0001d431",
    "botulinum-toxin",
    "botulinum\ntoxin",
    "Ozemp1c",
    "C1alis",
    "tox parties",
]
INNOCENT = [
    "A specialist in glass, a socialist and a facialist.",
    "The robot oxidises, the bot. Oxen do not.",
    "Put it to a toxin test, or in a box.",
    "Take the bot ox, the button and the detox.",
    "Here b*t*x is a product.",
    "Write to bo@tox.example, or to b@toxo.example.",
    "See [the news](https://elsewhere.example/botox-sales/).",
    "<!-- Botox -->",
    "Ask your pharmacist for Viagra Connect.",
]


@pytest.mark.parametrize("name", DISGUISES)
def test_a_medicine_is_found_in_whatever_disguise(name: str, tmp_path: Path) -> None:
    check = "policy-wording" if name == "tox parties" else "policy-term"
    assert_found(tmp_path, fault(check, "We have", MEDICAL, article(f"We have {name} here.")))


@pytest.mark.parametrize("words", [*DISGUISES, *INNOCENT])
@pytest.mark.parametrize("whole", [False, True])
def test_a_name_is_found_by_itself_and_among_many(words: str, *, whole: bool) -> None:
    names = [name for terms in shipped_pack("medical-uk").terms for name in terms.terms]
    text = legible(f"A box {words}, {words}{words} and Botox")
    found = [*names_in(text, names, whole=whole)]
    assert [*names_in(text, [*names, *(f"vial{n}" for n in range(1_000))], whole=whole)] == found


@pytest.mark.parametrize("words", INNOCENT)
def test_what_only_looks_like_a_medicine_is_left_alone(words: str, tmp_path: Path) -> None:
    assert_clean(tmp_path, MEDICAL, article(words))


PLACES = [
    ("slug: b0tox-in-spring", "slug:"),
    ("newsletter: {subject: New Botox hours}", "subject:"),
    ("newsletter: {subjects: [Opening hours, New Botox hours]}", "New Botox"),
    ("newsletter: {preheader: New Botox hours for you and your friends}", "preheader:"),
    ("title: All about Botox", "title:"),
    ("tags: [Botox]", "Botox"),
    ("image_alt: A vial of Botox", "image_alt:"),
    ("landing: {benefits: [Cheap Botox]}", "Botox"),
    ("landing: {faq: [{question: 'Is it Botox?', answer: We say so.}]}", "Botox"),
    ("aliases: [/botox-offer/]", "botox-offer"),
    ("author: Botox Bar", "author"),
    ("newsletter: {from: Botox Bar}", "from:"),
    ("landing: {offer: {title: A course, price: 3 x Botox}}", "price:"),
    ("landing: {trust: [{text: It is good., name: Botox Bar}]}", "name: Botox Bar"),
    (
        "landing: {form: {fields: [{name: want, label: You want, type: select, options: [Vials, Botox]}]}}",
        "- Botox",
    ),
    (
        "sources: {glass-2025: {title: On glass, author: Botox Bar, url: 'https://a.example/', date: 2020-01-01}}",
        "author: Botox Bar",
    ),
    ("sources: {glass-2025: {title: On Botox, url: 'https://a.example/', date: 2020-01-01}}", "On Botox"),
]


@pytest.mark.parametrize(("key", "on"), PLACES)
def test_a_medicine_is_found_in_front_matter(key: str, on: str, tmp_path: Path) -> None:
    assert_found(tmp_path, fault("policy-term", on, MEDICAL, front(key)))


APART = [
    "![A vial of Botox](vials.png)",
    '![A vial](vials.png "A vial of Botox")',
    '[On vials](/ "and on Botox")',
    "Type `Botox` into it.",
    '<abbr title="Botox">Bx</abbr> it is.',
]


@pytest.mark.parametrize("words", APART)
def test_a_medicine_is_found_once_where_no_text_runs(words: str, tmp_path: Path) -> None:
    told = told_in(tmp_path, MEDICAL, article(words))
    (line,) = (line for check, line, _ in told if check == "policy-term")
    assert words in line


def test_a_medicine_that_only_a_template_names_is_found(tmp_path: Path) -> None:
    assert_found(tmp_path, fault("policy-term", UNKNOWN, MEDICAL, page("<p>Our Botox</p>")))


def test_professionals_may_read_it_where_the_page_says_so(tmp_path: Path) -> None:
    said = article("Botox, for healthcare professionals only.")
    assert_clean(tmp_path, MEDICAL, PROFESSIONALS, said)


def test_professionals_may_not_where_the_page_does_not_say_so(tmp_path: Path) -> None:
    assert_found(
        tmp_path, fault("policy-term", "Botox, for you", MEDICAL, PROFESSIONALS, article("Botox, for you."))
    )


UNSAID = [
    ("newsletter: {subject: New Botox hours}", "subject:"),
    ("image_alt: A vial of Botox", "image_alt:"),
    ("author: [{name: Ada Vetro, role: Botox nurse}]", "role:"),
    ("landing: {form: {thanks: Botox is for you.}}", "thanks:"),
]


@pytest.mark.parametrize(("key", "on"), UNSAID)
def test_what_professionals_are_not_told_is_told_at_its_line(key: str, on: str, tmp_path: Path) -> None:
    told = told_in(tmp_path, MEDICAL, PROFESSIONALS, front(key))
    lines = {line for check, line, _ in told if check == "policy-term"}
    assert lines
    assert all(on in line for line in lines), told


def test_nothing_is_refused_while_the_pack_is_off(tmp_path: Path) -> None:
    assert_clean(tmp_path, article("We have Botox here."))


WORDINGS = (
    fault("policy-wording", "subject:", front("newsletter: {subject: Your account has been suspended}")),
    fault("policy-wording", "subject:", front("lang: de\nnewsletter: {subject: Ihr Konto wurde gesperrt}")),
    fault("policy-wording", "log in", article("Please log in to unsubscribe.")),
    fault("policy-wording", "This letter", article("This letter cannot be\nconsidered spam.")),
    fault(
        "policy-wording",
        "intro:",
        front("landing: {intro: By submitting this form you consent to letters.}"),
    ),
    fault("policy-wording", "consent:", front(CONSENT.format(PARTNERS))),
    fault(
        "policy-wording",
        "marketing partners",
        article("::: landing\nWe tell our marketing partners.\n:::"),
    ),
)
SOUND_WORDINGS = (
    article("Our marketing partners said so."),
    article("::: blog\nYour account has been suspended, said the bank.\n:::"),
    front("landing: {intro: Sign up and you agree with us.}"),
)


@pytest.mark.parametrize("seeded", WORDINGS, ids=str)
def test_a_refused_wording_is_found_in_its_channel(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("example", SOUND_WORDINGS, ids=named)
def test_a_wording_that_nothing_refuses_is_left_alone(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, example)


DISCLOSURES = (
    fault("policy-disclosure", "consent:", front(CONSENT.format("Yes, send me letters by e-mail."))),
    fault(
        "policy-disclosure",
        "consent:",
        front("lang: de\n" + CONSENT.format("Ja, schickt mir Briefe per E-Mail.")),
    ),
)
DISCLOSED = (
    front("lang: de\n" + CONSENT.format("Ja, schickt mir Briefe. Das kann ich widerrufen.")),
    front("lang: fr\n" + CONSENT.format("Oui.")),
    # nobody signs up any more
    front(f"expiry_date: 2026-11-25\n{ORPHAN}\n" + CONSENT.format("Yes, send me letters by e-mail.")),
)


@pytest.mark.parametrize("seeded", DISCLOSURES, ids=str)
def test_what_must_be_said_is_missed(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("example", DISCLOSED, ids=named)
def test_what_is_said_or_need_not_be_is_not_missed(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, example)


def test_a_pack_holds_the_postal_address_that_it_wants(tmp_path: Path) -> None:
    assert_clean(tmp_path, CASL)


def test_a_finding_names_the_rule_and_its_address(tmp_path: Path) -> None:
    from checks.examples import found_in

    (one, *_) = found_in(tmp_path, MEDICAL, article("We have B0tox here."))
    assert (
        one.message
        == 'the page names "B0tox", which reads as Botox: CAP Code, rule 12.12: prescription-only medicines'
    )
    assert "https://www.asa.org.uk/" in one.hint


@pytest.mark.parametrize("name", shipped_packs())
def test_a_shipped_pack_says_that_it_is_no_legal_advice(name: str) -> None:
    pack = shipped_pack(name)
    assert "no legal advice" in pack.about
    addresses = [rule.url for rules in (pack.terms, pack.wordings, pack.disclosures) for rule in rules]
    assert addresses
    assert all(address.startswith("https://") for address in addresses)


def test_four_packs_are_shipped() -> None:
    assert shipped_packs() == ("can-spam", "casl", "gdpr-signup", "medical-uk")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "policies").mkdir()
    (tmp_path / "campaigner.toml").write_text('[site]\nname = "A"\n\n[check]\npolicies = ["can-spma"]\n')
    return Workspace(root=tmp_path)


def faults_of(workspace: Workspace, name: str) -> list[str]:
    with pytest.raises(ContentError) as error:
        read_policies(workspace, [name])
    return [str(fault) for fault in error.value.faults]


def test_an_unknown_pack_is_a_fault_at_its_line(workspace: Workspace) -> None:
    assert faults_of(workspace, "can-spma") == [
        'campaigner.toml:5:1: there is no policy pack "can-spma". Did you mean "can-spam"?'
    ]


OWN = 'name = "Ours"\nabout = "No legal advice."\n'


def test_an_own_pack_is_read(workspace: Workspace) -> None:
    (workspace.root / "policies" / "ours.toml").write_text(OWN, encoding="utf-8")
    (pack,) = read_policies(workspace, ["ours"])
    assert pack.name == "Ours"


WHY = 'rule = "1"\nurl = "https://a.example/"\nreason = "Why."\n'


@pytest.mark.parametrize("nothing", ["", "  ", "!!!", "["])
@pytest.mark.parametrize(
    ("table", "key", "more"),
    [
        ("terms", "terms", ""),
        ("terms", "but_not", 'terms = ["a"]'),
        ("terms", "unless_says", 'terms = ["a"]'),
        ("wordings", "words", ""),
        ("disclosures", "says", 'on = "mail"'),
    ],
)
def test_words_of_a_pack_have_a_letter_or_a_digit(
    workspace: Workspace, table: str, key: str, more: str, nothing: str
) -> None:
    written = f'{OWN}[[{table}]]\n{WHY}{key} = ["§ 5", "{nothing}"]\n{more}\n'
    (workspace.root / "policies" / "ours.toml").write_text(written, encoding="utf-8")
    (told,) = faults_of(workspace, "ours")
    assert told.startswith("policies/ours.toml:7:")
    assert f'"{nothing.strip()}" has no letter or digit' in told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('name = "Ours\n', "policies/ours.toml:1:13: this is no TOML: illegal character"),
        (f'{OWN}[[terms]]\nrule = "1"\n', 'policies/ours.toml:3:1: "url" is missing'),
        (
            f'{OWN}[[wording]]\nrule = "1"\n',
            'policies/ours.toml:3:1: unknown key "wording". Did you mean "wordings"?',
        ),
    ],
)
def test_a_broken_pack_is_a_fault_at_its_line(workspace: Workspace, written: str, told: str) -> None:
    (workspace.root / "policies" / "ours.toml").write_text(written, encoding="utf-8")
    assert any(fault.startswith(told) for fault in faults_of(workspace, "ours"))


SPELLINGS = [
    "B&#111;tox",
    "B&#x6F;t&#111;x",
    "b<b>ot</b>ox",
    "Bo<!-- x -->tox",
    "Bo<wbr>tox",
    "Bo&shy;tox",
    "Bo[to](https://elsewhere.example/)x",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_name_is_found_where_it_is_written_however_that_is(spelling: str, tmp_path: Path) -> None:
    told = told_in(tmp_path, MEDICAL, article(f"We use {spelling} here."))
    assert [(check, line) for check, line, _ in told] == [("policy-term", f"We use {spelling} here.")]


def test_each_spelling_of_a_name_counts_by_itself(tmp_path: Path) -> None:
    lines = [f"We use {spelling} here." for spelling in ("Botox", *SPELLINGS)]
    told = told_in(tmp_path, MEDICAL, article("\n\n".join(lines)))
    assert [line for _, line, _ in told] == lines


def test_words_that_a_tag_parts_are_no_name(tmp_path: Path) -> None:
    assert_clean(tmp_path, MEDICAL, article("A robo<br>tox oxidises, and a bot<!-- x --> ox does not."))


@pytest.mark.parametrize(
    "shown", ["Müller-Schule", "MUELLER SCHULE", "Mueller-Schule", "MÜLLER SCHULE", "Muellerschule"]
)
def test_a_name_with_an_umlaut_is_found_in_two_letters(shown: str) -> None:
    (found,) = names_in(legible(f"Die {shown} lehrt."), ["Müller Schule"])
    assert found == ("Müller Schule", 4, 4 + len(shown))


@pytest.mark.parametrize(
    ("name", "shown", "is_found"),
    [
        ("Grundstraße", "Grundstrasse", True),
        ("Öl", "OEL", True),
        ("Neue Schule", "Neü Schule", False),
        ("Mueller", "Muller", False),
    ],
)
def test_two_letters_are_no_umlaut(name: str, shown: str, *, is_found: bool) -> None:
    assert bool([*names_in(legible(f"Die {shown} hier"), [name], whole=True)]) == is_found


WAYS = (
    *(
        "Glas Viala",
        "glas-viala",
        "g l a s v i a l a",
        "GlasViala",
        "Glas. Viala",
        "Glas, Viala",
        "xglasvialax",
    ),
    *(
        "xGlas Viala",
        "Glas Vialax",
        "glas\u200bviala",
        "gl-as vi_ala",
        "g1as vi@la",
        "Glas   Viala",
        "gl as vi ala",
    ),
    *(
        "(Glas Viala)",
        "#GlasViala",
        "g.l.a.s.v.i.a.l.a",
        "Glas    Viala",
        "Glas Viala Glas Viala",
        "glasviala glas",
    ),
)


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("text", WAYS)
def test_among_thousands_a_name_is_found_as_it_is_alone(text: str, whole: bool) -> None:
    names = ("Glas Viala", "Glas")
    many = (*names, *(f"filler number {n}" for n in range(FEW)))
    read = legible(f"Of {text} and more.")
    assert [*names_in(read, many, whole=whole)] == [*names_in(read, names, whole=whole)]


@pytest.mark.parametrize("text", ["Glas Viala, glas viala", "xGlas Viala", "Glas  \n Viala’s", "(it’s glas)"])
def test_among_thousands_a_wording_is_found_as_it_is_alone(text: str) -> None:
    phrases = ("glas viala", "it's glas", "glas viala's")
    many = (*phrases, *(f"filler number {n}" for n in range(FEW)))
    said = f"İn words of  {text}. "
    assert [*spans_in(said, folded(said), many)] == [*spans_in(said, folded(said), phrases)]
