r"""What the mail's look depends on can be written into its elements.

Some programs drop the style elements of a mail, so the styles that it cannot do without are written into its
elements. That works for names, classes and ids. Rules with `:is()`, `:not()`, `:nth-child()`, `*` or an escaped
class stay in the head, and are lost there. A rule whose declarations all say `!important` is taken for an
improvement of what the elements say already.

Source: https://www.caniemail.com/features/html-style/
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Styles
from campaigner.checks.subjects import Mail
from campaigner.clients.stylesheets import Rule, stylesheet
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail styles", text="td:nth-child(2) { padding: 10px; }")
GOOD = Example(of="mail styles", text="td:nth-child(2) { padding: 10px !important; }")

#: what cannot be written into an element, though it always holds
NOT_INLINED = re.compile(
    r":(?:is|where|has|not|nth-[a-z-]+|first-[a-z-]+|last-[a-z-]+|only-[a-z-]+|empty)\b|\*|\\", re.IGNORECASE
)
#: how styles for single programs are written, and what holds only while somebody does something
ON_PURPOSE = re.compile(
    r"^:root|#outlook|data-ogs|^u\s*\+|#MessageViewBody|x-apple-|::?-(?:webkit|moz|ms)-"
    r"|:(?:hover|active|focus|visited|link|target|checked)",
    re.IGNORECASE,
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each rule that stays in the head, and should stand in elements."""
    for css in mail.css:
        for rule in stylesheet(css).rules if NOT_INLINED.search(css) else ():
            if isinstance(rule, Rule) and _is_lost(rule):
                yield _problem(rule.prelude)


def _is_lost(rule: Rule) -> bool:
    is_improvement = all(declaration.important for declaration in rule.declarations)
    return not is_improvement and any(
        NOT_INLINED.search(selector) and not ON_PURPOSE.search(selector) for selector, _ in rule.selectors
    )


def _problem(selector: str) -> Problem:
    return Problem(
        message=f'the style rule "{selector}" stays in the head of the mail, where some programs drop it',
        hint="Give the elements a class, and write the rule for it into styles/email.css",
        at=Styles(text=selector),
    )
