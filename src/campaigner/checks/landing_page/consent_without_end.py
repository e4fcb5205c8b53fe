"""The consent says that it can be taken back.

It must be as easy to end as to give, and who gives it is to be told so before. It also makes more people say yes.

Source: GDPR, article 7(3), https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.disclosures import unsaid_on
from campaigner.checks.forms import consent_of, consent_said, forms_of
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='landing: {intro: "One letter a week, and you can unsubscribe at any time.",'
    ' form: {consent: "Yes, send me the letters by e-mail."}}',
)
GOOD = Example(
    of="front matter",
    text='landing: {form: {consent: "Yes, send me the letters until I unsubscribe.", button: Send me the letters}}',
)

#: how one says that it ends, by language
ENDS = {
    "en": (
        "withdraw",
        "unsubscribe",
        "opt out",
        "opt-out",
        "cancel",
        "stop",
        "end",
        "revoke",
        "leave",
        "any time",
        "anytime",
    ),
    "de": (
        "widerruf",
        "abmeld",
        "abbestell",
        "jederzeit",
        "beend",
        "kündig",
        "austrag",
        "abbestellung",
        "zurückn",
    ),
}


def check(page: Page) -> Iterator[Problem]:
    """Yield a consent around which nothing says how it ends.

    Where nothing on all of the page does, and a policy pack wants it said, the pack tells it.
    """
    for form in forms_of(page):
        box = consent_of(form)
        around = box.getparent() if box is not None else None
        if around is None:
            continue
        words = " ".join(around.text_content().lower().split())
        known = ENDS.get((page.tree.get("lang") or "").partition("-")[0].lower())
        if words and known and not _says_end(words, known) and not _is_told_by_pack(page, known):
            yield Problem(
                message="the consent does not say that it can be taken back",
                hint="Add that consent can be withdrawn at any time, with the unsubscribe link of each mail",
                at=consent_said(box),
            )


def _says_end(words: str, known: tuple[str, ...]) -> bool:
    return any(f" {word}" in f" {words}" for word in known)


def _is_told_by_pack(page: Page, known: tuple[str, ...]) -> bool:
    return any(_says_end(saying, known) for unsaid in unsaid_on(page) for saying in unsaid.says)
