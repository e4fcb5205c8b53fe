"""The mail that asks for a confirmation has the link that gives it.

Without it nobody can join: who has signed up waits for the link, and is forgotten after some days. Both parts need
it: the text is what is read where HTML is turned off, and by some who read aloud.

Source: https://www.rfc-editor.org/rfc/rfc2046#section-5.1.4, where the parts of a mail say the same
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import AppMail
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(
    of="confirmation mail",
    text="<p>Thank you. Write to us that you want to join.</p>",
    instead_of=r'(?s)<tr>\s*<td class="action".*</a></p>',
)
GOOD = Example(of="confirmation mail", text="<p>Thank you.</p>")
SIGN = "page.confirm_url"


def check(mail: AppMail) -> Iterator[Problem]:
    """Yield that the HTML or the text has none."""
    if not mail.confirm_url or mail.is_cut:
        return
    if not any(link.get("href") == mail.confirm_url for link in mail.leading_anchors):
        yield Problem(
            message="the mail has no link that confirms",
            hint='Write <a href="{{ page.confirm_url }}">…</a> into its template',
            at=Lacking(signs=(SIGN, 'class="article"', "<body")),
        )
    elif mail.text.strip() and mail.confirm_url not in mail.text:
        yield Problem(
            message="the plain-text part of the mail has no link that confirms",
            hint="Write {{ page.confirm_url }} into its template",
            at=Lacking(signs=(SIGN,), ending=".txt"),
        )
