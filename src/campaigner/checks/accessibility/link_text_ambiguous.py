"""Links that are called alike lead to the same place.

In a list of links two that are called alike cannot be told apart, so who hears them takes the first for both.

Source: https://act-rules.github.io/rules/b20e66
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.links import Link
from campaigner.checks.spots import Wording
from campaigner.checks.subjects import Mail, Page
from campaigner.checks.vague import is_vague
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\n\nThere is more on [our first page](/glass-vials/join/).")
GOOD = Example(of="article", text="\n\nThere is more on [our sign-up page](/glass-vials/join/).")


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link that leads elsewhere than one before with the same words."""
    places: dict[str, str] = {}
    for link in one.links:
        words = link.words.lower()
        # marks such as [1] are named by the text around
        if is_vague(words) or not any(map(str.isalpha, words)):
            continue
        place = _place(link)
        if places.setdefault(words, place) != place:
            yield Problem(
                message=f'two links are called "{link.words[:60]}" and lead to different places',
                hint="Name each by what one finds there",
                at=Wording(of=link.element),
            )


def _place(link: Link) -> str:
    """Where it leads, without what is for statistics and without the place on the page."""
    address, _, query = link.url.partition("#")[0].partition("?")
    kept = [one for one in query.split("&") if one and not one.startswith("utm_")]
    return "?".join((address.rstrip("/"), *("&".join(kept),) * bool(kept)))
