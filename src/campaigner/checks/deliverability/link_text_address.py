"""A link that shows an address leads to it.

Text that shows one address over a link to another is how phishing works. Mail programs warn of it, and filters
count it, whatever the reason was: a tracking service, a shortener, or a slip.

Source: https://support.mozilla.org/en-US/kb/thunderbirds-scam-detection
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.hosts import host_of, owner_of
from campaigner.checks.spots import Wording
from campaigner.checks.subjects import Mail
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\nSee [www.glass-museum.example](https://clicks.example/12).\n")
GOOD = Example(of="article", text="\nSee [www.glass-museum.example](https://glass-museum.example/vials).\n")
#: characters of what anybody shows as an address
LONGEST = 300
#: an address with `https://` or `www.`, or a name with a frequent ending; "article.md" is a file
SHOWN = re.compile(
    r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|eu|de|at|ch|uk|fr|nl|us|io)(?:/\S*)?",
    re.IGNORECASE,
)


def check(mail: Mail) -> Iterator[Problem]:
    """Yield each link whose text shows the address of somebody else."""
    for link in mail.sound_links:
        text = link.element.text_content().strip()
        if "." in text and len(text) <= LONGEST and SHOWN.fullmatch(text):
            shown = host_of(text if "://" in text else f"https://{text}")
            target = host_of(link.href)
            if shown and target and owner_of(shown) != owner_of(target):
                yield Problem(
                    message=f'the link shows the address "{text}" and leads to {target}',
                    hint="Show the address that it leads to, or describe in words what is there",
                    at=Wording(of=link.element),
                )
