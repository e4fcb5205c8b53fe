"""The mail has a title.

Screen readers read it first, browsers show it when the mail is opened in one, and some programs show it in place
of the subject when the mail is passed on.

Source: https://www.w3.org/TR/WCAG22/#page-titled
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text="<title></title>", instead_of="<title>[^<]*</title>")
GOOD = Example(of="mail", text="<title>A letter about glass</title>", instead_of="<title>[^<]*</title>")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that there is none, or an empty one."""
    title = next(mail.tree.iter("title"), None)
    if title is None or not (title.text or "").strip():
        yield Problem(
            message="the mail has no title",
            hint="Write <title>{{ page.subject }}</title> into the head of templates/_layouts/email.html",
            at=Lacking(signs=("<title",)),
        )
