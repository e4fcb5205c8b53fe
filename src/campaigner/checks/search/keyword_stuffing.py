"""No word is repeated so often that the text was plainly written for machines.

Search engines push pages down that repeat a word without need, and readers notice it earlier.

Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key, Passage
from campaigner.checks.stop_words import STOP_WORDS
from campaigner.checks.words import WORD, word_counts
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="article",
    text="\nVials of glass, old vials, new vials, small vials, large vials, clear vials and brown vials: our vials are"
    " vials among vials, vials for vials, and vials beside vials.\n",
)
GOOD = Example(of="article", text="\nA vial is a vial, and a good vial is a joy.\n")
#: fewer prove nothing
LEAST = 10
#: of one word in a title or description
OFTEN = 3


def check(article: Article) -> Iterator[Problem]:
    """Yield each word that stands too often in text, title, description or tags."""
    percent = article.settings.check.limits.keyword_percent
    counts = word_counts(article)
    whole = sum(counts.values())
    for word, count in counts.most_common(40):
        if count < LEAST or count * 100 <= whole * percent:
            break
        if word not in STOP_WORDS and len(word) > 2 and not word.isdecimal():
            place = _first(article.campaign.body, word)
            yield Problem(
                message=f'the word "{word}" makes up {count} of {whole} words',
                hint="Use it where it is needed, and write as you would speak to a person",
                at=Passage(start=place, end=place + len(word)) if place >= 0 else None,
            )
    meant = article.campaign.front_matter
    for key, text in (("title", meant.title), ("description", meant.description)):
        words = WORD.findall(text.lower())
        for word in dict.fromkeys(words):
            if words.count(word) >= OFTEN and word not in STOP_WORDS and len(word) > 2:
                yield Problem(
                    message=f'"{word}" stands {words.count(word)} times in the {key}',
                    hint="Once is enough",
                    at=Key(path=key),
                )


def _first(body: str, word: str) -> int:
    return next((found.start() for found in WORD.finditer(body) if found[0].lower() == word), -1)
