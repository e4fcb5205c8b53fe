"""Nothing on a page moves, blinks or plays by itself.

Who is distracted easily cannot read beside it, and a sound of its own covers the voice of a screen reader.

Source: WCAG 2.2, 2.2.2, https://www.w3.org/TR/WCAG22/#pause-stop-hide
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text="<marquee>Only until Friday</marquee>")
GOOD = Example(of="page", text="<p>Only until Friday</p>")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield what moves or plays."""
    for element in one.tree.iter("marquee", "blink", "video", "audio"):
        if element.tag in ("marquee", "blink") or element.get("autoplay") is not None:
            yield Problem(
                message=f"a <{element.tag}> moves or plays by itself",
                hint="Let it stand still until somebody starts it",
                at=element,
            )
