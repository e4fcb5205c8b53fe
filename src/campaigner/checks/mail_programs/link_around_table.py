"""No link holds a table.

Outlook and several webmails end a link where a table begins in it: nothing in the table can be clicked. Links
belong into the cells, around text and pictures.

Source: https://www.caniemail.com/features/html-table/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.subjects import Mail

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
            message="a link holds a table, in which Outlook makes nothing clickable",
            hint="Put the link into the cells, around their text or picture",
            at=link,
        )
