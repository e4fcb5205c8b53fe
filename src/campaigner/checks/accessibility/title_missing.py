"""A page has a title.

It names the tab, the bookmark and the search result, and is the first that a screen reader says.

Source: WCAG 2.2, 2.4.2, https://www.w3.org/TR/WCAG22/#page-titled
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.own_words import HEADLINES
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text="", instead_of="<title>[^<]*</title>")
GOOD = Example(
    of="page", text="<title>Letters about glass, each week</title>", instead_of="<title>[^<]*</title>"
)


def check(page: Page) -> Iterator[Problem]:
    """Yield the lack of a title."""
    title = page.tree.find("head/title")
    if title is None or not title.text_content().strip():
        yield Problem(
            message=f"the {page.output} has no title",
            hint="Write a <title> into its <head>",
            at=Lacking(
                signs=("<title",),
                words=HEADLINES.get(page.output, ""),
                language=page.tree.get("lang") or "",
            ),
        )
