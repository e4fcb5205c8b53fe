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
#: a question that wonders, and goes on: "Really?! Yes"
WONDERING = re.compile(r"(?:\?!|!\?)(?=\s+\w)")
#: stars that are counted, beside words: "5 stars *** from readers"
STARS = re.compile(r"(?<=\w )\*{3,5}(?= \w)")
#: a currency by itself: "$$ or £"
CURRENCY = re.compile(r"[$\u20ac\u00a3](?!\s?\d)")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each line with signs in a row."""
    for line in mail.inbox_lines:
        row = next(_rows(line.text), None)
        if row:
            yield Problem(
                message=f'the {line.name} has "{row[0]}", which looks like spam',
                hint="Write one such sign, or none",
                at=line.at(lambda text: any(True for _ in _rows(text))),
            )


def _rows(text: str) -> Iterator[re.Match[str]]:
    for row in ROW.finditer(text):
        place = row.start()
        is_named = row[0][0] in "$\u20ac\u00a3" and CURRENCY.search(text[:place] + text[row.end() :])
        is_meant = (WONDERING.match(text, place) and len(row[0]) == 2) or STARS.match(text, place)
        if not is_named and not is_meant:
            yield row
