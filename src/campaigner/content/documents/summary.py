"""The title and the description that a document's own words give."""

import re
from typing import TYPE_CHECKING

from campaigner.model.sentences import first_sentences

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
LONGEST_TITLE = 120
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
    """Give the first sentences of a text, as they stand for it where it is only named."""
    beginning = PERSONAL.sub(PERSONAL_SIGN, CONTAINER.sub("", MARK.sub("", markdown[:BEGINNING])))
    paragraphs = [" ".join(p.text_content().split()) for p in _rendered(beginning).iterchildren("p")]
    return first_sentences(
        text for text in paragraphs if PERSONAL_SIGN not in text and not BRACES.search(text)
    )


def _rendered(markdown: str) -> "HtmlElement":
    from lxml.html import fragment_fromstring
    from markdown import markdown as render

    return fragment_fromstring(render(markdown, extensions=["extra"]), create_parent="div")
