"""The mail begins with its preheader.

Inboxes show the first words of a mail behind its subject. Where the mail does not begin with the words that were
written for that, they show what comes first: "View in browser", or a picture's address.

Source: https://www.litmus.com/blog/the-ultimate-guide-to-preview-text-support
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text="", instead_of='<div class="preheader".*?</div>')
GOOD = Example(of="mail", text="<p>And so it ends.</p>")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that it does not."""
    preheader = " ".join(mail.preheader.split())
    if not preheader or not mail.words.startswith(preheader):
        yield Problem(
            message="the mail does not begin with its preheader, so inboxes show whatever stands first",
            hint="Put {{ page.preheader }} into a hidden element at the beginning of the mail's body",
            at=Lacking(signs=("page.preheader", "<body")),
        )
