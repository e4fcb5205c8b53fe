"""No link waits for its address.

"#", "TODO", localhost and example.com are written until the right address is known. Sent, they lead nowhere.

Source: https://www.rfc-editor.org/rfc/rfc2606
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.links import Link
from campaigner.checks.subjects import NOWHERE, Mail, Page

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="\n\nMore in [the glass register](http://localhost:8000/register).")
GOOD = Example(of="article", text="\n\nMore in [the glass register](https://register.glass-letter.example/).")

#: names that belong to nobody (RFC 2606 and RFC 6761)
RESERVED = re.compile(r"(?:.*\.)?(?:example\.(?:com|org|net)|example|test|invalid)")
MADE_UP = re.compile(
    r"(?:www\.)?(?:your-?(?:domain|site|website|company|url)|my-?domain|domain|yoursite|website|link|url|todo|tbd|xxx+"
    r"|ihre-?(?:domain|webseite|website)|deine-?(?:domain|webseite|website)|beispiel|musterfirma)"
    r"(?:\.(?:com|org|net|de|co\.uk|tld|io))?"
)
LOCAL = re.compile(r"localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|.*\.localhost")
WORD = re.compile(
    r"(?:/?(?:\./)?)?(?:todo|tbd|tba|xxx+|link|url|insert[-_ ]?(?:link|url)?|placeholder|platzhalter)/?",
    re.IGNORECASE,
)
HOLLOW = re.compile(r"(?:https?:/{0,2}|mailto:|tel:)?|[#?]")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link that has no address yet."""
    own = one.article.base_url.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    is_tried_out = bool(RESERVED.fullmatch(own))
    for link in one.links:
        if _is_open(link, own, is_tried_out=is_tried_out):
            yield Problem(
                message=f'the link "{link.words[:60]}" leads to "{link.href[:60]}", which is no address yet',
                hint="Write the address that is meant, or take the link out",
                at=link.element,
            )


def _is_open(link: Link, own: str, *, is_tried_out: bool) -> bool:
    href = link.href
    if HOLLOW.fullmatch(href) or WORD.fullmatch(href):
        return True
    if href.startswith(NOWHERE) or not href[:8].lower().startswith(("http://", "https://", "//")):
        return False
    if LOCAL.fullmatch(link.host) or MADE_UP.fullmatch(link.host):
        return True
    # a site on such a name itself is being tried out
    return not is_tried_out and link.host != own and bool(RESERVED.fullmatch(link.host))
