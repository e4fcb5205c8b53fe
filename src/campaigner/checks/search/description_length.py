"""A description is as long as search results show it.

Google names no limit, but cuts what it shows to the width of the device, which is after about 160 characters; a
description of a few words says nothing, and it takes a sentence of the page instead.

Source: https://developers.google.com/search/docs/appearance/snippet
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='description: "All about vials."')
GOOD = Example(
    of="front matter",
    text='description: "What the glass of a vial tells you before you open it, in four short steps."',
)


def check(article: Article) -> Iterator[Problem]:
    """Yield a description that is too long or too short."""
    limits, length = article.settings.check.limits, len(article.campaign.front_matter.description)
    if length > limits.description:
        yield _problem(f"the description has {length} characters, more than {limits.description}", "Cut it")
    elif 0 < length < limits.shortest_description:
        yield _problem(
            f"the description has {length} characters, fewer than {limits.shortest_description}",
            "Say what readers get and why it matters to them",
        )


def _problem(message: str, hint: str) -> Problem:
    return Problem(message=message, hint=hint, at=Key(path="description"))
