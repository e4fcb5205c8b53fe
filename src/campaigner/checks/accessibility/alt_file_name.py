"""The words for a picture say what it shows, not how its file is called.

"IMG_4711.jpg" is what is read out, letter by letter, to who cannot see the picture, and what stands in its place
in an inbox that holds pictures back.

Source: WCAG 2.2, failure F30, https://www.w3.org/WAI/WCAG22/Techniques/failures/F30
"""

import re
from collections.abc import Iterator

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="front matter", text="image_alt: IMG_4711.jpg")
GOOD = Example(of="front matter", text="image_alt: Four vials on a steel tray")

FILE = re.compile(r"\S.{0,200}\.(?:jpe?g|png|gif|webp|svg|avif|tiff?|bmp|heic)", re.IGNORECASE)
MADE_UP = re.compile(
    r"(?:img|dsc[nf]?|pxl|dji|image|photo|picture|graphic|bild|foto|grafik|abbildung|screenshot|bildschirmfoto"
    r"|untitled|unbenannt|placeholder|platzhalter)[\d _.:()-]*",
    re.IGNORECASE,
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture whose words are a file's name, or no more than "image"."""
    for picture in one.pictures:
        words = (picture.element.get("alt") or "").strip()
        if words and (FILE.fullmatch(words) or MADE_UP.fullmatch(words)):
            yield Problem(
                message=f'"{words[:80]}" does not say what the picture shows',
                hint="Say it in a sentence, as on the telephone, or leave it empty where the picture only decorates",
                at=picture.words_at(one.article.campaign.front_matter.image_alt),
            )
