"""The headline of the landing page is read at a glance.

On a telephone more than a few lines push the form out of sight.

Source: https://www.nngroup.com/articles/microcontent-how-to-write-headlines-page-titles-and-subject-lines/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page",
    text="<h1>Everything that you always wanted to know about the glass of the vials that you open"
    " every day and what to do when it breaks</h1>",
    instead_of="<h1>[^<]*</h1>",
)
GOOD = Example(of="page", text="<h1>Know the glass that you open every day</h1>", instead_of="<h1>[^<]*</h1>")


def check(page: Page) -> Iterator[Problem]:
    """Yield a headline that is too long."""
    most = page.article.settings.check.limits.headline
    length = len(page.headline) if page.output is Output.LANDING else 0
    if length > most:
        yield Problem(
            message=f"the headline has {length} characters, more than {most}",
            hint="Say in it what the reader gets, and the rest in landing.intro",
            at=Key(path="landing.headline"),
        )
