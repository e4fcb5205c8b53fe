"""Makes the ids of an article its own: each one once, and none that the page around it uses."""

import re
from typing import Any
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

WITH_ID: Any = etree.XPath("descendant-or-self::*[@id]")
#: ids that our templates write around an article, and into it
OURS = re.compile(r"(?:page|field)-.*|source-\d+|cite-\d+-\d+", re.DOTALL)


def settle_anchors(tree: HtmlElement) -> None:
    """Rename ids that are doubled, empty, have blanks in them or belong to the page.

    Links to a renamed place within the article follow it; of two places of one name, the first keeps it.
    """
    taken: set[str] = set()
    #: the number that was tried last, by name
    numbers: dict[str, int] = {}
    renamed: dict[str, str] = {}
    for element in WITH_ID(tree):
        written = element.get("id", "")
        name = "-".join(written.split())
        if not name:
            del element.attrib["id"]
            continue
        name = free = f"text-{name}" if OURS.fullmatch(name) else name
        while free in taken:
            numbers[name] = numbers.get(name, 1) + 1
            free = f"{name}-{numbers[name]}"
        taken.add(free)
        element.set("id", free)
        renamed.setdefault(written, free)
    for link in tree.iter("a"):
        href = link.get("href", "")
        place = unquote(href[1:]) if href.startswith("#") else ""
        if renamed.get(place, place) != place:
            link.set("href", f"#{renamed[place]}")
