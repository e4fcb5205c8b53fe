"""Counts the words of an article."""

import re
from collections import Counter

from campaigner.checks.prose import FIELD, readable
from campaigner.checks.subjects import Article

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")


def word_counts(article: Article) -> Counter[str]:
    """How often each word stands in an article's text, in small letters."""
    return Counter(WORD.findall(FIELD.sub(" ", readable(article.campaign.body)).lower()))
