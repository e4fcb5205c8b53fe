"""What the declarations of a style use: each with the features of caniemail.com that it needs."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tinycss2 import parse_blocks_contents, serialize

from campaigner.clients.features import (
    BACKGROUND_IMAGE,
    FUNCTIONS,
    IMAGE_DATA,
    IMAGES,
    IMPORTANT,
    KEYWORDS,
    PERCENT,
    PROPERTIES,
    SYSTEM_FONTS,
    UNITS,
    VARIABLES,
    WORDS,
)

#: prefixes under which browsers tried properties out; Outlook's own (`mso-`) are nobody's feature
PREFIXES = ("-webkit-", "-moz-", "-ms-", "-o-")
SYSTEM_FONT = re.compile(
    rf"(?:(?<=^)|(?<=[\s,]))(?:{'|'.join(word for word, slug in WORDS.items() if slug == SYSTEM_FONTS)})\s*(?:,\s*|$)",
    re.IGNORECASE,
)
#: a mail has a few hundred different styles, and a preview shows a few mails
DIFFERENT_STYLES = 4096


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """One declaration, `color: red`."""

    #: in small letters
    name: str
    #: as it is written, without `!important`
    value: str
    important: bool
    #: slugs of the features that it needs
    features: frozenset[str]

    def __str__(self) -> str:
        """The declaration as CSS."""
        return f"{self.name}:{self.value}{' !important' if self.important else ''}"


@lru_cache(maxsize=DIFFERENT_STYLES)
def declarations(style: str) -> tuple[Declaration, ...]:
    """Give the declarations of a `style` attribute, or of a rule. What is no CSS is left out, as programs do."""
    return read_declarations(parse_blocks_contents(style))


def read_declarations(nodes: Iterable[Any]) -> tuple[Declaration, ...]:
    """Give the declarations among what tinycss2 parsed."""
    return tuple(_read(node) for node in nodes if node.type == "declaration")


def without_system_fonts(declaration: Declaration) -> Declaration:
    """Give a list of fonts without the names that stand for the system's own."""
    value = SYSTEM_FONT.sub("", declaration.value).rstrip(" ,")
    return replace(declaration, value=value or "serif", features=declaration.features - {SYSTEM_FONTS})


def _read(node: Any) -> Declaration:
    name = node.lower_name
    found = set(_of_name(name))
    for token in _tokens(node.value):
        found.update(_of_token(name, token))
    if node.important:
        found.add(IMPORTANT)
    return Declaration(
        name=node.name if name.startswith("--") else name,
        value=serialize(node.value).strip(),
        important=node.important,
        features=frozenset(found),
    )


def _of_name(name: str) -> Iterator[str]:
    if name.startswith("--"):
        yield VARIABLES
        return
    plain = _unprefixed(name)
    if plain in PROPERTIES:
        yield PROPERTIES[plain]


def _of_token(name: str, token: Any) -> Iterator[str]:
    if token.type == "ident":
        word = token.lower_value
        found = (WORDS.get(word), KEYWORDS.get((name, word)))
    elif token.type == "dimension":
        found = (UNITS.get(token.lower_unit), None)
    elif token.type == "percentage":
        found = (PERCENT, None)
    elif token.type == "function":
        found = (FUNCTIONS.get(_unprefixed(token.lower_name)), None)
    else:
        found = (None, None)
    yield from filter(None, found)
    yield from _of_address(name, _address(token))


def _address(token: Any) -> str:
    """The address that a token holds, with or without quotes; empty for none."""
    if token.type == "url":
        return str(token.value)
    if token.type == "function" and token.lower_name == "url":
        return "".join(one.value for one in token.arguments if one.type == "string")
    return ""


def _unprefixed(name: str) -> str:
    return next((name.removeprefix(prefix) for prefix in PREFIXES if name.startswith(prefix)), name)


def _of_address(name: str, address: str) -> Iterator[str]:
    if address and name == "background":
        yield BACKGROUND_IMAGE
    yield from picture_features(address)


def picture_features(address: str) -> Iterator[str]:
    """Give the features of a picture's address: its format, and whether it stands in the address itself."""
    if address[:5].lower() == "data:":
        kind, _, rest = address[5:].partition(",")[0].lower().partition(";")
        if "base64" in rest:
            yield IMAGE_DATA
        ending = kind.rpartition("/")[2]
    else:
        ending = address.partition("#")[0].partition("?")[0].rpartition(".")[2].lower()
    if ending in IMAGES:
        yield IMAGES[ending]


def _tokens(values: Iterable[Any]) -> Iterator[Any]:
    """All tokens of a value, those inside of functions and brackets too."""
    for token in values:
        yield token
        if token.type == "function":
            yield from _tokens(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from _tokens(token.content)
