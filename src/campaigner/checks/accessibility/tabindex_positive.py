"""The tab key goes through a page in the order in which it is read.

A `tabindex` above 0 comes before all that has none, wherever it stands: the focus jumps down, up and down again.

Source: WCAG 2.2, failure F44, https://www.w3.org/WAI/WCAG22/Techniques/failures/F44
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.documents import having
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<div tabindex="3">A note</div>')
GOOD = Example(of="page", text='<div tabindex="-1">A note</div>')

#: as browsers read it: what follows the digits does not count
POSITIVE = re.compile(r"\s*\+?0*[1-9]")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each element that jumps the queue."""
    for element in having(one.tree, "tabindex"):
        written = element.get("tabindex", "")
        if POSITIVE.match(written):
            yield Problem(
                message=f'tabindex="{written[:9]}" changes the order of the tab key',
                hint="Take it out, and put the element where its turn is",
                at=element,
            )
