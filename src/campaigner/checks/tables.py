"""Which tables hold data, and which only lay out what they hold."""

from itertools import islice

from lxml.html import HtmlElement

#: a row and a column; less is no table of data
LEAST = 2


def holds_data(table: HtmlElement) -> bool:
    """Whether a table has rows and columns of text, and no table for its layout within."""
    rows = list(islice(table.iter("tr"), LEAST))
    columns = max((sum(cell.tag in ("td", "th") for cell in row) for row in rows), default=0)
    return len(rows) >= LEAST and columns >= LEAST and next(table.iterdescendants("table"), None) is None
