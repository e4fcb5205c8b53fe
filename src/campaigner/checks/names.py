"""What somebody hears who does not see: the names of links, buttons, fields and pictures."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

#: fields looked at; nobody fills in so many
MOST = 200


def name_of(element: HtmlElement) -> str:
    """What a link or a button is called: its text, with the words of pictures in it (ARIA, "accname")."""
    label = _said(element.get("aria-label"))
    if label:
        return label
    parts = [element.text_content(), *(picture.get("alt") or "" for picture in element.iter("img"))]
    return _said(" ".join(parts)) or _said(element.get("title"))


def has_name(element: HtmlElement) -> bool:
    """Whether it has one, or takes it from another element."""
    return bool(element.get("aria-labelledby") or name_of(element))


def hidden_from_ears(element: HtmlElement) -> bool:
    """Whether a screen reader passes over it, since it or what holds it says so."""
    return any(one.get("aria-hidden") == "true" for one in (element, *element.iterancestors()))


def controls(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Give the fields that somebody fills in."""
    for field in islice(tree.iter("input", "select", "textarea"), MOST):
        kind = (field.get("type") or "text").lower()
        if field.tag != "input" or kind not in ("hidden", "submit", "button", "image", "reset"):
            yield field


def _said(text: str | None) -> str:
    # a zero-width sign is no word
    return " ".join((text or "").replace("\u200b", "").replace("\u200c", "").split())
