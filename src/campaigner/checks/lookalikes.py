"""Finds names in a text also where their letters are disguised: B0tox, b o t o x, Воtох, #BotoxParty.

Each character stands for the plain letter that a reader takes it for (Unicode Technical Standard 39,
https://www.unicode.org/reports/tr39/), one for one, so that places stay what they are.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from campaigner.value import Value

#: letters of other scripts, and digits and signs, that are read as Latin ones
ALIKE = {
    **dict(zip("авсԁеһіјкӏмнорԛѕтԝхуьгпёї", "abcdehijklmhopqstwxybrnei", strict=True)),
    **dict(zip("αβγδεζηικμνορστυχωϲϳ", "abydezmikuvopotuxwcj".replace("m", "n"), strict=True)),
    **dict(zip("01345789@$!|€£¥¢øđłıæœßſ", "oieastbgasiieiycodliaobs", strict=True)),
    "l": "i",
    "ь": "b",
}
#: characters that nobody sees
UNSEEN = "\u200b"
#: squared and circled letters of emoji, and flags
EMOJI = ((0x1F130, 26), (0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))
#: what may stand between letters apart, but not where a sentence ends
BETWEEN = r"(?:(?![.,;:!?]\s)[\W_]){0,3}"
GAP = r"\u200b*"
#: places of one name that are wanted; no text has so many
MOST = 1_000


class _Letters(dict[int, str]):
    """What each character is read as; worked out when first met."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _read_as(code)
        return letter


def _read_as(code: int) -> str:
    for first, count in EMOJI:
        if first <= code < first + count:
            return _plain(chr(ord("a") + code - first))
    character = chr(code)
    if unicodedata.category(character) in ("Cf", "Mn", "Me") or 0xFE00 <= code <= 0xFE0F:
        return UNSEEN
    return _plain((unicodedata.normalize("NFKD", character.lower()) or character)[0])


def _plain(letter: str) -> str:
    return ALIKE.get(letter, letter)


LETTERS = _Letters()


class Legible(Value):
    """A text as it is read, whatever its letters are."""

    #: each character as the small letter that it looks like; of the same length
    plain: str
    #: the letters alone
    squeezed: str


def legible(text: str) -> Legible:
    """Give a text as it is read."""
    plain = text.translate(LETTERS)
    return Legible(plain=plain, squeezed=_squeezed(plain))


def names_in(
    text: Legible,
    names: Iterable[str],
    *,
    whole: bool = False,
    but_not: Iterable[str] = (),
    most: int = MOST,
) -> Iterator[tuple[str, int, int]]:
    """Each of `names` that stands in a text, and where it begins and ends; not where it is part of `but_not`.

    Of one name at most `most` places are given.
    """
    for name in names:
        if _letters(name) not in text.squeezed:
            continue
        matches = (
            match
            for match in _pattern(name, whole=whole).finditer(text.plain)
            if not any(_pattern(one, whole=False).match(text.plain, match.start()) for one in but_not)
        )
        for match in islice(matches, most):
            yield name, match.start(), match.end()


@lru_cache(maxsize=1000)
def _pattern(name: str, *, whole: bool) -> re.Pattern[str]:
    """What finds a name in a `plain` text.

    Letters in one go may stand in a longer word, unless `whole`; letters apart must not.
    """
    letters = [re.escape(letter) for letter in _letters(name)]
    solid, apart = GAP.join(letters), BETWEEN.join(letters)
    alone = rf"(?<![^\W_]){apart}(?![^\W_])"
    return re.compile(alone if whole else f"{solid}|{alone}")


@lru_cache(maxsize=1000)
def _letters(name: str) -> str:
    return legible(name).squeezed


def _squeezed(plain: str) -> str:
    return re.sub(r"[\W_]+", "", plain)
