"""No rule of the mail's head stands within another.

Gmail drops all of a style element in which an at-rule stands in another one, such as `@media` in `@supports`; and
a rule in a rule (nesting) is new even for browsers.

Source: https://github.com/hteumeuleu/email-bugs/issues/21
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Styles
from campaigner.checks.subjects import Mail
from campaigner.clients.stylesheets import Group, Rule, stylesheet
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail styles",
    text="@media screen {\n@media (max-width: 600px) { .title { font-size: 30px !important; } }\n}",
)
GOOD = Example(
    of="mail styles",
    text="@media screen and (max-width: 600px) { .title { font-size: 30px !important; } }",
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield the first rule of each style element that has such a rule in it."""
    for css in mail.css:
        sheet = stylesheet(css)
        for rule in sheet.rules:
            if isinstance(rule, Group) and rule.rules and sheet.is_nested and any(_at_rules(rule)):
                yield _problem(f"@{rule.name} {rule.query}", "Gmail drops all styles beside it")
                break
            if isinstance(rule, Rule) and rule.rules:
                yield _problem(rule.prelude, "most mail programs cannot read it")
                break


def _problem(begin: str, effect: str) -> Problem:
    return Problem(
        message=f'a style rule stands inside "{begin}", so {effect}',
        hint="Join two conditions into one, @media (…) and (…), and write rules one after the other",
        at=Styles(text=begin),
    )


def _at_rules(rule: Rule | Group) -> Iterator[bool]:
    for inner in rule.rules or ():
        yield inner.is_at_rule
        yield from _at_rules(inner)
