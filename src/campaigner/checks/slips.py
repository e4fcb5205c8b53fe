"""What keeps a link's address from being one, so that nothing else need be said of it.

An address that waits to be written, or that has a slip in it, leads nowhere. Each such slip is told by one check,
and by the first where there are several; all other checks of links leave the address alone, since whoever writes
the right one mends what they would say too.
"""

import re
from enum import StrEnum
from functools import lru_cache

from campaigner.checks.hosts import host_of

#: where a mail's links to unsubscribe and to preferences lead: it is only looked at
NOWHERE = "https://nowhere.invalid/"

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
HOLLOW = re.compile(r"(?:https?:/{0,2}|mailto:|tel:)?|[#?]", re.IGNORECASE)

REFUSED = frozenset(
    {"javascript", "vbscript", "data", "file", "blob", "about", "ftp", "chrome", "ms-appx", "view-source"}
)
#: characters that a scheme is looked for in
LONGEST_SCHEME = 40

#: an address within an address follows a sign that lets it
GLUED = re.compile(r"[^/=?&:#|%]https?://|https?://https?(?::|%3a|//)|[,;]https?%3A", re.IGNORECASE)
MAIL_TWICE = re.compile(r"mailto:.*mailto:|https?://mailto:|mailto:https?:", re.IGNORECASE)

#: a word that is nearly https, and http with a slip in what follows it
NEARLY = re.compile(
    r"(?!https?:)(?:h?t{1,4}p{1,3}s{0,2}|hhtps?|htpps?|hptts?|httsp?)[:;]/{0,3}", re.IGNORECASE
)
CROOKED = re.compile(r"https?(?:[:;]?/[^/]|:(?!//)|[;.,]//|//|:///)", re.IGNORECASE)
BARE = re.compile(r"(?:\.{0,2}/)*www\.[\w-]+\.\w", re.IGNORECASE)
#: in a mail, where a link within the site is whole already
ON_THE_SITE = re.compile(r"https?://[^/]+/(?:[^?#]*/)?(www\.[\w-]+\.\w|https?/)", re.IGNORECASE)


class Slip(StrEnum):
    """What is wrong with an address, called as the check that tells it."""

    PLACEHOLDER = "link-placeholder"
    SCHEME = "link-scheme"
    GLUED = "link-glued"
    MISSPELT = "link-misspelt"
    RELATIVE = "link-relative"


@lru_cache(maxsize=4096)
def slip_of(href: str, base_url: str, *, in_mail: bool = False) -> Slip | None:
    """Give what is wrong with the address of a link; `base_url` is the site's own."""
    if _is_open(href, base_url):
        return Slip.PLACEHOLDER
    if refused_scheme(href):
        return Slip.SCHEME
    if GLUED.search(href) or MAIL_TWICE.match(href):
        return Slip.GLUED
    is_bare_in_mail = in_mail and href.startswith(base_url) and ON_THE_SITE.match(href)
    if NEARLY.match(href) or CROOKED.match(href) or BARE.match(href) or is_bare_in_mail:
        return Slip.MISSPELT
    # a place within the mail needs no site
    if in_mail and href[0] != "#" and ":" not in href.partition("/")[0]:
        return Slip.RELATIVE
    return None


def refused_scheme(href: str) -> str:
    """The scheme of an address that no inbox lets through; empty for all others."""
    # browsers pass over blanks within such a word
    scheme, colon, _ = "".join(href[:LONGEST_SCHEME].split()).partition(":")
    return scheme.lower() if colon and scheme.lower() in REFUSED else ""


def _is_open(href: str, base_url: str) -> bool:
    if HOLLOW.fullmatch(href) or WORD.fullmatch(href):
        return True
    if href.startswith(NOWHERE) or not href[:8].lower().startswith(("http://", "https://", "//")):
        return False
    host, own = host_of(href), host_of(base_url)
    if LOCAL.fullmatch(host) or MADE_UP.fullmatch(host):
        return True
    # a site on such a name itself is being tried out
    return host != own and bool(RESERVED.fullmatch(host)) and not RESERVED.fullmatch(own)
