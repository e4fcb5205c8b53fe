"""A description is as long as search results show it.

Google names no limit, but cuts what it shows to the width of the device, which is after about 160 characters; a
description of a few words says nothing, and it takes a sentence of the page instead. Home has that of the site.

Source: https://developers.google.com/search/docs/appearance/snippet
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key, Setting, Spot
from campaigner.checks.subjects import Page
from campaigner.model.finding import Output, Severity
from campaigner.render import addresses

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='description: "All about vials."')
GOOD = Example(
    of="front matter",
    text='description: "What the glass of a vial tells you before you open it, in four short steps."',
)


def check(one: Article | Page) -> Iterator[Problem]:
    """Yield a description of an article, or on home that of the site, which is too long or too short."""
    if isinstance(one, Article):
        yield from _of(one.campaign.front_matter.description, one, "the description", Key(path="description"))
    elif one.output is Output.LISTING and one.address == addresses.HOME:
        site = one.article.settings.site
        yield from _of(
            site.description, one.article, "the site's description", Setting(path="site.description")
        )


def _of(description: str, article: Article, name: str, at: Spot) -> Iterator[Problem]:
    limits, length = article.settings.check.limits, len(description)
    if length > limits.description:
        message, hint = f"{name} has {length} characters, more than {limits.description}", "Cut it"
        yield Problem(message=message, hint=hint, at=at)
    elif 0 < length < limits.shortest_description:
        message = f"{name} has {length} characters, fewer than {limits.shortest_description}"
        yield Problem(message=message, hint="Say what readers get and why it matters to them", at=at)
