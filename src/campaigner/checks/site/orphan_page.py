"""Some page of the site leads to every page that search engines may list.

Who browses comes to a page by a link, and so does a search engine; a page without one is found by whoever has its
address already. A campaign that has ended leaves home, tags, feed and sitemap, and its pages stay: where no other
campaign leads to its post nobody comes there any more. Its own sign-up page and newsletter do not count for the
post, and the thanks pages of a form are not meant to be found. Looked at only with all campaigns together.

Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable
"""

from collections import defaultdict
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Words
from campaigner.checks.whole_site import Facts, Site
from campaigner.model.finding import Output, Severity
from campaigner.model.front_matter import ALIASES
from campaigner.render import addresses
from campaigner.render.addresses import in_site, is_external

SEVERITY = Severity.NOTE
BAD = Example(of="front matter", text="expiry_date: 2026-11-24  # and no other article links to it")
GOOD = Example(of="front matter", text="expiry_date: 2027-11-24")
#: how an article says when it ends
ENDS = tuple(f"{key}:" for key in ("expiry_date", *(key for key in ALIASES if ALIASES[key] == "expiry_date")))


def check(site: Site) -> Iterator[Problem]:
    """Yield each post and landing page that nothing leads to."""
    if site.listed is None:  # campaigns that nobody looked at may lead to those that are there
        return
    leading = _leading(site)
    for page in site.pages:
        if not page.is_listed:
            continue
        has_ended = addresses.post(page.campaign) not in site.listed
        # there may be thousands: the first that counts is enough
        if page.output is Output.LANDING and not has_ended:
            is_found = any(one is None or one.address != page.address for one in leading[page.address])
            yield from () if is_found else (_landing(page),)
        if page.output is Output.POST and has_ended:
            is_found = any(one is None or one.campaign != page.campaign for one in leading[page.address])
            yield from () if is_found else (_ended(page),)


def _ended(page: Facts) -> Problem:
    return Problem(
        message="the campaign has ended, and no other page of the site leads to the blog post",
        hint="Link to it from a newer article, or take it away and name its address in the `aliases` of a newer one",
        at=Words(path=page.path, texts=(*ENDS, "title:")),
        page=page,
    )


def _landing(page: Facts) -> Problem:
    return Problem(
        message="no page and no mail of the site leads to the landing page",
        hint="Link to join/ from the article, or have its template show the invitation again",
        at=Words(path=page.path, texts=("landing:", "title:")),
        page=page,
    )


def _leading(site: Site) -> dict[str, list[Facts | None]]:
    """What leads to each address, by itself or by an earlier one; None stands for the navigation."""
    leading: dict[str, list[Facts | None]] = defaultdict(list)
    for entry in site.settings.navigation:
        if not is_external(entry.url):
            target = in_site(entry.url, addresses.HOME)
            leading[target.partition("#")[0].partition("?")[0]].append(None)
    for page in site.pages:
        for link in page.links:
            leading[link.target].append(page)
    for page in site.pages:
        for alias in page.aliases:
            leading[page.address] += leading[alias]
    return leading
