"""Links of an article as it was written that no output has: they are taken out before any is shown.

Their scheme is one that no article is let, or their host is none: `http://[fe80::1%25lo]/`, `https://a^b/`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape, unescape
from itertools import islice

from campaigner.checks.prose import lines_of, without_comments
from campaigner.checks.slips import LONGEST_SCHEME, refused_scheme
from campaigner.render.body.sanitise import CLEANER, SCHEMES
from campaigner.value import Value

#: links looked at; nobody writes so many
MOST = 5_000
#: characters of a link's words
LONGEST_WORDS = 1_000
INLINE = re.compile(r"\]\(\s*(?:<(?P<whole>[^<>\n]*)>|(?P<href>(?:[^\s<>()]|\([^\s()]*\))+))")
DEFINITION = re.compile(
    r"^ {0,3}\[(?P<words>[^\[\]\n^][^\[\]\n]*)\]:[ ]*\n?[ ]*<?(?P<href>[^\s<>]+)", re.MULTILINE
)
NAME = re.compile(r"\[([^\[\]\n]+)\](?!:)")
AUTOLINK = re.compile(r"<(?P<href>[A-Za-z][A-Za-z-]*:[^\s<>]*)>")
HTML = re.compile(
    r"<a\s(?:[^<>]*?\s)??href\s*=\s*(?:\"(?P<double>[^\"<>]*)\"|'(?P<single>[^'<>]*)'|(?P<href>[^\s<>\"']+))"
    r"[^<>]*>(?P<words>[^<>]*)",
    re.IGNORECASE,
)
PATTERNS = (INLINE, DEFINITION, AUTOLINK, HTML)
CODE = re.compile(
    r"(?<![`\\])`(?!`)(?:[^`\n]|\n(?![ \t]*\n))+`(?!`)"
    r"|(?<![`\\])``(?!`)(?:[^`\n]|`(?!`)|\n(?![ \t]*\n))+``(?!`)"
)
ESCAPED = re.compile(r"\\[\[\]()<>!]")
#: what the sanitiser takes for one (https://url.spec.whatwg.org/#scheme-state)
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
#: a web address up to the end of its host and port, and one that anybody writes
AUTHORITY = re.compile(r"https?://([^/?#\s\\]+)", re.IGNORECASE)
ORDINARY = re.compile(r"(?!.*xn--)(?:[A-Za-z0-9-]+\.)*[A-Za-z][A-Za-z0-9-]*(?::\d{1,4})?", re.IGNORECASE)
#: characters of an address in which its host is looked for
LONGEST_ADDRESS = 300
#: line breaks that browsers and the sanitiser pass over
PASSED_OVER = str.maketrans("", "", "\t\r\n")
#: an element of another vocabulary, which text of a word processor is full of: <o:p>
ELEMENT = re.compile(r"[A-Za-z]\w*:[A-Za-z][\w.-]*")
#: behind an address: nothing else, or a title
END_OF_DEFINITION = re.compile(r">?[ \t]*(?:\n|\Z|[\"'(])")


class LostLink(Value):
    """A link that no reader will see."""

    #: places in the article's text
    start: int
    end: int
    words: str
    href: str
    #: "javascript"; empty where its host is to blame
    scheme: str


def lost_links_in(body: str) -> tuple[LostLink, ...]:
    """Give the links of an article's text that have a scheme that no article is let, in order."""
    if not any(True for _ in _found_in(body)):  # almost all articles; what is code need not be known of them
        return ()
    return tuple(sorted(_found_in(_without_code(body)), key=lambda link: link.start))


def _found_in(text: str) -> Iterator[LostLink]:
    for pattern in PATTERNS:
        for found in islice(pattern.finditer(text), MOST):
            parts = found.groupdict()
            written = next(filter(None, map(parts.get, ("href", "whole", "double", "single"))), "")
            href = unescape(written).strip()
            scheme = lost_scheme(href)
            if not (scheme or has_lost_host(href)) or _means_none(found, href):
                continue
            start = _opening(text, found.start()) if pattern is INLINE else found.start()
            is_picture = text[max(0, start - 1) : start] == "!"
            if (
                start < 0
                or is_picture
                or (pattern is DEFINITION and parts["words"].lower() not in _names_in(text))
            ):
                continue
            words = text[start + 1 : found.start()] if pattern is INLINE else parts.get("words") or href
            words = " ".join(words.split())
            yield LostLink(start=start, end=found.end(), words=words, href=href, scheme=scheme)


def lost_scheme(href: str) -> str:
    """The scheme for which an article loses an address; empty for one that it keeps."""
    found = SCHEME.match(href[:LONGEST_SCHEME].translate(PASSED_OVER))
    return refused_scheme(href) or (found[1].lower() if found and found[1].lower() not in SCHEMES else "")


@lru_cache(maxsize=1024)
def has_lost_host(href: str) -> bool:
    """Whether an article loses a web address since no browser could read its host."""
    found = AUTHORITY.match(href[:LONGEST_ADDRESS])
    if not found or "{{" in href or ORDINARY.fullmatch(found[1]):
        return False
    return "href" not in CLEANER.clean(f'<a href="{escape(found[0])}">a</a>')


def _means_none(found: re.Match[str], href: str) -> bool:
    """Whether what looks like a link is text or an element, and its scheme just a word before a colon."""
    if refused_scheme(href):
        return False
    if found.re is DEFINITION:
        return not END_OF_DEFINITION.match(found.string, found.end())
    return found.re is AUTOLINK and ELEMENT.fullmatch(href) is not None


def _without_code(body: str) -> str:
    """The text with blanks for what Markdown takes for no link: comments, code, and signs that are escaped."""
    text = without_comments(body)
    lines = (
        " " * (line.end - line.start) if line.kind == "code" else text[line.start : line.end]
        for line in lines_of(text)
    )
    return ESCAPED.sub("  ", CODE.sub(_blank, "\n".join(lines)))


def _opening(text: str, closing: int) -> int:
    """The place of the bracket that the one at `closing` closes; -1 where none does."""
    depth = 0
    for place in range(closing, max(-1, closing - LONGEST_WORDS), -1):
        depth += {"]": 1, "[": -1}.get(text[place], 0)
        if not depth:
            return place
    return -1


@lru_cache(maxsize=1)
def _names_in(text: str) -> frozenset[str]:
    """Names of the definitions that links of a text may lead to."""
    return frozenset(found[1].lower() for found in NAME.finditer(text))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
