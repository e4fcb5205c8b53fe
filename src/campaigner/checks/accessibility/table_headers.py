"""A table of data says what its columns or rows are.

Who hears a table hears "42", and asks 42 of what. With headers a screen reader says it with each cell.

Source: https://www.w3.org/WAI/tutorials/tables/
"""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import words_in
from campaigner.checks.subjects import Mail, Page
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
#: a row and a column; less is no table of data
LEAST = 2


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each table of data without a header that says something."""
    for table in one.tree.iter("table"):
        if table.get("role") in LAYOUT or not _holds_data(table):
            continue
        if not any(header.text_content().strip() for header in table.iter("th")):
            words = words_in(table)[:40]
            yield Problem(
                message=f'the table that begins with "{words}" has no headers',
                hint="Write a first row that says what each column holds, above | --- | --- |",
                at=table,
            )


def _holds_data(table: HtmlElement) -> bool:
    """Whether it has rows and columns of text, and no table for its layout within."""
    rows = list(islice(table.iter("tr"), LEAST))
    columns = max((sum(cell.tag in ("td", "th") for cell in row) for row in rows), default=0)
    return len(rows) >= LEAST and columns >= LEAST and next(table.iterdescendants("table"), None) is None
