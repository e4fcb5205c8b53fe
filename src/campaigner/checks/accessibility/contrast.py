"""A text stands out from what lies behind it, in light and in dark.

Grey on white is hard to read for many, and for everybody in the sun. Text needs a contrast of 4.5:1; large text, of
24 pixels or of 18.66 bold ones, one of 3:1. In dark mode the mail's own dark rules count.

Source: WCAG 2.2, 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

from collections.abc import Iterator
from functools import lru_cache
from math import floor

from campaigner.checks.check import Example, Problem
from campaigner.checks.inked import Ink, Inked
from campaigner.checks.names import words_in
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Severity
from campaigner.render.palette import contrast

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<p style="color:#999999; background-color:#ffffff">Until Friday</p>')
GOOD = Example(of="mail", text='<p style="color:#595959; background-color:#ffffff">Until Friday</p>')

NORMAL, LARGE = 4.5, 3.0
LARGE_SIZE, LARGE_BOLD_SIZE = 24.0, 18.66


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each text that is too near to its ground, once for light and once for dark."""
    for text in one.texts:
        needed = LARGE if text.size >= (LARGE_BOLD_SIZE if text.bold else LARGE_SIZE) else NORMAL
        for scheme, ink in (("", text.light), (" in dark mode", text.dark)):
            reached = _reached(ink)
            if ink and reached < needed and not (scheme and ink == text.light):
                yield Problem(
                    message=f'"{_words(text)}" has a contrast of {floor(reached * 10) / 10}:1{scheme}'
                    f" ({ink.colour} on {ink.ground}), and needs {needed:g}:1",
                    hint="Make the text darker and the background lighter, or the other way round"
                    if not scheme
                    else "Give it a colour of its own for dark mode, or none, so that it takes the mail's",
                    at=text.element,
                )


def _reached(ink: Ink | None) -> float:
    """The contrast of a text; the best there is where a colour is not known."""
    return _contrast(ink.colour, ink.ground) if ink and ink.colour and ink.ground else 21.0


@lru_cache(maxsize=4096)
def _contrast(colour: str, ground: str) -> float:
    return contrast(colour, ground)


def _words(text: Inked) -> str:
    return words_in(text.element)[:40]
