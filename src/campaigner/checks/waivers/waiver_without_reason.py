"""Every waiver says why.

A waiver without a reason is one that nobody can judge later: whoever reads it must find out anew whether it
still holds, and the next person copies it.

Source: https://eslint.org/docs/latest/use/configure/rules, where a comment says why it is needed
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.granted import Granted
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="front matter",
    text="""\
newsletter: {subject: "Everything that you always wanted to know about the vials that you open each day"}
waivers: [{check: subject-length}]
""",
)
GOOD = Example(
    of="front matter",
    text="""\
newsletter: {subject: "Everything that you always wanted to know about the vials that you open each day"}
waivers: [{check: subject-length, reason: Our readers know this title from the printed letter}]
""",
)


def check(granted: Granted) -> Iterator[Problem]:
    """Yield the waiver if it says nothing."""
    if not granted.waiver.reason:
        yield Problem(
            message=f"the waiver for {granted.waiver.check} has no reason",
            hint="Write `reason: …`, so that others can judge whether it still holds",
            at=granted.region,
        )
