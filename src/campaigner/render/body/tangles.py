"""Finds text over which Markdown would take time without end, before Markdown sees it.

Python-Markdown looks for the end of each opening bracket anew, so that its time grows with the square
of those that are never closed; no text that somebody wrote has hundreds of them in one paragraph. It
copies a paragraph for each piece of markup in it, too, and all that still follows for each block. What
comes after it, mail programs' styles and checks, takes its time for each element, so that what makes
elements has a bound as well.
"""

import re
from collections.abc import Iterator
from itertools import islice

MOST_OPEN, MOST_OPEN_IN_ALL = 200, 50_000
PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
MOST_LINKS = 1_000
#: characters that may be copied for the markup of all paragraphs: some two seconds' worth
MOST_COPIED = 1_000_000_000
#: what markup within a paragraph begins with
SIGN = re.compile(r"[\\`\[<&*_]|  \n")
#: there are not too many of anything in so few lines
FEW_LINES = 1_000
BLANK_LINES = re.compile(r"\n\s*\n")
#: deeper than any element of the finished text may be
DEEPEST_QUOTE = 60
#: a blank line, an item, a definition, a row; each line and each row of blank ones is gone over once
PIECE = re.compile(r"\n(?:[ \t]*\n)+|^[ \t>]*(?:[-*+:]|\d{1,9}[.)])[ \t]|^[^\n|]*\|", re.MULTILINE)
QUOTE = re.compile(rf"^[ \t]*(?:>[ \t]?){{{DEEPEST_QUOTE + 1}}}", re.MULTILINE)
#: what there may not be too much of: its name, how many there may be, and how it begins
BOUNDED = (
    # Markdown holds each of these against all others of its kind
    ("footnotes", 1_000, re.compile(r"^\[\^", re.MULTILINE)),
    ("abbreviations", 1_000, re.compile(r"^\*\[", re.MULTILINE)),
    # it copies all that follows for each
    ("blocks that begin with :::", 500, re.compile(r"^:::[ \t]*[\w-]", re.MULTILINE)),
    ("headings", 2_000, re.compile(r"^(?:#|[=-]+ *$)", re.MULTILINE)),
    # 2 MB of paragraphs with a hundred characters each have as many
    ("paragraphs, items of lists and rows of tables", 20_000, PIECE),
    ("lines", 400_000, re.compile(r"\n")),
    ("lines of quotations within quotations", 60_000, re.compile(r"^[ \t]*>|(?<=>) ?>", re.MULTILINE)),
)
#: the same of what many may stand in one line
SCATTERED = (("merge fields", 1_000, "{{"), ("links", 10_000, "]("), ("cells of tables", 60_000, "|"))


def tangles(text: str) -> Iterator[tuple[int, str]]:
    """Give offset and description of everything that would take Markdown too long."""
    too_many = [*_too_many(text)]
    yield from too_many
    if too_many:
        return  # of so much it would take long to say what else is wrong with it
    if any(text.count(opening) > MOST_OPEN for opening, _ in PAIRS):  # else no paragraph has too many
        yield from _in_paragraphs(text)
    if len(text) ** 2 > MOST_COPIED:
        yield from _overloaded(text)
    quote = QUOTE.search(text) if text.count(">") > DEEPEST_QUOTE else None
    if quote:
        yield quote.start(), "this quotation is nested too deeply"


def _too_many(text: str) -> Iterator[tuple[int, str]]:
    for name, most, beginning in BOUNDED if text.count("\n") > FEW_LINES else ():
        surplus = next(islice(beginning.finditer(text), most, None), None)
        if surplus:
            at = surplus.end() if surplus[0].isspace() else surplus.start()
            yield at, f"there are more than {most:,} {name}"
    for name, most, sign in SCATTERED:
        if text.count(sign) > most:
            yield text.index(sign), f"there are more than {most:,} {name}"


def _in_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    in_all = 0
    for start, paragraph in _paragraphs(text):
        for opening, closing in PAIRS:
            count = max(0, paragraph.count(opening) - paragraph.count(closing))
            in_all += count
            if count > MOST_OPEN:
                first = start + paragraph.index(opening)
                yield first, f'more than {MOST_OPEN} "{opening}" in this paragraph are never closed'
            elif in_all > MOST_OPEN_IN_ALL >= in_all - count:
                yield start, f"more than {MOST_OPEN_IN_ALL:,} brackets up to here are never closed"
        if paragraph.count("](") > MOST_LINKS:
            yield start, f"there are more than {MOST_LINKS:,} links in this paragraph"


def _overloaded(text: str) -> Iterator[tuple[int, str]]:
    copied = 0
    for start, paragraph in _paragraphs(text):
        own = len(paragraph) * sum(1 for _ in SIGN.finditer(paragraph))
        copied += own
        if own > MOST_COPIED:
            yield start, "this paragraph is too long for all the markup in it"
        elif copied > MOST_COPIED:
            yield start, "the paragraphs up to here are too long for all the markup in them"
        if copied > MOST_COPIED:
            return


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Everything that stands between blank lines, and its offset."""
    start = 0
    for blank in BLANK_LINES.finditer(text):
        yield start, text[start : blank.start()]
        start = blank.end()
    yield start, text[start:]
