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
#: a list of abbreviations is none of what is shouted
PIECES = re.compile(r"[,;:/()]")
#: words in a row that make no name any more, and letters of them that make no abbreviation
MOST_WORDS, MOST_LETTERS = 2, 10


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each line that is written in capitals, all of it or three words in a row."""
    for line in mail.inbox_lines:
        if _is_in_capitals(line.text):
            yield Problem(
                message=f"the {line.name} is written in capitals, which reads as shouting",
                hint="Write it in small letters, as an ordinary sentence",
                at=line.at(_is_in_capitals),
            )


def _is_in_capitals(text: str) -> bool:
    words = WORD.findall(text)
    if any(map(_is_shouted, PIECES.split(text))):
        return True
    return bool(words) and all(map(str.isupper, words)) and sum(map(len, words)) > MOST_LETTERS


def _is_shouted(text: str) -> bool:
    """Whether three words in a row are in capitals, and not all of them as short as abbreviations are."""
    words = WORD.findall(text)
    return any(
        all(word.isupper() for word in row) and sum(map(len, row)) >= MOST_LETTERS
        for row in (words[place : place + MOST_WORDS + 1] for place in range(len(words) - MOST_WORDS))
    )
