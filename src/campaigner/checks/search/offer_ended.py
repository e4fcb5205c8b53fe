"""An offer that is shown has not ended.

Who follows a link to an offer of last month was misled, and advertising codes see it so. A campaign whose
offer has ended can end with it: then its form gives way to a sentence that says so.

Source: CAP Code, rule 8.17, https://www.asa.org.uk/type/non_broadcast/code_section/08.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem, Severity
from campaigner.checks.spots import Key
from campaigner.checks.subjects import Article

SEVERITY = Severity.WARNING
BAD = Example(
    of="front matter",
    text='landing: {offer: {title: "A course about glass", starts: 2026-09-01, ends: 2026-10-01}}',
)
GOOD = Example(
    of="front matter",
    text='landing: {offer: {title: "A course about glass", starts: 2026-09-01, ends: 2027-01-01}}',
)


def check(article: Article) -> Iterator[Problem]:
    """Yield an offer that has ended while its campaign goes on."""
    meant = article.campaign.front_matter
    offer, expires = meant.landing.offer, meant.expiry_date
    if not offer or not offer.ends or (offer.starts and offer.ends.at < offer.starts.at):
        return
    has_expired = expires is not None and expires.day.isoformat() <= article.today
    if offer.ends.day.isoformat() < article.today and not has_expired:
        yield Problem(
            message=f"the offer ended on {offer.ends.day}, and the campaign goes on",
            hint="Move `ends`, take the offer out, or write `expiry_date`",
            at=Key(path="landing.offer.ends"),
        )
