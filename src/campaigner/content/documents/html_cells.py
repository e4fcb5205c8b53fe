"""The cells of tables: which tables are the article's, and how all rows get as many cells."""

from lxml.html import HtmlElement


def only_places(table: HtmlElement, cells: list[list[HtmlElement]]) -> bool:
    """Whether a table is there to place things on a page, and is none of the article's."""
    has_table = next(table.iterdescendants("table"), None) is not None
    is_column = max(map(len, cells), default=0) < 2
    return has_table or (is_column and all(cell.tag != "th" for row in cells for cell in row))


def spread(rows: list[list[HtmlElement]]) -> list[list[HtmlElement | None]]:
    """Give all rows with the same number of cells; None where a cell of another place reaches."""
    grid: dict[tuple[int, int], HtmlElement | None] = {}
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in grid:
                x += 1
            for right in range(_span(cell, "colspan")):
                for down in range(_span(cell, "rowspan")):
                    grid.setdefault((y + down, x + right), None)
            grid[y, x] = cell
            x += 1
    width = max(x for _, x in grid) + 1
    return [[grid.get((y, x)) for x in range(width)] for y in range(len(rows))]


def _span(cell: HtmlElement, name: str) -> int:
    value = cell.get(name, "")
    return max(1, min(100, int(value))) if value.isdecimal() and len(value) < 6 else 1
