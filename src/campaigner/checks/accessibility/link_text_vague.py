"""A link says where it leads.

Who hears a page calls up its links as a list, and "click here, here, more" tells nothing. Eyes that skim it see no
more than that either.

Source: WCAG 2.2, failure F84, https://www.w3.org/WAI/WCAG22/Techniques/failures/F84
"""

from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.links import Link
from campaigner.checks.spots import Key, Said, Wording
from campaigner.checks.subjects import Mail, Page
from campaigner.checks.vague import is_vague
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="article", text="\n\nFor what we do with your address [click here](/privacy/).")
GOOD = Example(of="article", text="\n\nHere is [what we do with your address](/privacy/).")

#: how the theme marks a mail's button
BUTTON = "button-link"


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link whose words fit any link."""
    for link in one.links:
        if is_vague(link.words):
            yield Problem(
                message=f'the link "{link.words}" says nothing of where it leads',
                hint="Link the words that name what one finds there",
                at=_place(one, link),
            )


def _place(one: Page | Mail, link: Link) -> Wording | Said:
    """Where the words come from: those of a mail's button from its label."""
    cta = one.article.campaign.front_matter.newsletter.cta if isinstance(one, Mail) else None
    if cta and cta.label == link.words and BUTTON in (link.element.get("class") or "").split():
        return Said(key=Key(path="newsletter.cta.label"), by=(link.element,))
    return Wording(of=link.element)
