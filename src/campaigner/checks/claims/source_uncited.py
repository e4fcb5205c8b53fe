"""A source in the front matter is cited in the text.

A source that nothing cites is shown nowhere: either a citation was forgotten, and a claim stands without its
proof, or the source is left over from an earlier version.

Source: https://apastyle.apa.org/style-grammar-guidelines/references/works-included
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
SOURCE = '{title: "How glass is cooled", url: "https://www.glass-papers.org/cooled/", date: 2025-03-01}'
BAD = Example(of="front matter", text=f"sources: {{forgotten: {SOURCE}}}")
GOOD = Example(of="front matter", text=f"sources: {{glass-2025: {SOURCE}}}")


def check(article: Article) -> Iterator[Problem]:
    """Yield each own source that the text never cites."""
    for name in article.campaign.front_matter.sources:
        if name not in article.cited:
            yield Problem(
                message=f'the source "{name}" is never cited',
                hint=f"Write [@{name}] where it is meant, or take it out",
                at=Key(path=f"sources.{name}"),
            )
