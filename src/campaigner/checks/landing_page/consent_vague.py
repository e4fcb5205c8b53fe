"""The consent says to what: that mails will come.

"I agree" is no consent to anything. A reader must know what comes, and from whom.

Source: GDPR, article 4(11), https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import consent_of, consent_said, forms_of, label_of
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='landing: {form: {consent: "I agree, and I can end that at any time.", button: Send me the letters}}',
)
GOOD = Example(
    of="front matter",
    text='landing: {form: {consent: "I agree to a weekly e-mail, and I can end that.", button: Send me the letters}}',
)

#: what comes, by language
MAILS = {
    "en": ("mail", "newsletter", "letter", "message", "writ", "send", "inbox", "updates", "contact"),
    "de": (
        "mail",
        "newsletter",
        "brief",
        "nachricht",
        "schreib",
        "schick",
        "send",
        "post",
        "zusend",
        "kontakt",
    ),
}


def check(page: Page) -> Iterator[Problem]:
    """Yield a consent that does not say that mails will come; of a language unknown here only an empty one."""
    for form in forms_of(page):
        box = consent_of(form)
        if box is None:
            continue
        words = label_of(box)
        known = MAILS.get((page.tree.get("lang") or "").partition("-")[0].lower())
        if words and known and not any(word in words.lower() for word in known):
            yield Problem(
                message=f'the consent "{words[:60]}" does not say that mails will come',
                hint="Say what comes, how often and from whom",
                at=consent_said(box),
            )
