"""A page names its one right address, in full and with https.

The same page is reached with and without tracking parameters and in several folders. The canonical address says
which one counts; one that is relative, doubled or without https says it badly, and the search engine chooses itself.

Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from campaigner.checks.check import Example, Problem
from campaigner.checks.head import links
from campaigner.checks.links import NOWHERE
from campaigner.checks.spots import Key, Lacking, Setting, Spot
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="page", text='<link rel="canonical" href="/join/">', instead_of=r'<link rel="canonical"[^>]*>'
)
GOOD = Example(of="front matter", text="canonical_url: https://elsewhere.example/vials/")
PAGES = (Output.POST, Output.LANDING, Output.LISTING)
LINK = Lacking(signs=('rel="canonical"',))


def check(page: Page) -> Iterator[Problem]:
    """Yield what is wrong with the canonical address."""
    if page.output not in PAGES:
        return
    addresses = [link.get("href") or "" for link in links(page, "canonical")]
    if len(addresses) != 1:
        many = "no canonical address" if not addresses else f"{len(addresses)} canonical addresses"
        hint = 'Put <link rel="canonical" href="…"> into the head once'
        yield Problem(message=f"the {page.output.value} has {many}", hint=hint, at=LINK)
        return
    (address,) = addresses
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address
        parts = NOWHERE
    if parts.scheme != "https" or not parts.netloc:
        yield Problem(
            message=f'the canonical address "{address}" of the {page.output.value} is not a whole address with https',
            hint="Write the whole address, https://…",
            at=_spot(page, address),
        )


def _spot(page: Page, address: str) -> Spot:
    if address == page.article.campaign.front_matter.canonical_url:
        return Key(path="canonical_url")
    return Setting(path="site.url") if address.startswith(page.article.settings.site.url) else LINK
