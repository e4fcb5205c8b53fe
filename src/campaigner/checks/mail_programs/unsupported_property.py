"""Properties that place, space or hide something work in the readers' mail programs.

Without them the layout falls apart, or something shows that should not. Properties that only adorn (shadows,
round corners, filters, movement) are left alone, and so is what stands in a media query.

Source: https://www.caniemail.com/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.leaning import Kind, lacks
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<p style="position: absolute; top: 0">Hello.</p>')
GOOD = Example(of="mail", text='<p style="margin: 0 0 18px; box-shadow: 0 1px 2px #000">Hello.</p>')


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each property that programs of the readers lack."""
    for lack in lacks(mail.uses, mail.html, Kind.PROPERTY, mail.article.settings.check):
        yield Problem(
            message=f"the property {lack.use.name} does nothing in {lack}",
            hint=f"Use tables, padding and HTML attributes, which every mail program knows; see {lack.feature.url}",
            at=lack.use.spot,
        )
