"""A slug is short enough to be read, said and shared.

Long addresses are cut where they are shown, and wrapped where they are pasted.

Source: https://developers.google.com/search/docs/crawling-indexing/url-structure
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text="slug: how-to-look-at-a-glass-vial-before-you-open-it-and-what-to-do-when-something-is-missing",
)
GOOD = Example(of="front matter", text="slug: look-at-the-vial")


def check(article: Article) -> Iterator[Problem]:
    """Yield a slug that is too long."""
    slug, most = article.campaign.slug, article.settings.check.limits.slug
    if len(slug) > most:
        yield Problem(
            message=f"the slug has {len(slug)} characters, more than {most}",
            hint="Keep the three to five words that say what it is about; `aliases` leads the old address on",
            at=Key(path="slug"),
        )
