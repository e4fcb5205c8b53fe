"""Conditional comments: what Outlook for Windows reads in a mail, and what all others read.

The syntax is that of https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85);
of all programs only Outlook with its Word engine heeds it, as `mso` with its version.
"""

import operator
import re
from collections.abc import Callable

#: Outlook 2016, 2019, 2021 and 365 all say they are 16
WORD_VERSION = 16.0
#: `<!--[if mso]> … <![endif]-->`, which all others take for a comment
HIDDEN = re.compile(r"<!--\[if\s([^\]]*)\]>(?!<!-->|-->)(.*?)<!\[endif\]-->", re.DOTALL | re.IGNORECASE)
#: `<!--[if !mso]><!--> … <!--<![endif]-->`, whose content all others read
REVEALED = re.compile(
    r"<!--\[if\s([^\]]*)\]>(?:<!-->|-->)(.*?)<!--\s*<!\[endif\]-->", re.DOTALL | re.IGNORECASE
)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TOKEN = re.compile(r"\s*([()&|!]|[a-z]+|\d+(?:\.\d+)?)", re.IGNORECASE)
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def for_word(html: str) -> str:
    """Give the mail as Outlook for Windows reads it: its conditions resolved, no comments."""
    html = REVEALED.sub(lambda found: found[2] if holds(found[1]) else "", html)
    html = HIDDEN.sub(lambda found: found[2] if holds(found[1]) else "", html)
    return COMMENT.sub("", html)


def for_others(html: str) -> str:
    """Give the mail as all other programs read it: no comments, conditional ones neither."""
    return COMMENT.sub("", REVEALED.sub(lambda found: found[2], html))


def holds(condition: str) -> bool:
    """Whether Outlook for Windows finds a condition true; one that cannot be read is not."""
    tokens = TOKEN.findall(condition)
    try:
        value, rest = _any(tokens)
    except (IndexError, ValueError):
        return False
    return value and not rest


def _any(tokens: list[str]) -> tuple[bool, list[str]]:
    value, tokens = _all(tokens)
    while tokens and tokens[0] == "|":
        further, tokens = _all(tokens[1:])
        value = value or further
    return value, tokens


def _all(tokens: list[str]) -> tuple[bool, list[str]]:
    value, tokens = _one(tokens)
    while tokens and tokens[0] == "&":
        further, tokens = _one(tokens[1:])
        value = value and further
    return value, tokens


def _one(tokens: list[str]) -> tuple[bool, list[str]]:
    first, rest = tokens[0].lower(), tokens[1:]
    if first == "!":
        value, rest = _one(rest)
        return not value, rest
    if first == "(":
        value, rest = _any(rest)
        if rest[0] != ")":
            raise ValueError(rest[0])
        return value, rest[1:]
    compare: Callable[[float, float], bool] = COMPARISONS.get(first, operator.eq)
    if first in COMPARISONS:
        first, rest = rest[0].lower(), rest[1:]
    version = WORD_VERSION
    if rest and rest[0].replace(".", "", 1).isdigit():
        version, rest = float(rest[0]), rest[1:]
    return first == "mso" and compare(WORD_VERSION, version), rest
