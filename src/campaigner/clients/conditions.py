"""Conditional comments: what Outlook for Windows reads in a mail, and what all others read.

The syntax is that of https://learn.microsoft.com/previous-versions/windows/internet-explorer/ie-developer/compatibility/ms537512(v=vs.85);
of all programs only Outlook with its Word engine heeds it, as `mso` with its version.
"""

import operator
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

#: Outlook 2016, 2019, 2021 and 365 all say they are 16; Word knows VML, and the lists that it writes itself
FEATURES = {"mso": 16.0, "vml": 1.0, "supportlists": 1.0, "supportfields": 1.0, "true": 1.0}
#: so many characters a condition has at most: one of a thousand brackets is nothing that anybody wrote
LONGEST_CONDITION = 200
CONDITION = rf"\[\s*+if\b([^\]>]{{0,{LONGEST_CONDITION}}})\]>"
LONG_CONDITION = re.compile(rf"<!(?:--)?\[\s*+if\b[^\]>]{{{LONGEST_CONDITION + 1}}}", re.IGNORECASE)
ATTRIBUTES = r"""(?: [^>=]++ | =\s*+ (?: "[^"]*+(?:"|\Z) | '[^']*+(?:'|\Z) | [^\s>]*+ ) )*+ (?:>|\Z)"""
#: elements whose content is no markup, so that `<!--` begins no comment in them
RAW = r"(?:iframe|noembed|noframes|script|style|textarea|title|xmp)(?=[\s/>])"
#: text and tags, in which no comment begins
PLAIN = re.compile(
    rf"(?: [^<]++ | <(?:/|!doctype\b|(?!{RAW})[a-z]){ATTRIBUTES} | <(?![a-z!/]) )*+",
    re.IGNORECASE | re.VERBOSE,
)
RAW_START = re.compile(rf"<({RAW}){ATTRIBUTES}", re.IGNORECASE | re.VERBOSE)
#: `<!--[if !mso]><!-->` of `<!--[if !mso]><!--> … <!--<![endif]-->`, whose content all others read
SHOWN = re.compile(rf"<!--{CONDITION}(?:<!--\s*-->|<!-->|-->)|<!{CONDITION}", re.IGNORECASE)
#: `<!--[if mso]>` of `<!--[if mso]> … <![endif]-->`, which all others take for a comment
HIDDEN = re.compile(rf"<!--{CONDITION}", re.IGNORECASE)
END = re.compile(r"<!--\s*<!\[endif\]-->|<!\[endif\](?:--)?>", re.IGNORECASE)
HIDDEN_END = re.compile(r"<!\[endif\]-->", re.IGNORECASE)
#: what may follow where a condition does not hold
SKIPPED = re.compile(f"{SHOWN.pattern}|{HIDDEN.pattern}|{END.pattern}", re.IGNORECASE)
COMMENT_END = re.compile(r"--!?>")
TOKEN = re.compile(r"\s*+([()&|!]|[a-z]+|\d+(?:\.\d+)?|\S)", re.IGNORECASE)
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gt": operator.gt,
    "gte": operator.ge,
}


def for_word(html: str) -> str:
    """Give the mail as Outlook for Windows reads it: its conditions resolved, no comments."""
    return "".join(_for_word(html))


def for_others(html: str) -> str:
    """Give the mail as all other programs read it: no comments, conditional ones neither."""
    return "".join(html[start:end] for start, end, is_comment in _pieces(html) if not is_comment)


def long_conditions(html: str) -> int:
    """How many conditions are too long to be one."""
    return len(LONG_CONDITION.findall(html))


def has_comments(html: str) -> bool:
    """Whether there are comments in a mail, of any kind."""
    return any(is_comment and html.startswith("<!--", start) for start, _, is_comment in _pieces(html))


def _pieces(html: str) -> Iterator[tuple[int, int, bool]]:
    """Give the places of what is a comment, and of what is none."""
    place = 0
    while place < len(html):
        start, place = place, _plain_end(html, place)
        yield start, place, False
        if place < len(html):
            start, place = place, _comment_end(html, place)
            yield start, place, True


def _for_word(html: str) -> Iterator[str]:
    place = 0
    #: whether what stands here is read, for each condition around it
    read = [True]
    last_end = max((found.start() for found in END.finditer(html)), default=-1)
    while place < len(html):
        if read[-1]:
            start, place = place, _plain_end(html, place)
            yield html[start:place]
        else:
            skipped = SKIPPED.search(html, place)
            place = skipped.start() if skipped else len(html)
        place = _after(html, place, read, is_last=place >= last_end)


def _after(html: str, place: int, read: list[bool], *, is_last: bool) -> int:
    """Take note of the condition, or of the end of one, that stands at a place, and give where it ends."""
    if end := END.match(html, place):
        if len(read) > 1:
            read.pop()
        return end.end()
    if shown := SHOWN.match(html, place):
        if not is_last:  # otherwise nothing ends it
            read.append(read[-1] and holds(shown[1] or shown[2]))
        return shown.end()
    hidden = HIDDEN.match(html, place)
    if hidden is None or is_last:
        return _comment_end(html, place)
    if read[-1] and holds(hidden[1]):
        read.append(True)
        return hidden.end()
    # comments hold no comments: the first end is its own
    closing = HIDDEN_END.search(html, hidden.end())
    return closing.end() if closing else len(html)


def _plain_end(html: str, place: int) -> int:
    """Where text and tags end that stand at a place: at a comment, or at the end."""
    while True:
        found = PLAIN.match(html, place)
        place = found.end() if found else place
        raw = RAW_START.match(html, place)
        if raw is None:
            return place
        closing = _closing(raw[1].lower()).search(html, raw.end())
        place = closing.start() if closing else len(html)


@lru_cache
def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)


def _comment_end(html: str, place: int) -> int:
    """Where a comment ends, or what browsers take for one: `<![if !mso]>`."""
    if html.startswith("<!--", place):
        found = COMMENT_END.search(html, place + 2)
        return found.end() if found else len(html)
    return html.find(">", place) + 1 or len(html)


@lru_cache(maxsize=256)
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
    if not first.isalpha():
        raise ValueError(first)
    known = FEATURES.get(first)
    version = known
    if rest and rest[0][0].isdigit():
        version, rest = float(rest[0]), rest[1:]
    return known is not None and version is not None and compare(known, version), rest
