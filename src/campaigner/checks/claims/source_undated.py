"""A source that is cited says when it was published, or when it was read.

Knowledge ages, and a reader cannot tell how old an undated source is. Web pages often have no date: then the
day on which you read it stands for it, as citation styles have it.

Source: https://apastyle.apa.org/style-grammar-guidelines/references/missing-information
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.claims.places import place_of
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='sources: {glass-2025: {title: "How glass is cooled", url: "https://www.glass-papers.org/cooled/"}}',
)
GOOD = Example(
    of="front matter",
    text='sources: {glass-2025: {title: "How glass is cooled", url: "https://www.glass-papers.org/cooled/",'
    " accessed: 2026-11-01}}",
)


def check(article: Article) -> Iterator[Problem]:
    """Yield each cited source without any date."""
    for name, source in article.cited.items():
        if source.date is None and source.accessed is None:
            yield Problem(
                message=f'the source "{name}" has no date',
                hint="Write `date:`, or `accessed:` where the work itself has none",
                at=place_of(article, name),
            )
