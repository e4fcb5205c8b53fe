"""Headings go down one step at a time.

Who hears a page goes from heading to heading, and takes a step that is left out for a part that was missed.

Source: https://www.w3.org/WAI/tutorials/page-structure/headings/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import words_in
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\n\n#### The stopper\n\nIt is grey.")
GOOD = Example(of="article", text="\n\n### The stopper\n\nIt is grey.")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each heading that is more than one step below the one before."""
    before = 0
    for heading in one.tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(heading.tag[1])
        if before and level > before + 1:
            words = words_in(heading)[:60]
            yield Problem(
                message=f'the heading "{words}" is of level {level}, and the one before it of level {before}',
                hint=f"Make it one of level {before + 1}, which is written with {'#' * (before + 1)}",
                at=heading,
            )
        before = level
