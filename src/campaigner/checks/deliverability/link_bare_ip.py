"""Links lead to names, not to numbers.

A link to an address such as `192.0.2.7` says to nobody whose it is. Almost only fraud does that, and filters count
it so.

Source: https://spamassassin.apache.org/old/tests_3_3_x.html
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.hosts import host_of, is_number
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\nSee [the list of all vials](https://192.0.2.7/list).\n")
GOOD = Example(
    of="article", text="\nSee [the list of all vials](https://192-0-2-7.glass-museum.example/list).\n"
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each link to a number."""
    for link in mail.sound_links:
        host = host_of(link.href)
        if is_number(host):
            yield Problem(
                message=f"a link leads to the number {host} and not to the name of a site",
                hint="Write the name of the site in its place, such as example.com",
                at=link.element,
            )
