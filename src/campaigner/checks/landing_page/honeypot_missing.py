"""The form has a decoy for programs.

A field that nobody sees is filled in by programs only. It keeps most of them out, and asks nothing of readers, as a
riddle would.

Source: https://www.drupal.org/project/honeypot
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asks_for_mail, forms_of
from campaigner.checks.names import controls, hidden_from_ears
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text="", instead_of=r'(?s)<div class="unseen".*?</div>')
GOOD = Example(of="page", text='name="fax"', instead_of='name="website"')


def check(page: Page) -> Iterator[Problem]:
    """Yield a form for addresses without a field that is hidden."""
    for form in forms_of(page):
        if asks_for_mail(form) and not any(map(hidden_from_ears, controls(form))):
            yield Problem(
                message="the form has no decoy for programs that fill in forms",
                hint='Put the field "website" of the shipped form back, with aria-hidden around it',
                at=form,
            )
