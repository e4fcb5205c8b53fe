"""A link that dials has a number and nothing else.

Telephones leave out what they do not know, and dial another number: "+44 (0)20" rings nowhere.

Source: https://www.rfc-editor.org/rfc/rfc3966
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.ERROR
BAD = Example(of="article", text="\n\nCall [the glass line](tel:+44-1632-GLASS).")
GOOD = Example(of="article", text="\n\nCall [the glass line](tel:+44-1632-960961).")

NUMBER = re.compile(r"\+?[\d.()-]{2,30}(?:;[\w=.+-]+)*")
#: the zero that is dialled only from within the country
OPTIONAL_ZERO = re.compile(r"\+.*\(0\)")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link that dials something else than a number."""
    for link in one.sound_links:
        if link.scheme != "tel":
            continue
        number = unquote(link.href.partition(":")[2])
        if number and (
            not NUMBER.fullmatch(number) or OPTIONAL_ZERO.match(number) or not re.search(r"\d", number)
        ):
            yield Problem(
                message=f'"{number[:40]}" in the link "{link.words[:60]}" is no number that can be dialled',
                hint="Write it as tel:+441632960961, with the country in front and without (0), spaces and letters",
                at=link.element,
            )
