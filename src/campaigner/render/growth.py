"""How much comes of what a template does with values, said before it is done.

Of the operations and methods that a sandbox allows these make much of little: each takes a number as
a size, or holds one text as often as another says. All others give back about what they were given.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Sized
from typing import Any, NamedTuple

from jinja2 import Undefined
from jinja2.utils import Cycler, Namespace

#: characters or items that a template may make of something by repeating it, and numbers that may be sizes
LONGEST = 1_000_000
#: characters or items of anything else that a template makes; the largest page has some
LARGEST = 10_000_000
#: bits that a number of a template may have
LARGEST_NUMBER = 10_000
#: what `%` puts a value in for: its width and its precision
BLANK = re.compile(r"%(?:\([^)]*\))?[#0 +-]*(\*|\d*)(?:\.(\*|\d*))?[a-zA-Z%]")
DIGITS = re.compile(r"\d+")
#: numbers with more digits are larger than any size
MOST_DIGITS = 9


class Weight(NamedTuple):
    """How much a value holds, each thing as often as it is written out."""

    items: int
    characters: int

    @property
    def is_too_much(self) -> bool:
        """Whether no template needs so much."""
        return self.items > LONGEST or self.characters > LARGEST


def weight(value: Any) -> Weight:
    """Weigh a value with all that it holds.

    Things that hold each other grow without any of them being long: it stops beyond what is too much.
    """
    waiting = [value]
    items = characters = 0
    while waiting and items <= LONGEST and characters <= LARGEST:
        one = waiting.pop()
        items += 1
        if isinstance(one, str | bytes):
            characters += len(one)
        elif isinstance(one, range):
            items += len(one)
        else:
            waiting += _parts(one)
    return Weight(items, characters)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Namespace):
        return (value._Namespace__attrs,)
    if isinstance(value, Cycler):
        return value.items
    if isinstance(value, Mapping):
        return (*value.keys(), *value.values())
    # what is not there can be asked for nothing
    return value if isinstance(value, Collection) and not isinstance(value, Undefined) else ()


def of_product(operator: str, left: Any, right: Any) -> bool:
    """Whether a product or a power gets larger than any template needs it."""
    if isinstance(left, int) and isinstance(right, int):
        bits = left.bit_length() * right if operator == "**" else left.bit_length() + right.bit_length()
        return bits > LARGEST_NUMBER
    things, times = (right, left) if isinstance(left, int) else (left, right)
    return isinstance(things, Sized) and isinstance(times, int) and len(things) * times > LONGEST


def of_blanks(pattern: Any, values: Any) -> int:
    """Characters of a text whose blanks, as in "%5d", are filled in."""
    if not isinstance(pattern, str | bytes):
        return 0
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    filled = values if isinstance(values, tuple) else (values,)
    if isinstance(values, Mapping):
        filled = tuple(values.values())
    blanks = BLANK.findall(text)
    sizes = [size for pair in blanks for size in pair if size]
    largest = max((abs(one) for one in filled if isinstance(one, int)), default=0)
    longest = max((len(str(one)) for one in filled), default=0) if blanks else 0
    return (
        len(text) + len(blanks) * longest + sum(largest if size == "*" else number_in(size) for size in sizes)
    )


def number_in(text: str) -> int:
    """The largest of the numbers that stand in a text."""
    return max((int(digits[:MOST_DIGITS]) for digits in DIGITS.findall(text)), default=0)


# These get what the methods and filters get, by the same names.


def _replace(text: Any, old: Any, new: Any, *_: Any) -> int:
    return int(len(text) + text.count(old) * len(new))


def _join(between: Any, parts: Any) -> int:
    return len(between) * len(parts)


def _join_filter(value: Any, d: Any = "", *_: Any, **__: Any) -> int:
    return _join(d, value)


def _translate(text: Any, table: Any, *_: Any) -> int:
    return len(text) * max((len(value) for value in table.values() if isinstance(value, str)), default=1)


def _expandtabs(text: Any, tabsize: Any = 8) -> int:
    return int(len(text) + text.count("\t" if isinstance(text, str) else b"\t") * tabsize)


def _indent(s: Any, width: Any = 4, *_: Any, **__: Any) -> int:
    return int(len(s) + (s.count("\n") + 1) * (width if isinstance(width, int) else len(width)))


def _tojson(value: Any, indent: Any = None) -> int:
    return sum(weight(value)) * (indent or 1)


def _wordwrap(s: Any, width: Any = 79, _: Any = True, wrapstring: Any = None, **__: Any) -> int:
    # a long word is cut again and again, and what is left of it copied each time
    word: int = max(map(len, s.split()), default=0)
    return int(len(s) * (1 + len(wrapstring or "")) + word * word // 1_000) // int(max(1, width))


def _sum(iterable: Any, _: Any = None, start: Any = 0, **__: Any) -> int:
    # lists are copied for each that is added
    return 0 if isinstance(start, int | float) else sum(weight(iterable)) * len(iterable)


def _round(value: Any, precision: Any = 0, *_: Any, **__: Any) -> int:
    return int(10_000 * abs(precision)) if value else 0


#: of texts, by name
METHODS: Mapping[str, Callable[..., int]] = {
    "replace": _replace,
    "join": _join,
    "translate": _translate,
    "expandtabs": _expandtabs,
}
#: of Jinja, by name
FILTERS: Mapping[str, Callable[..., int]] = {
    "replace": _replace,
    "join": _join_filter,
    "indent": _indent,
    "tojson": _tojson,
    "wordwrap": _wordwrap,
    "sum": _sum,
    "round": _round,
    "format": lambda value, *args, **kwargs: of_blanks(value, kwargs or args),
}


def is_too_much(
    kinds: Mapping[str, Callable[..., int]], name: str, values: Sequence[Any], named: Mapping[str, Any]
) -> bool:
    """Whether a method or a filter would make more than any template needs."""
    if any(isinstance(value, int) and abs(value) > LONGEST for value in (*values[1:], *named.values())):
        return True  # as a size: of numbers that are none, methods and filters take small ones
    kind = kinds.get(name)
    try:
        return kind is not None and kind(*values, **named) > LARGEST
    except (TypeError, AttributeError, ValueError):
        return False  # the method itself says what is wrong with what it got
