"""Keeps what Markdown must not touch out of its hands, and remembers where it stood.

Merge fields, citations and the `more` line are replaced by marks before Markdown sees the text: a
number between two code points that no text may have (Unicode's noncharacters). Where a mark comes
out again, Markdown itself has decided what is code and what is not.
"""

import re
from bisect import bisect_right
from enum import Enum, auto
from functools import cache, cached_property

from campaigner.model.campaign import Position
from campaigner.value import Value

OPEN, CLOSE = "\ufdd0", "\ufdd1"
#: as libxml2 writes them in an address
OPEN_IN_ADDRESS, CLOSE_IN_ADDRESS = "%EF%B7%90", "%EF%B7%91"
MARK = re.compile(rf"(?:{OPEN}|{OPEN_IN_ADDRESS})(\d+)(?:{CLOSE}|{CLOSE_IN_ADDRESS})")

QUOTED = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
SOURCE_ID = r"@[A-Za-z0-9][\w.:/-]*"
#: begins with one set of characters and not with a choice, so that text without any of them is skipped at once
SIGNED = rf"""
    [\\{{\[!](?:
      (?<=\\)(?P<escape>[\\{{\[!])                                # \{{ shows {{
    | (?<=\{{)(?P<field>\{{(?:{QUOTED}|[^"'}}\n]|\}}(?!\}}))*\}}\}}) # {{{{ … }}}} on one line
    | (?<=\{{)(?P<jinja>\{{|%(?:.*?%\}})?|\#(?=\s).*?\#\}})         # any other Jinja
    | (?<=\[)(?P<citation>{SOURCE_ID}(?:\s*[;,]\s*{SOURCE_ID})*\](?![(\[]))
    | (?<=!)(?P<picture>\[(?=[^\]\n]*\](?:\(|\[[^\]\n])))           # ![alt](…) or ![alt][…]
    )
"""
MORE = r"(?P<more>^[ ]{0,3}<!--\s*more\s*-->[ ]*$)"


class Kind(Enum):
    """What a mark stands for."""

    FIELD = auto()
    JINJA = auto()
    CITATION = auto()
    MORE = auto()
    PICTURE = auto()


class Mark(Value):
    """Something that was taken out of the Markdown."""

    kind: Kind
    #: as it was written
    source: str
    position: Position

    @property
    def shown(self) -> str:
        """What a reader sees of it where it is mere text."""
        return "" if self.kind is Kind.PICTURE else self.source


class Places:
    """Finds line and column of an offset in a text."""

    def __init__(self, text: str, *, first_line: int) -> None:
        self._text = text
        self._first_line = first_line

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self._text))]

    def __call__(self, offset: int) -> Position:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return Position(line=line + self._first_line, column=offset - self._starts[line] + 1)


def masked(text: str, *, first_line: int) -> tuple[str, tuple[Mark, ...]]:
    """Give the text with marks in it, and what they stand for.

    The text must hold no noncharacters; `first_line` is the line of the file it begins on.
    """
    places = Places(text, first_line=first_line)
    marks: list[Mark] = []

    def replace(match: re.Match[str]) -> str:
        if match["escape"]:
            return match[0]
        kind = Kind[str(match.lastgroup).upper()]
        marks.append(Mark(kind=kind, source=match[0], position=places(match.start())))
        mark = f"{OPEN}{len(marks) - 1}{CLOSE}"
        if kind is Kind.MORE:
            return f"\n{mark}\n"  # a paragraph of its own
        return f"![{mark}" if kind is Kind.PICTURE else mark

    return signs(with_more="<!--" in text).sub(replace, text), tuple(marks)


@cache
def signs(*, with_more: bool = True) -> re.Pattern[str]:
    """Give what finds all that is replaced by marks, and what is escaped; each has a group of its name."""
    return re.compile(f"{SIGNED} | {MORE}" if with_more else SIGNED, re.VERBOSE | re.MULTILINE)


def may_be_marked(text: str) -> bool:
    """Whether a mark can be in a text: to be asked before long texts are searched for one."""
    return OPEN in text or OPEN_IN_ADDRESS in text


def unmasked(text: str, marks: tuple[Mark, ...]) -> str:
    """Give the text as it was written before `masked` put marks into it."""

    def written(match: re.Match[str]) -> str:
        mark = marks[int(match[2])]
        blank = "" if mark.kind is Kind.MORE else match[1]
        after = "" if mark.kind is Kind.MORE else match[3]
        return blank + mark.shown + after

    if not may_be_marked(text):
        return text
    return re.sub(rf"(\n?){MARK.pattern}(\n?)", written, text)
