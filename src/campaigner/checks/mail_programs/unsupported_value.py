"""Values that lay out, measure or colour something work in the readers' mail programs.

A program drops the whole declaration for one value that it does not know: a length in `rem`, a colour in
`oklch()`, a variable. One that stands before it, for the same property, is the fallback; then nothing is lost.

Source: https://www.caniemail.com/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.leaning import Kind, lacks
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<div style="display: flex"><p>One</p><p>Two</p></div>')
GOOD = Example(of="mail", text='<p style="width: 90%; width: calc(100% - 20px)">Hello.</p>')


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each value that programs of the readers lack."""
    for lack in lacks(mail.uses, mail.html, Kind.VALUE, mail.article.settings.check):
        yield Problem(
            message=f"the declaration {lack.use.name} does nothing in {lack}",
            hint=f"Use pixels, plain colours and tables, or write one before it as fallback; see {lack.feature.url}",
            at=lack.use.spot,
        )
