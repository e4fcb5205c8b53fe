"""Puts paragraphs, headings and list items of a plain text on one line each.

Texts come in two shapes: a paragraph a line, with or without blank lines between; and paragraphs
wrapped at some 72 columns. In the second shape a line ends where the next word had no more room,
mostly in the middle of a sentence.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from campaigner.content.documents.decoding import even, visible
from campaigner.content.documents.markers import marker
from campaigner.value import Value, replace

RULE = re.compile(r"([-_=~*–—#•·])(?:[^\S\n]*\1){2,}")
UNDERLINE = re.compile(r"={3,}|-{3,}")
#: a sentence or a part of one ends here
CLOSED = re.compile(r"[.!?…:;。！？：；।؟۔][\"'”’»)\]」]*$")
#: words that leave the hyphen before them open: "pre- and post-treatment", "Vor- und Nachteile"
JOINING = frozenset({"and", "or", "to", "und", "oder", "bis", "sowie"})
#: nobody wraps at more columns than this, or at fewer than that
WIDEST, NARROWEST = 100, 45
#: a line of less may stand for itself, even before a small letter
SHORT = 40
TAB = 4


class Piece(Value):
    """A heading, a paragraph or a list item, whole on one line; or a line as it stands in the file."""

    text: str
    #: columns before it
    indent: int
    #: whether it is the first of the text, or a blank line stands before it
    after_blank: bool
    #: "=" or "-" where a line of these stands below
    underline: str = ""

    @property
    def is_rule(self) -> bool:
        """Whether it is a line of dashes, stars or the like."""
        return bool(RULE.fullmatch(self.text))


def unwrapped(text: str) -> list[Piece]:
    """Give the pieces of a text, without blank lines; with an underline where one makes it a heading."""
    lines = [*_lines(visible(text))]
    width = _width(lines)
    pieces: list[Piece] = []
    counted: set[tuple[str, int]] = set()
    last = None
    for line in lines:
        sign = marker(line.text)
        plausible = sign is not None and (sign.number < 2 or (sign.form, sign.number - 1) in counted)
        if last and not line.after_blank and _underlines(line, pieces[-1]):
            pieces[-1] = replace(pieces[-1], underline=line.text[0])
            _drop_overline(pieces)
        elif last and not line.after_blank and _continues(line, last, pieces[-1], width, plausible=plausible):
            pieces[-1] = replace(pieces[-1], text=_joined(pieces[-1].text, line.text))
        else:
            pieces.append(line)
            if sign:
                counted.add((sign.form, sign.number))
        last = line
    return pieces


def _lines(text: str) -> Iterator[Piece]:
    after_blank = True
    for raw in text.split("\n"):
        line = raw.expandtabs(TAB)
        if line.strip():
            yield Piece(
                text=even(line.strip()), indent=len(line) - len(line.lstrip()), after_blank=after_blank
            )
        after_blank = not line.strip()


def _width(lines: list[Piece]) -> int:
    """The column at which the text is wrapped; 0 where it is not."""
    wide = sum(len(line.text) for line in lines if len(line.text) > WIDEST and " " in line.text)
    widths = [line.indent + len(line.text) for line in lines if len(line.text) <= WIDEST]
    width = max(widths, default=0)
    if width < NARROWEST or wide * 4 > sum(len(line.text) for line in lines):
        return 0
    full = [
        CLOSED.search(line.text) is None
        for line, following in pairwise(lines)
        if not following.after_blank and _is_full(line, following, width)
        if not marker(following.text) and not following.is_rule
    ]
    return width if full and sum(full) * 2 >= len(full) else 0


def _is_full(line: Piece, following: Piece, width: int) -> bool:
    """Whether the next line's first word had no room in this one."""
    return line.indent + len(line.text) + 1 + len(following.text.split(" ", 1)[0]) > width


def _underlines(line: Piece, piece: Piece) -> bool:
    return (
        UNDERLINE.fullmatch(line.text) is not None
        and not piece.underline
        and not piece.is_rule
        and len(piece.text) <= WIDEST
        and not piece.text.endswith((".", ":"))
    )


def _drop_overline(pieces: list[Piece]) -> None:
    """Take out a line above a heading that is underlined in the same way."""
    *_, above, heading = [None, *pieces]
    if above and above.is_rule and above.text[0] == heading.underline and not heading.after_blank:
        pieces[-2:] = [replace(heading, after_blank=above.after_blank)]


def _continues(line: Piece, last: Piece, piece: Piece, width: int, *, plausible: bool) -> bool:
    """Whether `line` goes on with `piece`, whose last line is `last`."""
    if line.is_rule or piece.is_rule or piece.underline or plausible:
        return False
    if marker(piece.text):
        if line.indent > piece.indent:
            return True
    elif line.indent > last.indent:
        return False
    if width and _is_full(last, line, width):
        return True
    return len(last.text) >= SHORT and line.text[0].islower() and CLOSED.search(last.text) is None


def _joined(text: str, more: str) -> str:
    """Give both with a space between, or without one behind a hyphen inside of a word."""
    divided = re.search(r"[^\W\d_]-$", text) and more[0].isalpha()
    return (
        f"{text}{more}" if divided and more.split(maxsplit=1)[0].lower() not in JOINING else f"{text} {more}"
    )
