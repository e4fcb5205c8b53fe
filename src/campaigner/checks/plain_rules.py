"""The rules of stylesheets that decide whether a text can be read, and which of them fit an element.

Queries are read as far as needed: those for the dark and the light hold there, those for paper nowhere. What holds
under any other query, or for a selector that is not wholly understood, holds on some screens: in a mail it is left
out, and on a page nobody knows then what it sets.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from campaigner.checks.colouring import GROUNDS, RELEVANT, UNKNOWN
from campaigner.checks.steps import ANYTHING, LONGEST, Step, Steps
from campaigner.clients.declarations import Declaration
from campaigner.clients.stylesheets import Group, Stylesheet, stylesheet
from campaigner.clients.stylesheets import Rule as Written
from campaigner.value import Value, replace

SCHEME = re.compile(
    r"(?:(?:only\s+)?(?:screen|all)\s+and\s+)?\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)",
    re.IGNORECASE,
)
ALWAYS = frozenset({"", "all", "screen", "only screen"})
#: media that are no screen
ELSEWHERE = re.compile(r"(?:only\s+)?(?:print|speech|tty|tv|projection)\b[^,]*", re.IGNORECASE)
#: rules for one name, and steps around them, up to which they are held against elements
MOST = 1_000
LIGHT, DARK = "light", "dark"
BOTH = frozenset((LIGHT, DARK))


class Origin(Value):
    """Where a rule stands in the stylesheet that pages share."""

    selector: str
    line: int


class Rule(Value, eq=False):
    """A rule, by one of its selectors."""

    step: Step
    specificity: tuple[int, int, int]
    order: int
    schemes: frozenset[str]
    #: those without and with `!important` that matter
    weak: tuple[Declaration, ...]
    important: tuple[Declaration, ...]
    #: None for a rule of the page or mail itself
    origin: Origin | None


class Fitting(Value):
    """What of the rules an element fits."""

    rules: tuple[Rule, ...]
    #: steps that may have others in them
    steps: frozenset[Step]


class Rules:
    """All rules of a page or mail, by the last step of their selectors."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules: dict[Step, list[Rule]] = {}
        self._steps: dict[str, list[Step]] = {}
        self._outer: set[Step] = set()
        self.has_dark = False
        known: set[Step] = set()
        for rule in rules:
            self.has_dark = self.has_dark or LIGHT not in rule.schemes
            self._rules.setdefault(rule.step, []).append(rule)
            step: Step | None = rule.step
            while step is not None and step not in known:
                known.add(step)
                self._steps.setdefault(step.compound.key, []).append(step)
                if step.before is not None:
                    self._outer.add(step.before)
                step = step.before
        asked = [attribute for step in known for attribute in step.compound.attributes]
        #: attributes that rules ask for, and those whose values they do
        self.attributes = frozenset(name for name, _ in asked)
        self.valued = frozenset(name for name, value in asked if value != ANYTHING)
        self.ids = frozenset(name for step in known for name in step.compound.names if name[0] == "#")

    @property
    def are_too_many(self) -> bool:
        """Whether nobody can tell in time which of them hold."""
        return max(map(len, self._steps.values()), default=0) > MOST or (
            max(map(len, self._rules.values()), default=0) > MOST
        )

    def fitting(
        self, tag: str, attributes: Mapping[str, str], parent: frozenset[Step], around: frozenset[Step]
    ) -> Fitting:
        """Give what an element fits that stands in a parent, and in all `around`, which fit these steps."""
        id_ = attributes.get("id", "")
        names = frozenset(
            (*(f".{name}" for name in attributes.get("class", "").split()), *([f"#{id_}"] if id_ else []))
        )
        steps = [
            step
            for key in (tag, *names, "")
            for step in self._steps.get(key, ())
            if step.compound.fits(tag, names, attributes)
            and (step.before is None or step.before in (parent if step.is_child else around))
        ]
        return Fitting(
            rules=tuple(rule for step in steps for rule in self._rules.get(step, ())),
            steps=frozenset(step for step in steps if step in self._outer),
        )


@lru_cache(maxsize=32)
def rules_of(styles: tuple[str, ...], *, shared: Stylesheet | None = None) -> Rules:
    """Give the rules of `<style>` elements; on a page those of the stylesheet that pages share come before them."""
    reader = _Reader(is_page=shared is not None)
    sheets = (*((shared,) if shared else ()), *map(stylesheet, styles))
    return Rules(
        replace(rule, order=order)
        for order, rule in enumerate(
            rule for sheet in sheets for rule in reader.read(sheet.rules, is_shared=sheet is shared)
        )
    )


class _Reader:
    def __init__(self, *, is_page: bool) -> None:
        self._steps = Steps()
        self._is_page = is_page

    def read(
        self,
        rules: Iterable[Written | Group],
        *,
        is_shared: bool,
        schemes: frozenset[str] = BOTH,
        is_doubtful: bool = False,
        outer: tuple[str, ...] = (),
    ) -> Iterator[Rule]:
        """Give rules, and those in them; `outer` are the selectors of the rule that these stand in."""
        for rule in rules:
            if isinstance(rule, Group):
                inner, is_sure = held(rule, schemes)
                if rule.rules and inner and (is_sure or self._is_page):
                    yield from self.read(
                        rule.rules,
                        is_shared=is_shared,
                        schemes=inner,
                        is_doubtful=is_doubtful or not is_sure,
                        outer=outer,
                    )
                continue
            if rule.is_at_rule:
                continue
            selectors = tuple(
                nested
                for nested in (_nested(outer, selector) for selector, _ in rule.selectors)
                if len(nested) <= LONGEST
            )
            declared = tuple(one for one in rule.declarations if one.name in RELEVANT or one.name[:2] == "--")
            if declared:
                yield from self._rule(
                    rule, selectors, declared, schemes, is_shared=is_shared, is_doubtful=is_doubtful
                )
            if self._is_page:
                yield from self.read(
                    rule.rules,
                    is_shared=is_shared,
                    schemes=schemes,
                    is_doubtful=is_doubtful,
                    outer=selectors,
                )

    def _rule(
        self,
        rule: Written,
        selectors: Iterable[str],
        declared: tuple[Declaration, ...],
        schemes: frozenset[str],
        *,
        is_shared: bool,
        is_doubtful: bool,
    ) -> Iterator[Rule]:
        for selector in selectors:
            for meant in self._steps.read(selector):
                set_ = _beside(declared) if meant.is_beside else declared
                if is_doubtful or meant.is_doubtful or meant.is_beside:
                    if not self._is_page:
                        continue
                    set_ = tuple(replace(one, value=UNKNOWN) for one in set_)
                elif self._is_page:
                    set_ = tuple(map(_without_picture, set_))
                yield Rule(
                    step=meant.step,
                    specificity=meant.specificity,
                    order=0,
                    schemes=schemes,
                    weak=tuple(one for one in set_ if not one.important),
                    important=tuple(one for one in set_ if one.important),
                    origin=Origin(selector=rule.prelude, line=rule.line)
                    if is_shared and self._is_page
                    else None,
                )


def held(group: Group, schemes: frozenset[str]) -> tuple[frozenset[str], bool]:
    """In which schemes a query may hold, and whether it does so on all screens."""
    query = " ".join(group.query.lower().split())
    if group.name != "media":
        return (schemes if group.rules is not None else frozenset()), False
    asked = SCHEME.fullmatch(query)
    if asked:
        return schemes & {asked[1]}, True
    if query and all(ELSEWHERE.fullmatch(part.strip()) for part in query.split(",")):
        return frozenset(), True
    return schemes, query in ALWAYS


def _nested(outer: tuple[str, ...], selector: str) -> str:
    """A selector as it is without the rule that it stands in."""
    if not outer:
        return selector
    parent = outer[0] if len(outer) == 1 else f"*:is({','.join(outer)})"
    return selector.replace("&", parent) if "&" in selector else f"{parent} {selector}"


def _without_picture(declaration: Declaration) -> Declaration:
    """On a page a picture is there, and covers the colour under it; a mail's is often held back."""
    is_picture = declaration.name == "background-image" and declaration.value.lower() != "none"
    return replace(declaration, value=UNKNOWN) if is_picture else declaration


def _beside(declared: Iterable[Declaration]) -> tuple[Declaration, ...]:
    """What stands before or behind a content may lie under it: nobody knows its ground then."""
    return tuple(one for one in declared if one.name in GROUNDS)
