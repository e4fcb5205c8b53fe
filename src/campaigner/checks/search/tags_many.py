"""An article has few tags.

Each tag gets a page of its own. Many tags make many pages with one entry each, which help no reader and which
search engines take for empty.

Source: https://developers.google.com/search/docs/fundamentals/creating-helpful-content
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter", text="tags: [Glass, Vials, Stoppers, Caps, Labels, Needles, Boxes, Shelves, Light]"
)
GOOD = Example(of="front matter", text="tags: [Glass, Vials]")


def check(article: Article) -> Iterator[Problem]:
    """Yield an article with too many tags."""
    count, most = len(article.campaign.front_matter.tags), article.settings.check.limits.tags
    if count > most:
        yield Problem(
            message=f"the article has {count} tags, more than {most}",
            hint="Keep the tags under which somebody would look for the article",
            at=Key(path="tags"),
        )
