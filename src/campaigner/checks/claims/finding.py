"""Finds the words by which a sentence claims something.

Most sentences claim nothing, and a pattern takes long to find nothing. So each kind of claim has triggers, of which
one is in all that it finds: which of them stand anywhere in an article is found out once.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from campaigner.checks.claims import boasts, casualties, shares, superlatives, witnesses
from campaigner.checks.claims.signs import SIGNS, phrase_in
from campaigner.model.text import shortened

#: nobody writes so long a sentence; what is longer is looked at as far as this
LONGEST = 1_000


class Read(NamedTuple):
    """A sentence as it is looked at: with single blanks, and without marks around it."""

    written: str
    #: that in small letters
    text: str


class Kind(NamedTuple):
    """A kind of claim."""

    triggers: tuple[str, ...]
    find: Callable[[Read], re.Match[str] | None]


class Claims:
    """Finds claims in the sentences of one article."""

    def __init__(self, sentences: Iterable[str], language: str) -> None:
        self._read = [_read(sentence) for sentence in sentences]
        whole = "\n".join(one.text for one in self._read)
        standing = ((kind, tuple(filter(whole.__contains__, kind.triggers))) for kind in _kinds(language))
        self._kinds = [kind._replace(triggers=triggers) for kind, triggers in standing if triggers]

    def __iter__(self) -> Iterator[str]:
        """The words by which each sentence claims something; empty for one that does not."""
        return map(self._words, self._read)

    def _words(self, read: Read) -> str:
        if read.text.rstrip("*_)\"'”“»«").endswith("?"):
            return ""
        for kind in self._kinds:
            for trigger in kind.triggers:
                if trigger in read.text:
                    found = kind.find(read)
                    if found:
                        return _as_written(found, read)
                    break
        return ""


def _read(sentence: str) -> Read:
    written = " ".join(sentence[:LONGEST].split()).lstrip("*_(\"'“„«»")
    return Read(written, written.lower())


def _as_written(found: re.Match[str], read: Read) -> str:
    same = len(read.written) == len(read.text)  # some letters grow when they are made small
    return shortened((read.written if same else found.string)[found.start() : found.end()].strip())


@cache
def _kinds(language: str) -> tuple[Kind, ...]:
    """All kinds, in the order in which a sentence is asked for them."""

    def signs(pattern: str, read: Read) -> re.Match[str] | None:
        return phrase_in(pattern, read.text, language)

    return (
        *(Kind(triggers, partial(signs, pattern)) for triggers, pattern in SIGNS.get(language, ())),
        Kind(tuple(shares.TRIGGERS.split("|")), lambda read: shares.share_in(read.text, language)),
        Kind(
            tuple(casualties.TRIGGERS.split("|")), lambda read: casualties.casualties_in(read.text, language)
        ),
        Kind(
            tuple(superlatives.TRIGGERS.split("|")),
            lambda read: superlatives.superlative_in(read.text, language),
        ),
        Kind(tuple(boasts.TRIGGERS.split("|")), lambda read: boasts.boast_in(read.text, language)),
        Kind(tuple(witnesses.TRIGGERS.split("|")), lambda read: witnesses.witness_in(read.written, language)),
    )
