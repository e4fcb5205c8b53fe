"""The first sentences of a text, which stand for it where nobody wrote a description."""

import re
from collections.abc import Iterable

#: what search engines show of a description, in characters
LONGEST = 160
SENTENCE_END = re.compile(r"[.!?…。！？।؟](?:[\"'”’»)\]]*(?=\s|$)|(?<=[。！？])[”」』）]*)")
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


def _abbreviates(text: str, stop: re.Match[str]) -> bool:
    if not stop[0].startswith("."):
        return False
    word = text[: stop.start()].rpartition(" ")[2].lstrip("(\"'“„«").lower()
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())
