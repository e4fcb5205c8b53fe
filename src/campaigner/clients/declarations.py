"""What the declarations of a style use: each with the features of caniemail.com that it needs."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from tinycss2 import parse_blocks_contents, parse_component_value_list, serialize

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
from campaigner.value import Value, replace

#: prefixes under which browsers tried properties out; Outlook's own (`mso-`) are nobody's feature
PREFIXES = ("-webkit-", "-moz-", "-ms-", "-o-")
#: characters of different CSS up to which it is read; Gmail keeps an eighth of that
LARGEST = 128 * 1024
#: brackets in brackets up to which CSS is read
DEEPEST = 32
BRACKET = re.compile(r"[(\[{]|[)\]}]")
#: a mail has a few hundred different styles, and a preview shows a few mails
DIFFERENT_STYLES = 4096


class Declaration(Value):
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
    return read_declarations(parse_blocks_contents(readable(style)))


def readable(css: str) -> str:
    """Give what of some CSS is read: nothing where brackets nest deeper than anybody writes."""
    css = css[:LARGEST]
    return "" if is_deep(css) else css


def is_deep(css: str) -> bool:
    """Whether brackets nest deeper than anybody writes."""
    return _depth(css) > DEEPEST


@lru_cache(maxsize=DIFFERENT_STYLES)
def has_comments(css: str) -> bool:
    """Whether there are comments in some CSS."""
    if "/*" not in css:
        return False
    return any(token.type == "comment" for token in tokens_of(parse_component_value_list(readable(css))))


def _depth(css: str) -> int:
    """How deep brackets nest at most, those in texts and comments counted too."""
    if css.count("(") + css.count("[") + css.count("{") <= DEEPEST:
        return 0
    depth = deepest = 0
    for bracket in BRACKET.findall(css):
        depth = depth + 1 if bracket in "([{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def read_declarations(nodes: Iterable[Any]) -> tuple[Declaration, ...]:
    """Give the declarations among what tinycss2 parsed."""
    return tuple(_read(node) for node in nodes if node.type == "declaration" and is_sound(node.value))


def is_sound(tokens: Iterable[Any]) -> bool:
    """Whether all quotes and brackets of a value are closed; with one that is not, programs leave it out."""
    return all(token.type != "error" for token in tokens_of(tokens))


def without_system_fonts(declaration: Declaration) -> Declaration:
    """Give a list of fonts without the names that stand for the system's own."""
    left: list[Any] = []
    tokens = iter(parse_component_value_list(declaration.value))
    for token in tokens:
        if token.type != "ident" or WORDS.get(token.lower_value) != SYSTEM_FONTS:
            left.append(token)
        elif not any(one.type == "literal" and one.value == "," for one in tokens):  # up to the next comma
            left += parse_component_value_list("serif")  # it was the last
    value = serialize(left).strip()
    return replace(declaration, value=value, features=declaration.features - {SYSTEM_FONTS})


def _read(node: Any) -> Declaration:
    name = node.lower_name
    found = set(_of_name(name))
    for token in tokens_of(node.value):
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
    if name != "src":  # of a font
        yield from picture_features(address)


def picture_features(address: str) -> Iterator[str]:
    """Give the features of a picture's address: its format, and whether it stands in the address itself."""
    if address[:5].lower() == "data:":
        kind, *parameters = address[5:].partition(",")[0].lower().split(";")
        family, _, ending = kind.strip().partition("/")
        if family != "image":
            return
        if "base64" in map(str.strip, parameters):
            yield IMAGE_DATA
    else:
        path = re.split("[?#]", address, maxsplit=1)[0].rpartition("/")[2]
        ending = path.rpartition(".")[2].strip().lower() if "." in path else ""
    if ending in IMAGES:
        yield IMAGES[ending]


def tokens_of(values: Iterable[Any]) -> Iterator[Any]:
    """All tokens of a value, those inside of functions and brackets too."""
    for token in values:
        yield token
        if token.type == "function":
            yield from tokens_of(token.arguments)
        elif token.type in ("() block", "[] block", "{} block"):
            yield from tokens_of(token.content)
