"""The subject line says what the mail is about.

A word or two tell nobody why to open a mail, and look like the mails of those who want nothing but an answer.

Source: https://www.activecampaign.com/glossary/subject-line-length
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.NOTE
BAD = Example(of="front matter", text='newsletter: {subject: "Vials"}')
GOOD = Example(of="front matter", text='newsletter: {subject: "Is it in the vial?"}')


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each subject line that is too short."""
    least = mail.article.settings.check.limits.subject_least
    for line in mail.subject_lines:
        if len(line.text) < least:
            yield Problem(
                message=f'the subject line "{line.text}" has {len(line.text)} characters, fewer than {least}',
                hint="Say in a few words what the reader gets",
                at=line.at(lambda text: len(text) < least),
            )
