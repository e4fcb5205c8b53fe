"""What the selectors of a stylesheet use, and their names as a program rewrites them."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from tinycss2 import parse_component_value_list, serialize

from campaigner.clients.declarations import is_sound
from campaigner.clients.features import COMBINATORS, NESTING, PSEUDO_CLASSES, PSEUDO_ELEMENTS

#: pseudo-elements that may be written with one colon
LEGACY = ("after", "before", "first-letter", "first-line")
#: pseudo-classes that hold selectors
HOLDING = frozenset({"not", "is", "where", "has", "matches", "any", "-webkit-any", "-moz-any"})
#: what selectors are made of; with anything else in it a whole rule is invalid
TYPES = frozenset({"ident", "hash", "whitespace", "comment", "function", "[] block"})
SIGNS = frozenset(".:*&|>+~")
SELECTOR = "css-selector-"


def selectors(prelude: Iterable[Any], *, in_rule: bool = False) -> Iterator[tuple[str, frozenset[str]]]:
    """Give each selector of a list, with the features that it needs; none where one of them is invalid.

    Only in a rule may a selector begin with a combinator.
    """
    parts = [*_parts(prelude)]
    if not all(_is_valid(part, in_rule=in_rule) for part in parts):
        return
    grouping = frozenset({f"{SELECTOR}grouping"} if len(parts) > 1 else ())
    for part in parts:
        yield serialize(part), _of_selector(part) | grouping


@lru_cache(maxsize=4096)
def with_prefix(selector: str, prefix: str) -> str:
    """Give a selector with a prefix before the names of classes and ids, as it is before them in the HTML."""
    tokens = parse_component_value_list(selector)
    _put_before(tokens, prefix)
    return str(serialize(tokens))


def _put_before(tokens: list[Any], prefix: str) -> None:
    before = ""
    for token in tokens:
        if token.type == "hash" or (token.type == "ident" and before == "."):
            token.value = prefix + token.value
        elif token.type == "function" and token.lower_name in HOLDING:
            _put_before(token.arguments, prefix)
        before = token.value if token.type == "literal" else ""


def _parts(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """The tokens between commas, without spaces around them."""
    part: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield _trimmed(part)
            part = []
        elif token.type != "comment":
            part.append(token)
    yield _trimmed(part)


def _trimmed(tokens: list[Any]) -> list[Any]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].type == "whitespace":
        start += 1
    while end > start and tokens[end - 1].type == "whitespace":
        end -= 1
    return tokens[start:end]


def _is_valid(tokens: list[Any], *, in_rule: bool) -> bool:
    if not tokens or (not in_rule and _sign(tokens[0]) in COMBINATORS) or _sign(tokens[-1]) in COMBINATORS:
        return False
    return (
        is_sound(tokens)
        and all(
            token.type in TYPES if token.type != "literal" else set(token.value) <= SIGNS for token in tokens
        )
        and all(token.is_identifier for token in tokens if token.type == "hash")
    )


def _of_selector(tokens: list[Any]) -> frozenset[str]:
    found: set[str] = set()
    #: how many classes, ids and attributes stand without a space between them
    chained = 0
    for place, token in enumerate(tokens):
        sign = _sign(token)
        if sign in COMBINATORS:
            found.add(COMBINATORS[sign])
        elif token.type == "whitespace" and not _beside_combinator(tokens, place):
            found.add(f"{SELECTOR}descendant")
        elif sign == "&":
            found.add(NESTING)
        found.update(_simple(token, *map(_sign, _two_before(tokens, place))))
        if token.type == "whitespace" or sign in COMBINATORS:
            chained = 0
        elif sign == "." or token.type in ("hash", "[] block"):
            chained += 1
            if chained > 1:
                found.add(f"{SELECTOR}chaining")
    return frozenset(found)


def _simple(token: Any, two_before: str, before: str) -> Iterator[str]:
    """Features of one token of a selector, by the signs before it."""
    if token.type == "hash":
        yield f"{SELECTOR}id"
    elif token.type == "[] block":
        yield f"{SELECTOR}attribute"
    elif _sign(token) == "*":
        yield f"{SELECTOR}universal"
    elif token.type == "ident" and before == ".":
        yield f"{SELECTOR}class"
    elif before == ":":
        yield from _pseudo(token, is_element=two_before == ":")
    elif token.type == "ident":
        yield f"{SELECTOR}type"


def _pseudo(token: Any, *, is_element: bool) -> Iterator[str]:
    """Features of what stands behind a colon."""
    name = ""
    if token.type == "ident":
        name = token.lower_value
    elif token.type == "function":
        name = token.lower_name
    known = PSEUDO_ELEMENTS if is_element or name in LEGACY else PSEUDO_CLASSES
    if name in known:
        yield known[name]
    if name in HOLDING and token.type == "function":
        for part in _parts(token.arguments):
            yield from _of_selector(part)


def _sign(token: Any) -> str:
    """The sign that a token is; empty for a name, or for no token."""
    return str(token.value) if token is not None and token.type == "literal" else ""


def _two_before(tokens: list[Any], place: int) -> tuple[Any, Any]:
    return tokens[place - 2] if place > 1 else None, tokens[place - 1] if place else None


def _beside_combinator(tokens: list[Any], place: int) -> bool:
    around = (tokens[place - 1 : place], tokens[place + 1 : place + 2])
    return any(_sign(one[0]) in COMBINATORS for one in around if one)
