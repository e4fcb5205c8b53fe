"""The text part says what the HTML says.

Both are the same mail (RFC 2046, 5.1.4). Filters compare them, since spam shows one thing to people and another
thing to filters, and who reads the text misses what is not in it. Of a long mail one paragraph is little, so each is
looked for.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.documents import writing_in
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity
from campaigner.model.text import shortened

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail text",
    text="Please open this mail in a browser. Unsubscribe: https://nowhere.invalid/unsubscribe/\n",
    instead_of=r"(?s)\A.*\Z",
)
GOOD = Example(of="mail text", text="And so it ends.")
WORD = re.compile(r"[^\W\d_]{4,}")
#: the same with the short ones, by which one paragraph is known from another
ANY_WORD = re.compile(r"[^\W\d_]+")
#: characters that are compared, and the share of different words that must be in both, in percent
COMPARED, LEAST = 200_000, 60
#: words of a paragraph that is looked for; what is shorter may be said in another way
PARAGRAPH = 15
#: how many words in a row are looked for where all of it is not there: the text has addresses between them
ROW = 3


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that too few of the words of the HTML are in the text, or else each paragraph that is not."""
    shown = _words(mail.words)
    read = _words(mail.text)
    if not shown or not read:
        return
    hint = f"Make sure that templates/{mail.folder}/body.txt says all that templates/{mail.folder}/body.html does"
    share = 100 * len(shown & read) // len(shown)
    if share < LEAST:
        yield Problem(
            message=f"only {share} % of the words of the mail are in its plain-text part",
            hint=hint,
        )
    elif len(mail.text) <= COMPARED and not mail.is_cut:
        for paragraph, words in _unread(mail):
            yield Problem(
                message=f'the paragraph "{shortened(words)}" is not in the plain-text part of the mail',
                hint=hint,
                at=paragraph,
            )


def _unread(mail: Mail) -> Iterator[tuple[HtmlElement, str]]:
    """Each paragraph that the text has not, and what it says; the text has no cover, so no caption of it either."""
    plain, caption = _spaced(mail.text), _row(mail.article.campaign.front_matter.image_caption)
    words, rows = "", frozenset[tuple[str, ...]]()
    for element in writing_in(mail.tree):
        said = _spaced(element.text_content())
        if said in plain:  # nearly all are, and to look word by word takes long
            continue
        wanted = _row(said)
        if len(wanted) < PARAGRAPH or wanted == caption:
            continue
        words = words or f" {' '.join(_row(plain))} "
        if f" {' '.join(wanted)} " in words:
            continue
        rows = rows or _rows(words.split())
        mine = _rows(wanted)
        if ROW * len(mine & rows) < len(mine):
            yield element, said


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _row(text: str) -> list[str]:
    return ANY_WORD.findall(text.replace("\u00ad", "").lower())


def _rows(words: list[str]) -> frozenset[tuple[str, ...]]:
    """All that are in a row, from each word on."""
    return frozenset(zip(*(words[start:] for start in range(ROW)), strict=False))


def _words(text: str) -> set[str]:
    return set(WORD.findall(text[:COMPARED].lower()))
