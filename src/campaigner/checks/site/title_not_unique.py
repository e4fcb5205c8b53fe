"""Every page has a title of its own.

In search results and in tabs two pages of one title cannot be told apart.

Source: https://developers.google.com/search/docs/appearance/title-link
"""

from collections import defaultdict
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.spots import Words
from campaigner.checks.subjects import Facts, Output, Site

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text="landing: {headline: How to look at a glass vial}")
GOOD = Example(of="front matter", text="landing: {headline: Letters about glass}")
#: pages that search may show
LISTED = (Output.POST, Output.LANDING)


def check(site: Site) -> Iterator[Problem]:
    """Yield each page with the title of an earlier one."""
    for title, pages in same(site, "title").items():
        for page in pages[1:]:
            yield Problem(
                message=f'the {page.output.value} has the title of {pages[0].path}: "{title}"',
                hint="Give it a title that says what is different in it",
                at=Words(path=page.path, texts=(title, "title:")),
                page=page,
            )


def same(site: Site, what: str) -> dict[str, list[Facts]]:
    """Listed pages by a text of theirs that several of them have."""
    pages: dict[str, list[Facts]] = defaultdict(list)
    for page in site.pages:
        if page.output in LISTED and page.is_listed and getattr(page, what):
            pages[getattr(page, what)].append(page)
    return {text: found for text, found in pages.items() if len(found) > 1}
