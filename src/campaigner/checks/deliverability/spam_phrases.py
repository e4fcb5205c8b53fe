"""The mail does not speak as spam does.

No single word makes a mail spam. But phrases that stand in much spam and in few letters weigh in filters that
learn from what people mark as spam, and readers have learned them too. The list is short and our own: each kind
of phrase has its reason, and what honest letters need ("free", "urgent", "last chance to see", "gratis") is not in it.
The milder kinds count only in subject line and preheader, and an order such as "act now" only where a sentence
begins with it.

Source: https://www.paulgraham.com/spam.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.refusals import is_refused
from campaigner.checks.spots import Passage, Spot
from campaigner.checks.subjects import InboxLine, Mail
from campaigner.model.finding import Severity
from campaigner.value import Value

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='newsletter: {subject: "Act now: the vials are here"}')
GOOD = Example(of="front matter", text='newsletter: {subject: "A free letter about vials"}')


class Kind(Value):
    """Phrases that are suspicious for one reason."""

    #: ends the sentence "…, which"
    reason: str
    #: whether it counts in the text too
    everywhere: bool
    en: tuple[str, ...]
    de: tuple[str, ...]
    #: whether only what begins a sentence is meant: "Act now", and not "why cities act now"
    is_order: bool = False


BEFORE_SENTENCE = re.compile(r"(?:\A|[.!?:…–—-] )\Z")

KINDS = (
    Kind(
        reason="promises money for nothing, as fraud does",
        everywhere=True,
        en=(
            *(
                "make money fast",
                "get rich quick",
                "earn extra cash",
                "double your income",
                "your cash bonus",
            ),
            *("win a million dollars", "risk-free investment", "work from home and earn"),
            *("no investment required", "you have been selected"),
            *("you are a winner", "claim your prize", "you have won a"),
        ),
        de=(
            *("schnell reich werden", "schnelles geld verdienen", "geld verdienen von zu hause"),
            *("verdoppeln sie ihr einkommen", "gewinnen sie eine million", "risikofreie anlage"),
            *("sie haben gewonnen", "sie wurden ausgewählt", "gewinn abholen", "sofort bargeld"),
            "kredit ohne schufa",
        ),
    ),
    Kind(
        reason="frightens about an account, as phishing does",
        everywhere=True,
        en=(
            *("verify your account", "confirm your password", "your account has been suspended"),
            *("your account will be closed", "update your payment details"),
            "unusual activity on your account",
        ),
        de=(
            *("bestätigen sie ihr konto", "bestätigen sie ihr passwort", "ihr konto wurde gesperrt"),
            *("ihr konto wird gesperrt", "aktualisieren sie ihre zahlungsdaten"),
            "verifizieren sie ihr konto",
        ),
    ),
    Kind(
        reason="sells pills or miracles, as much spam does",
        everywhere=True,
        en=(
            *("lose weight fast", "miracle pill", "no prescription needed", "buy without a prescription"),
            *("order without a prescription", "cheap meds", "cheap online pharmacy", "melt away fat"),
            "anti-aging miracle",
        ),
        de=(
            *("schnell abnehmen", "wunderpille", "rezeptfrei bestellen", "ohne rezept bestellen"),
            *("billige medikamente", "fett verbrennen über nacht"),
        ),
    ),
    Kind(
        reason="says that it is none, which only spam does",
        everywhere=True,
        en=("this is not spam", "this isn't spam", "this is not a scam", "100% legal", "we hate spam too"),
        de=("dies ist kein spam", "das ist kein spam", "garantiert kein betrug", "100% legal"),
    ),
    Kind(
        reason="presses for time without saying why",
        everywhere=False,
        en=(
            *("urgent reply", "urgent response needed", "urgent action required", "urgent notice"),
            *("last chance for", "last chance to buy", "last chance to order", "last chance to save"),
            *("final notice", "do not delete this", "don't delete this", "while supplies last"),
            *("offer expires", "hurry while"),
        ),
        de=(
            *("dringende mitteilung", "dringend antworten", "dringend handeln", "letzte chance für"),
            *("letzte chance auf", "letzte mahnung", "bitte nicht löschen"),
            *("nur solange der vorrat reicht", "schnell zugreifen"),
        ),
    ),
    Kind(
        reason="presses for time without saying why",
        everywhere=False,
        is_order=True,
        en=(
            *("act now", "act immediately", "act fast", "buy now", "order now", "call now", "click here"),
            "open immediately",
        ),
        de=(
            *("jetzt handeln", "sofort handeln", "handeln sie jetzt", "handeln sie sofort"),
            *("jetzt zuschlagen", "jetzt kaufen", "hier klicken", "klicken sie hier"),
        ),
    ),
    Kind(
        reason="promises more than a letter can keep",
        everywhere=False,
        en=(
            *(
                "100% free for",
                "100% free gift",
                "100% free trial",
                "100% guaranteed",
                "satisfaction guaranteed",
            ),
            *("no obligation to buy", "risk-free trial", "risk free trial"),
            *("once in a lifetime offer", "once in a lifetime deal", "lowest price guaranteed"),
            *("unbelievable offer", "unbelievable deal", "unbelievable price", "unbelievable prices"),
            *("amazing deal", "best price guaranteed", "special promotion", "you won't believe"),
        ),
        de=(
            *("100% gratis", "100 % gratis", "100% kostenlos", "100 % kostenlos", "garantiert kostenlos"),
            *("völlig kostenlos", "geld-zurück-garantie", "ohne risiko testen", "ohne risiko bestellen"),
            *("risikofrei testen", "risikofrei bestellen", "kostenlos und ohne haken"),
            *("unschlagbarer preis", "unschlagbare preise", "unschlagbar günstig"),
            *("unglaubliches angebot", "unglaubliche angebote", "unglaubliche preise", "unglaublich günstig"),
            *("tiefstpreis", "bester preis garantiert", "einmalige gelegenheit"),
            *("sensationelles angebot", "sensationelle angebote", "sensationelle preise"),
        ),
    ),
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each phrase in subject line, preheader or text; what a policy pack refuses is told by it."""
    for message, words, at in _found(mail):
        if not is_refused(words, at, mail.article.refusals):
            yield Problem(
                message=message, hint="Say it in your own words, or say what stands behind it", at=at
            )


def _found(mail: Mail) -> Iterator[tuple[str, str, Spot]]:
    campaign = mail.article.campaign
    language = (campaign.front_matter.lang or mail.article.settings.site.language)[:2].lower()
    text = _plain(mail.words)
    lines = [(line, _plain(line.text)) for line in mail.inbox_lines]
    for kind in KINDS:
        for phrase in kind.de if language == "de" else kind.en:
            for line, plain in lines:
                if _stands_in(phrase, plain, is_order=kind.is_order):
                    yield f'"{phrase}" in the {line.name} {kind.reason}', phrase, _place_of(line, phrase)
            if kind.everywhere and _stands_in(phrase, text):
                place = _pattern(phrase).search(campaign.body)
                if place:
                    at = Passage(start=place.start(), end=place.end())
                    yield f'"{phrase}" {kind.reason}', phrase, at


def _place_of(line: InboxLine, phrase: str) -> Spot:
    return line.at(lambda text: phrase in _plain(text))


def _plain(text: str) -> str:
    return " ".join(text.replace("\u2019", "'").lower().split())


def _stands_in(phrase: str, text: str, *, is_order: bool = False) -> bool:
    # looked for as it is first, since that is quick
    if phrase not in text:
        return False
    places = (found.start() for found in _pattern(phrase).finditer(text))
    return any(not is_order or BEFORE_SENTENCE.search(text, max(0, place - 2), place) for place in places)


def _pattern(phrase: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word).replace("'", "['\u2019]") for word in phrase.split())
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
