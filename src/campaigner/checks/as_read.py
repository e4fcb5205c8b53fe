"""An article's text as readers have it, each letter in the place in which it was written.

Tags within a word, comments and the addresses of links part no letters for a reader, and `&#111;` is an o. What is
not seen is filled with a character that nobody sees, so that places stay what they are.
"""

import re
from functools import lru_cache
from html import unescape

from campaigner.checks.documents import INLINE
from campaigner.checks.prose import UNREAD, without_comments

#: stands for what is not seen; nobody writes it
FILLING = "\u2063"
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
#: elements that part no letters
WITHIN_WORDS = INLINE | {
    "bdi",
    "bdo",
    "big",
    "del",
    "dfn",
    "font",
    "ins",
    "q",
    "sub",
    "sup",
    "tt",
    "var",
    "wbr",
}


@lru_cache(maxsize=1)  # two kinds of pieces are cut from it
def as_read(body: str) -> str:
    """The text, with blanks for what stands apart from it; of the same length."""
    return decoded(UNREAD.sub(_hidden, without_comments(body, filling=FILLING)))


def decoded(text: str) -> str:
    """A text with the characters that references in it stand for; of the same length."""
    return ENTITY.sub(_character, text) if "&" in text else text


def shown(text: str) -> str:
    """A part of such a text without what is not seen."""
    return text.replace(FILLING, "")


def _hidden(found: re.Match[str]) -> str:
    first, tag = found[0][0], TAG.match(found[0])
    parts_nothing = tag[1].lower() in WITHIN_WORDS if tag else first in "({"
    return (FILLING if parts_nothing else " ") * len(found[0])


def _character(found: re.Match[str]) -> str:
    meant = unescape(found[0])
    return meant.ljust(len(found[0]), FILLING) if meant.strip("\n\r") else found[0]
