"""A frame says what is in it.

A video or map in an `<iframe>` is read out as "frame"; its `title` says whether to enter it.

Source: https://act-rules.github.io/rules/cae760
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import hidden_from_ears
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<iframe src="https://video.glass-letter.example/1"></iframe>')
GOOD = Example(
    of="page", text='<iframe src="https://video.glass-letter.example/1" title="A vial is filled"></iframe>'
)


def check(page: Page) -> Iterator[Problem]:
    """Yield each frame without a title."""
    for frame in page.tree.iter("iframe", "frame"):
        named = any((frame.get(name) or "").strip() for name in ("title", "aria-label", "aria-labelledby"))
        if not named and not hidden_from_ears(frame):
            yield Problem(
                message="an embedded frame (<iframe>) has no title",
                hint="Say in its title what it shows",
                at=frame,
            )
