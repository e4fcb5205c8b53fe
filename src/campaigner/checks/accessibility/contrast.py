"""A text stands out from what lies behind it, in light and in dark.

Grey on white is hard to read for many, and for everybody in the sun. Text needs a contrast of 4.5:1; large text, of
24 pixels or of 18.66 bold ones, one of 3:1. In dark mode the mail's own dark rules count.

Source: WCAG 2.2, 1.4.3, https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

from collections.abc import Iterator
from functools import lru_cache
from math import floor

from campaigner.checks.check import Example, Problem
from campaigner.checks.inked import Ink, Look, with_text
from campaigner.checks.names import words_in
from campaigner.checks.spots import Styled
from campaigner.checks.subjects import Mail, Page
from campaigner.model.finding import Output, Severity
from campaigner.model.text import shortened
from campaigner.render.palette import contrast
from campaigner.value import Value

SEVERITY = Severity.WARNING
BAD = Example(of="mail", text='<p style="color:#999999; background-color:#ffffff">Until Friday</p>')
GOOD = Example(of="mail", text='<p style="color:#595959; background-color:#ffffff">Until Friday</p>')

NORMAL, LARGE = 4.5, 3.0
LARGE_SIZE, LARGE_BOLD_SIZE = 24.0, 18.66
#: what may have set a colour, or the one behind it
COLOURS = ("color", "background-color", "background")
#: for light, and for dark
HINTS = (
    "Make the text darker and the background lighter, or the other way round",
    "Give it a colour of its own for dark mode, or none, so that it takes that of what is around",
)


def check(one: Page | Mail) -> Iterator[Problem]:
    """Yield each text that is too near to its ground, once for light and once for dark."""
    styles = one.article.styles
    told: set[str] = set()
    for look, elements in one.looks.items():
        for fault in _faults(look):
            at = styles.region(fault.ink.origin)
            for element in with_text(elements):
                spot = Styled(of=element, properties=COLOURS, is_dark=bool(fault.scheme))
                rule = one.article.mail_styles.rule(spot) if isinstance(one, Mail) else None
                selector = rule.selector if rule else fault.selector if at else ""
                what = (
                    f'what "{shortened(selector)}" sets' if selector else f'"{shortened(words_in(element))}"'
                )
                problem = Problem(
                    message=f"{what} has a contrast of {fault.says_of_rule if selector else fault.says}",
                    hint=HINTS[bool(fault.scheme)],
                    at=rule.region if rule else at or spot,
                    output=None if at is None else Output.SITE,
                )
                if not selector:
                    yield problem
                elif problem.message not in told:
                    told.add(problem.message)
                    yield problem
                if at:
                    break


class Fault(Value):
    """A contrast that is too small."""

    ink: Ink
    reached: float
    needed: float
    #: how a message names it; empty for light
    scheme: str

    @property
    def selector(self) -> str:
        """What the rule begins with that set it."""
        return self.ink.origin.selector if self.ink.origin else ""

    @property
    def says(self) -> str:
        """What is told of it."""
        return f"{self._says_reached}, and needs {self.needed:g}:1"

    @property
    def says_of_rule(self) -> str:
        """What is told of a rule, which may set texts of many sizes: the same for all of them."""
        relief = f", or {LARGE:g}:1 where all of it is large" if self.reached < LARGE else ""
        return f"{self._says_reached}, and needs {NORMAL:g}:1{relief}"

    @property
    def _says_reached(self) -> str:
        return f"{floor(self.reached * 10) / 10}:1{self.scheme} ({self.ink.colour} on {self.ink.ground})"


@lru_cache(maxsize=8192)
def _faults(look: Look) -> tuple[Fault, ...]:
    needed = LARGE if look.size >= (LARGE_BOLD_SIZE if look.bold else LARGE_SIZE) else NORMAL
    return tuple(
        Fault(ink=ink, reached=_reached(ink), needed=needed, scheme=scheme)
        for scheme, ink in (("", look.light), (" in dark mode", look.dark))
        if ink and _reached(ink) < needed and not (scheme and ink == look.light)
    )


def _reached(ink: Ink) -> float:
    """The contrast of a text; the best there is where a colour is not known."""
    return _contrast(ink.colour, ink.ground) if ink.colour and ink.ground else 21.0


@lru_cache(maxsize=4096)
def _contrast(colour: str, ground: str) -> float:
    return contrast(colour, ground)
