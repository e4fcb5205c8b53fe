"""The words for a picture begin with what it shows.

A screen reader says "image" by itself. Who hears twenty pictures hears "image, image of" twenty times.

Source: https://www.w3.org/WAI/tutorials/images/tips/
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text="image_alt: Image of four vials in a row")
GOOD = Example(of="front matter", text="image_alt: Four vials in a row, one of them without a label")

OPENING = re.compile(
    r"(?:an? |the )?(?:image|picture|photo|graphic)(?: of\b| showing\b|:)"
    r"|(?:ein |das )?(?:bild|foto|abbildung|grafik)(?: von\b| vom\b| eine[rs]\b| mit\b|:)",
    re.IGNORECASE,
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture whose words begin with "image of"."""
    for picture in one.pictures:
        found = OPENING.match((picture.element.get("alt") or "").strip())
        if found:
            yield Problem(
                message=f'the words for a picture begin with "{found[0]}", which screen readers say anyway',
                hint="Begin with what it shows",
                at=picture.words_at(one.article.campaign.front_matter.image_alt),
            )
