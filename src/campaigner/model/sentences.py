"""The first sentences of a text, which stand for it where nobody wrote a description."""

import re
from collections.abc import Iterable, Iterator

#: what search engines show of a description, in characters
LONGEST = 160
SENTENCE_END = re.compile(r"[.!?…。！？।؟](?:[\"'”’»)\]]*(?=\s|$)|(?<=[。！？])[”」』）]*)")
#: behind it a full stop ends no sentence: "am 3. Mai"
ORDINAL = re.compile(r"(?<!\d)\d{1,2}\Z", re.ASCII)
#: no abbreviation is as long
LONGEST_WORD = 40
#: a full stop behind these, or behind a single letter, ends no sentence (English and German)
ABBREVIATIONS = frozenset(
    (
        *(
            "dr",
            "prof",
            "mr",
            "mrs",
            "ms",
            "st",
            "jr",
            "sr",
            "no",
            "nr",
            "fig",
            "vs",
            "e.g",
            "eg",
            "i.e",
            "ie",
        ),
        *("approx", "inc", "ltd", "u.s", "u.k", "z.b", "d.h", "u.a", "ca", "bzw", "inkl", "vgl"),
    )
)


def first_sentences(paragraphs: Iterable[str]) -> str:
    """Give one or two sentences of the first paragraph that has one, of at most 160 characters.

    Where none has a sentence it is the first with words. What is longer ends at a word, with an ellipsis.
    """
    first = ""
    for text in paragraphs:
        if SENTENCE_END.search(text):
            return shortened(text)
        first = first or text
    return shortened(first)


def shortened(text: str) -> str:
    """Give at most two sentences and 160 characters of `text`, cut at the end of a sentence or a word."""
    ends = [match.end() for match in SENTENCE_END.finditer(text) if not _abbreviates(text, match)][:2]
    fitting = [end for end in ends if end <= LONGEST]
    if fitting:
        return text[: fitting[-1]]
    if len(text) <= LONGEST:
        return text
    cut = text[:LONGEST]
    return cut[: cut.rfind(" ") if " " in cut else -1].rstrip(" ,;:–—-") + "…"


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence of `text` begins and ends, blanks left out."""
    start = 0
    for stop in SENTENCE_END.finditer(text):
        if not _abbreviates(text, stop) and not _counts(text, stop.start()):
            yield from _trimmed(text, start, stop.end())
            start = stop.end()
    yield from _trimmed(text, start, len(text))


def _counts(text: str, stop: int) -> bool:
    return text[stop - 1 : stop].isdigit() and bool(ORDINAL.search(text, max(0, stop - 4), stop))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end].lstrip()
    if piece:
        start = end - len(piece)
        yield start, start + len(piece.rstrip())


def _abbreviates(text: str, stop: re.Match[str]) -> bool:
    end = stop.start()
    if text[end] != ".":
        return False
    first = max(0, end - LONGEST_WORD)
    word = text[text.rfind(" ", first, end) + 1 or first : end].lstrip("(\"'“„«").lower()
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())
