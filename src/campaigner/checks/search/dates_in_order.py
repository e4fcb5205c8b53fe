"""Dates of an article are in order.

An update before the day of publication, or one that lies in the future, tells readers and search engines that
the dates cannot be trusted.

Source: https://developers.google.com/search/docs/appearance/publication-dates
"""

from collections.abc import Iterator

from campaigner.checks.article import Article
from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Key
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text="updated: 2025-01-31")
GOOD = Example(of="front matter", text="updated: 2026-11-24")


def check(article: Article) -> Iterator[Problem]:
    """Yield each date that comes before one that it should follow."""
    meant = article.campaign.front_matter
    written, updated, expires = meant.date or meant.publish_date, meant.updated, meant.expiry_date
    if written and updated and updated.day < written.day:
        yield Problem(
            message=f"the article was updated on {updated.day}, before its date, {written.day}",
            hint="Write the day of the last change into `updated`, or leave it out",
            at=Key(path="updated"),
        )
    if updated and updated.day.isoformat() > article.today and (not written or updated.day > written.day):
        yield Problem(
            message=f"the article was updated on {updated.day}, which is still to come",
            hint="Write the day of the last change into `updated`",
            at=Key(path="updated"),
        )
    if expires and updated and expires.day < updated.day:
        yield Problem(
            message=f"the article ended on {expires.day} and was updated on {updated.day}",
            hint="Move `expiry_date`, or take out `updated`",
            at=Key(path="expiry_date"),
        )
