"""Finds text over which Markdown would take time without end, before Markdown sees it.

Python-Markdown looks for the end of each opening bracket anew, so that its time grows with the square
of those that are never closed; no text that somebody wrote has hundreds of them in one paragraph.
"""

import re
from collections.abc import Iterator

MOST_OPEN = 200
MOST_NOTES = 1_000
MOST_FIELDS = 1_000
PAIRS = (("[", "]"), ("(", ")"), ("<", ">"))
MOST_LINKS = 1_000
BLOCK = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
#: deeper than any element of the finished text may be
DEEPEST_QUOTE = 60
QUOTE = re.compile(rf"^[ \t]*(?:>[ \t]?){{{DEEPEST_QUOTE + 1}}}", re.MULTILINE)
NOTE = re.compile(r"^\[\^", re.MULTILINE)


def tangles(text: str) -> Iterator[tuple[int, str]]:
    """Give offset and description of everything that would take Markdown too long."""
    if any(text.count(opening) > MOST_OPEN for opening, _ in PAIRS):  # else no paragraph has too many
        yield from _in_paragraphs(text)
    quote = QUOTE.search(text) if text.count(">") > DEEPEST_QUOTE else None
    if quote:
        yield quote.start(), "this quotation is nested too deeply"
    notes = [note.start() for note in NOTE.finditer(text)] if text.count("[^") > MOST_NOTES else []
    if len(notes) > MOST_NOTES:
        yield notes[MOST_NOTES], f"there are more than {MOST_NOTES:,} footnotes"
    if text.count("{{") > MOST_FIELDS:
        yield text.index("{{"), f"there are more than {MOST_FIELDS:,} merge fields"


def _in_paragraphs(text: str) -> Iterator[tuple[int, str]]:
    for block in BLOCK.finditer(text):
        for opening, closing in PAIRS:
            if block[0].count(opening) - block[0].count(closing) > MOST_OPEN:
                first = block.start() + block[0].index(opening)
                yield first, f'more than {MOST_OPEN} "{opening}" in this paragraph are never closed'
        if block[0].count("](") > MOST_LINKS:
            yield block.start(), f"there are more than {MOST_LINKS:,} links in this paragraph"
