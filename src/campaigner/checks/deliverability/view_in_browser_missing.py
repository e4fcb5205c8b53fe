"""The mail can be read in a browser.

Some program shows each mail badly, and some reader cannot use a mail program at all. The link at its head leads
to the same mail as a page, which can be passed on too.

Source: https://www.spamresource.com/2025/06/delivterms-view-as-webpage.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.spots import Lacking
from campaigner.checks.subjects import Newsletter
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text="", instead_of="<a [^>]*>View in browser</a>")
GOOD = Example(of="mail", text="<p>And so it ends.</p>")


def check(mail: Newsletter) -> Iterator[Problem]:
    """Yield that no link leads to the web version."""
    address = mail.web_version_url
    if not mail.is_cut and not any(
        link.get("href").split("?", 1)[0] == address for link in mail.leading_anchors
    ):
        yield Problem(
            message="the mail has no link to its web version",
            hint='Write <a href="{{ page.web_version_url }}">…</a> into the head of the mail\'s template',
            at=Lacking(signs=("page.web_version_url", "<body")),
        )
