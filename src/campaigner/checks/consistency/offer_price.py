"""The price is the same wherever the campaign names one.

Whoever reads one price in the mail and another on the page trusts neither, and a price that cannot be had is
misleading. Amounts in the currency of the offer are held against its price.

Source: CAP Code, rule 3.17, https://www.asa.org.uk/type/non_broadcast/code_section/03.html
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.quantities import amounts
from campaigner.checks.spots import Spot
from campaigner.checks.written import Piece
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="front matter",
    text='newsletter: {subject: "A course about glass for £250"}\n'
    'landing: {offer: {title: "A course about glass", price: "£295"}}',
)
GOOD = Example(
    of="front matter",
    text='newsletter: {subject: "A course about glass for £295"}\n'
    'landing: {offer: {title: "A course about glass", price: "£295.00"}}',
)
#: of these the offer's price is all that can be meant
SHORT = (
    "newsletter.subject",
    "newsletter.preheader",
    "newsletter.cta",
    "title",
    "description",
    "landing.headline",
)


def check(article: Article) -> Iterator[Problem]:
    """Yield prices that are not the offer's, where only that can be meant, or where it is not named at all."""
    offer = article.campaign.front_matter.landing.offer
    if offer is None or not offer.price:
        return
    ours = {amount for amount, _, _ in amounts(f"{offer.price} {offer.text}")}
    currencies = {currency for currency, _ in ours}
    for piece in article.pieces:
        found = [one for one in amounts(piece.text) if one[0][0] in currencies]
        wrong = [one for one in found if one[0] not in ours]
        # a text may well name other prices beside it
        if wrong and (_is_short(piece) or len(wrong) == len(found)):
            _, start, end = wrong[0]
            yield _problem(piece.text[start:end], offer.price, piece.spot(start, end))


def _is_short(piece: Piece) -> bool:
    path = getattr(piece.at, "path", "")
    return path.startswith(SHORT)


def _problem(shown: str, price: str, at: Spot) -> Problem:
    return Problem(
        message=f"the price {shown.strip()} is not that of the offer, {price}",
        hint="Correct one of the two, so that both are the same",
        at=at,
    )
