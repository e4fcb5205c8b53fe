"""A subject line does not pretend to be an answer.

`RE:` and `FW:` before the first mail to somebody are a trick that filters know, and a subject line that deceives
is forbidden, in the United States by the CAN-SPAM Act.

Source: https://www.ftc.gov/business-guidance/resources/can-spam-act-compliance-guide-business
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='newsletter: {subject: "RE: What your vial tells you"}')
GOOD = Example(of="front matter", text='newsletter: {subject: "Re-reading what your vial tells"}')
#: answers and forwards, in the words of several languages; "RE:THINK" is a word
TRICK = re.compile(
    r"\s*[\[(]?(?:re|fwd?|aw|antw|wg|tr|rv|sv|vs)[\])]?\s*(?:\[\d+\])?:(?!(?-i:[A-Z]{2}|[a-z]))",
    re.IGNORECASE,
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each subject line that begins as an answer does."""
    for line in mail.subject_lines:
        trick = TRICK.match(line.text)
        if trick:
            yield Problem(
                message=f'the subject line begins with "{trick[0].strip()}", as if the mail were an answer',
                hint="Take that out, and say what the mail is about",
                at=line.key,
            )
