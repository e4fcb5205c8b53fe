"""A table of data says what its columns or rows are.

Who hears a table hears "42", and asks 42 of what. With headers a screen reader says it with each cell.

Source: https://www.w3.org/WAI/tutorials/tables/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import words_in
from campaigner.checks.subjects import Mail, Page
from campaigner.checks.tables import holds_data
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text="<table><tr><td>Glass</td><td>Price</td></tr><tr><td>Clear</td><td>2</td></tr></table>",
)
GOOD = Example(
    of="page",
    text="<table><tr><th>Glass</th><th>Price</th></tr><tr><td>Clear</td><td>2</td></tr></table>",
)

LAYOUT = frozenset({"presentation", "none"})


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each table of data without a header that says something."""
    for table in one.tree.iter("table"):
        if table.get("role") in LAYOUT or not holds_data(table):
            continue
        if not any(header.text_content().strip() for header in table.iter("th")):
            words = words_in(table)[:40]
            yield Problem(
                message=f'the table that begins with "{words}" has no headers',
                hint="Write a first row that says what each column holds, above | --- | --- |",
                at=table,
            )
