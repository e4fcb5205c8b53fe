"""A heading says something.

Who hears a page hears "heading, level two" and then nothing. Such a heading was left behind by an editor, or stands
there for the space that it takes.

Source: https://act-rules.github.io/rules/ffd0e9
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import hidden_from_ears, name_of
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text="<h2> </h2>")
GOOD = Example(of="page", text="<h2>What is more</h2>")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each heading without words."""
    for heading in one.tree.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        if not name_of(heading) and not hidden_from_ears(heading):
            yield Problem(
                message=f"a heading (<{heading.tag}>) has no words",
                hint="Write some, or take the heading out; space belongs in the stylesheet",
                at=heading,
            )
