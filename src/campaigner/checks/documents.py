"""Pages and mails as elements: how they are parsed, which ids they have, and what they say."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import cast

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from campaigner.clients.reading import TAG, has_too_many_attributes, parser_of

#: characters in which no tag can have so many attributes that a parser, which compares all, needs long
FEW = 100_000

IDS = etree.XPath("//@id", smart_strings=False)
#: elements whose text nobody reads
UNSEEN = frozenset(("script", "style", "template", "head", "noscript"))
#: elements within a word or a sentence
INLINE = frozenset(("a", "abbr", "b", "cite", "code", "em", "i", "mark", "s", "small", "span", "strong", "u"))
#: elements that are one piece of writing each, where they hold no other
WRITING = ("p", "li", "td", "th", "h1", "h2", "h3", "h4", "blockquote", "pre")


def document(html: str) -> HtmlElement:
    """The elements of a page or mail, also of one that is no good HTML."""
    if len(html) > FEW:
        html = TAG.sub(lambda tag: "" if has_too_many_attributes(tag[0]) else tag[0], html)
    parser = parser_of(encoding="utf-8", huge_tree=False)
    tree: HtmlElement = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    return tree


def ids_in(tree: HtmlElement) -> Counter[str]:
    """How often each id is given, in the order of the elements."""
    return Counter(filter(None, cast("list[str]", IDS(tree))))


def having(tree: HtmlElement, *attributes: str) -> list[HtmlElement]:
    """The elements that have one of some attributes, in reading order."""
    return cast("list[HtmlElement]", _having(attributes)(tree))


@cache
def _having(attributes: tuple[str, ...]) -> etree.XPath:
    # what `//` stands for merges what it finds under each element with all it found before
    return etree.XPath(f"descendant-or-self::*[{' or '.join(f'@{name}' for name in attributes)}]")


def writing_in(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that are one piece of writing each, in reading order."""
    found = [*tree.iter(*WRITING, "table")]
    holding: set[HtmlElement] = set()
    for element in found:
        for outer in element.iterancestors():
            if outer in holding:
                break
            holding.add(outer)
    return (element for element in found if element.tag != "table" and element not in holding)


def shown_text(tree: HtmlElement) -> str:
    """The words of all elements that a reader sees, also with pictures held back."""
    parts: list[str] = []
    hidden: HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            if hidden is None and element.tag in UNSEEN:
                hidden = element
            if hidden is None:
                parts.append(element.text or "")
                if element.tag == "img":
                    parts.append(f" {element.get('alt') or ''} ")
        elif element is hidden:
            hidden = None
        if event != "start" and hidden is None:
            # words of one block are none of the next
            parts.append(("" if element.tag in INLINE else " ") + (element.tail or ""))
    return " ".join("".join(parts).split())
