"""There is no blank in a link.

One that was copied along at the end, or stands in the middle, makes another address of it; some mail programs cut the
link off there.

Source: https://www.rfc-editor.org/rfc/rfc3986#appendix-C
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page", text='<p><a href="https://register.glass-letter.example/old glass">Old glass</a></p>'
)
GOOD = Example(
    of="page", text='<p><a href="https://register.glass-letter.example/?q=old%20glass">Old glass</a></p>'
)

#: a blank as it is, and one at an end as browsers write it
BLANK = re.compile(r"\s|%20(?:$|[?#])|://%20|%C2%A0|%E2%80%8B", re.IGNORECASE)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link with a blank in it; those of mail and telephone are looked at elsewhere."""
    for link in one.sound_links:
        is_web = ":" not in link.href or link.href[:4].lower() == "http"
        if is_web and BLANK.search(link.href):
            yield Problem(
                message=f'the link "{link.words[:60]}" has a space in its address: "{link.href[:80]}"',
                hint="Take the space out, or write %20 where it belongs to the address",
                at=link.element,
            )
