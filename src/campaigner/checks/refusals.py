"""Words that the policy packs refuse, as they stand in an article.

Who is told that a law refuses some words need not hear that they are also unwise: the checks of milder rules ask
here, and leave to the pack what it names.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from campaigner.checks.spots import Passage, Spot
from campaigner.checks.standing import standing_in
from campaigner.checks.written import Piece, folded
from campaigner.model.policy import Policy, Wording
from campaigner.model.settings import Audience
from campaigner.value import Value


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
            phrases = phrases_of(wording.words)
            there = standing_in(piece.folded, phrases)
            for words in filter(there.__contains__, phrases) if there else ():
                for found in pattern_of(words).finditer(piece.text):
                    spot = piece.spot(found.start(), found.end())
                    yield Refusal(wording=wording, words=found[0], spot=spot)


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
