"""A waiver names a check that there is.

One with a misspelt name waives nothing, and nobody notices.

Source: https://pylint.readthedocs.io/en/latest/user_guide/messages/warning/unknown-option-value.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.granted import Granted
from campaigner.errors import nearest
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="front matter", text="waivers: [{check: subject-lenght, reason: The title is known}]")
GOOD = Example(
    of="front matter",
    text="""\
newsletter: {subject: "Everything that you always wanted to know about the vials that you open each day"}
waivers: [{check: subject-length, reason: The title is known}]
""",
)


def check(granted: Granted) -> Iterator[Problem]:
    """Yield the waiver if no check is called so."""
    if granted.waiver.check not in granted.known:
        yield Problem(
            message=f'there is no check "{granted.waiver.check}" to be waived',
            hint=nearest(granted.waiver.check, granted.known) or "See `campaigner check --list`",
            at=granted.region,
        )
