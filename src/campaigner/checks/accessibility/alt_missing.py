"""Every picture says in words what it shows, or that it shows nothing.

Who cannot see a picture hears its `alt` text, and many inboxes show it in place of pictures that they hold
back. A picture without one is read out by its file's name. One that only decorates has an empty `alt`.

Source: WCAG 2.2, 1.1.1, https://www.w3.org/TR/WCAG22/#non-text-content
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<img src="vial.png" width="40" height="30">')
GOOD = Example(of="page", text='<img src="vial.png" width="40" height="30" alt="A glass vial">')


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture without an alternative text."""
    for picture in one.tree.iter("img"):
        if picture.get("alt") is None:
            yield Problem(
                message="a picture has no alternative text",
                hint="Say what it shows, ![like this](vial.png), or mark it {.decorative}",
                at=picture,
            )
