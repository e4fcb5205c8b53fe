"""The mail is small enough to stay whole.

Gmail shows about the first 102 KB of a mail's HTML and hides the rest, with the link that ends the subscription,
behind a link of its own. A mail that is close to that passes it once merge fields are filled in or links tracked.

Source: https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Newsletter
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text=f"<!-- {'a long remark here ' * 4_300} -->")
GOOD = Example(of="mail", text="<!-- a short remark -->")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that it is."""
    limits = mail.article.settings.check.limits
    size = mail.size
    if limits.mail_size <= size <= limits.mail_clipped:
        yield Problem(
            message=f"the mail has {size:,} bytes of HTML, close to the {limits.mail_clipped:,} at which Gmail cuts it",
            hint="Shorten the article, or send its beginning with newsletter: {body: excerpt}"
            if isinstance(mail, Newsletter)
            else "Let its template write less",
        )
