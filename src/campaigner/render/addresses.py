"""Addresses of the site: which page is where, and how one page links to another."""

import posixpath
import re
import unicodedata
from functools import lru_cache
from itertools import takewhile
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from campaigner.model.settings import Utm

#: folders and files of the site that belong to no campaign
ASSETS = "assets/"
HOME = ""
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NOT_FOUND = "404.html"
PRIVACY = "privacy/"
INDEX = "index.html"
#: characters of a path that need no percent sign (RFC 3986 section 3.3), and those escaped already
UNQUOTED = "/%~!$&'()*+,;=:@.-_"
LONGEST_NAME = 40
EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


def post(slug: str) -> str:
    """Where a campaign's blog post is, in the site."""
    return f"{slug}/"


def landing(slug: str) -> str:
    """Where a campaign's sign-up page is."""
    return f"{slug}/join/"


def thanks(slug: str) -> str:
    """Where the form leads."""
    return f"{slug}/join/thanks/"


def confirmed(slug: str) -> str:
    """Where a confirmed sign-up leads."""
    return f"{slug}/join/confirmed/"


def web_version(slug: str) -> str:
    """Where the newsletter can be read in a browser."""
    return f"{slug}/newsletter/"


def tag(name: str, number: int = 1) -> str:
    """Where the pages of a tag are."""
    return paged(f"tags/{name}/", number)


def paged(first: str, number: int) -> str:
    """Where the page of a listing with this number is, from 1."""
    return first if number == 1 else f"{first}page/{number}/"


def file_of(page: str) -> str:
    """The file below output/ that answers for a page of the site."""
    return f"site/{page}{INDEX}" if not page or page.endswith("/") else f"site/{page}"


def safe_name(stem: str) -> str:
    """Give a file's name as it is safe in any address and in CSS: small ASCII letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-")


@lru_cache(maxsize=4096)
def relative(target: str, page: str) -> str:
    """The address of `target` as written on `page`; both in the site. May have ?query and #fragment.

    A page that stands elsewhere is given as the site's root as it is seen from there: `/` and on, or a whole
    address, that ends in /.
    """
    if page.startswith(("/", "http://", "https://")):
        return absolute(page, target)
    path, suffix = _cut(target)
    *there, name = path.split("/")
    here = page.split("/")[:-1]
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False)))
    written = "../" * (len(here) - shared) + "/".join((*there[shared:], name))
    return quote(written or "./", safe=UNQUOTED) + suffix


def absolute(base_url: str, target: str) -> str:
    """The whole address of `target`, a place in the site; `base_url` ends in /."""
    path, suffix = _cut(target)
    return base_url + quote(path, safe=UNQUOTED) + suffix


def is_external(link: str) -> bool:
    """Whether a link leaves the site: it has a scheme (RFC 3986 section 3.1) or a host."""
    return bool(EXTERNAL.match(link))


def in_site(link: str, page: str) -> str:
    """Where a link written on `page` leads in the site; it has no scheme.

    `/privacy/` counts from the site's root wherever the site stands; one that would leave the site
    ends at its root.
    """
    path, suffix = _cut(link)
    if not path:
        return page + suffix
    joined = posixpath.normpath(posixpath.join(f"/{posixpath.dirname(page + 'x')}", path))
    if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
        joined = joined.rstrip("/") + "/"
    return joined.lstrip("/") + suffix


def _cut(link: str) -> tuple[str, str]:
    """A link's path, and its query and fragment."""
    end = min((found for found in (link.find("?"), link.find("#")) if found >= 0), default=len(link))
    return link[:end], link[end:]


def with_utm(url: str, utm: Utm, slug: str) -> str:
    """Give an http address the parameters that say where a click came from; its own ones stay."""
    if not utm.enabled or not url.startswith(("http://", "https://")):
        return url
    parts = urlsplit(url)
    written = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    wanted = {
        "utm_source": utm.source,
        "utm_medium": utm.medium,
        "utm_campaign": utm.campaign or slug,
        "utm_content": utm.content,
        "utm_term": utm.term,
    }
    added = urlencode({name: value for name, value in wanted.items() if value and name not in written})
    query = "&".join(part for part in (parts.query, added) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))
