"""From the HTML that browsers, Word and Google Docs write to a tree of the few elements an article has.

The tree is built anew and not repaired: what is not known here keeps its words and loses its tag.
All text of a block is in `p`, headings, cells and terms; only lists, quotations, definitions and
footnotes hold blocks.
"""

import re

from lxml.html import HtmlElement

from campaigner.content.documents.html_cells import only_places, spread
from campaigner.content.documents.html_elements import (
    HEADINGS,
    LISTS,
    add_element,
    append_text,
    drop_element,
    has_blocks,
    in_container,
    nearest,
    new_element,
    nodes_in,
)
from campaigner.content.documents.html_inlines import InlineBuilder
from campaigner.content.documents.pictures import Pictures

WORD_ITEM = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)", re.I)
WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.I)
COUNTED = re.compile(r"\(?\w{1,4}[.)]")
#: set on blocks that were a cell of a table which only placed them
FROM_CELL = "data-cell"
LANGUAGE_CLASS = re.compile(r"(?:language|lang)-([\w+-]+)")


def article_tree(content: HtmlElement, *, pictures: Pictures, base: str = "") -> HtmlElement:
    """Give the blocks of `content` in a new `<body>`; relative links are resolved against `base`."""
    return TreeBuilder(pictures, base).blocks(content)


class TreeBuilder:
    """Builds the blocks of the new tree."""

    def __init__(self, pictures: Pictures, base: str) -> None:
        self._lines = InlineBuilder(pictures, base)

    def blocks(self, content: HtmlElement) -> HtmlElement:
        """Give a `<body>` with the blocks of `content`."""
        body = new_element("body")
        self._flow(content, body)
        _drop_empty(body)
        return body

    def _flow(self, source: HtmlElement, target: HtmlElement) -> None:
        """Add what is in `source` to `target`, as blocks; loose text becomes paragraphs."""
        paragraph: HtmlElement | None = None
        for node in nodes_in(source):
            if isinstance(node, str) or not has_blocks(node):
                if paragraph is not None and _is_break(node) and _ends_in_break(paragraph):
                    paragraph = None  # two line breaks are a new paragraph
                    continue
                if paragraph is None:
                    if isinstance(node, str) and not node.strip():
                        continue  # between two blocks
                    paragraph = add_element(target, "p")
                if isinstance(node, str):
                    append_text(paragraph, node)
                else:
                    self._lines.add(node, paragraph)
            else:
                paragraph = None
                self._block(node, target)

    def _block(self, element: HtmlElement, target: HtmlElement) -> None:
        tag = element.tag
        if tag in HEADINGS or "MsoTitle" in element.get("class", "").split():
            heading = add_element(target, tag if tag in HEADINGS else "h1")
            if element.get("class") in ("MsoTitle", "title"):
                heading.set("class", "title")
            self._lines.add_all(element, heading)
        elif tag == "p" and (item := WORD_ITEM.search(element.get("style", ""))):
            self._word_item(element, target, level=int(item[1]))
        elif tag in LISTS:
            self._list(element, target)
        elif tag == "table":
            self._table(element, target)
        elif tag == "dl":
            self._definitions(element, target)
        elif tag in ("blockquote", "footnote"):
            self._flow(element, add_element(target, tag, label=element.get("label", "")))
        elif tag == "pre":
            self._code(element, target)
        elif tag == "hr":
            add_element(target, "hr")
        else:
            self._flow(element, target)

    def _list(self, element: HtmlElement, target: HtmlElement) -> None:
        new = add_element(target, "ol" if element.tag == "ol" else "ul")
        start = element.get("start", "")
        if element.tag == "ol" and start.isdecimal() and len(start) < 6:
            new.set("start", str(int(start)))
        for node in nodes_in(element):
            if isinstance(node, str):
                if node.strip():
                    append_text(add_element(add_element(new, "li"), "p"), node)
            elif node.tag in LISTS and len(new):  # between the items: it belongs to the one before
                self._block(node, new[-1])
            elif node.tag == "li":
                self._flow(node, add_element(new, "li"))
            else:
                self._flow(in_container(node), add_element(new, "li"))

    def _word_item(self, element: HtmlElement, target: HtmlElement, *, level: int) -> None:
        """Word writes list items as paragraphs that know their level, with the bullet as text."""
        marker = ""
        for part in [*element.iter("span")]:
            if WORD_MARKER.search(part.get("style", "")):
                marker = part.text_content().strip()
                drop_element(part)
        kind = "ol" if COUNTED.fullmatch(marker) else "ul"
        around = _last_word_list(target)
        while around is not None and int(around.get("data-level")) < level:
            target = around[-1]
            around = _last_word_list(target)
        if around is None or around.tag != kind or int(around.get("data-level")) != level:
            around = add_element(target, kind)
            around.set("data-level", str(level))
        self._lines.add_all(element, add_element(add_element(around, "li"), "p"))

    def _table(self, element: HtmlElement, target: HtmlElement) -> None:
        """Cells that span several are spread, so that each row has as many; the first row is the head."""
        rows = [row for row in element.iter("tr") if nearest(row, "table") is element]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        self._beside_cells(element, target)
        if only_places(element, cells):
            before = len(target)
            for cell in (cell for row in cells for cell in row):
                self._flow(cell, target)
            for block in target[before:]:
                block.set(FROM_CELL, "")
            return
        table = add_element(target, "table")
        for number, row in enumerate(spread(cells)):
            new = add_element(table, "tr")
            for cell in row:
                new_cell = add_element(new, "td" if number else "th")
                if cell is not None:
                    self._lines.add_all(cell, new_cell)

    def _beside_cells(self, element: HtmlElement, target: HtmlElement) -> None:
        """The caption, and words that a broken page has between its rows."""
        for node in nodes_in(element):
            if isinstance(node, str):
                if node.strip():
                    append_text(add_element(target, "p"), node)
            elif node.tag in ("thead", "tbody", "tfoot", "tr"):
                self._beside_cells(node, target)
            elif node.tag not in ("td", "th") or element.tag != "tr":
                self._flow(in_container(node), target)

    def _definitions(self, element: HtmlElement, target: HtmlElement) -> None:
        new = add_element(target, "dl")
        self._terms(element, new)

    def _terms(self, element: HtmlElement, target: HtmlElement) -> None:
        for node in nodes_in(element):
            if isinstance(node, str):
                if node.strip():
                    append_text(add_element(add_element(target, "dd"), "p"), node)
            elif node.tag == "dt":
                self._lines.add_all(node, add_element(target, "dt"))
            elif node.tag == "div":  # HTML groups terms in it
                self._terms(node, target)
            else:
                self._flow(node if node.tag == "dd" else in_container(node), add_element(target, "dd"))

    def _code(self, element: HtmlElement, target: HtmlElement) -> None:
        new = add_element(target, "pre")
        for line_break in element.iter("br"):
            line_break.text = "\n"
        for picture in element.iter("img"):
            picture.text = picture.get("alt", "")
        new.text = element.text_content()
        for inner in element.iter("pre", "code"):
            language = LANGUAGE_CLASS.search(inner.get("class", ""))
            if language:
                new.set("data-language", language[1])


def _last_word_list(element: HtmlElement) -> HtmlElement | None:
    last = element[-1] if len(element) else None
    return last if last is not None and last.get("data-level") else None


def _is_break(node: str | HtmlElement) -> bool:
    return not isinstance(node, str) and node.tag == "br"


def _ends_in_break(element: HtmlElement) -> bool:
    return len(element) > 0 and element[-1].tag == "br" and not (element[-1].tail or "").strip()


def _drop_empty(body: HtmlElement) -> None:
    """Take out blocks without words or pictures, from the inside out."""
    for element in reversed([*body.iter()]):
        if element.tag in ("hr", "br", "img", "td", "th", "tr", "footnote-mark") or element is body:
            continue
        inside = any(child.tag != "br" or (child.tail or "").strip() for child in element)
        if not inside and not (element.text or "").strip():
            element.tail = (element.text or "") + (element.tail or "")
            drop_element(element)
    for edge in (0, -1):
        while len(body) and body[edge].tag == "hr":
            drop_element(body[edge])
