"""The links of a mail say on which site they lead.

A mail stands on no page: "/offers/" leads nowhere from an inbox.

Source: https://www.rfc-editor.org/rfc/rfc3986#section-5.1
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.slips import Slip
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="mail", text='<p><a href="/privacy/" style="color:#1c1b19">How we keep it</a></p>')
GOOD = Example(
    of="mail",
    text='<p><a href="https://glass-letter.example/privacy/" style="color:#1c1b19">How we keep it</a></p>',
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each link without a site."""
    for link in mail.links:
        if link.slip is Slip.RELATIVE:
            yield Problem(
                message=f'the link "{link.words[:60]}" leads to "{link.href[:60]}", which no mail program finds',
                hint="Write the whole address, from https:// on",
                at=link.element,
            )
