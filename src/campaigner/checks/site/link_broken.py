"""Every link to a page of the site leads to one.

A reader who follows a link into nothing does not come back, and a link in a mail that was sent can never be
mended.

Source: https://www.w3.org/Provider/Style/URI
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Setting, Words
from campaigner.checks.whereabouts import as_quoted, place_of
from campaigner.checks.whole_site import Facts, Site
from campaigner.errors import FILES_ALIKE, nearest
from campaigner.model.finding import Severity
from campaigner.render import addresses
from campaigner.render.addresses import in_site, is_external

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="There is more in [our letters](/letters/).")
GOOD = Example(of="article", text="There is more on [our first page](/).")


def check(site: Site) -> Iterator[Problem]:
    """Yield each link, of pages, mails and settings, that leads to no page of the site."""
    settings = {*_privacy(site)}
    for number, entry in enumerate(site.settings.navigation):
        if not is_external(entry.url) and not entry.url.startswith("#"):
            target = in_site(entry.url, addresses.HOME).partition("#")[0].partition("?")[0]
            settings.add(target)
            if target not in site.places:
                yield _problem(site, entry.url, target, Setting(path=f"navigation.{number}"))
    told = set()
    for page in site.pages:
        for link in page.links:
            known = (page.path, link.target)
            if link.target in site.places or link.target in settings or known in told:
                continue
            told.add(known)
            quoted = as_quoted(link)
            at = place_of(page, link)
            yield (
                _quoted(quoted, at, page)
                if quoted
                else _problem(site, f"/{link.target}", link.target, at, page)
            )


def _privacy(site: Site) -> Iterator[str]:
    """The place of a privacy page that the settings say is in the site, though nothing here makes it."""
    address, base_url = site.settings.site.privacy, f"{site.settings.site.url.rstrip('/')}/"
    if address.startswith(base_url):
        yield address.removeprefix(base_url)


def _quoted(written: str, at: Words, page: Facts) -> Problem:
    return Problem(
        message=f"the link to {written[:80]} leads to no page of the site: its address is quoted",
        hint="Take the quotation marks off the address",
        at=at,
        page=page,
    )


def _problem(
    site: Site, written: str, target: str, at: Words | Setting, page: Facts | None = None
) -> Problem:
    near = nearest(target, (place for place in site.places if place), alike=FILES_ALIKE)
    return Problem(
        message=f'the link to "{written}" leads to no page of the site',
        hint=near if near.startswith("Did") else "Correct the address, or write the page",
        at=at,
        page=page,
    )
