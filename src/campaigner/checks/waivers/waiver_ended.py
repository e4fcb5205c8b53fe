"""A waiver that has ended is taken out, or is given a new date.

Its day has passed, so what it was for is found again.

Source: https://docs.snyk.io/manage-risk/policies/the-.snyk-file, where what is ignored expires
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.granted import Granted
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text="waivers: [{check: subject-length, reason: The title is known, until: 2026-11-01}]",
)
GOOD = Example(
    of="front matter",
    text="""\
newsletter: {subject: "Everything that you always wanted to know about the vials that you open each day"}
waivers: [{check: subject-length, reason: The title is known, until: 2026-12-01}]
""",
)


def check(granted: Granted) -> Iterator[Problem]:
    """Yield the waiver if its last day is over."""
    if granted.has_ended:
        yield Problem(
            message=f"the waiver for {granted.waiver.check} ended on {str(granted.waiver.until)[:10]}",
            hint="Correct what it was for and take it out, or give it a later day",
            at=granted.region,
        )
