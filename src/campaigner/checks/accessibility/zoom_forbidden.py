"""A page can be made larger with two fingers.

Who sees badly reads everything that way. Some telephones ignore a page that forbids it, and others obey.

Source: https://act-rules.github.io/rules/b4f0c3
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page", text="width=device-width, user-scalable=no", instead_of="width=device-width, initial-scale=1"
)
GOOD = Example(
    of="page", text="width=device-width, maximum-scale=5", instead_of="width=device-width, initial-scale=1"
)

FORBIDDEN = re.compile(r"user-scalable\s*=\s*(?:no|0)\b|maximum-scale\s*=\s*(?:0|1(?!\d))", re.IGNORECASE)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield what forbids to zoom in."""
    for meta in one.tree.iter("meta"):
        if (meta.get("name") or "").lower() == "viewport" and FORBIDDEN.search(meta.get("content") or ""):
            yield Problem(
                message="the page does not let readers zoom in",
                hint='Write content="width=device-width, initial-scale=1" and no more',
                at=meta,
            )
