"""Every page has a description of its own.

Where several pages have the same one a search engine shows none of them, but some sentence that it finds.

Source: https://developers.google.com/search/docs/appearance/snippet
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.site.title_not_unique import same
from campaigner.checks.spots import Words
from campaigner.checks.subjects import Site

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text="""\
landing:
  intro: Four things that the glass of a vial tells you before you open it, and what to do when one is missing.
""",
)
GOOD = Example(of="front matter", text="landing: {intro: A letter about glass each week, and nothing else}")


def check(site: Site) -> Iterator[Problem]:
    """Yield each page with the description of an earlier one."""
    for text, pages in same(site, "description").items():
        for page in pages[1:]:
            yield Problem(
                message=f"the {page.output.value} has the same description as another page of {pages[0].path}"
                if page.path == pages[0].path
                else f"the {page.output.value} has the same description as {pages[0].path}",
                hint="Say in a sentence what is on this page and on no other",
                at=Words(path=page.path, texts=(text, "description:")),
                page=page,
            )
