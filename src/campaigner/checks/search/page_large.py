"""No page is so large that search engines and checks leave its end unread.

Google reads the first 2 MB of a page's HTML, and a telephone needs seconds for so many elements. Since what is said
of a part need not hold for the whole, no other check looks at such a page.

Source: https://developers.google.com/search/docs/crawling-indexing/googlebot
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import MOST_BYTES, MOST_TAGS, LargePage
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text=f"<!-- {'a long remark here ' * 112_000} -->")
GOOD = Example(of="page", text="<!-- a short remark -->")


def check(large: LargePage) -> Iterator[Problem]:
    """Yield that it is."""
    page = large.page
    yield Problem(
        message=f"the {page.output} has {page.size:,} bytes of HTML and {page.tags:,} tags,"
        f" and is read up to {MOST_BYTES:,} and {MOST_TAGS:,}",
        hint="Shorten the article, or what its template writes; then checks look at the rest of it too",
    )
