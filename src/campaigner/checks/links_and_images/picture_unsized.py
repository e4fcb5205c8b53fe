"""A picture says its width and height.

Without them a page jumps when the picture comes, under the finger of who is just pressing something; and Outlook shows
the picture of a mail as large as its file is.

Source: https://web.dev/articles/optimize-cls
"""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity

SEVERITY = Severity.WARNING
BAD = Example(of="page", text='<p><img src="vial.png" alt="A glass vial"></p>')
GOOD = Example(of="page", text='<p><img src="vial.png" alt="A glass vial" width="300" height="200"></p>')

STYLED = re.compile(r"(?<![\w-])(?:width|height|aspect-ratio|inline-size)\s*:", re.IGNORECASE)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each picture without a size; a mail's needs only the width, and no height of "auto"."""
    for picture in one.pictures:
        missing = [side for side in ("width", "height") if not (picture.element.get(side) or "").strip()]
        if isinstance(one, Mail):
            missing = [side for side in missing if side == "width"]
        elif STYLED.search(picture.element.get("style") or ""):
            continue
        if missing and not _is_pixel(picture.element):
            yield Problem(
                message=f'the picture "{picture.name}" has no {" and no ".join(missing)}',
                hint="Write the picture's pixels into its <img> as width and height",
                at=picture.element,
            )


def _is_pixel(picture: HtmlElement) -> bool:
    """Whether it is there to count readers."""
    return "1" in (picture.get("width"), picture.get("height"))
