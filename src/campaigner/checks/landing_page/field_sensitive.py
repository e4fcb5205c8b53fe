"""A sign-up form asks for nothing that must be kept safe.

Passwords, bank accounts and matters of health have no place in a form for letters: they frighten readers off, and
whoever stores them answers for them.

Source: GDPR, articles 5 and 9, https://eur-lex.europa.eu/eli/reg/2016/679/oj
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asked, forms_of, label_of
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text='<label for="field-name">Credit card number</label>',
    instead_of='<label for="field-name">.*</label>',
)
GOOD = Example(
    of="page",
    text='<label for="field-name">Which card game do you play?</label>',
    instead_of='<label for="field-name">.*</label>',
)

SENSITIVE = re.compile(
    r"\bpassword|\bpasswor[dt]\b|\bkennwort|\bcredit ?card|\bkreditkarte|\bcard number|\bcvv\b|\biban\b|\bbank account"
    r"|\bkontonummer|\bsocial security|\bsozialversicherung|\bpassport n|\bausweisnummer|\bnational insurance n"
    r"|\bdiagnos[ei]|\bmedical (?:history|condition)|\bkrankheit|\breligio(?:n|us)|\bkonfession|\bethnic|\bsexual",
    re.IGNORECASE,
)


def check(page: Page) -> Iterator[Problem]:
    """Yield each field that asks for such a thing."""
    for form in forms_of(page):
        for field in asked(form):
            label = label_of(field)
            if (field.get("type") or "").lower() == "password" or SENSITIVE.search(label):
                yield Problem(
                    message=f'the form asks for "{label[:60]}"',
                    hint="Take the field out, or ask for it where it is needed and kept safe",
                    at=field,
                )
