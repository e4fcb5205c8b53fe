"""Attributes that hide something or lead somewhere work in the readers' mail programs.

`hidden` that a program does not know shows what nobody should see; a link to a place in the mail leads nowhere.
Attributes without which nothing is lost (`srcset`, `loading`, `aria-label`) are left alone.

Source: https://www.caniemail.com/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.leaning import Kind, lacks
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text="<p hidden>Only for the web.</p>")
GOOD = Example(of="mail", text='<p hidden style="display: none">Only for the web.</p>')


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each attribute that programs of the readers lack."""
    for lack in lacks(mail.uses, mail.html, Kind.ATTRIBUTE, mail.article.settings.check):
        yield Problem(
            message=f"{lack.use.name} does nothing in {lack}",
            hint=f"Leave it out, or reach the same in a way that works there; see {lack.feature.url}",
            at=lack.use.element,
        )
