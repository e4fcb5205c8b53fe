"""A link from one page of the site to another says nothing of where a click comes from.

It would end the visit and begin a new one, of a campaign that never was, and hide what brought the reader here.

Source: https://www.utmguard.com/docs/attribution/internal-links
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<p><a href="../../privacy/?utm_source=landing">How we keep it</a></p>')
GOOD = Example(
    of="page",
    text='<p><a href="https://register.glass-letter.example/?utm_source=landing">The register</a></p>',
)


def check(page: Page) -> Iterator[Problem]:
    """Yield each link within the site that is counted as a campaign."""
    for link in page.sound_links:
        if "utm_" in link.href and link.url.startswith(page.article.base_url):
            yield Problem(
                message=f'the link "{link.words[:60]}" leads to a page of the same site and has utm_ in its address',
                hint="Take all utm_ parts out: campaigner adds them to the newsletter's links",
                at=link.element,
            )
