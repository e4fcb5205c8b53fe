"""No reader has a value that is nothing but spaces.

It takes the place of the fallback, so the letter begins with "Dear ," for exactly these people.

Source: https://www.braze.com/docs/user_guide/personalization_and_dynamic_content/liquid/setting_default_values/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Letters
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="readers", text='Ada: {email: ada@example.com, first_name: "  "}')
GOOD = Example(of="readers", text="Ada: {email: ada@example.com, first_name: Ada}")


def check(letters: Letters) -> Iterator[Problem]:
    """Yield each merge field of the letter that is blank for somebody."""
    for name in letters.fields:
        blank = [one for one in letters.readers if (value := one.fields.get(name)) and not value.strip()]
        if blank:
            yield Problem(
                message=f"{name} is blank for {people(len(blank))}",
                hint="Take the spaces out of the list, so that they get the fallback",
                at=blank[0].spot,
            )


def people(count: int) -> str:
    """So many readers, in words."""
    return "1 reader" if count == 1 else f"{count:,} readers"
