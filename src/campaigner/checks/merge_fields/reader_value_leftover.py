"""No reader's value is a leftover of another program.

"Dear null", "Hello {{ contact.FIRSTNAME }}" and "Dear first_name" come from lists that another program wrote.

Source: https://reviewmyemails.com/emailalmanac/content-and-creative/personalization-dynamic-content-creative/how-personalization-breaks-deliverability-merge-errors
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.merge_fields.reader_value_blank import people
from campaigner.checks.subjects import Letters
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="readers", text="Bob: {email: bob@example.com, first_name: '*|FNAME|*'}")
GOOD = Example(of="readers", text="Ada: {email: ada@example.com, first_name: Nulla}")
TAG = re.compile(r"\{\{|\}\}|\{%|\*\||\|\*|%%|\[\[|<%|\$\{|^\s*\[[^\[\]]+\]\s*$")
#: what programs write for nothing
NOTHING = frozenset(
    (
        "null",
        "none",
        "nil",
        "n/a",
        "na",
        "nan",
        "undefined",
        "unknown",
        "test",
        "-",
        "--",
        ".",
        "?",
        "x",
        "xxx",
    )
)


def check(letters: Letters) -> Iterator[Problem]:
    """Yield each merge field that has such a value for somebody."""
    for name in letters.fields:
        left = [one for one in letters.readers if _is_leftover(one.fields.get(name, ""), name)]
        if left:
            yield Problem(
                message=f'{name} is "{left[0].fields[name]}" for {people(len(left))}',
                hint="Empty such values in the list, so that these readers get the fallback",
                at=left[0].spot,
            )


def _is_leftover(value: str, name: str) -> bool:
    small = value.strip().lower()
    return small in NOTHING or small in (name, name.replace("_", " ")) or TAG.search(value) is not None
