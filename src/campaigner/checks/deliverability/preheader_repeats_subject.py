"""The preheader says something that the subject line does not.

The two stand side by side in the inbox. One that repeats the other wastes half of the words by which readers
decide whether to open the mail.

Source: https://www.litmus.com/blog/the-ultimate-guide-to-preview-text-support
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter", text='newsletter: {preheader: "What does your vial tell you? Read on here."}'
)
GOOD = Example(
    of="front matter", text='newsletter: {preheader: "Your vial tells you four things, if you look."}'
)
WORD = re.compile(r"\w+")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that it repeats the subject that is sent."""
    line = mail.inbox_lines[-1]
    subject, preheader = _words(mail.subjects[0]), _words(line.text)
    if subject and preheader and (f" {subject} " in f" {preheader} " or f" {preheader} " in f" {subject} "):
        yield Problem(
            message="the preheader repeats the subject line",
            hint="Give a second reason to open the mail, as a sequel to the subject line",
            at=line.key,
        )


def _words(text: str) -> str:
    return " ".join(WORD.findall(text.lower()))
