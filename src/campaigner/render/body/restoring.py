"""Brings the marks out of Markdown's hands: what was code is code again, what stayed is in its place."""

import re
from collections.abc import Callable, Container
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from campaigner.model.campaign import Position
from campaigner.render.body.marks import CLOSE, MARK, OPEN, Kind, Mark, may_be_marked, unmasked

CODE = {"code", "pre", "kbd", "samp"}
PICTURE_KEY = "data-mark"
#: all texts as one: by it is seen at once that most trees have no mark in their texts
TEXT: Any = etree.XPath("string()", smart_strings=False)
ATTRIBUTES: Any = etree.XPath("descendant-or-self::*/@*", smart_strings=False)
WITH_ATTRIBUTES: Any = etree.XPath("descendant-or-self::*[@*]")
#: a mark behind blanks, but not behind another mark
SPACED = re.compile(rf"(?<![ \n{CLOSE}])[ \n]+{MARK.pattern}")


def restore(tree: HtmlElement, marks: tuple[Mark, ...]) -> dict[int, Position]:
    """Leave only marks that mean something where they stand; give the places of pictures by their mark.

    Afterwards a `<div data-more>` stands for the `more` line, and each picture knows its mark's number.
    """
    _restore_code(tree, marks)
    _restore_attributes(tree, marks)
    _place_more(tree, marks)
    pictures = _note_pictures(tree, marks)
    _drop_idle_marks(tree, marks)
    return pictures


def marks_in(tree: HtmlElement) -> list[int]:
    """Numbers of the marks in texts and attributes, in the order of the source."""
    texts = ATTRIBUTES(tree)
    if OPEN in TEXT(tree):
        texts += [text for element in tree.iter() for text in (element.text, element.tail) if text]
    return sorted({int(number) for text in texts if may_be_marked(text) for number in MARK.findall(text)})


def attach_citations(tree: HtmlElement, citations: Container[int]) -> None:
    """Put each citation close behind its word, so that no line begins with it, and out of links."""

    def close(match: re.Match[str]) -> str:
        return match[0].lstrip(" \n") if int(match[1]) in citations else match[0]

    for link in tree.iter("a"):
        _move_citations_behind(link, citations)
    _change_texts(tree, lambda text: SPACED.sub(close, text))


def _change_texts(tree: HtmlElement, change: Callable[[str], str]) -> None:
    """Change each text in a tree that has a mark in it, but what follows the tree itself."""
    if OPEN not in TEXT(tree):
        return
    for element in tree.iter():
        if element.text and OPEN in element.text:
            element.text = change(element.text)
        if element.tail and OPEN in element.tail and element is not tree:
            element.tail = change(element.tail)


def _restore_code(tree: HtmlElement, marks: tuple[Mark, ...]) -> None:
    """In code, show what was written."""
    for element in tree.iter(*CODE):
        _change_texts(element, lambda text: unmasked(text, marks))


def _restore_attributes(tree: HtmlElement, marks: tuple[Mark, ...]) -> None:
    """In attributes, keep fields, and in alternative texts picture marks; a citation there is mere text."""

    def kept(match: re.Match[str]) -> str:
        mark = marks[int(match[1])]
        return match[0] if mark.kind in kinds else mark.shown

    for element in WITH_ATTRIBUTES(tree):
        for name, value in element.items():
            if may_be_marked(value):
                kinds = {Kind.FIELD, Kind.JINJA, *([Kind.PICTURE] if name == "alt" else [])}
                element.set(name, MARK.sub(kept, value))


def _drop_idle_marks(tree: HtmlElement, marks: tuple[Mark, ...]) -> None:
    """Take out what Markdown made no picture and no divider of, such as `![one](without an end`."""

    def kept(match: re.Match[str]) -> str:
        return "" if marks[int(match[1])].kind in (Kind.PICTURE, Kind.MORE) else match[0]

    _change_texts(tree, lambda text: MARK.sub(kept, text))


def _move_citations_behind(link: HtmlElement, citations: Container[int]) -> None:
    """A citation is a link, and no link can stand in another (HTML 4.5.1)."""
    moved: list[str] = []

    def without(match: re.Match[str]) -> str:
        if int(match[1]) not in citations:
            return match[0]
        moved.append(match[0])
        return ""

    def change(text: str) -> str:
        left = MARK.sub(without, text)
        return text if left == text else left.rstrip(" \n")

    _change_texts(link, change)
    if moved:
        link.tail = "".join(moved) + (link.tail or "")


def _place_more(tree: HtmlElement, marks: tuple[Mark, ...]) -> None:
    """Turn the paragraph that holds the `more` mark into a plain divider, or drop it deeper down."""
    if all(mark.kind is not Kind.MORE for mark in marks):
        return
    for paragraph in [*tree.iter("p")]:
        text = paragraph.text or ""
        match = MARK.fullmatch(text.strip())
        if match and not len(paragraph) and marks[int(match[1])].kind is Kind.MORE:
            if paragraph.getparent() is tree:
                paragraph.tag, paragraph.text = "div", None
                paragraph.set("data-more", "")
            else:
                paragraph.drop_tree()


def _note_pictures(tree: HtmlElement, marks: tuple[Mark, ...]) -> dict[int, Position]:
    """Take the marks out of alternative texts; each picture then knows its mark's number."""
    positions = {}
    for picture in tree.iter("img"):
        alt = picture.get("alt", "")
        for number in map(int, MARK.findall(alt)):
            if marks[number].kind is Kind.PICTURE:
                positions[number] = marks[number].position
                picture.set(PICTURE_KEY, str(number))
        picture.set("alt", MARK.sub(lambda m: "" if marks[int(m[1])].kind is Kind.PICTURE else m[0], alt))
    return positions
