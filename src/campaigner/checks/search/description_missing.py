"""An article has a description.

It stands below the headline, in search results, behind the subject line and in shared links. Without one, the
first sentences stand in, and those were written to be read on, not to be chosen.

Source: https://developers.google.com/search/docs/appearance/snippet
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='description: ""')
GOOD = Example(
    of="front matter",
    text='description: "What the glass of a vial tells you before you open it, in four short steps."',
)


def check(article: Article) -> Iterator[Problem]:
    """Yield an article without a description."""
    if not article.campaign.front_matter.description:
        yield Problem(
            message="the article has no description",
            hint="Write `description:`, one or two sentences that make people want to read it",
            at=Key(path="description" if "description" in article.campaign.positions else "title"),
        )
