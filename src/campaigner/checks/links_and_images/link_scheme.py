"""A link leads to the web, to an address for mail or to a telephone.

Mail programs take `javascript:` and `data:` for an attack and the mail with it for spam; `file:` leads to the disk of
who wrote it.

Source: https://www.rfc-editor.org/rfc/rfc3986#section-7
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.slips import Slip, refused_scheme
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<p><a href="javascript:window.print()">Print this page</a></p>')
GOOD = Example(of="page", text='<p><a href="sms:+441632960961">Write us a message</a></p>')


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link of a kind that no inbox lets through."""
    for link in one.links:
        if link.slip is Slip.SCHEME:
            yield Problem(
                message=f'the link "{link.words[:60]}" begins with {refused_scheme(link.href)}:',
                hint="Lead it to an https:// address, or take it out",
                at=link.element,
            )
