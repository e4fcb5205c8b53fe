"""A page's title is short enough to be read in search results.

Google names no limit, but cuts titles to the width of the device, which is after about 60 characters. What matters
stands in front.

Source: https://developers.google.com/search/docs/appearance/title-link
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.head import is_listed
from campaigner.checks.spots import Key, Setting
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity
from campaigner.render import addresses

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='title: "How to look at a glass vial before you open it, and what to do when something is missing"',
)
GOOD = Example(of="front matter", text='title: "What to look at before you open a vial"')
KEYS = {Output.POST: "title", Output.LANDING: "landing.headline", Output.LISTING: "site.name"}


def check(page: Page) -> Iterator[Problem]:
    """Yield a title that is too long."""
    most = page.article.settings.check.limits.title
    title = " ".join((page.tree.findtext("head/title") or "").split())
    if _is_titled(page) and len(title) > most and is_listed(page) and not _is_long_headline(page, title):
        yield Problem(
            message=f"the title has {len(title)} characters, more than {most}",
            hint="Say what it is about in fewer words",
            at=_spot(page),
        )


def _is_long_headline(page: Page, title: str) -> bool:
    """Whether it is a headline that is told to be too long for the page itself."""
    limits = page.article.settings.check.limits
    return page.output is Output.LANDING and len(title) > limits.headline and title == page.headline


def _is_titled(page: Page) -> bool:
    """Whether somebody wrote its title; that of a tag's page is put together, of the site's name too."""
    return page.output in KEYS and (page.output is not Output.LISTING or page.address == addresses.HOME)


def _spot(page: Page) -> Key | Setting:
    key = KEYS[page.output]
    if page.output is Output.LISTING:
        return Setting(path=key)
    return Key(path=key if page.article.campaign.front_matter.landing.headline else "title")
