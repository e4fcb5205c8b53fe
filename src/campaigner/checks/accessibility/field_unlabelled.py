"""Each field of a form has a label.

Without one a screen reader says "edit, blank". A placeholder is no label: it is gone with the first letter.

Source: WCAG 2.2, 3.3.2, https://www.w3.org/TR/WCAG22/#labels-or-instructions
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import controls, hidden_from_ears
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<p><input type="text" name="q" placeholder="Search"></p>')
GOOD = Example(of="page", text='<p><label for="q">Search</label> <input type="text" id="q" name="q"></p>')


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each field without a label that says something."""
    fields = [*controls(one.tree)]
    labelled = {
        label.get("for") for label in one.tree.iter("label") if fields and label.text_content().strip()
    }
    for field in fields:
        if (
            field.get("id") not in labelled - {None}
            and not _names_itself(field)
            and not hidden_from_ears(field)
        ):
            name = field.get("name") or field.get("type") or field.tag
            yield Problem(
                message=f'the field "{name}" has no label',
                hint="Give it a <label> with its id, and words in it",
                at=field,
            )


def _names_itself(field: HtmlElement) -> bool:
    if any((field.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title")):
        return True
    return any(label.text_content().strip() for label in field.iterancestors("label"))
