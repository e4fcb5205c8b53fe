"""Notes of each page what the site must know, so that no page is kept for it."""

import re
from collections.abc import Iterable, Iterator
from typing import cast
from urllib.parse import unquote, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from campaigner.checks.links import Link
from campaigner.checks.slips import NOWHERE
from campaigner.checks.subjects import Mail, Page
from campaigner.checks.whole_site import Facts, SiteLink
from campaigner.content.cards import alias_path
from campaigner.model.finding import Output
from campaigner.render import addresses
from campaigner.render.addresses import in_site, is_external

#: an id or a name as it stands in the source
ANCHOR = re.compile(r"""\s(?:id|name)=(?:"([^"]*)"|'([^']*)'|([^\s"'>]*))""", re.IGNORECASE)

NAMES = XPath("//a/@name", smart_strings=False)
#: scheme and host of an address, in which capitals are as good as small letters (RFC 3986 section 6.2.2.1)
HOST = re.compile(r"(?:https?:)?//[^/?#]*", re.IGNORECASE)


def facts_of(one: Page | Mail, *, base_url: str) -> Facts:
    """Give what the site must know about a page or a mail; `base_url` ends in /."""
    campaign, tree, links = one.article.campaign, one.tree, [link for link in one.links if not link.slip]
    address = one.address if isinstance(one, Page) else ""
    return Facts(
        campaign=campaign.slug,
        path=campaign.path,
        output=one.output,
        address=address,
        title=tree.findtext(".//title", "").strip(),
        description=_meta(tree, "description"),
        is_listed="noindex" not in _meta(tree, "robots"),
        anchors=_anchors(one),
        links=tuple(_inner(links, address, base_url, is_mail=isinstance(one, Mail))),
        external=tuple(dict.fromkeys(_outer(links, base_url))),
        aliases=tuple(map(alias_path, campaign.front_matter.aliases)) if one.output is Output.POST else (),
    )


def _anchors(one: Page | Mail) -> frozenset[str]:
    """What a link to it may name behind its #; of one that is cut also what only looks like it."""
    if one.is_cut:
        return frozenset(found[1] or found[2] or found[3] for found in ANCHOR.finditer(one.html))
    return frozenset((*one.ids, *cast("list[str]", NAMES(one.tree))))


def _meta(tree: HtmlElement, name: str) -> str:
    return next((one.get("content", "") for one in tree.iter("meta") if one.get("name") == name), "")


def _inner(links: Iterable[Link], address: str, base_url: str, *, is_mail: bool) -> Iterator[SiteLink]:
    for link in links:
        inside = _inside(link.href, address, base_url, is_mail=is_mail)
        if inside is None:
            continue
        target, _, fragment = inside.partition("#")
        target = unquote(target.partition("?")[0])
        if not target.startswith(addresses.ASSETS):
            yield SiteLink(
                written=link.href,
                words=link.words,
                target=target.removesuffix(addresses.INDEX),
                fragment=unquote(fragment),
            )


def _outer(links: Iterable[Link], base_url: str) -> Iterator[str]:
    for link in links:
        if link.scheme in ("https", "http") and not _whole(link.href, base_url).startswith(
            (base_url, NOWHERE)
        ):
            yield link.href


def _inside(written: str, address: str, base_url: str, *, is_mail: bool) -> str | None:
    """Where a link leads in the site; None where it leads elsewhere."""
    if not written:
        return None
    whole = _whole(written, base_url)
    if whole.startswith(base_url):
        return whole.removeprefix(base_url)
    if is_external(written) or (is_mail and not written.startswith("#")):
        return None
    if written.startswith("/"):  # from the root of the host, wherever the site stands there
        root = urlsplit(base_url).path
        return written.removeprefix(root) if written.startswith(root) else None
    return in_site(written, address)


def _whole(written: str, base_url: str) -> str:
    """An address with scheme and host in small letters; one that begins with its host has the site's scheme."""
    if "//" not in written or not HOST.match(written):
        return written
    scheme = f"{urlsplit(base_url).scheme}:" if written.startswith("//") else ""
    return scheme + HOST.sub(lambda found: found[0].lower(), written, count=1)
