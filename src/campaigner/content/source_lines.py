"""Finds the line of an article that a block of a page was made from.

Pages hold no line numbers: they are the same bytes that a build writes. So a block is looked for by its
words, without signs and spaces, which Markdown and typography change.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from campaigner.value import Value

#: what typography makes of a sign is another sign: only letters and digits stay
LETTERS = re.compile(r"[^\W_]+")
#: enough of a block to be told from others
ENOUGH = 60
#: and the least that says anything
LEAST = 3
#: letters of a block that are looked for: words of the theme stand before them, if any do
MOST_LETTERS = 20 * ENOUGH
#: characters in which these are
LONGEST = 10_000
#: lines around the one that is meant
AROUND = 2


class Excerpt(Value):
    """A line of a file, and those around it."""

    #: of the line that is meant, from 1
    line: int
    #: number and text of each
    lines: tuple[tuple[int, str], ...]


def line_of(source: str, block: str) -> int | None:
    """The line of `source`, from 1, that a block of text begins on; None where it cannot be found."""
    return next(lines_of(source, block), None)


def lines_of(source: str, block: str) -> Iterator[int]:
    """The lines of `source`, from 1, that a block of text may begin on.

    Where the beginning is not found, a later part of the block is: it may begin with words of the theme.
    """
    letters, lines = _letters_by_line(source)
    words = "".join(LETTERS.findall(block[:LONGEST])).lower()[:MOST_LETTERS]
    for start in range(0, max(1, len(words) - LEAST), ENOUGH):
        for length in (ENOUGH, ENOUGH // 2, ENOUGH // 4, ENOUGH // 8):
            piece = words[start : start + length]
            place = letters.find(piece) if len(piece) >= LEAST else -1
            if place >= 0:
                while place >= 0:
                    yield lines[place]
                    place = letters.find(piece, place + len(piece))
                return


def excerpt(source: str, line: int, *, around: int = AROUND) -> Excerpt:
    """A line of a text with those around it."""
    lines = source.split("\n")
    first = max(1, line - around)
    shown = lines[first - 1 : line + around]
    return Excerpt(line=line, lines=tuple(enumerate(shown, start=first)))


@lru_cache(maxsize=4)
def _letters_by_line(source: str) -> tuple[str, list[int]]:
    """All letters of a text in small, and the line of each."""
    parts: list[str] = []
    lines: list[int] = []
    for number, line in enumerate(source.split("\n"), start=1):
        found = "".join(LETTERS.findall(line)).lower()
        parts.append(found)
        lines += [number] * len(found)
    return "".join(parts), lines
