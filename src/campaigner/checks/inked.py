"""The texts of a page or mail as they are seen: colour, ground and size, in light and in dark.

What counts is what is inherited, what `style` attributes and the old attributes set, and the rules of stylesheets:
those without a query, and those for `prefers-color-scheme`. A colour that nobody knows (on a picture, behind a
gradient) stays unknown.

Elements with the same attributes in such elements look the same, on all pages with the same stylesheet. So a look is
found out about once, and a page is only walked.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from lxml.html import HtmlElement

from campaigner.checks.colouring import (
    GROUNDS,
    INHERITED,
    PIXELS,
    UNKNOWN,
    Setting,
    laid_over,
    narrowest_side,
    old_colour,
    setting,
)
from campaigner.checks.plain_rules import DARK, LIGHT, Origin, Rule, Rules, rules_of
from campaigner.checks.steps import Step
from campaigner.checks.variables import resolved
from campaigner.clients.declarations import Declaration, declarations
from campaigner.clients.stylesheets import Stylesheet
from campaigner.value import Value, field

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
#: what browsers give colours
PAINTED = frozenset({"button", "mark", "dialog", "meter", "progress"})
#: what may lie under a text that stands beside it
PICTURES = frozenset({"img", "picture", "video", "svg", "canvas", "iframe", "object"})
#: text smaller than that is there to be hidden
LEAST_SEEN = 1.5
#: attributes that say how an element looks, beside those that rules ask for
TELLING = frozenset(("class", "id", "style", "bgcolor", "background", "color", "hidden", "href"))
#: those of which it is enough to know that they are there
THERE = frozenset(("background", "hidden", "href"))

COLOUR, SIZE = frozenset({"color"}), frozenset({"font", "font-size"})
PASSED_ON = frozenset({INHERITED, "currentcolor", "unset"})

Key = str | tuple[str | tuple[str, str], ...]


class Ink(Value, eq=False):
    """Colour of a text and what lies behind it, both #rrggbb; None where that is not known."""

    colour: str | None
    ground: str | None
    #: the rule of the pages' stylesheet that set the last of both; None for an attribute
    origin: Origin | None = None

    @property
    def _compared(self) -> tuple[object, ...]:
        return self.colour, self.ground

    def __eq__(self, other: object) -> bool:
        """Whether all of it but origin is the same."""
        return isinstance(other, Ink) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)


NO_INK = Ink(colour=None, ground=None)
#: of what has no colours at all
PAPER = Ink(colour="#000000", ground="#ffffff")


class Look(Value, eq=False):
    """How elements look that have the same attributes, and stand in such."""

    light: Ink
    #: None where nothing is said about the dark
    dark: Ink | None
    #: in pixels; without end where nobody knows it
    size: float
    size_origin: Origin | None
    bold: bool
    #: below or above the line
    raised: bool
    #: whether attributes of it or of what holds it set its colour, and its ground
    sets_colour: bool
    sets_ground: bool
    #: whether the pages' stylesheet gives it a ground, whatever it says
    is_tinted: bool
    is_hidden: bool
    #: whether it may lie over what it does not stand in
    is_moved: bool = False
    #: the shorter of the sides that the pages' stylesheet gives it, in pixels, and where
    narrowest: float = math.inf
    narrowest_origin: Origin | None = None
    #: custom properties in light and in dark
    light_variables: Mapping[str, str]
    dark_variables: Mapping[str, str]
    #: the steps of selectors that it fits, and those that it or what holds it fits
    steps: frozenset[Step] = frozenset()
    around: frozenset[Step] = frozenset()
    #: the looks of what stands right in it
    inner: dict[Key, "Look"] = field(default_factory=dict)

    @property
    def is_own(self) -> bool:
        """Whether its colours on a page are those of attributes: a colour on a ground of the stylesheet is not."""
        return self.sets_ground or (self.sets_colour and not self.is_tinted)


class Looks:
    """Finds out how elements look."""

    def __init__(self, rules: Rules, light: Ink, dark: Ink | None) -> None:
        self._rules = rules
        self._count = 0
        self._outermost = Look(
            light=light,
            dark=NO_INK if dark is None and rules.has_dark else dark,
            size=PIXELS["rem"],
            size_origin=None,
            bold=False,
            raised=False,
            sets_colour=False,
            sets_ground=False,
            is_tinted=False,
            is_hidden=False,
            light_variables={},
            dark_variables={},
        )
        self._root_size = self._outermost.size

    def of(self, tree: HtmlElement) -> dict[Look, list[HtmlElement]]:
        """Give how the elements look that are seen, and which ones look like that, in the order of the page."""
        if self._count > MOST:  # of other pages
            self._outermost.inner.clear()
            self._count = 0
        found: dict[Look, list[HtmlElement]] = {}
        covered: list[HtmlElement] = []
        waiting, left = [(tree, self._outermost)], MOST
        while waiting and left:
            left -= 1
            element, parent = waiting.pop()
            key = self._key(element)
            look = parent.inner.get(key)
            if look is None:
                look = parent.inner[key] = self._look(element, key, parent)
                self._count += 1
            if look.is_hidden:
                continue
            if look.is_moved and element.tag in PICTURES:
                covered.append(element.getparent())
            found.setdefault(look, []).append(element)
            waiting += [(child, look) for child in reversed(element) if isinstance(child.tag, str)]
        return _uncovered(found, covered) if covered else found

    def _key(self, element: HtmlElement) -> Key:
        """All that its look depends on, but for what it stands in."""
        attributes = element.items()
        if not attributes:
            return str(element.tag)
        rules, kept = self._rules, []
        for name, value in attributes:
            if name == "id":
                if f"#{value}" in rules.ids:
                    kept.append((name, value))
            elif name in TELLING:
                kept.append((name, "" if name in THERE else value))
            elif name in rules.attributes:
                kept.append((name, value if name in rules.valued else ""))
        return (element.tag, *kept)

    def _look(self, element: HtmlElement, key: Key, parent: Look) -> Look:
        attributes = dict(pair for pair in key if isinstance(pair, tuple)) if isinstance(key, tuple) else {}
        tag = element.tag
        fitting = self._rules.fitting(tag, attributes, parent.steps, parent.around)
        style = declarations(attributes.get("style", ""))
        written = _Written(
            style=style,
            colour=old_colour(attributes.get("color", "")) if tag == "font" else "",
            ground=UNKNOWN if "background" in attributes else old_colour(attributes.get("bgcolor", "")),
        )
        ordered = sorted(fitting.rules, key=lambda rule: (rule.specificity, rule.order))
        bright = written.under(ordered, LIGHT, parent.light_variables, self._root_size)
        night = written.under(ordered, DARK, parent.dark_variables, self._root_size)
        size = _size(tag, bright.setting, parent.size)
        if tag == "html":
            self._root_size = size if size < math.inf else self._root_size
        own = setting(style)
        weight = bright.setting.bold
        is_link = tag == "a" and "href" in attributes
        is_hidden = tag in UNSEEN or bright.setting.hides or size < LEAST_SEEN or "hidden" in attributes
        dark = None
        if parent.dark is not None and not night.setting.hides:
            dark = _ink(night, parent.dark, tag, is_link=is_link)
        return Look(
            light=_ink(bright, parent.light, tag, is_link=is_link),
            dark=dark,
            size=size,
            size_origin=bright.size_origin if bright.setting.size is not None else parent.size_origin,
            bold=parent.bold or tag in BOLD if weight is None else weight,
            raised=parent.raised or tag in RAISED,
            sets_colour=parent.sets_colour or bool(own.colour or written.colour),
            sets_ground=parent.sets_ground or bool(own.ground or written.ground),
            is_tinted=parent.is_tinted or tag in TINTED or "button" in attributes.get("class", "").split(),
            is_hidden=is_hidden,
            is_moved=bright.setting.is_moved,
            narrowest=bright.narrowest,
            narrowest_origin=bright.narrowest_origin,
            light_variables=bright.variables,
            dark_variables=night.variables,
            steps=fitting.steps,
            around=parent.around | fitting.steps if fitting.steps - parent.around else parent.around,
        )


@lru_cache(maxsize=32)
def _looks(rules: Rules, light: Ink, dark: Ink | None) -> Looks:
    return Looks(rules, light, dark)


def looks_in(
    tree: HtmlElement, light: Ink, dark: Ink | None, *, shared: Stylesheet | None = None
) -> Mapping[Look, Sequence[HtmlElement]]:
    """Give how all is seen, with the elements that look like that.

    `light` and `dark` are the colours of what sets none itself; `shared` is the stylesheet that pages share.
    """
    rules = rules_of(tuple(style.text or "" for style in tree.iter("style")), shared=shared)
    if rules.are_too_many:
        return {}  # their colours stay unknown
    return _looks(rules, light, dark).of(tree)


def with_text(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Those that hold text themselves."""
    for element in elements:
        texts: Iterable[str | None] = (element.text, *(child.tail for child in element))
        if any(any(map(str.isalnum, text)) for text in texts if text):
            yield element


def _uncovered(
    found: Mapping[Look, list[HtmlElement]], covered: Iterable[HtmlElement]
) -> dict[Look, list[HtmlElement]]:
    """Those that stand in nothing over which a picture may lie."""
    under = {element for one in covered if one is not None for element in one.iter()}
    return {look: [one for one in elements if one not in under] for look, elements in found.items()}


class _Held(Value):
    """What holds for an element in one scheme."""

    setting: Setting
    variables: Mapping[str, str]
    ink_origin: Origin | None
    size_origin: Origin | None
    narrowest: float
    narrowest_origin: Origin | None


class _Written(Value):
    """What attributes of an element set."""

    style: tuple[Declaration, ...]
    #: of old attributes
    colour: str
    ground: str

    def under(
        self, ordered: Sequence[Rule], scheme: str, variables: Mapping[str, str], root_size: float
    ) -> _Held:
        """What holds: weak rules, then the attributes, then the rules with `!important`."""
        rules = [rule for rule in ordered if scheme in rule.schemes]
        old = [
            Declaration(name=name, value=value, important=False, features=frozenset())
            for name, value in (("color", self.colour), ("background-color", self.ground))
            if value
        ]
        declared = [
            *((one, rule.origin) for rule in rules for one in rule.weak),
            *((one, None) for one in (*old, *self.style)),
            *((one, rule.origin) for rule in rules for one in rule.important),
        ]
        variables = _variables((one for one, _ in declared), variables)
        plain = [(_plain(one, variables), origin) for one, origin in declared if one.name[:2] != "--"]
        of_rules = [(one, origin) for one, origin in plain if origin is not None]
        narrowest = narrowest_side((one for one, _ in of_rules), root_size) if of_rules else math.inf
        return _Held(
            setting=setting((one for one, _ in plain), root_size),
            variables=variables,
            ink_origin=_origin(plain, COLOUR) if _declares(plain, COLOUR) else _origin(plain, GROUNDS),
            size_origin=_origin(plain, SIZE),
            narrowest=narrowest,
            narrowest_origin=of_rules[-1][1] if narrowest < math.inf else None,
        )


def _variables(declared: Iterable[Declaration], around: Mapping[str, str]) -> Mapping[str, str]:
    own = {one.name: one.value for one in declared if one.name[:2] == "--"}
    if not own:
        return around
    every = {**around, **own}
    return {**around, **{name: resolved(value, every) for name, value in own.items()}}


def _plain(declaration: Declaration, variables: Mapping[str, str]) -> Declaration:
    """A declaration without variables."""
    if "var(" not in declaration.value.lower():
        return declaration
    return Declaration(
        name=declaration.name,
        value=resolved(declaration.value, variables),
        important=declaration.important,
        features=declaration.features,
    )


def _declares(declared: Iterable[tuple[Declaration, Origin | None]], names: frozenset[str]) -> bool:
    """Whether one of these names is set to something of its own."""
    return any(one.name in names and one.value.lower() not in PASSED_ON for one, _ in declared)


def _origin(declared: Sequence[tuple[Declaration, Origin | None]], names: frozenset[str]) -> Origin | None:
    """The rule whose declaration of these names holds."""
    return next((origin for one, origin in reversed(declared) if one.name in names), None)


def _size(tag: str, setting: Setting, around: float) -> float:
    if setting.size is None:
        return around * SIZES.get(tag, 1.0)
    return setting.size * around if setting.size_is_share else setting.size


def _ink(held: _Held, around: Ink, tag: str, *, is_link: bool) -> Ink:
    setting = held.setting
    if tag in PAINTED:
        around = NO_INK
    ground = None if setting.is_moved else around.ground
    if setting.ground:
        ground = laid_over(setting.ground, ground)
    # a link without a colour has the program's
    colour = None if is_link else around.colour
    if setting.colour:
        colour = laid_over(setting.colour, ground, text=around.colour)
    sets_any = setting.ground or setting.colour.lower() not in ("", *PASSED_ON)
    return Ink(colour=colour, ground=ground, origin=held.ink_origin if sets_any else around.origin)
