"""The title and the description that a document's own words give."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
LONGEST_TITLE = 120
LONGEST_DESCRIPTION = 160
#: enough of an article to find its first paragraph in
BEGINNING = 6_000
#: merge fields and Jinja, which belong neither in a title nor in a description
PERSONAL = re.compile(r"(?<!\\)\{[{%].{0,300}?[%}]\}")
PERSONAL_SIGN = "\ue000"
#: the same, of words that are meant as they are
BRACES = re.compile(r"\{(?:[{%]|#\s)")
#: marks of citations and of footnotes
MARK = re.compile(r" ?(?<!\\)\[[@^][^\]\n]{0,300}\](?!:)")
CONTAINER = re.compile(r"^:::.*$", re.MULTILINE)
SENTENCE_END = re.compile(r"[.!?…。！？।؟](?:[\"'”’»)\]]*(?=\s|$)|(?<=[。！？])[”」』）]*)")
#: a full stop behind these, or behind a single letter, ends no sentence (English and German)
ABBREVIATIONS = frozenset(
    (
        *(
            "dr",
            "prof",
            "mr",
            "mrs",
            "ms",
            "st",
            "jr",
            "sr",
            "no",
            "nr",
            "fig",
            "vs",
            "e.g",
            "eg",
            "i.e",
            "ie",
        ),
        *("approx", "inc", "ltd", "u.s", "u.k", "z.b", "d.h", "u.a", "ca", "bzw", "inkl", "vgl"),
    )
)


def as_title(text: str) -> str:
    """Give `text` as a title of one line; "" where it cannot be one: a paragraph, or a merge field."""
    title = _line(text)
    return title if len(title) <= LONGEST_TITLE and not BRACES.search(title) else ""


def as_description(text: str) -> str:
    """Give `text` as a description of one line; "" where it cannot be one, for a merge field in it."""
    line = _line(text)
    return "" if BRACES.search(line) else line


def _line(text: str) -> str:
    """One line of `text`, without the control characters that a reference such as `&#1;` may name."""
    return CONTROL.sub("", " ".join(text.split()))


def plain(markdown: str) -> str:
    """Give the words of one line of Markdown."""
    return " ".join(_rendered(MARK.sub("", markdown)).text_content().split())


def description(markdown: str) -> str:
    """Give one or two sentences of the first paragraph that has one, of at most 160 characters.

    Where the first sentence is longer it ends at a word, with an ellipsis.
    """
    beginning = PERSONAL.sub(PERSONAL_SIGN, CONTAINER.sub("", MARK.sub("", markdown[:BEGINNING])))
    paragraphs = [" ".join(p.text_content().split()) for p in _rendered(beginning).iterchildren("p")]
    paragraphs = [
        text for text in paragraphs if text and PERSONAL_SIGN not in text and not BRACES.search(text)
    ]
    with_sentence = (text for text in paragraphs if SENTENCE_END.search(text))
    return shortened(next(with_sentence, paragraphs[0] if paragraphs else ""))


def shortened(text: str) -> str:
    """Give at most two sentences and 160 characters of `text`, cut at the end of a sentence or a word."""
    ends = [match.end() for match in SENTENCE_END.finditer(text) if not _abbreviates(text, match)][:2]
    fitting = [end for end in ends if end <= LONGEST_DESCRIPTION]
    if fitting:
        return text[: fitting[-1]]
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    cut = text[:LONGEST_DESCRIPTION]
    return cut[: cut.rfind(" ") if " " in cut else -1].rstrip(" ,;:–—-") + "…"


def _abbreviates(text: str, stop: re.Match[str]) -> bool:
    if not stop[0].startswith("."):
        return False
    word = text[: stop.start()].rpartition(" ")[2].lstrip("(\"'“„«").lower()
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha())


def _rendered(markdown: str) -> "HtmlElement":
    from lxml.html import fragment_fromstring
    from markdown import markdown as render

    return fragment_fromstring(render(markdown, extensions=["extra"]), create_parent="div")
