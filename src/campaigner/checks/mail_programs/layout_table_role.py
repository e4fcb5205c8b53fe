"""Tables that only lay out the mail say so.

A screen reader announces a table with its rows and columns, and then each cell. `role="presentation"` on a table
that is none for the reader makes it read just what is in it.

Source: https://www.w3.org/TR/wai-aria-1.2/#presentation
"""

from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.checks.tables import holds_data
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text="<table><tr><td>One column</td></tr></table>")
GOOD = Example(of="mail", text='<table role="presentation"><tr><td>One column</td></tr></table>')
#: parts of a table; those of data have headings
PARTS = ("table", "tr", "td", "th", "caption", "thead")

#: what a template says of a table that lays out, and nobody of one row of data
DRAWN = frozenset(("width", "border", "cellpadding", "cellspacing", "bgcolor"))


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each table that lays out and has no role: one of a single column, with a table in it, or drawn as one."""
    for table in _layouts(mail.tree):
        if table.get("role") is None:
            yield Problem(
                message="screen readers announce a table that only lays out the mail as one of data",
                hint='Write role="presentation" into its <table>',
                at=table,
            )


def _layouts(tree: HtmlElement) -> Iterator[HtmlElement]:
    around: list[_Table] = []
    for event, element in etree.iterwalk(tree, events=("start", "end"), tag=PARTS):
        if element.tag == "table":
            if event == "start":
                if around:
                    around[-1].has_table = True
                around.append(_Table())
            elif around.pop().lays_out(element):
                yield element
        elif event == "start" and around:
            around[-1].count(element)


class _Table:
    """What is known of a table while it is read."""

    def __init__(self) -> None:
        self.has_table = self.has_headings = self.has_columns = False
        self._cells = 0

    def count(self, part: HtmlElement) -> None:
        """Take note of a row, a cell or a heading."""
        if part.tag == "tr":
            self._cells = 0
        elif part.tag == "td":
            self._cells += 1
            self.has_columns |= self._cells > 1
        else:
            self.has_headings = True

    def lays_out(self, table: HtmlElement) -> bool:
        """Whether it holds no data; of what looks as if it did, `table-headers` tells."""
        if self.has_headings:
            return False
        is_drawn = not DRAWN.isdisjoint(table.keys()) and not holds_data(table)
        return self.has_table or not self.has_columns or is_drawn
