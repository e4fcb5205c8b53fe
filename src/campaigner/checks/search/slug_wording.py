"""A slug says what the page is about, in small letters with hyphens, without a date.

Search engines read hyphens as blanks and underscores as letters; capitals make two addresses of one; a date
makes an article look old that is kept up to date; "the-and-of" says nothing.

Source: https://developers.google.com/search/docs/crawling-indexing/url-structure
"""

import re
from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.checks.stop_words import STOP_WORDS
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text="slug: Look_at_the_Vial")
GOOD = Example(of="front matter", text="slug: look-at-the-vial")
DATE = re.compile(r"(?<!\d)(?:19|20)\d\d-?(?:0[1-9]|1[0-2])(?:-?(?:0[1-9]|[12]\d|3[01]))?(?!\d)", re.ASCII)


def check(article: Article) -> Iterator[Problem]:
    """Yield the first thing that is wrong with a slug."""
    slug = article.campaign.slug
    wrong = _wrong(slug)
    if wrong:
        yield Problem(
            message=f'the slug "{slug}" {wrong}',
            hint="Name the subject in a few small words with hyphens; `aliases` leads the old address on",
            at=Key(path="slug"),
        )


def _wrong(slug: str) -> str:
    if slug != slug.lower():
        return "has capitals"
    if "_" in slug:
        return "has underscores, which join words"
    if DATE.search(slug):
        return "has a date in it"
    words = [word for word in slug.split("-") if word]
    if all(word in STOP_WORDS or word.isdecimal() for word in words):
        return "says nothing of the subject"
    return ""
