"""A link leads to the web, to an address for mail or to a telephone.

Mail programs take `javascript:` and `data:` for an attack and the mail with it for spam; `file:` leads to the disk of
who wrote it. An article is let `https:`, `http:`, `mailto:` and `tel:`: any other link in it, such as `sms:` or one
with a slip in its `https:`, is taken out, and its words lead nowhere. So is one whose host no browser can read, such
as `https://[fe80::1%25eth0]/`.

Source: https://www.rfc-editor.org/rfc/rfc3986#section-7
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.lost_links import LostLink
from campaigner.checks.slips import Slip, refused_scheme
from campaigner.checks.spots import Passage, Spot
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<p><a href="javascript:window.print()">Print this page</a></p>')
GOOD = Example(of="page", text='<p><a href="sms:+441632960961">Write us a message</a></p>')


def check(one: Article | Page | Mail) -> Iterator[Problem]:
    """Yield each link of a kind that no inbox or no article is let: as it was written, or as a template shows it."""
    if isinstance(one, Article):
        for lost in one.lost_links:
            at = Passage(start=lost.start, end=lost.end)
            yield _problem(lost.words, lost.scheme, at) if lost.scheme else _of_host(lost, at)
        return
    told = {lost.href for lost in one.article.lost_links}
    for link in one.links:
        if link.slip is Slip.SCHEME and link.href not in told:
            yield _problem(link.words, refused_scheme(link.href), link.element)


def _of_host(lost: LostLink, at: Passage) -> Problem:
    return Problem(
        message=f'the link "{lost.words[:60]}" leads to {lost.href[:80]}, which no browser can open',
        hint="Write the name of the site as a browser shows it, such as https://www.example.com/",
        at=at,
    )


def _problem(words: str, scheme: str, at: Spot) -> Problem:
    return Problem(
        message=f'the link "{words[:60]}" begins with {scheme}:',
        hint="Lead it to an https:// address, or take it out",
        at=at,
    )
