"""The mail is not so large that Gmail cuts it.

Gmail shows about the first 102 KB of a mail's HTML. What is below, mostly the link that ends the subscription and
the postal address, stands behind a link that few people find, and who cannot leave marks a mail as spam.

Source: https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Newsletter
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="mail", text=f"<!-- {'a long remark here ' * 6_500} -->")
GOOD = Example(of="mail", text="<!-- a short remark -->")


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that it is."""
    limits = mail.article.settings.check.limits
    size = mail.size
    if size > limits.mail_clipped:
        yield Problem(
            message=f"the mail has {size:,} bytes of HTML, more than the {limits.mail_clipped:,} that Gmail shows",
            hint="Shorten the article, or send its beginning with newsletter: {body: excerpt}"
            if isinstance(mail, Newsletter)
            else "Let its template write less",
        )
