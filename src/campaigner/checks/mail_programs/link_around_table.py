"""No link holds a table.

Outlook makes nothing in such a table clickable, and several webmails end the link where the table begins. Links
belong into the cells, around text and pictures.

Source: https://github.com/mjmlio/mjml/pull/663
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.subjects import Mail

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail", text='<a href="/glass-vials/"><table role="presentation"><tr><td>See it</td></tr></table></a>'
)
GOOD = Example(
    of="mail", text='<table role="presentation"><tr><td><a href="/glass-vials/">See it</a></td></tr></table>'
)
#: looked for in the source, since parsers end the link too
TAG = re.compile(r"<!--(?!\[if)|<(/?)(a|table)(?=[\s>])", re.IGNORECASE)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each link with a table in it."""
    number, is_open = -1, False
    for is_end, name in _tags(mail.beginning):
        if name == "a":
            is_open = not is_end
            number += not is_end
        elif name == "table" and is_open and not is_end:
            is_open = False
            yield Problem(
                message="a link is put around a table, and Outlook makes nothing in it clickable",
                hint="Put the link into the cells, around their text or picture",
                at=mail.anchors[number] if number < len(mail.anchors) else None,
            )


def _tags(html: str) -> Iterator[tuple[bool, str]]:
    """Links and tables as they stand in the source, each with whether it ends there; none of comments."""
    place = 0
    while found := TAG.search(html, place):
        place = found.end()
        if found[2]:
            yield bool(found[1]), found[2].lower()
        else:
            place = html.find("-->", place)
            if place < 0:
                return
