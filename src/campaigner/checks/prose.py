"""The sentences of an article as it was written, each with its place in the text.

Only running text counts: no code, quotation, heading, table or comment. Addresses, pictures and attributes
are blanked out, so that places in what is left are places in the article.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from campaigner.model.sentences import sentences

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
#: of a list, a definition, a footnote
ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]|:|\[\^[^\]\n]{1,100}\]:)\s+")
#: what readers see as no running text: quotations, rows of tables, abbreviations, addresses of links, HTML blocks
APART = re.compile(r" {0,3}(?:>|\||\*\[[^\]\n]{1,200}\]:|\[[^\]^\n][^\]\n]{0,200}\]:|<[/!A-Za-z])")
KINDS = (("item", ITEM), ("apart", APART), ("heading", HEADING), ("underline", UNDERLINE))
INDENTED = re.compile(r" {4}|\t")
#: what stands in running text and is not read
UNREAD = re.compile(
    r"!\[[^\]\[\n]*\]\([^()\n]*\)"  # a picture
    r"|(?<=\])\([^()\n]*\)"  # the address of a link
    r"|https?://[^\s<>()\]]+"
    r"|<[/A-Za-z][^<>\n]*>"
    r"|\{[.#:][^{}\n]*\}"  # attributes
    r"|(?<!`)`[^`\n]+`"  # code
)
FIELD = re.compile(r"\{\{[^{}\n]*\}\}")
CITATION = re.compile(r"\[@([A-Za-z0-9][^\]\[\n]*)\]")
EVERYWHERE = frozenset(("blog", "newsletter"))
CHANNELS = frozenset(("blog", "newsletter", "landing"))


class Sentence(NamedTuple):
    """A sentence of running text."""

    #: places in the article's text
    start: int
    end: int
    #: without addresses and attributes; of the same length as in the article
    text: str
    #: number of its paragraph or list item
    block: int
    #: outputs that show it: "blog", "newsletter", "landing"
    channels: frozenset[str]


class Line(NamedTuple):
    """A line of an article's text."""

    start: int
    end: int
    #: "text", "item" (begins a paragraph of its own), "code", "heading", "underline", "apart" or "blank"
    kind: str
    channels: frozenset[str]


@lru_cache(maxsize=4)  # several checks ask it of one article
def readable(body: str) -> str:
    """The article's text with blanks for what nobody reads: comments, addresses, attributes."""
    return UNREAD.sub(_blank, without_comments(body))


def without_comments(body: str, *, filling: str = " ") -> str:
    """The article's text with blanks, or another filling, for its comments."""
    parts: list[str] = []
    place = 0
    while (start := body.find("<!--", place)) >= 0 and (end := body.find("-->", start)) >= 0:
        parts += (body[place:start], re.sub(r"[^\n]", filling, body[start : end + 3]))
        place = end + 3
    return "".join((*parts, body[place:])) if parts else body


@lru_cache(maxsize=1)  # several checks ask it of one article
def lines_of(body: str) -> tuple[Line, ...]:
    """Each line with its kind, in order; lines of containers count as blank."""
    return tuple(_lines(body))


def _lines(body: str) -> Iterator[Line]:
    fence, place, before, in_list = "", 0, "blank", False
    #: the channels of each container around the line
    around = [EVERYWHERE]
    for line in body.split("\n"):
        if not line and not fence:
            yield Line(place, place, "blank", around[-1])
            place, before = place + 1, "blank"
            continue
        if line[:1].isalpha() and not fence:  # almost all others; nothing else begins with a letter
            in_list = in_list and before != "blank"
            yield Line(place, place + len(line), "text", around[-1])
            place, before = place + len(line) + 1, "text"
            continue
        found = FENCE.match(line)
        if fence or found:
            kind = "code"
            if not fence and found:
                fence = found[1]
            elif found and found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        elif line.startswith(":::"):
            kind = "blank"
            _enter_or_leave(around, line[3:].split())
        else:
            kind = _kind(line, may_be_code=before in ("blank", "code") and not in_list)
            if kind in ("text", "heading") and not INDENTED.match(line):
                in_list = in_list and before != "blank"
            in_list = in_list or kind == "item"
        yield Line(place, place + len(line), kind, around[-1])
        place, before = place + len(line) + 1, kind


def _enter_or_leave(around: list[frozenset[str]], names: list[str]) -> None:
    """Follow a line of a container, with its names where it begins one."""
    if names:
        around.append(CHANNELS & {*names} or around[-1])
    elif len(around) > 1:
        around.pop()


def _kind(line: str, *, may_be_code: bool) -> str:
    """What a line is that stands in no fenced code."""
    first = line.lstrip()[:1]
    if not first:
        return "blank"
    for kind, pattern in () if first.isalpha() else KINDS:  # none of these begins with a letter
        if pattern.match(line):
            return kind
    return "code" if may_be_code and INDENTED.match(line) else "text"


def sentences_of(body: str) -> Iterator[Sentence]:
    """The sentences of an article's text, in order."""
    text = FIELD.sub(_blank, readable(body))
    for number, (start, end, channels) in enumerate(_paragraphs(body)):
        for first, last in sentences(text[start:end]):
            yield Sentence(start + first, start + last, text[start + first : start + last], number, channels)


def _paragraphs(body: str) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Where each paragraph of running text begins and ends, and which outputs show it."""
    open_: tuple[int, int, frozenset[str]] | None = None
    for line in lines_of(body):
        if line.kind == "text" and open_:
            open_ = (open_[0], line.end, open_[2])
            continue
        if open_ and line.kind != "underline":  # with a line below it, it was a heading
            yield open_
        open_ = None
        if line.kind in ("text", "item"):
            mark = ITEM.match(body, line.start, line.end) if line.kind == "item" else None
            open_ = (mark.end() if mark else line.start, line.end, line.channels)
    if open_:
        yield open_


def citations_in(text: str) -> tuple[str, ...]:
    """Ids of the sources that a piece of an article cites."""
    return tuple(
        one.rpartition("@")[2].strip()
        for found in CITATION.finditer(text)
        for one in re.split(r"[;,]", f"@{found[1]}")
    )


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
