"""The beginning of a link is spelt as it must be.

With "htps://", "https:/" or "www." in front, a browser looks for a page of that name on your own site.

Source: https://www.rfc-editor.org/rfc/rfc3986#section-3.1
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.slips import Slip
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<p><a href="htps://register.glass-letter.example/">The glass register</a></p>')
GOOD = Example(
    of="page", text='<p><a href="https://register.glass-letter.example/">The glass register</a></p>'
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link whose beginning has a slip."""
    for link in one.links:
        if link.slip is Slip.MISSPELT:
            yield Problem(
                message=f'the link "{link.words[:60]}" has a misspelt beginning: {link.href[:60]}',
                hint="Begin it with https://",
                at=link.element,
            )
