"""Finds text over which Markdown would take time without end, before Markdown sees it.

Python-Markdown looks for the end of each opening bracket anew, so that its time grows with the square
of those that are never closed; no text that somebody wrote has hundreds of them in one paragraph. It
copies a paragraph for each piece of markup in it, too.
"""

import re
from collections.abc import Iterator

MOST_OPEN = 200
MOST_FIELDS = 1_000
PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
MOST_LINKS = 1_000
#: characters that may be copied for one paragraph: some two seconds' worth
MOST_COPIED = 2_000_000_000
#: what markup within a paragraph begins with
SIGN = re.compile(r"[\\`\[<&*_]")
#: there are not too many of anything in so few lines
FEW_LINES = 1_000
BLANK_LINES = re.compile(r"\n\s*\n")
#: deeper than any element of the finished text may be
DEEPEST_QUOTE = 60
QUOTE = re.compile(rf"^[ \t]*(?:>[ \t]?){{{DEEPEST_QUOTE + 1}}}", re.MULTILINE)
#: what Markdown holds against all others of its kind: its name, how many there may be, and its line
COMPARED = (
    ("footnotes", 1_000, re.compile(r"^\[\^", re.MULTILINE)),
    ("abbreviations", 1_000, re.compile(r"^\*\[", re.MULTILINE)),
    ("headings", 2_000, re.compile(r"^(?:#|[=-]+ *$)", re.MULTILINE)),
)


def tangles(text: str) -> Iterator[tuple[int, str]]:
    """Give offset and description of everything that would take Markdown too long."""
    if any(text.count(opening) > MOST_OPEN for opening, _ in PAIRS):  # else no paragraph has too many
        yield from _in_paragraphs(text)
    if len(text) ** 2 > MOST_COPIED:
        yield from _overloaded(text)
    quote = QUOTE.search(text) if text.count(">") > DEEPEST_QUOTE else None
    if quote:
        yield quote.start(), "this quotation is nested too deeply"
    for name, most, line in COMPARED if text.count("\n") > FEW_LINES else ():
        starts = [found.start() for found in line.finditer(text)]
        if len(starts) > most:
            yield starts[most], f"there are more than {most:,} {name}"
    if text.count("{{") > MOST_FIELDS:
        yield text.index("{{"), f"there are more than {MOST_FIELDS:,} merge fields"


def _in_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for start, paragraph in _paragraphs(text):
        for opening, closing in PAIRS:
            if paragraph.count(opening) - paragraph.count(closing) > MOST_OPEN:
                first = start + paragraph.index(opening)
                yield first, f'more than {MOST_OPEN} "{opening}" in this paragraph are never closed'
        if paragraph.count("](") > MOST_LINKS:
            yield start, f"there are more than {MOST_LINKS:,} links in this paragraph"


def _overloaded(text: str) -> Iterator[tuple[int, str]]:
    for start, paragraph in _paragraphs(text):
        if len(paragraph) * sum(1 for _ in SIGN.finditer(paragraph)) > MOST_COPIED:
            yield start, "this paragraph is too long for all the markup in it"


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Everything that stands between blank lines, and its offset."""
    start = 0
    for blank in BLANK_LINES.finditer(text):
        yield start, text[start : blank.start()]
        start = blank.end()
    yield start, text[start:]
