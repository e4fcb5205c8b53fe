"""Every page has a description of its own.

One that several pages share helps nobody to choose among them, and a search engine may show some sentence that it
finds instead.

Source: https://developers.google.com/search/docs/appearance/snippet
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.site.title_not_unique import same
from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Site
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='description: "A stopper does more than close a vial: it says who filled it, and when it was opened."'
    "  # as another campaign is described",
)
GOOD = Example(
    of="front matter",
    text='description: "What the stopper of a vial does besides closing it, and how you can see it."',
)


def check(site: Site) -> Iterator[Problem]:
    """Yield each page with the description of an earlier campaign's."""
    for text, first, page in same(site, "description"):
        yield Problem(
            message=f"the {page.output.value} has the same description as {first.path}",
            hint="Say in a sentence what is on this page and on no other",
            at=Words(path=page.path, texts=(text, "description:")),
            page=page,
        )
