"""Links that hold a table, which parsers end where the table begins."""

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

#: looked for in the source, since what was parsed shows such a link as an empty one
TAG = re.compile(r"<!--(?!\[if)|<(/?)(a|table)(?=[\s>])", re.IGNORECASE)


def links_around_tables(html: str, anchors: Sequence[HtmlElement]) -> Iterator[HtmlElement | None]:
    """Give each link with a table in it, of all `<a>` elements of a mail; None for one that was not parsed."""
    number, is_open = -1, False
    for is_end, name in _tags(html):
        if name == "a":
            is_open = not is_end
            number += not is_end
        elif name == "table" and is_open and not is_end:
            is_open = False
            yield anchors[number] if number < len(anchors) else None


def _tags(html: str) -> Iterator[tuple[bool, str]]:
    """Links and tables as they stand in the source, each with whether it ends there; none of comments."""
    place = 0
    while found := TAG.search(html, place):
        place = found.end()
        if found[2]:
            yield bool(found[1]), found[2].lower()
        else:
            place = html.find("-->", place)
            if place < 0:
                return
