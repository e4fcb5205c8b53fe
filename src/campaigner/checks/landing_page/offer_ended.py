"""The offer of the landing page still stands.

Whoever comes too late was sent there for nothing; and to go on advertising what has ended misleads.

Source: Directive 2005/29/EC, article 6(1)(d), https://eur-lex.europa.eu/eli/dir/2005/29/oj
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text='landing: {offer: {title: "A year of letters", ends: 2026-11-25}}')
GOOD = Example(of="front matter", text='landing: {offer: {title: "A year of letters", ends: 2026-11-26}}')


def check(article: Article) -> Iterator[Problem]:
    """Yield an offer that ended before today; a campaign that has ended itself says so.

    One that ends before it starts is another check's.
    """
    meant = article.campaign.front_matter
    offer, expires = meant.landing.offer, meant.expiry_date
    if offer is None or not offer.ends or (expires and str(expires)[:10] <= article.today):
        return
    last = str(offer.ends)[:10]
    is_period = not offer.starts or offer.starts.at <= offer.ends.at
    if last < article.today and is_period:
        yield Problem(
            message=f"the offer ended on {last}",
            hint="Take the offer out, give it a later day, or end the campaign with expiry_date",
            at=Key(path="landing.offer.ends"),
        )
