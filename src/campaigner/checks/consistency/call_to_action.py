"""The call to action leads to this campaign's own sign-up page.

The newsletter's button is what the mail was sent for. Where the campaign has a sign-up page, a button that leads
elsewhere, or to the sign-up page of another campaign, loses those who were convinced by this one. A button that
leads to the article will do where another link of the mail leads to the sign-up page.

Source: https://www.nngroup.com/articles/information-scent/
"""

from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

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
#: class of the button in the theme's mail
BUTTON = "button-link"


def check(trio: Trio) -> Iterator[Problem]:
    """Yield a mail's button that leads elsewhere, and links to sign-up pages of other campaigns."""
    meant, address = trio.article.campaign.front_matter, trio.landing.address
    if meant.landing != Landing() and not any(path.endswith(f"/{address}") for path in _calls(trio)):
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


def _calls(trio: Trio) -> list[str]:
    """Paths of what the mail's button leads to; of all its links where it leads to the article, or nobody knows."""
    links, post = _links(trio.mail), f"/{trio.post.address}"
    meant = trio.article.campaign.front_matter.newsletter.cta
    if meant and meant.url:
        paths = [unquote(_split(urljoin(post, meant.url)).path)]
    else:
        paths = [_path(link) for link in links if BUTTON in (link.get("class") or "").split()]
    is_of_article = any(path.endswith(post) for path in paths)
    return [_path(link) for link in links] if is_of_article or not paths else paths


def _links(one: Page | Mail) -> list[HtmlElement]:
    return [link for link in one.tree.iter("a") if link.get("href")]


def _path(link: HtmlElement) -> str:
    return unquote(_parts(link).path)


def _parts(link: HtmlElement) -> SplitResult:
    return _split(link.get("href") or "")


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        return NOWHERE
