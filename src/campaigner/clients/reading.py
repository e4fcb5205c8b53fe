"""Reads a mail's HTML into a tree, with what each of its elements uses, and what of it is too much to read.

No mail may keep a preview or a check from ending. So there is a limit for all that grows; what is beyond one is
left out of the tree, and counted, so that it can be told.
"""

import re
from collections import Counter
from collections.abc import Mapping
from enum import Enum
from itertools import islice
from typing import Any

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HtmlProcessingInstruction, document_fromstring

from campaigner.clients.conditions import ATTRIBUTES, LONGEST_CONDITION
from campaigner.clients.declarations import DEEPEST, LARGEST, Declaration, declarations, is_deep
from campaigner.clients.elements import Use, uses
from campaigner.value import Value

#: characters of HTML that are read; Gmail cuts at a twentieth of that
LONGEST = 2 * 1024 * 1024
#: signs "<" up to which a mail is read; an ordinary one has a few thousand, and what has more is an attack
MOST_TAGS = 20_000
#: attributes up to which a tag is read; parsers compare each with all others
MOST_ATTRIBUTES = 500
#: pictures of a `srcset` that are read, and the words that they are written with
MOST_PICTURES = 100
TAG = re.compile(rf"<[a-z]{ATTRIBUTES}", re.IGNORECASE | re.VERBOSE)
BETWEEN_ATTRIBUTES = re.compile("\"[^\"]*+\"|'[^']*+'|/")
#: what a tree cannot hold: control characters, and halves of characters
UNSOUND = re.compile(r"[^\t\n\f\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
EMPTY = "<html><body></body></html>"


class Limit(Enum):
    """What is not read of a mail, and up to where it is."""

    BEGINNING = (
        "what is beyond the beginning",
        f"{MOST_TAGS:,} tags are read, and {LONGEST // 1024**2} MB.",
    )
    DEPTH = ("what stands in too many elements, and what follows", "About 2,000 in each other are read.")
    ATTRIBUTES = ("tags with too many attributes", f"{MOST_ATTRIBUTES} are read.")
    CONDITIONS = ("comments with a long condition", f"{LONGEST_CONDITION} characters of it are read.")
    STYLES = ("styles beyond the first", f"{LARGEST // 1024} KB of different CSS are read.")
    BRACKETS = ("styles with too many brackets", f"{DEEPEST} in each other are read.")
    PICTURES = ("pictures of a srcset beyond the first", f"{MOST_PICTURES} are read.")

    def __init__(self, what: str, why: str) -> None:
        self.what = what
        self.why = why


class Noted(Value):
    """An element of a mail with what it uses."""

    uses: tuple[Use, ...]
    style: tuple[Declaration, ...]


class Reading(Value):
    """What is read of a mail."""

    #: without comments, and without what is too much
    tree: HtmlElement
    #: for each element of the tree, in their order
    noted: tuple[Noted, ...]
    #: how often something was left out
    unread: Mapping[Limit, int]


def beginning(html: str) -> str:
    """Give what of a mail's HTML is read: all of it, unless it is larger than any mail."""
    html = html[:LONGEST]
    beyond = next(islice(re.finditer("<", html), MOST_TAGS, None), None)
    return html[: beyond.start()] if beyond else html


def has_too_many_attributes(tag: str) -> bool:
    """Whether a tag has more attributes than anybody writes."""
    is_long = len(tag) >= 2 * MOST_ATTRIBUTES
    return is_long and len(BETWEEN_ATTRIBUTES.sub(" ", tag).split()) >= MOST_ATTRIBUTES


def read(html: str) -> Reading:
    """Read some HTML."""
    return _Reader().read(html)


def sound(text: str) -> str:
    """Give a text that a tree can hold."""
    return UNSOUND.sub("\ufffd", text)


def parser_of(**options: Any) -> etree.HTMLParser:
    """A parser of HTML, with one class for all elements.

    lxml.html's own asks Python for the class of each element whenever it is come across; forms and fields, which
    have classes of their own there, are like all others here.
    """
    parser = etree.HTMLParser(**options)
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=HtmlElement, comment=HtmlComment, pi=HtmlProcessingInstruction
        )
    )
    return parser


class _Reader:
    def __init__(self) -> None:
        self.unread: Counter[Limit] = Counter()
        #: characters of CSS that are still read
        self._left = LARGEST
        #: what is read of the CSS that was met, which counts once however often it stands
        self._known: dict[str, str] = {"": ""}

    def read(self, html: str) -> Reading:
        tree = self._tree(html)
        noted = tuple(map(self._noted, tree.iter(etree.Element)))
        return Reading(tree=tree, noted=noted, unread=self.unread)

    def _tree(self, html: str) -> HtmlElement:
        # of bytes, since a text must not say which encoding it has, as `<?xml encoding="…"?>` does
        parser = parser_of(remove_comments=True, remove_pis=True, huge_tree=True, encoding="utf-8")
        try:
            tree = document_fromstring(TAG.sub(self._tag, sound(html)).encode(), parser=parser)
        except etree.ParserError:  # nothing is left of it
            return document_fromstring(EMPTY, parser=parser)
        if parser.error_log.filter_from_fatals():  # libxml2 stops at 2,048 elements, and at nothing else
            self.unread[Limit.DEPTH] += 1
        return tree

    def _tag(self, tag: re.Match[str]) -> str:
        """A tag, unless it has more attributes than anybody writes."""
        if not has_too_many_attributes(tag[0]):
            return tag[0]
        self.unread[Limit.ATTRIBUTES] += 1
        return ""

    def _noted(self, element: HtmlElement) -> Noted:
        if element.tag == "style" and element.text:
            element.text = self._readable(element.text, up_to="}")
        style = self._readable(element.get("style", ""), up_to=";")
        if not style:
            element.attrib.pop("style", None)
        if not self._readable(element.get("media", "all"), up_to=""):
            element.set("media", "not all")
        if "srcset" in element.attrib:
            element.set("srcset", self._pictures(element.get("srcset")))
        return Noted(uses=tuple(dict.fromkeys(uses(element))), style=declarations(style))

    def _readable(self, css: str, *, up_to: str) -> str:
        """What is read of some CSS: all of it, or its beginning up to one of the signs given."""
        if css not in self._known:
            self._known[css] = self._within_limits(css, up_to)
            self._left -= len(css)
        return self._known[css]

    def _within_limits(self, css: str, up_to: str) -> str:
        if len(css) > self._left:
            self.unread[Limit.STYLES] += 1
            css = css[: css.rfind(up_to, 0, max(self._left, 0)) + 1] if up_to else ""
        if is_deep(css):
            self.unread[Limit.BRACKETS] += 1
            return ""
        return css

    def _pictures(self, srcset: str) -> str:
        words = srcset.split(maxsplit=2 * MOST_PICTURES)
        if len(words) <= 2 * MOST_PICTURES:
            return srcset
        self.unread[Limit.PICTURES] += 1
        return " ".join(words[:-1]).rstrip(",")
