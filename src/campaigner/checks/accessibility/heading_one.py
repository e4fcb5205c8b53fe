"""There is one main heading, which says what all of it is about.

It is what a screen reader jumps to first. Two of them are two pages in one, and none is a page without a name.

Source: https://www.w3.org/WAI/tutorials/page-structure/headings/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import words_in
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text="<h1>And another thing</h1>")
GOOD = Example(of="page", text="<h2>And another thing</h2>")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each main heading after the first, and the lack of one."""
    first, *others = [*one.tree.iter("h1")] or [None]
    if first is None:
        yield Problem(
            message="there is no main heading",
            hint="Make its title an <h1>",
            at=Lacking(signs=("<h1", "<main")),
        )
    for heading in others:
        words = words_in(heading)[:60]
        yield Problem(
            message=f'"{words}" is a second main heading',
            hint="Make it an <h2>, which Markdown writes with ##",
            at=heading,
        )
