"""At-rules are there for programs that know them, and nothing depends on them.

Readers of other programs get the mail without what such a rule says. Media queries, which all mails for phones
have, are left alone.

Source: https://www.caniemail.com/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.leaning import Kind, lacks
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.NOTE
BAD = Example(of="mail", text='<style>@import url("https://fonts.example/one.css");</style>')
GOOD = Example(
    of="mail", text="<style>@media (max-width: 600px) { .title { font-size: 30px !important; } }</style>"
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each at-rule that programs of the readers lack."""
    for lack in lacks(mail.uses, mail.html, Kind.AT_RULE, mail.article.settings.check):
        yield Problem(
            message=f"{lack.use.name} does nothing in {lack}",
            hint=f"Make sure that the mail works without it; see {lack.feature.url}",
            at=lack.use.spot,
        )
