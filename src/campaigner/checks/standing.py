"""Finds which of many words stand in a long text, in one pass of it, however many they are."""

from functools import lru_cache

#: up to so many words are quicker looked for one by one
FEW = 200
#: first characters that words are told apart by
HEAD = 4


def standing_in(text: str, words: tuple[str, ...]) -> frozenset[str]:
    """Those of `words` that stand in a text."""
    if len(words) <= FEW:
        return frozenset(word for word in words if word in text)
    return frozenset(places_in(text, words))


def places_in(text: str, words: tuple[str, ...]) -> dict[str, list[int]]:
    """Where each of `words` begins in a text; those that do not stand there are left out."""
    found: dict[str, list[int]] = {}
    known = frozenset(words)
    for size, lengths_of in _lengths_by_head(words).items():
        for place in range(len(text) - size + 1):
            for length in lengths_of.get(text[place : place + size], ()):
                word = text[place : place + length]
                if word in known:
                    found.setdefault(word, []).append(place)
    return found


@lru_cache(maxsize=16)
def _lengths_by_head(words: tuple[str, ...]) -> dict[int, dict[str, tuple[int, ...]]]:
    """How long the words are that begin alike, by how many characters that is said of, and by these."""
    heads: dict[int, dict[str, set[int]]] = {}
    for word in filter(None, words):
        size = min(HEAD, len(word))
        heads.setdefault(size, {}).setdefault(word[:size], set()).add(len(word))
    return {size: _sorted(alike) for size, alike in heads.items()}


def _sorted(alike: dict[str, set[int]]) -> dict[str, tuple[int, ...]]:
    return {head: tuple(sorted(lengths)) for head, lengths in alike.items()}
