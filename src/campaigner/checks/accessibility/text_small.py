"""No text of a mail is smaller than 14 pixels.

Many mails are read on a telephone at arm's length. Smaller text is zoomed, or skipped; and who sends it seems
to have something to hide.

Source: https://mailchimp.com/help/accessibility-in-email-marketing/
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.names import words_in
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<p style="font-size:11px">Offer ends on Friday</p>')
GOOD = Example(of="mail", text='<p style="font-size:14px">Offer ends on Friday</p>')


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each text that is too small; what stands above or below the line may be."""
    least = mail.article.settings.check.limits.text
    for text in mail.texts:
        if text.size < least - 0.01 and not text.raised:
            words = words_in(text.element)[:40]
            yield Problem(
                message=f'"{words}" has letters of {text.size:.3g} pixels, smaller than {least}',
                hint=f"Make it {least} pixels or more",
                at=text.element,
            )
