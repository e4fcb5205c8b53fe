"""The box that gives consent is empty until the reader ticks it.

Silence and boxes that were ticked beforehand are no consent: what they bring in may not be mailed.

Source: Court of Justice of the EU, C-673/17 (Planet49), https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:62017CJ0673
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.forms import forms_of, label_of
from campaigner.checks.names import controls
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='value="yes" required checked', instead_of='value="yes" required')
GOOD = Example(of="page", text='value="1" required', instead_of='value="yes" required')


def check(page: Page) -> Iterator[Problem]:
    """Yield each box of the form that is ticked."""
    for form in forms_of(page):
        for field in controls(form):
            if (field.get("type") or "").lower() == "checkbox" and field.get("checked") is not None:
                yield Problem(
                    message=f'the box "{label_of(field)[:60]}" is ticked beforehand',
                    hint="Take checked out of its <input>: only the reader may tick it",
                    at=field,
                )
