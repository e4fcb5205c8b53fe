"""What an article says beside its running text: in a quotation that is nobody's, and in the cells of a table."""

import re
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from campaigner.checks.prose import FIELD, Line, lines_of, readable
from campaigner.model.sentences import sentences

MARK = re.compile(r"^ {0,3}(?:> ?)+", re.MULTILINE)
#: who said it, below a quotation or behind its last words: "— Ada Vetro, glazier"
SPEAKER = re.compile(r"(?:^|\s)(?:[—–―~]|--|-)\s*\S[^\n]{0,200}\Z|</?cite\b|<footer\b", re.MULTILINE)
#: between what heads a table and its rows
RULE = re.compile(r"[\s|:-]*-[\s|:-]*\Z")
CELL = re.compile(r"[^|]+")
#: a table of prices and plans, in which numbers are what one gets
PRICES = re.compile(
    r"[£$€]|\b(?:plans?|tiers?|packages?|tarife?|pakete?|prices?|preise?|costs?|kosten)\b", re.IGNORECASE
)


class Aside(NamedTuple):
    """A sentence that stands apart."""

    #: places in the article's text
    start: int
    end: int
    text: str
    #: what is read with it, in which its source may stand: the quotation, the row of the table
    first: int
    last: int
    #: what it is to be understood by: what heads the table, and the row
    context: str


def asides_of(body: str) -> Iterator[Aside]:
    """Each sentence of such a quotation, and of such a cell."""
    if ">" not in body and "|" not in body:
        return
    text = FIELD.sub(lambda found: " " * len(found[0]), readable(body))
    lines = lines_of(body)
    kinds = [(_kind(text, line), number) for number, line in enumerate(lines)]
    for kind, group in groupby(kinds, key=itemgetter(0)):
        numbers = [number for _, number in group]
        if kind == "quotation":
            yield from _quoted(body, text, lines, numbers)
        elif kind == "table":
            yield from _cells(text, [lines[number] for number in numbers])


def _kind(text: str, line: Line) -> str:
    if line.kind != "apart":
        return ""
    first = text[line.start : line.end].lstrip()[:1]
    return {">": "quotation", "|": "table"}.get(first, "")


def _quoted(body: str, text: str, lines: tuple[Line, ...], numbers: list[int]) -> Iterator[Aside]:
    start, end = lines[numbers[0]].start, lines[numbers[-1]].end
    said = MARK.sub(lambda found: " " * len(found[0]), text[start:end])
    before = body[:start].rstrip()[-1:]
    behind = body[end : end + 300].lstrip().partition("\n")[0]
    if before == ":" or SPEAKER.search(body[start:end].rstrip()) or re.match(r"[—–―~]|--", behind):
        return
    for first, last in sentences(said):
        yield Aside(start + first, start + last, said[first:last], start, end, "")


def _cells(text: str, rows: list[Line]) -> Iterator[Aside]:
    heading = ""
    written = [text[row.start : row.end] for row in rows]
    if len(rows) > 1 and RULE.match(written[1]):
        heading, rows, written = written[0], rows[2:], written[2:]
    for row, said in zip(rows, written, strict=True):
        context = f"{heading} {said}"
        if PRICES.search(context):
            continue
        for cell in CELL.finditer(said):
            for first, last in sentences(cell[0]):
                start = row.start + cell.start()
                yield Aside(start + first, start + last, cell[0][first:last], row.start, row.end, context)
