"""No link carries the mark of somebody's click.

`fbclid`, `gclid` or `mc_eid` came along when an address was copied. Whoever follows it is counted as that one
person, and the last names a subscriber.

Source: https://support.google.com/searchads/answer/7342044
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="article", text="\n\nMore in [the register](https://register.glass-letter.example/?fbclid=IwAR0x)."
)
GOOD = Example(
    of="article", text="\n\nMore in [the register](https://register.glass-letter.example/?id=4711)."
)

MARK = re.compile(
    r"[?&](fbclid|gclid|gbraid|wbraid|dclid|msclkid|twclid|ttclid|li_fat_id|igshid|igsh|mc_eid|mkt_tok|_hsenc|_hsmi"
    r"|vero_id|yclid|phpsessid|jsessionid|sid|sessionid|session_id)=|;(jsessionid)=",
    re.IGNORECASE,
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link with such a mark."""
    for link in one.sound_links:
        found = MARK.search(link.href)
        if found:
            yield Problem(
                message=f'the link "{link.words[:60]}" carries {found[1] or found[2]}, the mark of one person\'s click',
                hint="Take that part out of the address",
                at=link.element,
            )
