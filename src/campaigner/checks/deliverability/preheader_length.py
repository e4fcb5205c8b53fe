"""The preheader fills its place in the inbox, and not more.

Inboxes show 30 to 120 characters behind the subject. A very short one leaves that place to whatever follows in the
mail, and of a long one the end, where the point often stands, is read by nobody.

Source: https://www.emailonacid.com/blog/article/email-marketing/preview-vs-preheader-text-how-long-should-preheader-text-be/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Newsletter
from campaigner.model.finding import Severity

SEVERITY = Severity.NOTE
BAD = Example(of="front matter", text='newsletter: {preheader: "Four things."}')
GOOD = Example(of="front matter", text='newsletter: {preheader: "Four things to see before you open it."}')


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that it is too short, or too long."""
    limits = mail.article.settings.check.limits
    line = mail.inbox_lines[-1]
    length = len(line.text)
    if 0 < length < limits.preheader_least:
        yield Problem(
            message=f"the preheader has {length} characters, fewer than {limits.preheader_least}",
            hint="Add what the subject line leaves open",
            at=line.key,
        )
    elif length > limits.preheader:
        yield Problem(
            message=f"the preheader has {length} characters, more than {limits.preheader}",
            hint="Say the point in its first 90 characters"
            + (", with newsletter: {preheader: …}" if isinstance(mail, Newsletter) else ""),
            at=line.key,
        )
