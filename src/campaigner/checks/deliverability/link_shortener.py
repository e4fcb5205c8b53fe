"""Links show where they lead, and are not shortened.

Spam hides its targets behind shorteners, so filters distrust each link through one, and a shortener that is on a
blocklist takes the mail with it. In a mail nobody sees how long a link is.

Source: https://www.suped.com/email-deliverability/answers/are-link-shorteners-bad-for-email-marketing
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.hosts import host_of
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\nSee [the list of all vials](https://bit.ly/3VialS).\n")
GOOD = Example(of="article", text="\nSee [the list of all vials](https://glass-museum.example/list).\n")
SHORTENERS = frozenset(
    (
        *(
            "bit.ly",
            "bitly.com",
            "buff.ly",
            "cutt.ly",
            "goo.gl",
            "is.gd",
            "j.mp",
            "lnkd.in",
            "ow.ly",
            "rb.gy",
        ),
        *("rebrand.ly", "s.id", "shorturl.at", "shrtco.de", "su.pr", "t.co", "t.ly", "t1p.de", "tiny.cc"),
        *("tinyurl.com", "tr.im", "trib.al", "v.gd", "kurzelinks.de", "bl.ink", "dlvr.it", "short.io"),
    )
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each link through a shortener."""
    for link in mail.sound_links:
        host = host_of(link.href).removeprefix("www.")
        if host in SHORTENERS:
            yield Problem(
                message=f"a link leads through the shortener {host}, which filters distrust",
                hint="Write the full address that it leads to; campaigner adds utm parameters for counting clicks",
                at=link.element,
            )
