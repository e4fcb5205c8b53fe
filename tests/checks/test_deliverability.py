"""Faults that keep a mail from the inbox, each found by its check and by no other, at its line."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.examples import found_in, told_in

SENDER = 'name = "The Glass Letter"\npostal_address = "Glass House, 1 Example Street"\n'
ALL = r"(?s)\A.*\Z"


def subject(text: str, *, lang: str = "en") -> Example:
    return Example(of="front matter", text=f"{{lang: {lang}, newsletter: {{subject: '{text}'}}}}")


def preheader(text: str, *, lang: str = "en") -> Example:
    return Example(of="front matter", text=f"{{lang: {lang}, newsletter: {{preheader: '{text}'}}}}")


def article(text: str) -> Example:
    return Example(of="article", text=f"\n{text}\n")


def mail(text: str, *, instead_of: str = "") -> Example:
    return Example(of="mail", text=text, instead_of=instead_of)


def mail_text(text: str, *, instead_of: str = "") -> Example:
    return Example(of="mail text", text=text, instead_of=instead_of)


def sender(address: str) -> Example:
    return Example(of="settings", text=f'[sender]\naddress = "{address}"\n{SENDER}')


LONG = "Everything that you always wanted to know about the vials that you open"
NARROW = '<td><img src="https://glass-letter.example/{}.png" width="600" height="900" alt="All"></td></tr>'
BODY = r'(?s)<td class="article".*?</td>\s*</tr>'
#: two hundred that are no others
OTHER_WORDS = " ".join(f"wort{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200))
ASKED = "Was sagt Ihre Ampulle?"
FOUND = [
    # the inbox
    ("subject-length", subject(LONG), "subject:"),
    (
        "subject-length",
        subject("Alles, was Sie über Ihre Glasampullen schon immer wissen wollten", lang="de"),
        "subject:",
    ),
    (
        "subject-length",
        Example(of="front matter", text=f"newsletter: {{subjects: ['{LONG}']}}"),
        "Everything",
    ),
    ("subject-length", Example(of="settings", text="[check.limits]\nsubject = 20\n"), "subject:"),
    ("subject-short", subject("Vials"), "subject:"),
    ("subject-short", subject("Ampullen", lang="de"), "subject:"),
    ("subject-short", Example(of="front matter", text="newsletter: {subjects: [Four]}"), "Four"),
    ("subject-capitals", subject("LOOK AT YOUR VIALS"), "subject:"),
    ("subject-capitals", subject("Please LOOK AT THEM today"), "subject:"),
    ("subject-capitals", subject("JETZT GENAU HINSEHEN", lang="de"), "subject:"),
    ("subject-capitals", subject("Schöne GRÜSSE VON ÄRZTEN", lang="de"), "subject:"),
    ("subject-capitals", preheader("FOUR THINGS TO LOOK AT before you open it."), "preheader:"),
    ("subject-fake-reply", subject("Re: your order of vials"), "subject:"),
    ("subject-fake-reply", subject("FWD: What your vial tells you"), "subject:"),
    ("subject-fake-reply", subject("AW: Ihre Ampullen von gestern", lang="de"), "subject:"),
    ("subject-fake-reply", subject("WG: Ihre Ampullen von gestern", lang="de"), "subject:"),
    ("subject-fake-reply", subject("[Re]: what your vial tells you"), "subject:"),
    ("subject-punctuation", subject("What does your vial tell you??"), "subject:"),
    ("subject-punctuation", subject("Look at your vials !!!"), "subject:"),
    ("subject-punctuation", subject("Was sagt Ihre Ampulle?!", lang="de"), "subject:"),
    ("subject-punctuation", subject("Vials for few $$ this week"), "subject:"),
    ("subject-punctuation", preheader("Four things to look at before you open it!!"), "preheader:"),
    ("preheader-length", preheader("Four things."), "preheader:"),
    ("preheader-length", preheader("Vier Dinge zum Ansehen.", lang="de"), "preheader:"),
    ("preheader-length", preheader("glass and " * 16), "preheader:"),
    ("preheader-repeats-subject", preheader("What does your vial tell you? We know it."), "preheader:"),
    ("preheader-repeats-subject", preheader("Read here: what does your vial tell you"), "preheader:"),
    (
        "preheader-repeats-subject",
        Example(
            of="front matter",
            text=f"{{lang: de, newsletter: {{subject: '{ASKED}', preheader: '{ASKED} Wir wissen es.'}}}}",
        ),
        "preheader:",
    ),
    # phrases
    ("spam-phrases", subject("Act now: the vials are here"), "subject:"),
    ("spam-phrases", subject("Last chance for your vials"), "subject:"),
    ("spam-phrases", subject("You won’t believe these vials"), "subject:"),
    ("spam-phrases", subject("Jetzt zuschlagen: neue Ampullen", lang="de"), "subject:"),
    ("spam-phrases", subject("Letzte Chance für Ampullen", lang="de"), "subject:"),
    ("spam-phrases", preheader("Four things to look at, 100% free for you."), "preheader:"),
    ("spam-phrases", article("With glass you make\nmoney fast, they say."), "With glass you make"),
    ("spam-phrases", article("Please Verify your account today."), "Please Verify"),
    ("spam-phrases", article("This is not spam, since you asked for it."), "This is not spam"),
    # the text part
    ("text-missing", mail_text("", instead_of=ALL), "---"),
    ("text-missing", mail_text(" \n\n", instead_of=ALL), "---"),
    ("text-missing", mail_text("\u00a0", instead_of=ALL), "---"),
    (
        "text-unlike-html",
        mail_text("Please use a browser. https://nowhere.invalid/unsubscribe/", instead_of=ALL),
        "---",
    ),
    ("text-unlike-html", mail_text("Anything else.\n\n", instead_of=r"(?s)A vial says.*\n(?=---)"), "---"),
    (
        "text-unlike-html",
        mail(f"<p>{OTHER_WORDS}</p>"),
        "---",
    ),
    # pictures
    ("image-heavy", mail(NARROW.format("all"), instead_of=BODY), "---"),
    ("image-heavy", mail(f"<td>{NARROW.format('a')[4:-10]}{NARROW.format('b')[4:]}", instead_of=BODY), "---"),
    ("image-heavy", Example(of="settings", text="[check.limits]\ntext_beside_pictures = 5000\n"), "---"),
    # links
    (
        "link-text-address",
        article("See [www.museum.example](https://clicks.example/12)."),
        "www.museum.example",
    ),
    (
        "link-text-address",
        article("See [https://museum.example/a](https://museum.invalid/a)."),
        "museum.invalid",
    ),
    ("link-text-address", article("See [Museum.com](https://museum.example/)."), "Museum.com"),
    (
        "link-text-address",
        article("Siehe [glas-museum.de/liste](https://klick.example/1)."),
        "glas-museum.de",
    ),
    ("link-shortener", article("See [the list](https://bit.ly/3VialS)."), "bit.ly"),
    ("link-shortener", article("See [the list](https://www.tinyurl.com/vials)."), "tinyurl"),
    ("link-shortener", article("See [the list](https://T.CO/vials)."), "T.CO"),
    ("link-bare-ip", article("See [the list](https://192.0.2.7/list)."), "192.0.2.7"),
    ("link-bare-ip", article("See [the list](https://192.0.2.7:8443/list)."), "192.0.2.7"),
    ("link-bare-ip", article("See [the list](https://3221225991/list)."), "3221225991"),
    ("link-bare-ip", mail('<p><a href="https://[2001:db8::1]/list">The list</a></p>'), "---"),
    # what each mail must have
    (
        "postal-address-missing",
        Example(of="settings", text='[sender]\naddress = "a@glass-letter.example"\n'),
        "[sender]",
    ),
    (
        "postal-address-missing",
        Example(of="settings", text='[sender]\naddress = "a@glass-letter.example"\npostal_address = ""\n'),
        "postal_address",
    ),
    ("postal-address-missing", mail("", instead_of='<p class="address".*?</p>'), "postal_address"),
    ("unsubscribe-missing", mail("", instead_of="<a [^>]*>Unsubscribe</a>"), "---"),
    ("unsubscribe-missing", mail("", instead_of=r"(?<=>)Unsubscribe(?=</a>)"), "---"),
    ("unsubscribe-missing", mail_text("", instead_of=r"Unsubscribe: .*"), "---"),
    ("view-in-browser-missing", mail("", instead_of="<a [^>]*>View in browser</a>"), "---"),
    (
        "view-in-browser-missing",
        mail(
            "https://glass-letter.example/",
            instead_of=r"https://glass-letter\.example/glass-vials/newsletter/",
        ),
        "---",
    ),
    (
        "view-in-browser-missing",
        mail("<span>View in browser</span>", instead_of="<a [^>]*>View in browser</a>"),
        "---",
    ),
    ("from-domain", sender("glass.letter@gmail.com"), "address"),
    ("from-domain", sender("glass@web.de"), "address"),
    ("from-domain", sender("letters@another-press.example"), "address"),
    ("from-domain", sender("letters@glass-letter.com"), "address"),
    (
        "spamassassin-score",
        article("XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"),
        "---",
    ),
]
CLEAN = [
    subject("What the MHRA and NICE say"),
    subject("What the WHO, FDA and EMA say"),
    subject("USA: what vials cost"),
    subject("Research: what your vial says"),
    subject("Re-reading your vials"),
    subject("Forward: the next ten vials"),
    subject("Awareness: the mark on a vial"),
    subject("Awards: the best vials of 2026"),
    subject("Look at your vials … now!"),
    subject("Vials from $20 to $40"),
    subject("¿Qué dice? A vial in Spain!"),
    subject("A free offer of twenty vials"),
    subject("Contact nowadays: glass letters"),
    subject("An urgently needed vial"),
    subject("Kostenlose Ampullen für Ärzte", lang="de"),
    subject("AGB und DSGVO für Ampullen", lang="de"),
    preheader("Four things to look at before you open it, and one after."),
    preheader("It tells you four things about your vial. What are they?"),
    article("Act now, or look again tomorrow."),
    article("They gave no obligation to anybody."),
    mail_text("And so it ends."),
    mail_text("MORE: https://glass-letter.example/more"),
    mail("<p>And so it ends.</p>"),
    mail('<img src="https://glass-letter.example/a.png" width="60" height="90" alt="A bottle">'),
    article("See [www.museum.example](https://museum.example/list)."),
    article("See [museum.com](https://shop.museum.com/list)."),
    article("See [www.museum.co.uk](https://museum.co.uk/list)."),
    article("See [article.md](https://museum.example/list)."),
    article("See [Node.js 3.5](https://museum.example/list)."),
    article("See [the museum, www.museum.example](https://clicks.example/1)."),
    article("Write to [ada@museum.example](mailto:ada@museum.example)."),
    article("See [the list](https://orbit.ly.example/list)."),
    article("See [the list](https://habit.ly/list)."),
    article("See [the list](https://museum.example/192.0.2.7/)."),
    article("See [the list](https://v4.museum.example/3.5)."),
    mail("", instead_of="<a [^>]*>Change your preferences</a>"),
    sender("ada@mail.glass-letter.example"),
    sender("ada@glass-letter.example"),
    article("Look at the vial, and not at GTUB."),
]


@pytest.mark.parametrize(("check", "example", "line"), FOUND)
def test_a_fault_is_found_by_its_check_at_its_line(
    check: str, example: Example, line: str, tmp_path: Path
) -> None:
    told = told_in(tmp_path, example)
    assert {name for name, _ in told} == {check}
    assert line in told[0][1]


@pytest.mark.parametrize("example", CLEAN)
def test_what_does_no_harm_is_not_found(example: Example, tmp_path: Path) -> None:
    assert told_in(tmp_path, example) == []


def test_a_phrase_of_the_text_is_found_from_its_first_to_its_last_sign(tmp_path: Path) -> None:
    (found,) = found_in(tmp_path, article("Please verify your account."))
    assert found.message == '"verify your account" frightens about an account, as phishing does'
    assert (found.end_line, found.end_column - found.column) == (found.line, len("verify your account") - 1)


def test_what_spamassassin_says_is_told_with_its_rules(tmp_path: Path) -> None:
    (found,) = found_in(
        tmp_path, article("XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X")
    )
    assert found.message == "SpamAssassin gives the mail 1000 points, more than 5: GTUBE_TEXT 999"


@pytest.mark.parametrize("script", ["exit 74", "echo nothing", "printf '0/0\\n'"])
def test_a_spamassassin_that_does_not_answer_is_none(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "spamc"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=":")
    folder = tmp_path / "workspace"
    assert (
        found_in(folder, article("XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"))
        == []
    )
