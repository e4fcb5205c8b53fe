"""What stands in a line of an article: text, what it means, links, pictures."""

import re
from urllib.parse import quote, urljoin, urlsplit

from lxml.html import HtmlElement

from campaigner.content.documents.html_elements import (
    BLOCKS,
    HEADINGS,
    add_element,
    append_text,
    has_text,
    nodes_in,
)
from campaigner.content.documents.pictures import Pictures

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
RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


class InlineBuilder:
    """Adds what stands in lines to a new tree; relative links are resolved against `base`."""

    def __init__(self, pictures: Pictures, base: str) -> None:
        self._pictures = pictures
        self._base = base

    def add_all(self, source: HtmlElement, target: HtmlElement) -> None:
        """Add all text in `source` to `target`; blocks in it become words in a row."""
        for node in nodes_in(source):
            if isinstance(node, str):
                append_text(target, node)
                continue
            if node.tag in BLOCKS and has_text(target):
                append_text(target, "; " if node.tag == "li" and node.getprevious() is not None else " ")
            self.add(node, target)

    def add(self, element: HtmlElement, target: HtmlElement) -> None:
        """Add one element, which belongs in a line, to `target`."""
        tag = element.tag
        if tag == "br":
            add_element(target, "br")
        elif tag == "img":
            self._picture(element, target)
        elif tag == "footnote-mark":
            add_element(target, tag, label=element.get("label", ""))
        elif tag in ("sup", "sub") and not len(element):
            append_text(target, _shifted(element.text_content(), RAISED if tag == "sup" else LOWERED))
        elif tag == "q":
            append_text(target, "“")
            self.add_all(element, target)
            append_text(target, "”")
        else:
            self.add_all(element, self._wrapper(element, target))

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
            target = last if last is not None and goes_on else add_element(target, tag)
        address = self._address(element.get("href", "")) if element.tag == "a" and "a" not in around else ""
        return add_element(target, "a", href=address) if address else target

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
            add_element(target, "img", src=name, alt=alt)
        elif alt:
            address = self._address(source)
            append_text(
                add_element(target, "a", href=address) if address and target.tag != "a" else target, alt
            )


def _shifted(text: str, table: dict[int, int]) -> str:
    """Give `text` raised or lowered if all of it can be; "1st" stays on the line."""
    text = text.strip()
    return text.translate(table) if all(ord(sign) in table for sign in text) else text
