"""Links of an article as it was written that have no address: no output has them either.

Markdown takes what stands in straight quotation marks for a link's title: `[Course]("/course/")` leads nowhere.
"""

import re
from collections.abc import Iterator
from itertools import islice

from campaigner.checks.lost_links import MOST, opening, without_code
from campaigner.value import Value

QUOTED = re.compile(
    r"\]\([ \t]*+(?P<mark>[\"'])(?P<quoted>(?:[^\n()\[\]\"']|\([^\n()\[\]\"']*\))*+)(?P=mark)"
    r"(?:[ \t]++(?:\"[^\n\"]*+\"|'[^\n']*+'))?+[ \t]*+\)"
)
EMPTY = re.compile(r"\]\([ \t]*+(?:<[ \t]*+>[ \t]*+)?\)")
#: attributes with their values, up to an href without one
HTML = re.compile(
    r"<a\s++(?:(?!href[\s=>])[^\s<>=\"']++(?:=(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s<>\"']++))?+\s*+)*+"
    r"href(?:=(?:\"[ \t]*+\"|'[ \t]*+'))?+(?=[\s>])[^<>]*+>(?P<words>[^<>]*)",
    re.IGNORECASE,
)
PATTERNS = (QUOTED, EMPTY, HTML)
#: what is meant as an address, and not as a title
ADDRESS = re.compile(r"(?:https?:|mailto:|tel:|[/#.]|www\.)\S+|[\w.%-]+[/.][\w./%?&=#-]+", re.IGNORECASE)


class UnaddressedLink(Value):
    """A link that leads nowhere, since it has no address."""

    #: places in the article's text
    start: int
    end: int
    words: str
    #: what stands in quotation marks where its address should be
    quoted: str

    @property
    def is_quoted(self) -> bool:
        """Whether its address is there, but for the quotation marks."""
        return ADDRESS.fullmatch(self.quoted.strip()) is not None


def unaddressed_links_in(body: str) -> tuple[UnaddressedLink, ...]:
    """Give the links of an article's text that have no address, in order."""
    if not any(pattern.search(body) for pattern in PATTERNS):  # almost all articles
        return ()
    return tuple(sorted(_found_in(without_code(body)), key=lambda link: link.start))


def _found_in(text: str) -> Iterator[UnaddressedLink]:
    for pattern in PATTERNS:
        for found in islice(pattern.finditer(text), MOST):
            start = found.start() if pattern is HTML else opening(text, found.start())
            if start < 0 or text[max(0, start - 1) : start] == "!":  # a picture has a check of its own
                continue
            parts = found.groupdict()
            words = parts["words"] if pattern is HTML else text[start + 1 : found.start()]
            yield UnaddressedLink(
                start=start, end=found.end(), words=" ".join(words.split()), quoted=parts.get("quoted") or ""
            )
