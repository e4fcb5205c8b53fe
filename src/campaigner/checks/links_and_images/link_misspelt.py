"""The beginning of a link is spelt as it must be.

With "htps://", "https:/" or "www." in front, a browser looks for a page of that name on your own site.

Source: https://www.rfc-editor.org/rfc/rfc3986#section-3.1
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.subjects import Mail, Page

SEVERITY = Severity.ERROR
BAD = Example(of="page", text='<p><a href="htps://register.glass-letter.example/">The glass register</a></p>')
GOOD = Example(
    of="page", text='<p><a href="https://register.glass-letter.example/">The glass register</a></p>'
)

#: a word that is nearly https, and http with a slip in what follows it
NEARLY = re.compile(
    r"(?!https?:)(?:h?t{1,4}p{1,3}s{0,2}|hhtps?|htpps?|hptts?|httsp?)[:;]/{0,3}", re.IGNORECASE
)
SLIP = re.compile(r"https?(?:[:;]?/[^/]|:(?!//)|[;.,]//|//|:///)", re.IGNORECASE)
BARE = re.compile(r"(?:\.{0,2}/)*www\.[\w-]+\.\w", re.IGNORECASE)
#: in a mail, where a link within the site is whole already
ON_THE_SITE = re.compile(r"https?://[^/]+/(?:[^?#]*/)?(www\.[\w-]+\.\w|https?/)", re.IGNORECASE)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link whose beginning has a slip."""
    for link in one.links:
        href = link.href
        if NEARLY.match(href) or SLIP.match(href) or BARE.match(href) or _is_bare_in_mail(one, href):
            yield Problem(
                message=f'the link "{link.words[:60]}" has a misspelt beginning: {href[:60]}',
                hint="Begin it with https://",
                at=link.element,
            )


def _is_bare_in_mail(one: Page | Mail, href: str) -> bool:
    return isinstance(one, Mail) and href.startswith(one.article.base_url) and bool(ON_THE_SITE.match(href))
