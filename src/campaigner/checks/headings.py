"""The headings of an article as they were written, each with its place in the text.

The title is the page's only main heading: where an article has another one of level 1, all of its headings become a
level lower than they were written.
"""

import re
from collections.abc import Iterator
from html import unescape

from campaigner.checks.prose import lines_of, readable
from campaigner.value import Value

#: in a quotation or a list too; Markdown wants no blank behind the signs
MARKED = re.compile(r"(?:[ ]{0,3}(?:>[ ]?|(?:[-*+]|\d{1,9}[.)])[ \t]+)){0,4}(?P<signs>#{1,6})(?P<words>.*)")
UNDERLINED = re.compile(r"(?P<sign>=+|-+)[ \t]*")
HTML = re.compile(r"<h(?P<level>[1-6])\b[^<>\n]*>(?P<words>[^\n]*)", re.IGNORECASE)
TAG = re.compile(r"<[^<>\n]*>")
WORD = re.compile(r"[^\W_]+")


class Heading(Value):
    """A heading, as it was written."""

    #: 1 for that with one #
    level: int
    words: str
    #: places in the article's text
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Its words as it is known by them."""
        return plain(self.words)


def headings_in(body: str, title: str) -> Iterator[Heading]:
    """The headings of an article's text, in order; the first is none where it only repeats the title."""
    found = (one for one in _written(body) if one.plain)
    first = next(found, None)
    if first and not (first.level == 1 and first.plain == plain(title)):
        yield first
    yield from found


def plain(words: str) -> str:
    """The words of a heading without signs and capitals, by which it is known however it was written."""
    return " ".join(WORD.findall(unescape(words))).casefold()


def _written(body: str) -> Iterator[Heading]:
    read = readable(body)
    above = None
    for line in lines_of(body):
        if line.kind == "code" or line.start == line.end:
            above = None
            continue
        if found := MARKED.match(read, line.start, line.end):
            yield _heading(len(found["signs"]), found["words"], found.start("signs"), line.end)
        elif above and (found := UNDERLINED.fullmatch(body, line.start, line.end)):
            level = 1 if found["sign"][0] == "=" else 2
            yield _heading(level, read[above[0] : above[1]], *above)
        elif found := HTML.match(body, line.start, line.end):
            yield _heading(int(found["level"]), TAG.sub(" ", found["words"]), line.start, line.end)
        # what is underlined begins a paragraph
        above = (line.start, line.end) if line.kind == "text" and _is_first(body, line.start) else None


def _is_first(body: str, start: int) -> bool:
    """Whether nothing stands on the line above the one that begins there."""
    return start == 0 or not body[body.rfind("\n", 0, start - 1) + 1 : start].strip()


def _heading(level: int, words: str, start: int, end: int) -> Heading:
    return Heading(level=level, words=words.strip().rstrip("#").rstrip(), start=start, end=end)
