"""Faults that keep a mail from the inbox, each found by its check and by no other, at its line."""

from pathlib import Path

import pytest

from campaigner.checks.check import Example
from checks.examples import found_in
from checks.seeded import (
    UNKNOWN,
    Fault,
    article,
    assert_clean,
    assert_found,
    fault,
    front,
    mail,
    named,
    settings,
    told_in,
)

SENDER = 'name = "The Glass Letter"\npostal_address = "Glass House, 1 Example Street"\n'
ALL = r"(?s)\A.*\Z"


def subject(text: str, *, lang: str = "en") -> Example:
    return front(f"{{lang: {lang}, newsletter: {{subject: '{text}'}}}}")


def preheader(text: str, *, lang: str = "en") -> Example:
    return front(f"{{lang: {lang}, newsletter: {{preheader: '{text}'}}}}")


def mail_text(text: str, *, instead_of: str = "") -> Example:
    return Example(of="mail text", text=text, instead_of=instead_of)


def sender(address: str) -> Example:
    return settings(f'[sender]\naddress = "{address}"\n{SENDER}')


LONG = "Everything that you always wanted to know about the vials that you open"
NARROW = '<td><img src="https://glass-letter.example/{}.png" width="600" height="900" alt="All"></td></tr>'
BODY = r'(?s)<td class="article".*?</td>\s*</tr>'
#: two hundred that are no others
OTHER_WORDS = " ".join(f"wort{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(200))
#: fifteen words that a mail says in its HTML alone
ONLY_IN_HTML = "We put these few words into the letter alone, and who reads plain text never knows"
#: all that an article may hold, each piece of it long enough to be looked for
ALL_KINDS = """\

| Vial | What it says |
|---|---|
| The first of them all, which stands on the shelf since last year and has never been opened by anybody | much |

> [!NOTE]
> This is a callout with a lot of words in it, more than fifteen of them, so that it is looked for.

> A quotation that is long enough to be looked for, since it has more than fifteen words, and some more.
> — Ada Vetro

1. The first item of a list that is long, with [a link](https://papers.example.org/there), `code`, and more words.
   - An inner item that is long as well and goes on and on until there are fifteen words of it.

```
code that is long enough to be looked for too and has fifteen words in it at least
```

Term
: The definition of the term is long, and goes on for more than fifteen words so that it counts.

The *few* [words](https://papers.example.org/a) [of](https://papers.example.org/b) this paragraph have
[links](https://papers.example.org/c) [in](https://papers.example.org/d) them, and a footnote[^1] that is “quoted”.

[^1]: The footnote says what nobody wants to read in more than fifteen words, so that it is looked for.
"""
ASKED = "Was sagt Ihre Ampulle?"
FAULTS = (
    # the inbox
    fault("subject-length", "subject:", subject(LONG)),
    fault(
        "subject-length",
        "subject:",
        subject("Alles, was Sie über Ihre Glasampullen schon immer wissen wollten", lang="de"),
    ),
    fault(
        "subject-length",
        "Everything",
        front(f"newsletter: {{subjects: ['{LONG}']}}"),
    ),
    # the mails of the sign-up app, whose subjects name the site, keep to a limit of 50 too
    fault(
        "subject-length",
        "subject:",
        settings("[check.limits]\nsubject = 50\n"),
        front('newsletter: {subject: "What does the neck of your vial tell you before you open it?"}'),
    ),
    fault("subject-short", "subject:", subject("Vials")),
    fault("subject-short", "subject:", subject("Ampullen", lang="de")),
    fault("subject-short", "Four", front("newsletter: {subjects: [Four]}")),
    fault("subject-capitals", "subject:", subject("LOOK AT YOUR VIALS")),
    fault("subject-capitals", "subject:", subject("Please LOOK AT THEM today")),
    fault("subject-capitals", "subject:", subject("JETZT GENAU HINSEHEN", lang="de")),
    fault("subject-capitals", "subject:", subject("Schöne GRÜSSE VON ÄRZTEN", lang="de")),
    fault("subject-capitals", "preheader:", preheader("FOUR THINGS TO LOOK AT before you open it.")),
    fault("subject-fake-reply", "subject:", subject("Re: your order of vials")),
    fault("subject-fake-reply", "subject:", subject("FWD: What your vial tells you")),
    fault("subject-fake-reply", "subject:", subject("AW: Ihre Ampullen von gestern", lang="de")),
    fault("subject-fake-reply", "subject:", subject("WG: Ihre Ampullen von gestern", lang="de")),
    fault("subject-fake-reply", "subject:", subject("Re: Ihre Ampullen von gestern", lang="de")),
    fault("subject-fake-reply", "subject:", subject("[Re]: what your vial tells you")),
    fault("subject-punctuation", "subject:", subject("What does your vial tell you??")),
    fault("subject-punctuation", "subject:", subject("Look at your vials !!!")),
    fault("subject-punctuation", "subject:", subject("Was sagt Ihre Ampulle?!", lang="de")),
    fault("subject-punctuation", "subject:", subject("Vials for few $$ this week")),
    fault("subject-punctuation", "subject:", subject("*** Vials for you today ***")),
    fault("subject-punctuation", "subject:", subject("Really?!! Look at your vials")),
    fault("subject-punctuation", "preheader:", preheader("Four things to look at before you open it!!")),
    fault("preheader-length", "preheader:", preheader("Four things.")),
    fault("preheader-length", "preheader:", preheader("Vier Dinge zum Ansehen.", lang="de")),
    fault("preheader-length", "preheader:", preheader("glass and " * 16)),
    fault("preheader-repeats-subject", "preheader:", preheader("What does your vial tell you? We know it.")),
    fault("preheader-repeats-subject", "preheader:", preheader("Read here: what does your vial tell you")),
    fault(
        "preheader-repeats-subject",
        "preheader:",
        front(
            f"{{lang: de, newsletter: {{subject: '{ASKED}', preheader: '{ASKED} Wir wissen es.'}}}}",
        ),
    ),
    # phrases
    fault("spam-phrases", "subject:", subject("Act now: the vials are here")),
    fault("spam-phrases", "subject:", subject("Last chance for your vials")),
    fault("spam-phrases", "subject:", subject("You won’t believe these vials")),
    fault("spam-phrases", "subject:", subject("Jetzt zuschlagen: neue Ampullen", lang="de")),
    fault("spam-phrases", "subject:", subject("Letzte Chance für Ampullen", lang="de")),
    fault(
        "spam-phrases",
        "preheader:",
        article("Glass can be used 100% again."),
        preheader("Four things to look at, 100% free for you."),
    ),
    fault("spam-phrases", "With glass you make", article("With glass you make\nmoney fast, they say.")),
    fault("spam-phrases", "Please Verify", article("Please Verify your account today.")),
    fault("spam-phrases", "This is not spam", article("This is not spam, since you asked for it.")),
    fault("spam-phrases", "subject:", subject("Your vials: order now and save")),
    fault("spam-phrases", "subject:", subject("Urgent reply about vials")),
    fault("spam-phrases", "subject:", subject("Unglaubliche Preise für Ampullen", lang="de")),
    fault("spam-phrases", "subject:", subject("Ampullen ohne Risiko testen", lang="de")),
    # the text part
    fault("text-missing", UNKNOWN, mail_text("", instead_of=ALL)),
    fault("text-missing", UNKNOWN, mail_text(" \n\n", instead_of=ALL)),
    fault("text-missing", UNKNOWN, mail_text("\u00a0", instead_of=ALL)),
    fault(
        "text-unlike-html",
        UNKNOWN,
        mail_text("Please use a browser. https://nowhere.invalid/unsubscribe/", instead_of=ALL),
    ),
    fault(
        "text-unlike-html", UNKNOWN, mail_text("Anything else.\n\n", instead_of=r"(?s)A vial says.*\n(?=---)")
    ),
    fault("text-unlike-html", UNKNOWN, mail(f"<p>{OTHER_WORDS}</p>")),
    fault("text-unlike-html", UNKNOWN, article(OTHER_WORDS), mail(f"<p>{ONLY_IN_HTML}</p>")),
    fault("text-unlike-html", UNKNOWN, mail(f"<ul><li>{ONLY_IN_HTML}</li></ul>")),
    fault("text-unlike-html", "A vial says", mail_text("", instead_of=r"(?s)A vial says.*?can see\.\n")),
    # pictures
    fault("image-heavy", UNKNOWN, mail(NARROW.format("all"), instead_of=BODY)),
    fault(
        "image-heavy",
        UNKNOWN,
        mail(f"<td>{NARROW.format('a')[4:-10]}{NARROW.format('b')[4:]}", instead_of=BODY),
    ),
    fault("image-heavy", UNKNOWN, settings("[check.limits]\ntext_beside_pictures = 5000\n")),
    # links
    fault(
        "link-text-address",
        "www.museum.example",
        article("See [www.museum.example](https://clicks.example/12)."),
    ),
    fault(
        "link-text-address",
        "museum.invalid",
        article("See [https://museum.example/a](https://museum.invalid/a)."),
    ),
    fault("link-text-address", "Museum.com", article("See [Museum.com](https://museum.example/).")),
    fault(
        "link-text-address",
        "glas-museum.de",
        article("Siehe [glas-museum.de/liste](https://klick.example/1)."),
    ),
    fault("link-shortener", "bit.ly", article("See [the list](https://bit.ly/3VialS).")),
    fault("link-shortener", "tinyurl", article("See [the list](https://www.tinyurl.com/vials).")),
    fault("link-shortener", "T.CO", article("See [the list](https://T.CO/vials).")),
    fault("link-bare-ip", "192.0.2.7", article("See [the list](https://192.0.2.7/list).")),
    fault("link-bare-ip", "192.0.2.7", article("See [the list](https://192.0.2.7:8443/list).")),
    fault("link-bare-ip", "3221225991", article("See [the list](https://3221225991/list).")),
    fault("link-bare-ip", UNKNOWN, mail('<p><a href="https://[2001:db8::1]/list">The list</a></p>')),
    # what each mail must have
    fault(
        "postal-address-missing",
        "[sender]",
        settings('[sender]\naddress = "a@glass-letter.example"\n'),
    ),
    fault(
        "postal-address-missing",
        "postal_address",
        settings('[sender]\naddress = "a@glass-letter.example"\npostal_address = ""\n'),
    ),
    fault("postal-address-missing", "postal_address", mail("", instead_of='<p class="address".*?</p>')),
    fault("unsubscribe-missing", UNKNOWN, mail("", instead_of="<a [^>]*>Unsubscribe</a>")),
    fault("unsubscribe-missing", UNKNOWN, mail("", instead_of=r"(?<=>)Unsubscribe(?=</a>)")),
    fault("unsubscribe-missing", UNKNOWN, mail_text("", instead_of=r"Unsubscribe: .*")),
    fault("view-in-browser-missing", UNKNOWN, mail("", instead_of="<a [^>]*>View in browser</a>")),
    fault(
        "view-in-browser-missing",
        UNKNOWN,
        mail(
            "https://glass-letter.example/",
            instead_of=r"https://glass-letter\.example/glass-vials/newsletter/",
        ),
    ),
    fault(
        "view-in-browser-missing",
        UNKNOWN,
        mail("<span>View in browser</span>", instead_of="<a [^>]*>View in browser</a>"),
    ),
    fault("from-domain", "address", sender("glass.letter@gmail.com")),
    fault("from-domain", "address", sender("glass@web.de")),
    fault("from-domain", "address", sender("letters@another-press.example")),
    fault("from-domain", "address", sender("letters@glass-letter.com")),
    fault(
        "spamassassin-score",
        UNKNOWN,
        article("XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"),
    ),
)
NEARLY = (
    article(ALL_KINDS),
    front(f"image_caption: '{ONLY_IN_HTML}, and that is all of it.'"),
    mail("<p>Fourteen words in the HTML are let be, as somebody may say them shorter.</p>"),
    subject("What the MHRA and NICE say"),
    subject("What the WHO, FDA and EMA say"),
    subject("USA: what vials cost"),
    subject("Research: what your vial says"),
    subject("Re-reading your vials"),
    subject("Forward: the next ten vials"),
    subject("Awareness: the mark on a vial"),
    subject("Awards: the best vials of 2026"),
    subject("Look at your vials … now!"),
    subject("Vials from $1 to $4"),
    subject("¿Qué dice? A vial in Spain!"),
    subject("A free offer of twenty vials"),
    subject("Contact nowadays: glass letters"),
    subject("An urgently needed vial"),
    subject("Kostenlose Ampullen für Ärzte", lang="de"),
    subject("Urgent care for broken glass"),
    subject("Last chance to see old glass"),
    subject("Don''t hurry: glass takes years"),
    subject("No obligation to like glass"),
    subject("No strings attached to a vial"),
    subject("Best price guide to glass"),
    subject("Once in a lifetime: red glass"),
    subject("Why glass works must act now"),
    subject("Really?! Yes, a vial can float"),
    subject("Five stars ***** from readers"),
    subject("$$ or £: what vials cost"),
    subject("AW: what the sign on glass is"),
    subject("SV: a mark, and what it means"),
    subject("VS: a mark, and what it means"),
    subject("Tr: a mark, and what it means"),
    subject("WG: a mark, and what it means"),
    subject("Dringend gesucht: alte Ampullen", lang="de"),
    subject("WG: so wohnt man mit Glas", lang="de"),
    subject("Unglaublich ehrlich: altes Glas", lang="de"),
    subject("Ohne Risiko wandern mit Glas", lang="de"),
    subject("Warum wir jetzt handeln wollen", lang="de"),
    article("The town spends a million dollars on glass, and no glass is a miracle cure."),
    article("Some drops are sold without a prescription."),
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
)


@pytest.mark.parametrize("seeded", FAULTS, ids=str)
def test_a_fault_is_found_by_its_check_alone_at_its_line(seeded: Fault, tmp_path: Path) -> None:
    assert_found(tmp_path, seeded)


@pytest.mark.parametrize("example", NEARLY, ids=named)
def test_what_is_nearly_a_fault_is_none(example: Example, tmp_path: Path) -> None:
    assert_clean(tmp_path, example)


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


GOOD_SUBJECTS = [
    "RE:THINK how you look at glass",
    "UK GDPR FAQ for small shops",
    "NEW: NHS UK GP hours from May",
    "AGB, DSGVO, FAQ: what is new",
]


@pytest.mark.parametrize("line", GOOD_SUBJECTS)
def test_a_natural_subject_is_let_be(line: str, tmp_path: Path) -> None:
    told = told_in(tmp_path, subject(line))
    assert not {check for check, *_ in told if check.startswith(("subject-", "spam-"))}
