"""Finds names in a text also where their letters are disguised: B0tox, b o t o x, Воtох, #BotoxParty.

Each character stands for the plain letter that a reader takes it for (Unicode Technical Standard 39,
https://www.unicode.org/reports/tr39/), one for one, so that places stay what they are.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, chain, islice, pairwise

from campaigner.checks.standing import FEW, places_in
from campaigner.value import Value

#: letters of other scripts, and digits and signs, that are read as Latin ones
ALIKE = {
    **dict(zip("авсԁеһіјкӏмнорԛѕтԝхуьгпёї", "abcdehijklmhopqstwxybrnei", strict=True)),
    **dict(zip("αβγδεζηικμνορστυχωϲϳ", "abydezmikuvopotuxwcj".replace("m", "n"), strict=True)),
    **dict(zip("01345789@$!|€£¥¢øđłıæœßſ", "oieastbgasiieiycodliaobs", strict=True)),
    # small capitals, Armenian and Cherokee letters; l is read as i
    **dict(zip("ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡօոսհցᏼ", "abcdeghijkimnoprstuvwyzagonuhgb", strict=True)),
    "l": "i",
    "ь": "b",
}
#: characters that nobody sees
UNSEEN = "\u200b"
#: how letters are written where these are not at hand
SPELT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS"}
)
#: squared and circled letters of emoji, and flags
EMOJI = ((0x1F130, 26), (0x1F150, 26), (0x1F170, 26), (0x1F1E6, 26))
#: what may stand between letters apart, but not where a sentence ends
BETWEEN = r"(?:\u200b*(?![.,;:!?]\s|\u200b)[\W_]){0,3}\u200b*"
#: the same without blanks, and the same that must be there: "Bo-tox" and "b o t o x" are a name, "bot ox" are words
JOINED = r"(?:\u200b*(?:[^\w\s\u200b]|_)){0,3}\u200b*"
APART = r"(?:\u200b*(?![.,;:!?]\s|\u200b)[\W_]){1,3}\u200b*"
IN_WORD, BETWEEN_WORDS, BETWEEN_LETTERS = (re.compile(one).fullmatch for one in (JOINED, BETWEEN, APART))
NO_BREAKS: frozenset[int] = frozenset()
#: signs that stand for a vowel which is left out: B*tox
VEIL = "*"
VEILS = str.maketrans(dict.fromkeys("@#%•", VEIL))
VEILED = re.compile(r"\w[*@#%•]\w")
#: a word with one of them; what stands behind it may be before another
VEILED_WORD = re.compile(r"(?<![^\W_])([^\W_]+\*)(?=([^\W_]+))")
VOWELS = frozenset("aeiou")
#: letters of a name that is known with one of them left out
LEAST_VEILED = 5
LETTER = re.compile(r"[^\W_]")
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
    return _plain((unicodedata.normalize("NFKD", character.lower()).lower() or character)[0])


def _plain(letter: str) -> str:
    return ALIKE.get(letter, letter)


LETTERS = _Letters()


class Legible(Value):
    """A text as it is read, whatever its letters are."""

    #: each character as the small letter that it looks like; of the same length
    plain: str
    #: the letters alone
    squeezed: str
    #: `plain` with one sign for all that veil a letter; empty where none does
    veiled: str

    @cached_property
    def places(self) -> "array[int]":
        """Where each of the letters stands in `plain`."""
        return array("L", (found.start() for found in LETTER.finditer(self.plain)))


def legible(text: str) -> Legible:
    """Give a text as it is read."""
    plain = text.translate(LETTERS)
    veiled = text.translate(VEILS).translate(LETTERS) if VEILED.search(text) else ""
    return Legible(plain=plain, squeezed=_squeezed(plain), veiled=veiled)


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
    meant = _meant_by(tuple(names))
    names, but_not = tuple(meant), tuple(_meant_by(tuple(but_not)))
    veiled = _veiled_in(text.veiled, names) if text.veiled else {}
    many = len(but_not) > FEW
    allowed = (
        {start for _, shown in _shown_in(text, but_not, whole=False) for start, _ in shown} if many else ()
    )
    for name, shown in _shown_in(text, names, whole=whole):
        matches = (
            (start, end)
            for start, end in chain(shown, veiled.get(name, ()))
            if start not in allowed
            and (many or not any(_pattern(one, whole=False).match(text.plain, start) for one in but_not))
        )
        for start, end in islice(matches, most):
            yield meant[name], start, end


@lru_cache(maxsize=32)
def _meant_by(names: tuple[str, ...]) -> dict[str, str]:
    """Each name by the ways to spell it: Müller is Mueller too, but Mueller is not Müller."""
    written = dict(zip(names, names, strict=True))
    for name in names:
        written.setdefault(unicodedata.normalize("NFC", name).translate(SPELT), name)
    return written


@lru_cache(maxsize=1000)
def _pattern(name: str, *, whole: bool) -> re.Pattern[str]:
    """What finds a name in a `plain` text.

    Letters in one go may stand in a longer word, unless `whole`; letters apart must not.
    """
    words = [[re.escape(letter) for letter in _letters(word)] for word in name.split()]
    letters = [letter for word in words for letter in word]
    joined = BETWEEN.join(JOINED.join(word) for word in words)
    alone = rf"(?<![^\W_])(?:{joined}|{APART.join(letters)})(?![^\W_])"
    return re.compile(alone if whole else f"{GAP.join(letters)}|{alone}")


def _shown_in(
    text: Legible, names: tuple[str, ...], *, whole: bool
) -> Iterator[tuple[str, Iterator[tuple[int, int]]]]:
    """Each name, and the places in which it stands with all its letters."""
    if len(names) <= FEW:
        for name in names:
            is_there = _letters(name) in text.squeezed
            yield (
                name,
                map(re.Match.span, _pattern(name, whole=whole).finditer(text.plain))
                if is_there
                else iter(()),
            )
        return
    letters, breaks = _letters_of(names), _breaks_of(names)
    places = places_in(text.squeezed, letters)
    for name, squeezed in zip(names, letters, strict=True):
        spans = _spans(text, squeezed, breaks.get(name, NO_BREAKS), places.get(squeezed, ()), whole=whole)
        yield name, spans


def _spans(
    text: Legible, letters: str, breaks: frozenset[int], places: Iterable[int], *, whole: bool
) -> Iterator[tuple[int, int]]:
    """Where a name stands whose letters begin at `places` of all letters, as its pattern finds it."""
    taken = 0
    for place in places:
        start, end = text.places[place], text.places[place + len(letters) - 1] + 1
        if start < taken:
            continue
        is_in_one_go = not whole and text.plain.startswith(letters, start)  # as almost all
        if is_in_one_go or _is_shown(text, place, len(letters), breaks, whole=whole):
            taken = end
            yield start, end


def _is_shown(text: Legible, place: int, count: int, breaks: frozenset[int], *, whole: bool) -> bool:
    """Whether letters that follow each other are those of one name, by what stands between them.

    What `_pattern` says, without a pattern for each of thousands of names.
    """
    plain, places = text.plain, text.places[place : place + count]
    start, end = places[0], places[-1] + 1
    gaps = [plain[one + 1 : other] for one, other in pairwise(places)]
    if not whole and all(not gap.strip(UNSEEN) for gap in gaps):
        return True
    if LETTER.match(plain[start - 1 : start]) or LETTER.match(plain[end : end + 1]):
        return False
    if all((BETWEEN_WORDS if number in breaks else IN_WORD)(gap) for number, gap in enumerate(gaps, 1)):
        return True
    return all(map(BETWEEN_LETTERS, gaps))


def _veiled_in(veiled: str, names: tuple[str, ...]) -> dict[str, list[tuple[int, int]]]:
    """Where names stand of which one vowel is veiled, each as a word of its own."""
    ways, places = _veiled_ways(names), dict[str, list[tuple[int, int]]]()
    for found in VEILED_WORD.finditer(veiled):
        for name in ways.get(found[1] + found[2], ()):
            places.setdefault(name, []).append((found.start(), found.end(2)))
    return places


@lru_cache(maxsize=16)
def _veiled_ways(names: tuple[str, ...]) -> dict[str, list[str]]:
    """The names that are read in a word with a veil; those of few letters are not known any more."""
    ways: dict[str, list[str]] = {}
    for name, letters in zip(names, _letters_of(names), strict=True):
        for place in range(1, len(letters) - 1) if len(letters) >= LEAST_VEILED else ():
            if letters[place] in VOWELS:
                ways.setdefault(f"{letters[:place]}{VEIL}{letters[place + 1 :]}", []).append(name)
    return ways


@lru_cache(maxsize=16)
def _letters_of(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_letters, names))


@lru_cache(maxsize=16)
def _breaks_of(names: tuple[str, ...]) -> dict[str, frozenset[int]]:
    """How many of its letters stand before each blank of a name; of the names that have any."""
    return {
        name: frozenset(accumulate(len(_letters(word)) for word in name.split())) - {len(_letters(name))}
        for name in names
        if " " in name
    }


@lru_cache(maxsize=1000)
def _letters(name: str) -> str:
    return legible(name).squeezed


def _squeezed(plain: str) -> str:
    return re.sub(r"[\W_]+", "", plain)
