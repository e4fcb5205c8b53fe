"""The subject line is short enough to be read.

Inboxes on a phone cut a subject after about 33 to 43 characters, those on a desktop after about 50 to 70. What
matters stands in front; beyond 60 characters few see the end.

Source: https://www.activecampaign.com/glossary/subject-line-length
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='newsletter: {subject: "Everything that you always wanted to know about the vials that you open each day"}',
)
GOOD = Example(of="front matter", text='newsletter: {subject: "Do you know what is in the vial?"}')


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each subject line that is too long."""
    most = mail.article.settings.check.limits.subject
    for line in mail.subject_lines:
        if len(line.text) > most:
            yield Problem(
                message=f"the subject line has {len(line.text)} characters, more than {most}",
                hint="Say the one thing that makes people open it, and say it first",
                at=line.at(lambda text: len(text) > most),
            )
