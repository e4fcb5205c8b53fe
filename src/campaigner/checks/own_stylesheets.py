"""The rules of a workspace's own stylesheets for the mail, and which of them an element has a property from.

The stylesheets are templates: what stands in the place of an expression may be anything.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from campaigner.checks.own_templates import EXPRESSION, JINJA, own_text
from campaigner.checks.plain_rules import BOTH, DARK, LIGHT, Fitting, Origin, Rule, Rules, held
from campaigner.checks.spots import Region, Styled
from campaigner.checks.steps import LONGEST, Step, Steps
from campaigner.clients.declarations import Declaration, declarations
from campaigner.clients.stylesheets import Group, stylesheet
from campaigner.clients.stylesheets import Rule as Written
from campaigner.render.theme import Theme
from campaigner.value import Value

#: what is written into the elements of a mail, and what stays in its head
INLINED, HEAD = "styles/email.css", "styles/email-head.css"
#: a colour that can be written with half its digits
SHORTENED = re.compile(r"#([0-9a-f])\1([0-9a-f])\2([0-9a-f])\3\b")
NO_FITTING = Fitting(rules=(), steps=frozenset())


class Ruled(Value):
    """What a rule of the workspace's own stylesheets sets."""

    #: of the property
    region: Region
    #: what the rule begins with
    selector: str


class _Source(Value):
    """Where an element has a property from."""

    #: whether its value stands there as it is; what is computed is the theme's or the brand's
    is_literal: bool
    #: None for an attribute that no rule of the workspace's own wrote
    rule: Ruled | None


class MailStyles(Value):
    """The stylesheets of the mail, as far as a workspace has its own."""

    theme: Theme | None = None

    def rule(self, spot: Styled) -> Ruled | None:
        """The rule that sets what is wrong; None where none of the workspace's own does."""
        return rule_of(self.theme, spot) if self.theme else None


def region_styled(theme: Theme, spot: Styled) -> Region | None:
    """Where one of the workspace's own stylesheets sets what is wrong; None where none of them does."""
    rule = rule_of(theme, spot)
    return rule.region if rule else None


def rule_of(theme: Theme, spot: Styled) -> Ruled | None:
    """The rule of one of the workspace's own stylesheets that sets what is wrong; None where none of them does."""
    sheets = [(name, css) for name in (HEAD, INLINED) if (css := _css(theme, name))]
    if not sheets:
        return None
    found = [source for name in spot.properties if (source := _source(sheets, spot, name)) is not None]
    return min(found, key=lambda source: not source.is_literal).rule if found else None


def _source(sheets: list[tuple[str, str]], spot: Styled, name: str) -> _Source | None:
    """Where an element has one property from: from itself, or from the nearest of those around it."""
    scheme = DARK if spot.is_dark else LIGHT
    for element in (spot.of, *spot.of.iterancestors()):
        written = [one.value for one in declarations(element.get("style") or "") if one.name == name]
        for sheet, css in sheets:
            for rule in reversed(_rules_for(css, element, is_head=sheet == HEAD)):
                own = rule.important if sheet == HEAD else (*rule.weak, *rule.important)
                values = [one.value for one in own if one.name == name]
                is_meant = values and (
                    scheme in rule.schemes if sheet == HEAD else _may_be(values[-1], written)
                )
                if is_meant and rule.origin:
                    line = _line(css, rule.origin.line, name)
                    region = Region(path=f"templates/{sheet}", line=line)
                    ruled = Ruled(region=region, selector=" ".join(rule.origin.selector.split()))
                    return _Source(is_literal=EXPRESSION not in values[-1], rule=ruled)
        if written:
            return _Source(is_literal=True, rule=None)
    return None


def _may_be(value: str, written: list[str]) -> bool:
    """Whether the value of a rule may have become the one that is written into an element."""
    pieces = re.split(f"{EXPRESSION}+", _plain(value))
    pattern = ".*".join(map(re.escape, pieces))
    return bool(written) and re.fullmatch(pattern, _plain(written[-1])) is not None


def _plain(value: str) -> str:
    """A value in the one of its ways of being written that what inlines it might choose."""
    return SHORTENED.sub(r"#\1\2\3", re.sub(r"[\s\"']+", "", value).lower())


def _line(css: str, line: int, name: str) -> int:
    """The line of a declaration in the rule that begins on a line."""
    declared = re.compile(rf"(?<![\w-]){re.escape(name)}\s*:", re.IGNORECASE)
    for number, text in enumerate(css.split("\n")[line - 1 :], start=line):
        if declared.search(text):
            return number
        if "}" in text:
            break
    return line


@lru_cache(maxsize=4)
def _css(theme: Theme, name: str) -> str:
    """A stylesheet of the workspace's own with signs for its expressions; its lines are those of the file."""
    return JINJA.sub(_masked, own_text(theme, name))


def _masked(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", EXPRESSION if found[0].startswith("{{") else " ", found[0])


def _rules_for(css: str, element: HtmlElement, *, is_head: bool) -> list[Rule]:
    """The rules that an element fits, the one that holds last."""
    rules = _rules(css, is_head=is_head)
    if rules.are_too_many:
        return []
    fitting, around = NO_FITTING, frozenset[Step]()
    for one in (*reversed([*element.iterancestors()]), element):
        fitting = rules.fitting(str(one.tag), dict(one.attrib), fitting.steps, around)
        around |= fitting.steps
    return sorted(fitting.rules, key=lambda rule: (rule.specificity, rule.order))


@lru_cache(maxsize=4)
def _rules(css: str, *, is_head: bool) -> Rules:
    """The rules of a stylesheet; in the head, where no value tells them, those that surely hold."""
    return Rules(rule for rule, is_sure in _read(stylesheet(css).rules, Steps()) if is_sure or not is_head)


def _read(
    rules: Iterable[Written | Group], steps: Steps, schemes: frozenset[str] = BOTH
) -> Iterator[tuple[Rule, bool]]:
    for rule in rules:
        if isinstance(rule, Group):
            inner, is_sure = held(rule, schemes)
            if is_sure and inner:
                yield from _read(rule.rules or (), steps, inner)
        elif not rule.is_at_rule:
            yield from _by_selector(rule, steps, schemes)


def _by_selector(rule: Written, steps: Steps, schemes: frozenset[str]) -> Iterator[tuple[Rule, bool]]:
    """A rule by each of its selectors, and whether all is known that the selector asks for."""
    for selector, _ in rule.selectors:
        for meant in steps.read(selector) if len(selector) <= LONGEST else ():
            by_selector = Rule(
                step=meant.step,
                specificity=meant.specificity,
                order=rule.line,
                schemes=schemes,
                weak=_of(rule, important=False),
                important=_of(rule, important=True),
                origin=Origin(selector=rule.prelude, line=rule.line),
            )
            yield by_selector, not (meant.is_doubtful or meant.is_beside)


def _of(rule: Written, *, important: bool) -> tuple[Declaration, ...]:
    return tuple(one for one in rule.declarations if one.important is important)
