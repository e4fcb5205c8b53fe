"""Links, pictures and scripts have addresses that begin with https.

What comes over plain http can be read and changed on its way; browsers warn of it, and load no such picture into a
page that is itself secure.

Source: https://www.w3.org/2001/tag/doc/web-https
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\n\nMore in [the glass register](http://register.glass-letter.example/).")
GOOD = Example(of="article", text="\n\nMore in [the glass register](https://register.glass-letter.example/).")

LOADED = ("img", "source", "script", "iframe", "video", "audio", "link")
#: what a <link> only names, and nobody loads with the page
NAMED = frozenset({"canonical", "alternate", "author", "license", "next", "prev"})


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each address that is not secure; where a form goes is another check's."""
    for link in one.sound_links:
        if link.href[:7].lower() == "http://":
            yield Problem(
                message=f'the link "{link.words[:60] or link.written[:60]}" leads to {link.written[:80]}, not to https',
                hint="Write https://, once you have seen that it opens that way",
                at=link.element,
            )
    if '="http://' not in one.html:
        return
    for element in one.tree.iter(*LOADED):
        address = (element.get("src") or element.get("href") or "").strip()
        is_named = element.tag == "link" and (element.get("rel") or "").lower() in NAMED
        if address[:7].lower() == "http://" and not is_named:
            yield Problem(
                message=f"a <{element.tag}> is loaded from {address[:80]}, which is not secure",
                hint="Write https://, once you have seen that it opens that way",
                at=element,
            )
