"""A link holds one address.

Pasted twice, or with the next one behind it, an address leads to an error, and the click is lost.

Source: https://www.rfc-editor.org/rfc/rfc3986#section-3
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.slips import Slip
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="article",
    text="\n\nMore in [the register](https://a.glass-letter.examplehttps://b.glass-letter.example/).",
)
GOOD = Example(
    of="article",
    text="\n\nMore in [the archive](https://a.glass-letter.example/web/2026/https://b.glass-letter.example/).",
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link that holds two addresses."""
    for link in one.links:
        if link.slip is Slip.GLUED:
            yield Problem(
                message=f'the link "{link.words[:60]}" holds two addresses: {link.written[:100]}',
                hint="Keep only the one that is meant",
                at=link.element,
            )
