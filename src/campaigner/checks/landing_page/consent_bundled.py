"""The consent to mails is one of its own.

Tied to terms and conditions, to a competition or to sharing with others, it was not freely given, and holds for
none of them.

Source: EDPB, guidelines 05/2020 on consent, https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import consent_of, consent_said, forms_of, label_of
from campaigner.checks.refusals import is_refused
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='landing: {form: {consent: "I accept the terms and conditions and want the e-mails until I unsubscribe.",'
    " button: Send me the letters}}",
)
GOOD = Example(
    of="front matter",
    text='landing: {form: {consent: "I want the e-mails, on no terms but mine, until I unsubscribe.",'
    " button: Send me the letters}}",
)

BUNDLE = re.compile(
    r"\bterms (?:and|&) conditions\b|\bterms of (?:use|service)\b|\b(?:our|selected|third)[ -]part(?:ies|y|ners?)\b"
    r"|\bour partners\b|\bAGB\b|\bNutzungsbedingungen\b|\bTeilnahmebedingungen\b"
    r"|\b(?:unsere[nr]?|ausgewählte[nr]?) Partner",
    re.IGNORECASE,
)


def check(page: Page) -> Iterator[Problem]:
    """Yield a consent to mails and to something else; what a policy pack refuses is told by it."""
    key, refusals = Key(path="landing.form.consent"), page.article.refusals
    for form in forms_of(page):
        box = consent_of(form)
        if box is None:
            continue
        bundled = BUNDLE.finditer(label_of(box))
        found = next((one for one in bundled if not is_refused(one[0], key, refusals)), None)
        if found:
            yield Problem(
                message=f'the consent to mails covers "{found[0]}" too',
                hint="Ask for each with a box of its own, or leave the other out",
                at=consent_said(box),
            )
