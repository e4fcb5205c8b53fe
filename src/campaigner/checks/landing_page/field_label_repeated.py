"""Two fields of the form are called differently.

With two labels that are alike nobody knows what goes into which, and who hears them takes the second for the first.

Source: WCAG 2.2, 2.4.6, https://www.w3.org/TR/WCAG22/#headings-and-labels
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import asked, forms_of, label_of
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page", text='<label for="field-name">E-mail</label>', instead_of='<label for="field-name">.*</label>'
)
GOOD = Example(
    of="page",
    text='<label for="field-name">First name</label>',
    instead_of='<label for="field-name">.*</label>',
)


def check(page: Page) -> Iterator[Problem]:
    """Yield each field whose label another one has."""
    for form in forms_of(page):
        names: dict[str, str] = {}
        for field in asked(form):
            # "(optional)" makes no other field of it
            label, name = label_of(field).partition(" (")[0], field.get("name") or ""
            if label and names.setdefault(label.lower(), name) != name:
                yield Problem(
                    message=f'two fields of the form are called "{label[:60]}"',
                    hint="Name each by what goes into it",
                    at=field,
                )
