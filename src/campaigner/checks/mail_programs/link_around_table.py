"""No link holds a table.

Outlook makes nothing in such a table clickable, and several webmails end the link where the table begins. Links
belong into the cells, around text and pictures.

Source: https://github.com/mjmlio/mjml/pull/663
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail",
    text='<a href="https://glass-letter.example/privacy/">'
    '<table role="presentation"><tr><td>See it</td></tr></table></a>',
)
GOOD = Example(
    of="mail",
    text='<table role="presentation"><tr><td>'
    '<a href="https://glass-letter.example/privacy/">See it</a></td></tr></table>',
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each link with a table in it."""
    for link in mail.links_around_tables:
        yield Problem(
            message="a link is put around a table, and Outlook makes nothing in it clickable",
            hint="Put the link into the cells, around their text or picture",
            at=link,
        )
