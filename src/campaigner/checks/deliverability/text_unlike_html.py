"""The text part says what the HTML says.

Both are the same mail (RFC 2046, 5.1.4). Filters compare them, since spam shows one thing to people and another
thing to filters, and who reads the text misses what is not in it.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail text",
    text="Please open this mail in a browser. Unsubscribe: https://nowhere.invalid/unsubscribe/\n",
    instead_of=r"(?s)\A.*\Z",
)
GOOD = Example(of="mail text", text="And so it ends.")
WORD = re.compile(r"[^\W\d_]{4,}")
#: characters that are compared, and the share of different words that must be in both, in percent
COMPARED, LEAST = 200_000, 60


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that too few of the words of the HTML are in the text."""
    shown = _words(mail.words)
    read = _words(mail.text)
    if not shown or not read:
        return
    share = 100 * len(shown & read) // len(shown)
    if share < LEAST:
        yield Problem(
            message=f"only {share} % of the words of the mail are in its plain-text part",
            hint="Make sure that templates/newsletter/body.txt says all that templates/newsletter/body.html does",
        )


def _words(text: str) -> set[str]:
    return set(WORD.findall(text[:COMPARED].lower()))
