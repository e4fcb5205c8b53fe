"""A source that is cited says where it can be found.

A reference is there to be followed: by its address on the web, or, for what is only printed, by its publisher.

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
    text='sources: {glass-2025: {title: "How glass is cooled", author: "Ada Vetro", date: 2025-03-01}}',
)
GOOD = Example(
    of="front matter",
    text='sources: {glass-2025: {title: "How glass is cooled", publisher: "Kiln Press", date: 2025-03-01}}',
)


def check(article: Article) -> Iterator[Problem]:
    """Yield each cited source that nobody can find."""
    for name, source in article.cited.items():
        if not source.url and not source.publisher:
            yield Problem(
                message=f'the source "{name}" has no address',
                hint="Write `url:`, or `publisher:` where it is only printed",
                at=place_of(article, name),
            )
