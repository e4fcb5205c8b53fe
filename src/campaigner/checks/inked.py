"""The texts of a page or mail as they are seen: colour, ground and size, in light and in dark.

What counts is what is inherited, what `style` attributes and the old attributes set, and the rules of `<style>`
elements that name elements, classes and ids: those without a query, and in the dark those for
`prefers-color-scheme: dark`. A colour that nobody knows (on a picture, behind a gradient) stays unknown.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from campaigner.checks.colouring import Setting, laid_over, setting_of
from campaigner.checks.plain_rules import Compound, Rule, Rules, rules_of
from campaigner.value import Value, replace

#: elements looked at; no mail has so many, and what is longer was not meant to be read
MOST = 20_000
#: what holds no text that is shown
UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "select", "textarea"})
#: of browsers, as a share of the size around
SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "sub": 0.83, "sup": 0.83}
BOLD = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "th"})
RAISED = frozenset({"sub", "sup"})
#: what the pages' stylesheet gives a ground
TINTED = frozenset({"pre", "code", "button"})
BROWSER_SIZE = 16.0
#: text smaller than that is there to be hidden
LEAST_SEEN = 1.5


class Ink(Value):
    """Colour of a text and what lies behind it, both #rrggbb; None where that is not known."""

    colour: str | None
    ground: str | None


UNKNOWN = Ink(colour=None, ground=None)


class Inked(Value):
    """An element that holds text itself, as it is seen."""

    element: HtmlElement
    light: Ink
    #: None where nothing is said about the dark
    dark: Ink | None
    #: in pixels
    size: float
    bold: bool
    #: below or above the line
    raised: bool
    #: whether attributes of it or of what holds it set its colour, and its ground
    sets_colour: bool
    sets_ground: bool
    is_hidden: bool
    #: compounds of selectors that it, or what holds it, fits
    around: frozenset[Compound] = frozenset()


def inked(tree: HtmlElement, light: Ink, dark: Ink | None) -> Iterator[Inked]:
    """Give all texts that are seen; `light` and `dark` are the colours of what sets none itself."""
    rules = rules_of(tree)
    if rules.are_too_many:
        return  # their colours stay unknown
    if dark is None and rules.has_dark:
        dark = UNKNOWN  # of the program
    ground = Inked(
        element=tree,
        light=light,
        dark=dark,
        size=BROWSER_SIZE,
        bold=False,
        raised=False,
        sets_colour=False,
        sets_ground=False,
        is_hidden=False,
    )
    known: dict[HtmlElement, Inked] = {}
    for element in islice(tree.iter(), MOST):
        if not isinstance(element.tag, str):  # a comment
            continue
        parent = element.getparent()
        # what an iteration has passed is known; a parent may be a comment's no more
        one = _seen(element, known.get(parent, ground) if parent is not None else ground, rules)
        known[element] = one
        if not one.is_hidden and _has_text(element):
            yield one


def is_own(text: Inked) -> bool:
    """Whether its colours on a page are those of attributes: a colour on a ground of the stylesheet is not."""
    if text.sets_ground or not text.sets_colour:
        return text.sets_ground
    around = (text.element, *text.element.iterancestors())
    return not any(one.tag in TINTED or "button" in (one.get("class") or "").split() for one in around)


def _has_text(element: HtmlElement) -> bool:
    texts: Iterable[str | None] = (element.text, *(child.tail for child in element))
    return any(any(map(str.isalnum, text)) for text in texts if text)


def _seen(element: HtmlElement, parent: Inked, rules: Rules) -> Inked:
    if parent.is_hidden or element.tag in UNSEEN:
        return replace(parent, element=element, is_hidden=True)
    attributes = element.attrib
    matching, fitting = rules.fitting(element, parent.around)
    own = setting_of(
        attributes.get("style", ""),
        attributes.get("bgcolor", "") if "background" not in attributes else "url()",
        attributes.get("color", "") if element.tag == "font" else "",
    )
    bright, night = _settings(own, matching)
    size = _size(element.tag, bright, parent.size)
    bold = bright.bold if bright.bold is not None else parent.bold or element.tag in BOLD
    is_link = element.tag == "a" and "href" in attributes
    light = _ink(bright, parent.light, is_link=is_link)
    return Inked(
        element=element,
        light=light,
        dark=_ink(night, parent.dark, is_link=is_link) if parent.dark is not None else None,
        size=size,
        bold=bold,
        raised=parent.raised or element.tag in RAISED,
        sets_colour=parent.sets_colour or bool(own.colour),
        sets_ground=parent.sets_ground or bool(own.ground),
        is_hidden=bright.hides or size < LEAST_SEEN or "hidden" in attributes,
        around=parent.around | fitting if fitting - parent.around else parent.around,
    )


@lru_cache(maxsize=4096)
def _settings(own: Setting, matching: tuple[Rule, ...]) -> tuple[Setting, Setting]:
    """What holds in light and in dark: weak rules, then the attribute, then the rules with `!important`."""

    def together(rules: Iterable[Rule]) -> Setting:
        ordered = sorted(rules, key=lambda rule: (rule.specificity, rule.order))
        made = Setting()
        for rule in ordered:
            made = made.under(rule.weak)
        made = made.under(own)
        for rule in ordered:
            made = made.under(rule.important)
        return made

    return together(rule for rule in matching if not rule.is_dark), together(matching)


def _size(tag: str, setting: Setting, around: float) -> float:
    if setting.size is None:
        return around * SIZES.get(tag, 1.0)
    return setting.size * around if setting.size_is_share else setting.size


def _ink(setting: Setting, around: Ink, *, is_link: bool) -> Ink:
    ground = laid_over(setting.ground, around.ground) if setting.ground else around.ground
    if setting.colour:
        return Ink(colour=laid_over(setting.colour, ground, text=around.colour), ground=ground)
    # a link without a colour has the program's
    return Ink(colour=None if is_link else around.colour, ground=ground)
