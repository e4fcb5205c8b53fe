"""The mail comes from the domain that its links lead to.

Readers and filters ask whether sender and links belong together, and DMARC lets only the owner of a domain send
from it: a mail from `gmail.com` or another free mailbox that somebody else's server sends is taken for spam or
refused.

Source: https://www.rfc-editor.org/rfc/rfc7489#section-3.1
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.hosts import host_of, owner_of
from campaigner.checks.spots import Setting
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="settings",
    text='[sender]\naddress = "glass.letter@gmail.com"\npostal_address = "Glass House, 1 Example Street"\n',
)
GOOD = Example(
    of="settings",
    text='[sender]\naddress = "ada@mail.glass-letter.example"\npostal_address = "Glass House, 1 Example Street"\n',
)
FREE = frozenset(
    (
        *("aol.com", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net", "googlemail.com"),
        *(
            "hotmail.com",
            "icloud.com",
            "live.com",
            "mail.com",
            "mail.ru",
            "me.com",
            "outlook.com",
            "outlook.de",
        ),
        *("proton.me", "protonmail.com", "t-online.de", "web.de", "yahoo.com", "yahoo.de", "ymail.com"),
    )
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield that the two have different owners."""
    domain = mail.from_address.rpartition("@")[2].lower()
    host = host_of(mail.article.settings.site.url)
    if domain in FREE:
        yield Problem(
            message=f"the mail is sent from {domain}, which lets no other server send for it",
            hint=f"Send from an address at {owner_of(host)}",
            at=Setting(path="sender.address"),
        )
    elif owner_of(domain) != owner_of(host):
        yield Problem(
            message=f"the mail is sent from {domain}, but the site is {host}",
            hint=f"Send from an address at {owner_of(host)}",
            at=Setting(path="sender.address"),
        )
