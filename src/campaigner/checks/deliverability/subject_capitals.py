"""Nothing in the inbox is shouted.

Words in capitals read as shouting, and spam filters have a rule for a subject that is all capitals. A name or two
that is written in capitals is none of that.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='newsletter: {subject: "LOOK AT YOUR VIALS TODAY"}')
GOOD = Example(of="front matter", text='newsletter: {subject: "What NICE and the MHRA say"}')
WORD = re.compile(r"[^\W\d_]{2,}")
#: words in a row that make no name any more, and letters of them that make no abbreviation
MOST_WORDS, MOST_LETTERS = 2, 10


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each line that is written in capitals, all of it or three words in a row."""
    for line in mail.inbox_lines:
        words = WORD.findall(line.text)
        shouted = [word.isupper() for word in words]
        letters = sum(len(word) for word in words)
        in_a_row = any(all(shouted[place : place + 3]) for place in range(len(shouted) - MOST_WORDS))
        if in_a_row or (words and all(shouted) and letters > MOST_LETTERS):
            yield Problem(
                message=f"the {line.name} is written in capitals, which reads as shouting",
                hint="Write it in small letters, as an ordinary sentence",
                at=line.key,
            )
