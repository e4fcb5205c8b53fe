"""An article is long enough to say something.

A page of a few sentences rarely answers a question, and search engines rank pages that do. Google asks for no number
of words; the limit is ours. Where a short note is meant, lower it: `[check.limits] words`.

Source: https://developers.google.com/search/docs/fundamentals/creating-helpful-content
"""

import re
from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.checks.words import word_counts
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="article", text="A vial says a lot before you open it [@glass-2025].\n", instead_of=r"(?s)\A.*\Z"
)
GOOD = Example(of="article", text="\nTurn it once more before you put it down.\n")
#: scripts that put no blanks between words
WITHOUT_BLANKS = "[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]"


def check(article: Article) -> Iterator[Problem]:
    """Yield an article with too few words."""
    least, body = article.settings.check.limits.words, article.campaign.body
    count = sum(word_counts(article).values())
    if count < least and not re.search(WITHOUT_BLANKS, body):
        yield Problem(
            message=f"the article has {count} words, fewer than {least}",
            hint="Answer the question that brings people here, or lower [check.limits] words",
            at=Key(path="title"),
        )
