"""Counts the words of an article."""

import re
from collections import Counter
from functools import lru_cache

from campaigner.checks.article import Article
from campaigner.checks.prose import FIELD, readable

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def word_counts(article: Article) -> Counter[str]:
    """How often each word stands in an article's text, in small letters."""
    return _counts(article.campaign.body)


@lru_cache(maxsize=4)  # several checks ask it of one article
def _counts(body: str) -> Counter[str]:
    return Counter(WORD.findall(FIELD.sub(" ", readable(body)).lower()))
