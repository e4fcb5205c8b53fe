"""No link waits for its address.

"#", "TODO", localhost and example.com are written until the right address is known. Sent, they lead nowhere.

Source: https://www.rfc-editor.org/rfc/rfc2606
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.slips import Slip
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="\n\nMore in [the glass register](http://localhost:8000/register).")
GOOD = Example(of="article", text="\n\nMore in [the glass register](https://register.glass-letter.example/).")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link that has no address yet."""
    for link in one.links:
        if link.slip is Slip.PLACEHOLDER:
            yield Problem(
                message=f'the link "{link.words[:60]}" leads to "{link.href[:60]}", which is no address yet',
                hint="Write the address that is meant, or take the link out",
                at=link.element,
            )
