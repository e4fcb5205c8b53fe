"""Reads a mail's HTML into a tree, with what each of its elements uses."""

import re
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from campaigner.clients.conditions import ATTRIBUTES
from campaigner.clients.declarations import LARGEST, Declaration, declarations
from campaigner.clients.elements import Use, uses

#: signs "<" up to which a mail is read; an ordinary one has a few thousand, and what has more is an attack
MOST_TAGS = 20_000
#: attributes up to which a tag is read; parsers compare each with all others
MOST_ATTRIBUTES = 500
TAG = re.compile(rf"<[a-z]{ATTRIBUTES}", re.IGNORECASE | re.VERBOSE)
BETWEEN_ATTRIBUTES = re.compile("\"[^\"]*+\"|'[^']*+'|/")
#: what a tree cannot hold: control characters, and halves of characters
UNSOUND = re.compile(r"[^\t\n\f\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
EMPTY = "<html><body></body></html>"


@dataclass(frozen=True, kw_only=True)
class Noted:
    """An element of a mail with what it uses."""

    uses: tuple[Use, ...]
    style: tuple[Declaration, ...]


def beginning(html: str) -> str:
    """Give what of a mail's HTML is read: all of it, unless it is larger than any mail."""
    beyond = next(islice(re.finditer("<", html), MOST_TAGS, None), None)
    return html[: beyond.start()] if beyond else html


def read(html: str) -> tuple[HtmlElement, list[Noted]]:
    """Give the tree of some HTML without comments, and a note for each of its elements, in their order."""
    tree = _tree(html)
    found = []
    styles: dict[str, tuple[Declaration, ...]] = {"": ()}
    left = LARGEST
    for element in tree.iter(etree.Element):
        style = element.get("style", "")
        if style not in styles:
            left -= len(style)
            styles[style] = declarations(style) if left >= 0 else ()
        found.append(Noted(uses=tuple(dict.fromkeys(uses(element))), style=styles[style]))
    return tree, found


def sound(text: str) -> str:
    """Give a text that a tree can hold."""
    return UNSOUND.sub("\ufffd", text)


def _tree(html: str) -> HtmlElement:
    # of bytes, since a text must not say which encoding it has, as `<?xml encoding="…"?>` does
    parser = HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
    try:
        return document_fromstring(TAG.sub(_readable, sound(html)).encode(), parser=parser)
    except etree.ParserError:  # nothing is left of it
        return document_fromstring(EMPTY, parser=parser)


def _readable(tag: re.Match[str]) -> str:
    """A tag, unless it has more attributes than anybody writes."""
    is_short = len(tag[0]) < 2 * MOST_ATTRIBUTES
    return tag[0] if is_short or len(BETWEEN_ATTRIBUTES.sub(" ", tag[0]).split()) < MOST_ATTRIBUTES else ""
