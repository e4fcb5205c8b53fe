"""Each mail has a link that ends the subscription.

The law asks for it in most places, and so do Google and Yahoo of whoever sends many mails. Who finds no such
link marks the mail as spam, which harms all later ones.

Source: https://support.google.com/a/answer/81126
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="mail", text="", instead_of="<a [^>]*>Unsubscribe</a>")
GOOD = Example(of="mail", text="", instead_of="<a [^>]*>Change your preferences</a>")
SIGN = "page.unsubscribe_url"


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that the HTML or the text has none; who has not confirmed yet has nothing to end."""
    if not mail.unsubscribe_url:
        return
    if not mail.is_cut and not any(
        link.get("href") == mail.unsubscribe_url and _shows(link) for link in mail.leading_anchors
    ):
        yield Problem(
            message="the mail has no unsubscribe link",
            hint='Write <a href="{{ page.unsubscribe_url }}">…</a> into the foot of the mail\'s template',
            at=Lacking(
                signs=(SIGN, 'class="footer"'),
                words="mail_unsubscribe",
                language=mail.tree.get("lang") or "",
            ),
        )
    elif mail.text.strip() and mail.unsubscribe_url not in mail.text:
        yield Problem(
            message="the plain-text part of the mail has no unsubscribe link",
            hint="Write {{ page.unsubscribe_url }} into the foot of its template",
            at=Lacking(signs=(SIGN,), ending=".txt"),
        )


def _shows(link: HtmlElement) -> bool:
    return bool(link.text_content().strip()) or any(picture.get("alt") for picture in link.iter("img"))
