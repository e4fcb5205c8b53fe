"""No link holds a password.

What stands before the @ of an address is seen by everybody who gets it, and filters take such a link for fraud.

Source: https://www.rfc-editor.org/rfc/rfc3986#section-7.5
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="article", text="\n\nMore in [the register](https://ada:vetro@register.glass-letter.example/)."
)
GOOD = Example(of="article", text="\n\nMore in [the register](https://register.glass-letter.example/@ada).")

PASSWORD = re.compile(r"https?://(?!mailto:)[^/?#\s]*@", re.IGNORECASE)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link with a name or password before its host."""
    for link in one.sound_links:
        if PASSWORD.match(link.href):
            yield Problem(
                message=f'the link "{link.words[:60]}" holds a name or password before the @',
                hint="Take out what stands between // and @, and change the password",
                at=link.element,
            )
