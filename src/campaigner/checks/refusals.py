"""Words that the policy packs refuse, as they stand in an article.

Who is told that a law refuses some words need not hear that they are also unwise: the checks of milder rules ask
here, and leave to the pack what it names.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from campaigner.checks.spots import Passage, Spot
from campaigner.checks.standing import FEW, places_in, standing_in
from campaigner.checks.written import Piece, folded
from campaigner.model.policy import Policy, Wording
from campaigner.model.settings import Audience
from campaigner.value import Value

WORD = re.compile(r"\w")
NO_BLANKS = re.compile(r"\S+")


class Refusal(Value):
    """Refused words, and where they stand."""

    wording: Wording
    #: as they were written
    words: str
    spot: Spot


def refusals_in(pieces: Iterable[Piece], policies: Iterable[Policy], audience: Audience) -> Iterator[Refusal]:
    """Give what the packs refuse in an article for an audience."""
    pieces = tuple(pieces)
    for wording in wordings_of(policies, audience):
        for piece in pieces:
            if wording.channels and not piece.channels & {*wording.channels}:
                continue
            for start, end in spans_in(piece.text, piece.folded, phrases_of(wording.words)):
                yield Refusal(wording=wording, words=piece.text[start:end], spot=piece.spot(start, end))


def spans_in(text: str, folded: str, phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Give where phrases stand in a text, which is `folded` too, as whole words."""
    if len(phrases) <= FEW:
        for phrase in phrases:
            if phrase in folded:
                yield from map(re.Match.span, pattern_of(phrase).finditer(text))
        return
    there = places_in(folded, phrases)
    if not there:
        return
    words = _Words(text)
    for phrase in filter(there.__contains__, phrases):
        taken = 0
        for place in there[phrase]:
            if place >= taken and _is_whole(folded, place, place + len(phrase)):
                taken = place + len(phrase)
                yield words.place(place), words.place(taken - 1) + 1


def _is_whole(text: str, start: int, end: int) -> bool:
    return not WORD.match(text[start - 1 : start]) and not WORD.match(text[end : end + 1])


class _Words:
    """Where the words of a folded text stand in the text as it was written."""

    def __init__(self, text: str) -> None:
        self._written: list[int] = []
        self._folded: list[int] = []
        place = 0
        for word in NO_BLANKS.finditer(text):
            self._written.append(word.start())
            self._folded.append(place)
            place += len(word[0].lower()) + 1

    def place(self, folded: int) -> int:
        """Where a character of the folded text was written."""
        number = bisect_right(self._folded, folded) - 1
        return self._written[number] + folded - self._folded[number]


def said_in(pieces: Iterable[Piece], policies: Iterable[Policy], audience: Audience) -> frozenset[str]:
    """Give the refused phrases that an article says anywhere, folded."""
    phrases = [phrases_of(wording.words) for wording in wordings_of(policies, audience)]
    return frozenset(one for piece in pieces for some in phrases for one in standing_in(piece.folded, some))


def wordings_of(policies: Iterable[Policy], audience: Audience) -> Iterator[Wording]:
    """Give the wordings that the packs refuse for an audience."""
    for policy in policies:
        for wording in policy.wordings:
            if wording.audience in (None, audience):
                yield wording


def is_refused(words: str, at: Spot, refusals: Iterable[Refusal]) -> bool:
    """Whether what stands at a place is refused there, in whole or in part."""
    return any(_meets(refusal, folded(words), at) for refusal in refusals)


def _meets(refusal: Refusal, words: str, at: Spot) -> bool:
    spot = refusal.spot
    if isinstance(at, Passage):
        return isinstance(spot, Passage) and at.start < spot.end and spot.start < at.end
    refused = folded(refusal.words)
    return spot == at and (words in refused or refused in words)


@lru_cache(maxsize=100)
def phrases_of(words: tuple[str, ...]) -> tuple[str, ...]:
    """Give phrases as they are looked for in folded text."""
    return tuple(map(folded, words))


@lru_cache(maxsize=1000)
def pattern_of(words: str) -> re.Pattern[str]:
    """Give what finds a phrase in a text as it was written."""
    phrase = r"\s+".join(re.escape(word).replace("'", "['’]") for word in words.split())
    return re.compile(rf"(?<!\w){phrase}(?!\w)", re.IGNORECASE)
