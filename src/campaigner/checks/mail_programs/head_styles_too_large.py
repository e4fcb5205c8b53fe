"""The styles in the mail's head are small enough for Gmail.

Gmail reads the style elements of a mail one after the other and drops the one with which they would have more than
16 KB together. What gets lost is what makes the mail fit a phone and the dark.

Source: https://github.com/hteumeuleu/email-bugs/issues/90
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Styles
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail styles", text=f"/* {'a remark that is much too long ' * 400} */")
GOOD = Example(of="mail styles", text="/* a short remark */")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that the styles are too large."""
    most = mail.article.settings.check.limits.head_styles
    size = sum(len(css.encode()) for css in mail.css)
    if size > most:
        yield Problem(
            message=f"the styles in the mail's head have {size:,} bytes, more than the {most:,} that Gmail keeps",
            hint="Take out rules that nothing uses, and move to styles/email.css what can be written into elements",
            at=Styles(text=""),
        )
