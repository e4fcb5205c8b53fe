"""A link that dials says the country.

A number that begins with 0 rings only within its country, or rings somebody else abroad.

Source: https://www.rfc-editor.org/rfc/rfc3966#section-5.1.4
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\n\nCall [the glass line](tel:01632960961).")
GOOD = Example(of="article", text="\n\nCall [the glass line](tel:112).")

#: digits of a number that is dialled alike wherever one is, such as 112
SHORT = 6


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each number without its country."""
    for link in one.sound_links:
        if link.scheme == "tel":
            number = link.href.partition(":")[2]
            digits = sum(map(str.isdigit, number))
            if (
                number[:1] == "0"
                and digits > SHORT
                and "phone-context" not in number
                and not _has_letters(number)
            ):
                yield Problem(
                    message=f'the number {number[:40]} in the link "{link.words[:60]}" has no country code',
                    hint="Begin it with + and the country code, such as tel:+441632960961",
                    at=link.element,
                )


def _has_letters(number: str) -> bool:
    return any(map(str.isalpha, number))
