"""The elements of HTML, and how a tree of them is read and built."""

from collections.abc import Iterator

from lxml.html import Element, HtmlElement

from campaigner.content.documents.decoding import even

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


def new_element(tag: str) -> HtmlElement:
    """Give an element that stands nowhere yet."""
    return Element(tag)


def add_element(parent: HtmlElement, tag: str, **attributes: str) -> HtmlElement:
    """Add an element at the end of `parent`, and give it."""
    child = new_element(tag)
    for name, value in attributes.items():
        child.set(name, value)
    parent.append(child)
    return child


def in_container(element: HtmlElement) -> HtmlElement:
    """Give a container that holds `element` alone, without the text behind it."""
    container = new_element("div")
    element.tail = None
    container.append(element)
    return container


def append_text(element: HtmlElement, text: str) -> None:
    """Add text at the end, with one space wherever there is room."""
    text = even(text.replace("\n", " "))
    if len(element):
        before = element[-1].tail or ""
        element[-1].tail = before + (text.lstrip(" ") if before.endswith(" ") else text)
    else:
        before = element.text or ""
        element.text = before + (text.lstrip(" ") if before.endswith(" ") else text)


def drop_element(element: HtmlElement) -> None:
    """Take an element out with all that is in it; the text behind it stays."""
    if element.getparent() is not None:
        element.drop_tree()


def nodes_in(element: HtmlElement) -> Iterator[str | HtmlElement]:
    """Give the texts and elements in `element`, in order; an element may be moved away meanwhile."""
    if element.text:
        yield element.text
    for child in [*element]:
        tail = child.tail
        if isinstance(child.tag, str):
            yield child
        if tail:
            yield tail


def nearest(element: HtmlElement, tag: str) -> HtmlElement | None:
    """The innermost element of this name around another."""
    return next(element.iterancestors(tag), None)


def has_text(element: HtmlElement) -> bool:
    """Whether anything stands in an element already."""
    return len(element) > 0 or bool((element.text or "").strip())


def has_blocks(element: HtmlElement) -> bool:
    """Whether an element is a block or holds one, and so belongs in no line."""
    return element.tag in BLOCKS or next(element.iterdescendants(*BLOCKS), None) is not None
