"""The links of a page or mail: what they say, and where they lead."""

import re
from functools import cached_property
from itertools import islice
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml.html import HtmlElement

from campaigner.checks.names import name_of
from campaigner.checks.slips import Slip, slip_of
from campaigner.value import Value

#: links looked at; no page has so many
MOST = 5_000
#: what an address joined to another remains: it has scheme and host, and no part of it is empty
WHOLE = re.compile(r"https?://[\w.-]+(?:/[!$-:<->@-~]*)?(?:\?[!$-:<-~]+)?(?:#[!$-:<-~]+)?", re.ASCII)
#: what is no address at all
NOWHERE = SplitResult("", "", "", "", "")


class Link(Value):
    """An `<a>` or `<area>` that leads somewhere."""

    element: HtmlElement
    #: as it is written, without blanks around it
    href: str
    #: of what it stands on
    base: str
    #: what keeps its address from being one, and is another check's to tell
    slip: Slip | None

    @cached_property
    def words(self) -> str:
        """What it is called."""
        return name_of(self.element)

    @property
    def written(self) -> str:
        """Where it leads, without the utm parameters that mails add: as the article has it, mostly."""
        return self.href.partition("?utm_")[0].partition("&utm_")[0]

    @property
    def scheme(self) -> str:
        """What stands before the colon, "mailto"; empty for an address within the site."""
        scheme, colon, _ = self.href.partition(":")
        return scheme.lower() if colon and scheme.replace("+", "").replace("-", "").isalnum() else ""

    @cached_property
    def url(self) -> str:
        """The whole address."""
        return joined(self.base, self.href)

    @cached_property
    def parts(self) -> SplitResult:
        """The parts of the whole address; all of them empty where it is none."""
        try:
            return urlsplit(self.url)
        except ValueError:
            return NOWHERE

    @property
    def host(self) -> str:
        """Whose address it is, in small letters; empty for mailto: and the like."""
        return self.parts.hostname or ""

    @property
    def is_web(self) -> bool:
        """Whether a browser opens it."""
        return self.parts.scheme in ("http", "https")


def joined(base: str, address: str) -> str:
    """The whole of an address that stands on `base`; one that is none is given as it is written."""
    if WHOLE.fullmatch(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:  # brackets that hold no IPv6 address
        return address


def links_of(tree: HtmlElement, base: str, *, base_url: str, in_mail: bool) -> tuple[Link, ...]:
    """Give all links, in reading order; `base` is the address of what they stand on, `base_url` the site's."""
    return tuple(
        Link(
            element=element,
            href=(written := href.strip()),
            base=base,
            slip=slip_of(written, base_url, in_mail=in_mail),
        )
        for element in islice(tree.iter("a", "area"), MOST)
        if (href := element.get("href")) is not None
    )
