"""A source that is cited is not past the day on which it was to be looked at again.

`review_by` is your own promise to look whether a number still holds. Medical and legal facts in particular
change, and what was true when it was written is then a claim without proof.

Source: CAP Code, rule 3.7, https://www.asa.org.uk/type/non_broadcast/code_section/03.html
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.claims.places import place_of
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='sources: {glass-2025: {title: "How glass is cooled", url: "https://www.glass-papers.org/cooled/",'
    " date: 2020-03-01, review_by: 2024-03-01}}",
)
GOOD = Example(
    of="front matter",
    text='sources: {glass-2025: {title: "How glass is cooled", url: "https://www.glass-papers.org/cooled/",'
    " date: 2026-03-01, review_by: 2030-03-01}}",
)


def check(article: Article) -> Iterator[Problem]:
    """Yield each cited source whose day has passed."""
    for name, source in article.cited.items():
        if source.review_by and source.review_by.day.isoformat() < article.today:
            yield Problem(
                message=f'the source "{name}" was to be looked at again by {source.review_by.day.isoformat()}',
                hint="Look whether it still says what you cite it for, and move `review_by`",
                at=place_of(article, name, "review_by"),
            )
