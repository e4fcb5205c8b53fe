"""What somebody hears who does not see: the names of links, buttons, fields and pictures."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree
from lxml.html import HtmlElement

#: fields looked at; nobody fills in so many
MOST = 200
#: characters of a name from its first sign on; nobody listens to more
LONGEST = 10_000
#: a zero-width sign is no word
SIGN = re.compile(r"[^\s\u200b\u200c]")
# elements may stand in hundreds of others that are asked the same: what goes through them is C
ALTERNATIVES = etree.XPath("descendant::img/@alt", smart_strings=False)
HIDDEN = etree.XPath("boolean(ancestor-or-self::*[@aria-hidden = 'true'])")


def name_of(element: HtmlElement) -> str:
    """What a link or a button is called: its text, with the words of pictures in it (ARIA, "accname")."""
    label = _said(element.get("aria-label"))
    if label:
        return label
    parts = [element.text_content(), *cast("list[str]", ALTERNATIVES(element))]
    return _said(" ".join(parts)) or _said(element.get("title"))


def words_in(element: HtmlElement) -> str:
    """What an element says, with single blanks, as far as anybody reads it."""
    return " ".join(element.text_content().lstrip()[:LONGEST].split())


def has_name(element: HtmlElement) -> bool:
    """Whether it has one, or takes it from another element."""
    return bool(element.get("aria-labelledby") or name_of(element))


def hidden_from_ears(element: HtmlElement) -> bool:
    """Whether a screen reader passes over it, since it or what holds it says so."""
    return bool(HIDDEN(element))


def controls(tree: HtmlElement) -> Iterator[HtmlElement]:
    """Give the fields that somebody fills in."""
    for field in islice(tree.iter("input", "select", "textarea"), MOST):
        kind = (field.get("type") or "text").lower()
        if field.tag != "input" or kind not in ("hidden", "submit", "button", "image", "reset"):
            yield field


def _said(text: str | None) -> str:
    first = SIGN.search(text) if text else None
    if not text or not first:
        return ""
    said = text[first.start() : first.start() + LONGEST]
    return " ".join(said.replace("\u200b", "").replace("\u200c", "").split())
