"""What is pressed is at least 24 pixels wide and high.

A thumb covers more than that. On a small sign it hits the one beside it, and a hand that trembles hits none. Links
within a line of text are excepted.

Source: WCAG 2.2, 2.5.8, https://www.w3.org/TR/WCAG22/#target-size-minimum
"""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from campaigner.checks.check import Example, Problem
from campaigner.checks.plain_rules import Origin
from campaigner.checks.shown import pixels
from campaigner.checks.spots import Styled
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Output, Severity

SEVERITY = Severity.WARNING
BAD = Example(
    of="mail",
    text='<a href="https://glass-letter.example/privacy/" style="color:#1c1b19">'
    '<img src="lock.png" alt="Privacy" width="16" height="16"></a>',
)
GOOD = Example(
    of="mail",
    text='<a href="https://glass-letter.example/privacy/" style="color:#1c1b19">'
    '<img src="lock.png" alt="Privacy" width="24" height="24"></a>',
)

LEAST = 24
HINT = f"Make it {LEAST} pixels or more each way, with padding where the picture stays small"
PRESSED = frozenset(("a", "button"))
#: pictures looked at of one link
MOST = 100
SIDE = re.compile(r"(?<![\w-])(width|height)\s*:\s*(\d{1,5})px", re.IGNORECASE)
#: makes what is pressed larger than its picture
PADDED = re.compile(r"(?<![\w-])(?:padding|min-height|min-width|border)", re.IGNORECASE)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each link and button that is nothing but a small picture, or is made small."""
    yield from _by_attributes(one)
    if isinstance(one, Page):
        yield from _by_stylesheet(one)


def _by_stylesheet(page: Page) -> Iterator[Problem]:
    """Those of a page that its stylesheet makes small; a rule is told once."""
    styles = page.article.styles
    told: set[Origin | None] = set()
    for look, elements in page.looks.items():
        if look.narrowest >= LEAST or look.narrowest_origin in told:
            continue
        pressed = next((one for one in elements if one.tag == "button" or "href" in one.attrib), None)
        if pressed is None or pressed.tag not in PRESSED or PADDED.search(pressed.get("style") or ""):
            continue
        told.add(look.narrowest_origin)
        at = styles.region(look.narrowest_origin)
        yield Problem(
            message=f"a link or button is only {look.narrowest:.3g} pixels wide or high",
            hint=HINT,
            at=pressed if at is None else at,
            output=None if at is None else Output.SITE,
        )


def _by_attributes(one: Page | Mail) -> Iterator[Problem]:
    for element in one.tree.iter("a", "button"):
        style = element.get("style") or ""
        if (element.tag == "a" and element.get("href") is None) or PADDED.search(style):
            continue
        sides = [int(side) for _, side in SIDE.findall(style)]
        if not sides and "button" not in (element.get("class") or "") and not element.text_content().strip():
            sides = [side for picture in islice(element.iter("img"), MOST) for side in _sides(picture)]
        if sides and min(sides) < LEAST:
            yield Problem(
                message=f"a link or button is only {min(sides)} pixels wide or high",
                hint=HINT,
                at=Styled(of=element, properties=("width", "height")),
            )


def _sides(picture: HtmlElement) -> list[int]:
    found = pixels(picture.get("width")), pixels(picture.get("height"))
    return [side for side in found if side is not None]
