"""Every page has a title of its own.

In search results and in tabs two pages of one title cannot be told apart.

Source: https://developers.google.com/search/docs/appearance/title-link
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Facts, Site
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='title: "What a stopper is for"  # as another campaign is called')
GOOD = Example(of="front matter", text='title: "What else a stopper is for"')
#: pages that search may show
LISTED = (Output.POST, Output.LANDING)


def check(site: Site) -> Iterator[Problem]:
    """Yield each page with the title of an earlier campaign's."""
    for title, first, page in same(site, "title"):
        yield Problem(
            message=f'the {page.output.value} has the same title as {first.path}: "{title}"',
            hint="Give it a title that says what is different in it",
            at=Words(path=page.path, texts=(title, "title:")),
            page=page,
        )


def same(site: Site, what: str) -> Iterator[tuple[str, Facts, Facts]]:
    """Give each text that listed pages of two campaigns have, with the first page and the other."""
    firsts: dict[str, Facts] = {}
    for page in site.pages:
        text: str = getattr(page, what)
        if text and page.output in LISTED and page.is_listed:
            first = firsts.setdefault(text, page)
            # what one article says of itself may be said on all of its pages
            if first.path != page.path:
                yield text, first, page
