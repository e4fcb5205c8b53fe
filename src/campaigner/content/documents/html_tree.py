"""From the HTML that browsers, Word and Google Docs write to a tree of the few elements an article has.

The tree is built anew and not repaired: what is not known here keeps its words and loses its tag.
All text of a block is in `p`, headings, cells and terms; only lists, quotations, definitions and
footnotes hold blocks.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin, urlsplit

from lxml import etree
from lxml.html import Element, HtmlElement

from campaigner.content.documents.decoding import even
from campaigner.content.documents.pictures import Pictures

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = ("ul", "ol", "menu", "dir")
#: what is no part of a line; all else is
BLOCKS = frozenset(
    (
        *(*HEADINGS, *LISTS, "p", "li", "blockquote", "pre", "hr", "dl", "dt", "dd", "footnote"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
        *("html", "body", "main", "article", "section", "header", "footer", "aside", "div", "center"),
        *("form", "address", "details", "summary", "fieldset", "figure", "figcaption", "hgroup"),
    )
)
#: what holds no words of the article
MACHINERY = (
    *("head", "script", "style", "template", "noscript", "nav", "dialog", "colgroup", "col"),
    *("iframe", "object", "embed", "svg", "math", "canvas", "map", "audio", "video"),
    *("input", "select", "textarea", "button", "datalist"),
)
MACHINERY_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary"})
HIDDEN = re.compile(r"(?:display|mso-hide|visibility|mso-element)\s*:\s*(?:none|all|hidden|comment)", re.I)
MEANINGS = {
    "strong": ("b", "strong"),
    "em": ("i", "em", "cite", "dfn", "var"),
    "code": ("code", "kbd", "samp", "tt"),
    "s": ("s", "strike", "del"),
}
RENAMED = {written: meant for meant, names in MEANINGS.items() for written in names}
BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
NOT_BOLD = re.compile(r"(?<![\w-])font-weight\s*:\s*(?:normal|[1-4]00)", re.I)
ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*italic", re.I)
WORD_ITEM = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)", re.I)
WORD_MARKER = re.compile(r"mso-list\s*:\s*ignore", re.I)
COUNTED = re.compile(r"\(?\w{1,4}[.)]")
RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
#: set on blocks that were a cell of a table which only placed them
FROM_CELL = "data-cell"
LANGUAGE_CLASS = re.compile(r"(?:language|lang)-([\w+-]+)")


def drop_machinery(root: HtmlElement) -> None:
    """Take out what is no content: scripts, styles, navigation, forms and what is hidden."""
    for element in [*root.iter(*MACHINERY)]:
        _drop(element)
    for element in [*root.iter(etree.Element)]:
        style = element.get("style", "")
        if element is not root and (
            HIDDEN.search(style)
            or element.get("hidden") is not None
            or element.get("role") in MACHINERY_ROLES
            or (element.tag == "del" and element.get("datetime"))  # a tracked change
        ):
            _drop(element)


def article_tree(content: HtmlElement, *, pictures: Pictures, base: str = "") -> HtmlElement:
    """Give the blocks of `content` in a new `<body>`; relative links are resolved against `base`."""
    return TreeBuilder(pictures, base).blocks(content)


class TreeBuilder:
    """Builds the new tree."""

    def __init__(self, pictures: Pictures, base: str) -> None:
        self._pictures = pictures
        self._base = base

    def blocks(self, content: HtmlElement) -> HtmlElement:
        """Give a `<body>` with the blocks of `content`."""
        body = _new("body")
        self._flow(content, body)
        _drop_empty(body)
        return body

    def _flow(self, source: HtmlElement, target: HtmlElement) -> None:
        """Add what is in `source` to `target`, as blocks; loose text becomes paragraphs."""
        paragraph: HtmlElement | None = None
        for node in _nodes(source):
            if isinstance(node, str) or not _has_blocks(node):
                if paragraph is not None and _is_break(node) and _ends_in_break(paragraph):
                    paragraph = None  # two line breaks are a new paragraph
                    continue
                if paragraph is None:
                    if isinstance(node, str) and not node.strip():
                        continue  # between two blocks
                    paragraph = _sub(target, "p")
                if isinstance(node, str):
                    _append_text(paragraph, node)
                else:
                    self._inline(node, paragraph)
            else:
                paragraph = None
                self._block(node, target)

    def _block(self, element: HtmlElement, target: HtmlElement) -> None:
        tag = element.tag
        if tag in HEADINGS or "MsoTitle" in element.get("class", "").split():
            heading = _sub(target, tag if tag in HEADINGS else "h1")
            if element.get("class") in ("MsoTitle", "title"):
                heading.set("class", "title")
            self._inlines(element, heading)
        elif tag == "p" and (item := WORD_ITEM.search(element.get("style", ""))):
            self._word_item(element, target, level=int(item[1]))
        elif tag in LISTS:
            self._list(element, target)
        elif tag == "table":
            self._table(element, target)
        elif tag == "dl":
            self._definitions(element, target)
        elif tag in ("blockquote", "footnote"):
            self._flow(element, _sub(target, tag, label=element.get("label", "")))
        elif tag == "pre":
            self._code(element, target)
        elif tag == "hr":
            _sub(target, "hr")
        else:
            self._flow(element, target)

    def _list(self, element: HtmlElement, target: HtmlElement) -> None:
        new = _sub(target, "ol" if element.tag == "ol" else "ul")
        start = element.get("start", "")
        if element.tag == "ol" and start.isdecimal() and len(start) < 6:
            new.set("start", str(int(start)))
        for node in _nodes(element):
            if isinstance(node, str):
                if node.strip():
                    _append_text(_sub(_sub(new, "li"), "p"), node)
            elif node.tag in LISTS and len(new):  # between the items: it belongs to the one before
                self._block(node, new[-1])
            elif node.tag == "li":
                self._flow(node, _sub(new, "li"))
            else:
                self._flow(_around(node), _sub(new, "li"))

    def _word_item(self, element: HtmlElement, target: HtmlElement, *, level: int) -> None:
        """Word writes list items as paragraphs that know their level, with the bullet as text."""
        marker = ""
        for part in [*element.iter("span")]:
            if WORD_MARKER.search(part.get("style", "")):
                marker = part.text_content().strip()
                _drop(part)
        kind = "ol" if COUNTED.fullmatch(marker) else "ul"
        around = _last_word_list(target)
        while around is not None and int(around.get("data-level")) < level:
            target = around[-1]
            around = _last_word_list(target)
        if around is None or around.tag != kind or int(around.get("data-level")) != level:
            around = _sub(target, kind)
            around.set("data-level", str(level))
        self._inlines(element, _sub(_sub(around, "li"), "p"))

    def _table(self, element: HtmlElement, target: HtmlElement) -> None:
        """Cells that span several are spread, so that each row has as many; the first row is the head."""
        rows = [row for row in element.iter("tr") if _nearest(row, "table") is element]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        self._beside_cells(element, target)
        if _only_places(element, cells):
            before = len(target)
            for cell in (cell for row in cells for cell in row):
                self._flow(cell, target)
            for block in target[before:]:
                block.set(FROM_CELL, "")
            return
        table = _sub(target, "table")
        for number, row in enumerate(_spread(cells)):
            new = _sub(table, "tr")
            for cell in row:
                new_cell = _sub(new, "td" if number else "th")
                if cell is not None:
                    self._inlines(cell, new_cell)

    def _beside_cells(self, element: HtmlElement, target: HtmlElement) -> None:
        """The caption, and words that a broken page has between its rows."""
        for node in _nodes(element):
            if isinstance(node, str):
                if node.strip():
                    _append_text(_sub(target, "p"), node)
            elif node.tag in ("thead", "tbody", "tfoot", "tr"):
                self._beside_cells(node, target)
            elif node.tag not in ("td", "th") or element.tag != "tr":
                self._flow(_around(node), target)

    def _definitions(self, element: HtmlElement, target: HtmlElement) -> None:
        new = _sub(target, "dl")
        self._terms(element, new)

    def _terms(self, element: HtmlElement, target: HtmlElement) -> None:
        for node in _nodes(element):
            if isinstance(node, str):
                if node.strip():
                    _append_text(_sub(_sub(target, "dd"), "p"), node)
            elif node.tag == "dt":
                self._inlines(node, _sub(target, "dt"))
            elif node.tag == "div":  # HTML groups terms in it
                self._terms(node, target)
            else:
                self._flow(node if node.tag == "dd" else _around(node), _sub(target, "dd"))

    def _code(self, element: HtmlElement, target: HtmlElement) -> None:
        new = _sub(target, "pre")
        for line_break in element.iter("br"):
            line_break.text = "\n"
        for picture in element.iter("img"):
            picture.text = picture.get("alt", "")
        new.text = element.text_content()
        for inner in element.iter("pre", "code"):
            language = LANGUAGE_CLASS.search(inner.get("class", ""))
            if language:
                new.set("data-language", language[1])

    def _inlines(self, source: HtmlElement, target: HtmlElement) -> None:
        """Add all text in `source` to `target`; blocks in it become words in a row."""
        for node in _nodes(source):
            if isinstance(node, str):
                _append_text(target, node)
                continue
            if node.tag in BLOCKS and _has_text(target):
                _append_text(target, "; " if node.tag == "li" and node.getprevious() is not None else " ")
            self._inline(node, target)

    def _inline(self, element: HtmlElement, target: HtmlElement) -> None:
        tag = element.tag
        if tag == "br":
            _sub(target, "br")
        elif tag == "img":
            self._picture(element, target)
        elif tag == "footnote-mark":
            _sub(target, tag, label=element.get("label", ""))
        elif tag in ("sup", "sub") and not len(element):
            _append_text(target, _shifted(element.text_content(), RAISED if tag == "sup" else LOWERED))
        elif tag == "q":
            _append_text(target, "“")
            self._inlines(element, target)
            _append_text(target, "”")
        else:
            self._inlines(element, self._wrapper(element, target))

    def _wrapper(self, element: HtmlElement, target: HtmlElement) -> HtmlElement:
        """Where the content of an inline element goes: a new element, one that goes on, or `target`."""
        style = element.get("style", "")
        tags = [RENAMED[element.tag]] if element.tag in RENAMED else []
        if NOT_BOLD.search(style):
            tags = [tag for tag in tags if tag != "strong"]
        if element.tag == "span":
            tags += ["strong"] * bool(BOLD.search(style)) + ["em"] * bool(ITALIC.search(style))
        around = {target.tag, *(ancestor.tag for ancestor in target.iterancestors())}
        for tag in tags:
            if tag in around or "code" in around or (tag == "strong" and around & {*HEADINGS, "th"}):
                continue
            last = target[-1] if len(target) else None
            goes_on = last is not None and last.tag == tag and not last.tail
            target = last if last is not None and goes_on else _sub(target, tag)
        address = self._address(element.get("href", "")) if element.tag == "a" and "a" not in around else ""
        return _sub(target, "a", href=address) if address else target

    def _address(self, written: str) -> str:
        """The absolute address of a link, as Markdown takes it; "" where it leads nowhere from here."""
        try:
            address = urljoin(self._base, written.strip())
            parts = urlsplit(address)
            known = parts.scheme in SCHEMES and bool(parts.netloc or parts.scheme in ("mailto", "tel"))
        except ValueError:
            return ""
        return (
            quote(address, safe="%/:?#@!$&'+,;=~-._") if known and not written.strip().startswith("#") else ""
        )

    def _picture(self, element: HtmlElement, target: HtmlElement) -> None:
        """Take a picture along; where it cannot be had its alternative text stands there, as in a browser."""
        source, alt = element.get("src", "").strip(), " ".join(element.get("alt", "").split())
        name = self._pictures.take(source)
        if name:
            _sub(target, "img", src=name, alt=alt)
        elif alt:
            address = self._address(source)
            _append_text(_sub(target, "a", href=address) if address and target.tag != "a" else target, alt)


def _only_places(table: HtmlElement, cells: list[list[HtmlElement]]) -> bool:
    """Whether a table is there to place things on a page, and is none of the article's."""
    has_table = next(table.iterdescendants("table"), None) is not None
    is_column = max(map(len, cells), default=0) < 2
    return has_table or (is_column and all(cell.tag != "th" for row in cells for cell in row))


def _last_word_list(element: HtmlElement) -> HtmlElement | None:
    last = element[-1] if len(element) else None
    return last if last is not None and last.get("data-level") else None


def _around(element: HtmlElement) -> HtmlElement:
    """Give a container that holds `element` alone, without the text behind it."""
    container = _new("div")
    element.tail = None
    container.append(element)
    return container


def _nodes(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Give the texts and elements in `element`, in order; an element may be moved away meanwhile."""
    if element.text:
        yield element.text
    for child in [*element]:
        tail = child.tail
        if isinstance(child.tag, str):
            yield child
        if tail:
            yield tail


def _has_blocks(element: HtmlElement) -> bool:
    return element.tag in BLOCKS or next(element.iterdescendants(*BLOCKS), None) is not None


def _is_break(node: str | HtmlElement) -> bool:
    return not isinstance(node, str) and node.tag == "br"


def _ends_in_break(element: HtmlElement) -> bool:
    return len(element) > 0 and element[-1].tag == "br" and not (element[-1].tail or "").strip()


def _has_text(element: HtmlElement) -> bool:
    return len(element) > 0 or bool((element.text or "").strip())


def _nearest(element: HtmlElement, tag: str) -> HtmlElement | None:
    return next(element.iterancestors(tag), None)


def _new(tag: str) -> HtmlElement:
    return Element(tag)


def _sub(parent: HtmlElement, tag: str, **attributes: str) -> HtmlElement:
    child = _new(tag)
    for name, value in attributes.items():
        child.set(name, value)
    parent.append(child)
    return child


def _append_text(element: HtmlElement, text: str) -> None:
    """Add text at the end, with one space wherever there is room."""
    text = even(text.replace("\n", " "))
    if len(element):
        before = element[-1].tail or ""
        element[-1].tail = before + (text.lstrip(" ") if before.endswith(" ") else text)
    else:
        before = element.text or ""
        element.text = before + (text.lstrip(" ") if before.endswith(" ") else text)


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _drop_empty(body: HtmlElement) -> None:
    """Take out blocks without words or pictures, from the inside out."""
    for element in reversed([*body.iter()]):
        if element.tag in ("hr", "br", "img", "td", "th", "tr", "footnote-mark") or element is body:
            continue
        inside = any(child.tag != "br" or (child.tail or "").strip() for child in element)
        if not inside and not (element.text or "").strip():
            element.tail = (element.text or "") + (element.tail or "")
            _drop(element)
    for edge in (0, -1):
        while len(body) and body[edge].tag == "hr":
            _drop(body[edge])


def _shifted(text: str, table: dict[int, int]) -> str:
    """Give `text` raised or lowered if all of it can be; "1st" stays on the line."""
    text = text.strip()
    return text.translate(table) if all(ord(sign) in table for sign in text) else text


def _spread(rows: list[list[HtmlElement]]) -> list[list[HtmlElement | None]]:
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
