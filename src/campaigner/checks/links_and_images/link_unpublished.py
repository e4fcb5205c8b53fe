"""No link leads to where only you can look.

A draft's preview, the staging site or the editor of a document opens for who is logged in; readers get a refusal.

Source: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.4
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="article", text="\n\nMore in [the register](https://staging.glass-letter.example/register/)."
)
GOOD = Example(
    of="article", text="\n\nMore in [the register](https://glass-letter.example.org/staging-a-play/)."
)

HOST = re.compile(
    r"(?:staging|stage|dev|preview|intranet|admin)[.-].+|.+\.(?:local|lan|internal|intranet|corp|home\.arpa)"
)
PATH = re.compile(
    r"/wp-admin/|[?&]preview(?:_id)?=|//docs\.google\.com/\w+/d/[^/]+/edit|//(?:www\.)?dropbox\.com/home"
    r"|//mail\.google\.com/|//(?:www\.)?canva\.com/design/[^/]+/[^/]+/edit|//outlook\.(?:office|live)\.com/mail",
    re.IGNORECASE,
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link that readers cannot follow."""
    own = one.article.base_url
    for link in one.sound_links:
        if not link.href.lower().startswith("http") or link.url.startswith(own):
            continue
        if HOST.fullmatch(link.host) or PATH.search(link.url):
            yield Problem(
                message=f'the link "{link.words[:60]}" leads to {link.written[:80]}, where only you can look',
                hint="Lead it to the page that everybody sees",
                at=link.element,
            )
