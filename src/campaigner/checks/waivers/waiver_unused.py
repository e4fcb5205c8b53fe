"""Every waiver is for something that a check finds.

One that nothing is found for any more hides the next real fault of its kind.

Source: https://eslint.org/docs/latest/use/configure/rules#report-unused-eslint-disable-comments
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.granted import Granted
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text="waivers: [{check: subject-length, reason: The title is known from the printed letter}]",
)
GOOD = Example(
    of="front matter",
    text="""\
newsletter: {subject: "Everything that you always wanted to know about the vials that you open each day"}
waivers: [{check: subject-length, reason: The title is known from the printed letter}]
""",
)


def check(granted: Granted) -> Iterator[Problem]:
    """Yield the waiver if nothing was found that it is for."""
    if granted.could_be_used and not granted.is_used:
        yield Problem(
            message=f"the waiver for {granted.waiver.check} fits nothing that is found",
            hint="Take the waiver out",
            at=granted.region,
        )
