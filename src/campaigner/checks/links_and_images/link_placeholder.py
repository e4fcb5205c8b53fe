"""No link waits for its address.

"#", "TODO", localhost and example.com are written until the right address is known. Sent, they lead nowhere.
Nor does a link of an article whose address is in quotation marks, `[Course]("/course/")`: Markdown takes that for its
title.

Source: https://www.rfc-editor.org/rfc/rfc2606
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.slips import Slip
from campaigner.checks.spots import Passage
from campaigner.checks.subjects import Mail, Page
from campaigner.checks.unaddressed_links import UnaddressedLink
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="\n\nMore in [the glass register](http://localhost:8000/register).")
GOOD = Example(of="article", text="\n\nMore in [the glass register](https://register.glass-letter.example/).")


def check(one: Article | Page | Mail) -> Iterator[Problem]:
    """Yield each link that has no address yet, or none that Markdown takes for one."""
    if isinstance(one, Article):
        yield from map(_unaddressed, one.unaddressed_links)
        return
    for link in one.links:
        if link.slip is Slip.PLACEHOLDER:
            yield Problem(
                message=f'the link "{link.words[:60]}" leads to "{link.href[:60]}", which is no address yet',
                hint="Write the address that is meant, or take the link out",
                at=link.element,
            )


def _unaddressed(link: UnaddressedLink) -> Problem:
    at, words = Passage(start=link.start, end=link.end), link.words[:60]
    if link.is_quoted:
        return Problem(
            message=f'the link "{words}" leads nowhere: "{link.quoted[:60]}" is its title, since it is quoted',
            hint="Take the quotation marks off the address",
            at=at,
        )
    return Problem(
        message=f'the link "{words}" leads nowhere, since it has no address',
        hint="Write the address that is meant, or take the link out",
        at=at,
    )
