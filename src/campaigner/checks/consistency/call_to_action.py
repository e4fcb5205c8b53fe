"""The call to action leads to this campaign's own sign-up page.

The newsletter's button is what the mail was sent for. Where the campaign has a sign-up page, a button that leads
elsewhere, or to the sign-up page of another campaign, loses those who were convinced by this one.

Source: https://www.nngroup.com/articles/information-scent/
"""

from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.links import NOWHERE
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Mail, Page, Trio
from campaigner.model.finding import Severity
from campaigner.model.front_matter import Landing

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='newsletter: {cta: {label: "Send me the letters", url: "https://elsewhere.example/letters/"}}',
)
GOOD = Example(of="front matter", text='newsletter: {cta: {label: "Send me the letters"}}')
#: how the address of every sign-up page ends
JOIN = "/join/"


def check(trio: Trio) -> Iterator[Problem]:
    """Yield a mail's button that leads elsewhere, and links to sign-up pages of other campaigns."""
    meant, address = trio.article.campaign.front_matter, trio.landing.address
    if meant.landing != Landing() and not any(
        _path(one).endswith(f"/{address}") for one in _links(trio.mail)
    ):
        yield Problem(
            message="no button of the newsletter leads to this campaign's sign-up page",
            hint="Leave `newsletter.cta.url` out: then the button leads there",
            at=Key(path="newsletter.cta.url"),
        )
    site = urlsplit(trio.article.settings.site.url)
    seen = set()
    for link in (*_links(trio.post), *_links(trio.mail)):
        path, host = _path(link), _parts(link).netloc
        other = path.endswith(JOIN) and not path.endswith(f"/{address}") and path not in ("join/", JOIN)
        # one link has two addresses: the post's is relative
        path = f"/{path.removesuffix(JOIN).rpartition('/')[2]}{JOIN}"
        if other and host in ("", site.netloc) and path not in seen:
            seen.add(path)
            yield Problem(
                message=f"a link leads to another campaign's sign-up page, {path}",
                hint="Write [words](join/) for this campaign's own",
                at=link,
            )


def _links(one: Page | Mail) -> list[HtmlElement]:
    return [link for link in one.tree.iter("a") if link.get("href")]


def _path(link: HtmlElement) -> str:
    return unquote(_parts(link).path)


def _parts(link: HtmlElement) -> SplitResult:
    try:
        return urlsplit(link.get("href") or "")
    except ValueError:  # brackets that hold no IPv6 address
        return NOWHERE
