"""Search engines leave the thanks page out.

Found there it thanks people who did nothing, and counts them among those who signed up.

Source: https://developers.google.com/search/docs/crawling-indexing/block-indexing
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(of="thanks", text="", instead_of='<meta name="robots" content="noindex">')
GOOD = Example(
    of="thanks",
    text='<meta name="robots" content="noindex, nofollow">',
    instead_of='<meta name="robots" content="noindex">',
)

AFTER = frozenset({Output.THANKS, Output.CONFIRMED})


def check(page: Page) -> Iterator[Problem]:
    """Yield a page after the form that may be found."""
    if page.output in AFTER:
        robots = (
            meta.get("content") or "" for meta in page.tree.iter("meta") if meta.get("name") == "robots"
        )
        if not any("noindex" in content.lower() or "none" in content.lower() for content in robots):
            yield Problem(
                message=f"search engines may list the {page.output}",
                hint='Put <meta name="robots" content="noindex"> into its <head>',
                at=Lacking(signs=('name="robots"',)),
            )
