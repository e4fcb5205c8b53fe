"""A link that opens a mail has an address to send it to.

With a slip in it, the mail is written and comes back; with "//" or a blank, nothing opens at all.

Source: https://www.rfc-editor.org/rfc/rfc6068
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity
from campaigner.model.text import MAILBOX

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="\n\nWrite to [the editors](mailto:editors.glass-letter.example).")
GOOD = Example(
    of="article", text="\n\nWrite to [the editors](mailto:editors@glass-letter.example?subject=Glass)."
)

#: what may follow the address; one sign of it that is not there is a part of the address by mistake
HEADERS = re.compile(r"(?:[\w-]+=[^&?]*)(?:&[\w-]+=[^&?]*)*")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link that opens a mail to nobody."""
    for link in one.sound_links:
        if link.scheme != "mailto":
            continue
        to, has_headers, headers = link.href.partition(":")[2].partition("?")
        addresses = [unquote(address) for address in to.split(",")] if to else []
        if not to and "to=" in headers.lower():
            continue
        wrong = [address for address in addresses if address[:2] == "//" or not MAILBOX.fullmatch(address)]
        if wrong:
            yield Problem(
                message=f'"{wrong[0][:60]}" in the link "{link.words[:60]}" is no e-mail address',
                hint="Write mailto:name@example.com, without // and spaces",
                at=link.element,
            )
        elif has_headers and not HEADERS.fullmatch(headers):
            yield Problem(
                message=f'mail programs do not understand ?{headers[:60]} in the link "{link.words[:60]}"',
                hint="Write ?subject=… and further parts with &, such as &body=…",
                at=link.element,
            )
