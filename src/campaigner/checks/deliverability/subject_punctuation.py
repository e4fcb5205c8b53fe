"""One sign at the end of a sentence is enough.

Rows of exclamation marks, question marks and currency signs are what spam is known by, for filters and readers.

Source: https://mailchimp.com/help/best-practices-for-email-subject-lines/
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='newsletter: {subject: "Look at your vials today!!"}')
GOOD = Example(of="front matter", text='newsletter: {subject: "Look at your vials … today!"}')
#: ‼ and its like are signs in a row too
SIGN = r"[!?\u203c\u2047-\u2049]"
ROW = re.compile(rf"{SIGN}(?:\s?{SIGN})+|\u203c|[$\u20ac\u00a3]{{2,}}|\.{{4,}}|\*{{3,}}")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each line with signs in a row."""
    for line in mail.inbox_lines:
        row = ROW.search(line.text)
        if row:
            yield Problem(
                message=f'the {line.name} has "{row[0]}", which looks like spam',
                hint="Write one such sign, or none",
                at=line.key,
            )
