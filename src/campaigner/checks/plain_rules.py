"""The rules of `<style>` elements that say something about colours and sizes, and which of them fit an element.

Selectors are read as far as mails need it: elements, classes and ids, one within another. A rule with anything
else in it (`:hover`, `[lang]`, `+`) is left out, as are queries of all kinds but that for the dark.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from campaigner.checks.colouring import NOTHING, Setting, setting
from campaigner.clients.stylesheets import Group, stylesheet
from campaigner.clients.stylesheets import Rule as Written
from campaigner.value import Value

DARK = re.compile(
    r"(?:(?:only\s+)?(?:screen|all)\s+and\s+)?\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE
)
ALWAYS = frozenset({"", "all", "screen", "only screen"})
#: rules for one name, and steps around them, up to which they are held against elements
MOST = 1_000
COMPOUND = re.compile(r"[a-z0-9]*(?:[.#][\w-]+)*", re.IGNORECASE)
NAME = re.compile(r"([.#]?)([\w-]+)")


class Compound(Value):
    """One step of a selector: `td.article`."""

    tag: str
    names: frozenset[str]

    def fits(self, tag: str, names: frozenset[str]) -> bool:
        """Whether an element fits: its tag, and its classes and id with their signs."""
        return self.tag in ("", tag) and self.names <= names


class Rule(Value, eq=False):
    """A rule, by one of its selectors."""

    last: Compound
    around: frozenset[Compound]
    specificity: tuple[int, int, int]
    order: int
    is_dark: bool
    #: what it sets without and with `!important`
    weak: Setting
    important: Setting


class Rules:
    """All rules of a mail, by the last step of their selectors."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._by_name: dict[str, list[Rule]] = {}
        self._around: dict[str, list[Compound]] = {}
        self.has_dark = False
        for rule in rules:
            self.has_dark = self.has_dark or rule.is_dark
            self._by_name.setdefault(_key(rule.last), []).append(rule)
            for compound in rule.around:
                known = self._around.setdefault(_key(compound), [])
                if compound not in known:
                    known.append(compound)

    def fitting(
        self, element: HtmlElement, around: frozenset[Compound]
    ) -> tuple[tuple[Rule, ...], frozenset[Compound]]:
        """Give the rules for an element, and the steps that it is for what stands in it.

        `around` are those of what it stands in.
        """
        if not self._by_name:
            return (), frozenset()
        attributes = element.attrib
        classes, id_ = attributes.get("class", ""), attributes.get("id", "")
        return self._fitting(element.tag, classes, id_, around)

    @property
    def are_too_many(self) -> bool:
        """Whether nobody can tell in time which of them hold."""
        of_one_name = max(map(len, self._by_name.values()), default=0)
        return of_one_name > MOST or sum(map(len, self._around.values())) > MOST

    @lru_cache(maxsize=4096)  # noqa: B019 - there are as many as there are stylesheets
    def _fitting(
        self, tag: str, classes: str, id_: str, around: frozenset[Compound]
    ) -> tuple[tuple[Rule, ...], frozenset[Compound]]:
        names = frozenset((*(f".{name}" for name in classes.split()), *((f"#{id_}",) if id_ else ())))
        keys = (tag, *names, "")
        rules = (rule for key in keys for rule in self._by_name.get(key, ()))
        steps = (step for key in keys for step in self._around.get(key, ()))
        return (
            tuple(rule for rule in rules if rule.last.fits(tag, names) and rule.around <= around),
            frozenset(step for step in steps if step.fits(tag, names)),
        )


def _key(compound: Compound) -> str:
    return min(compound.names, default=compound.tag)


def rules_of(tree: HtmlElement) -> Rules:
    """Give the rules of all `<style>` elements of a mail."""
    return _rules(tuple(style.text or "" for style in tree.iter("style")))


@lru_cache(maxsize=32)
def _rules(styles: tuple[str, ...]) -> Rules:
    numbered = enumerate(rule for css in styles for rule in _read(stylesheet(css).rules, is_dark=False))
    return Rules(
        Rule(
            last=steps[-1],
            around=frozenset(steps[:-1]),
            specificity=_specificity(steps),
            order=order,
            is_dark=is_dark,
            weak=weak,
            important=important,
        )
        for order, (steps, is_dark, weak, important) in numbered
    )


def _read(
    rules: Iterable[Written | Group], *, is_dark: bool
) -> Iterator[tuple[tuple[Compound, ...], bool, Setting, Setting]]:
    for rule in rules:
        if isinstance(rule, Group):
            if rule.name != "media":
                continue
            query = " ".join(rule.query.lower().split())
            if query in ALWAYS or DARK.fullmatch(query):
                yield from _read(rule.rules or (), is_dark=is_dark or query not in ALWAYS)
            continue
        weak = setting(one for one in rule.declarations if not one.important)
        important = setting(one for one in rule.declarations if one.important)
        if (weak, important) == (NOTHING, NOTHING):
            continue
        for selector, _ in rule.selectors:
            steps = _steps(selector)
            if steps:
                yield steps, is_dark, weak, important


def _steps(selector: str) -> tuple[Compound, ...]:
    """The steps of a selector; none where it has something else in it."""
    parts = selector.replace(">", " ").split()
    if not all(COMPOUND.fullmatch(part) for part in parts):
        return ()
    return tuple(map(_compound, parts))


def _compound(written: str) -> Compound:
    found = [(sign, name) for sign, name in NAME.findall(written)]
    return Compound(
        tag=next((name.lower() for sign, name in found if not sign), ""),
        names=frozenset(sign + name for sign, name in found if sign),
    )


def _specificity(steps: Iterable[Compound]) -> tuple[int, int, int]:
    ids = classes = tags = 0
    for step in steps:
        ids += sum(name[0] == "#" for name in step.names)
        classes += sum(name[0] == "." for name in step.names)
        tags += bool(step.tag)
    return ids, classes, tags
