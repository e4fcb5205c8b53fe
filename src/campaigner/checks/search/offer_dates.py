"""An offer ends after it starts.

A period that ends before it begins cannot be meant, and nobody can take up the offer.

Source: CAP Code, rule 8.17, https://www.asa.org.uk/type/non_broadcast/code_section/08.html
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="front matter",
    text='landing: {offer: {title: "A course about glass", starts: 2027-03-01, ends: 2027-02-01}}',
)
GOOD = Example(
    of="front matter",
    text='landing: {offer: {title: "A course about glass", starts: 2027-03-01, ends: 2027-03-31}}',
)


def check(article: Article) -> Iterator[Problem]:
    """Yield an offer that ends before it starts."""
    offer = article.campaign.front_matter.landing.offer
    if offer and offer.starts and offer.ends and offer.ends.at < offer.starts.at:
        yield Problem(
            message=f"the offer ends on {offer.ends.day}, before it starts on {offer.starts.day}",
            hint="Correct `starts` or `ends`",
            at=Key(path="landing.offer.ends"),
        )
