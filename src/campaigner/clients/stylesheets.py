"""What a `<style>` element uses: its rules, each with the features that query and selectors need."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from tinycss2 import parse_blocks_contents, parse_component_value_list, parse_stylesheet, serialize

from campaigner.clients.declarations import (
    Declaration,
    has_comments,
    is_sound,
    read_declarations,
    readable,
    tokens_of,
)
from campaigner.clients.features import AT_RULES, COMMENTS_IN_CSS, MEDIA, NESTING
from campaigner.clients.selectors import selectors
from campaigner.value import Value, replace

#: at-rules that hold rules
GROUPS = frozenset(
    {"media", "supports", "layer", "container", "scope", "starting-style", "document", "-moz-document"}
)


class Rule(Value, eq=False, tag=True):
    """A rule with declarations: `td.article { color: red }`, or an at-rule such as `@font-face`."""

    #: what stands before the brace
    prelude: str
    #: the selectors of it, each with the features that it needs; none for an at-rule, or a step of a movement
    selectors: tuple[tuple[str, frozenset[str]], ...] = ()
    declarations: tuple[Declaration, ...]
    #: rules that stand in it
    rules: "tuple[Rule | Group, ...]" = ()
    #: of the whole rule
    features: frozenset[str] = frozenset()
    #: of the stylesheet, on which it begins
    line: int = 0

    @property
    def _compared(self) -> tuple[object, ...]:
        return self.prelude, self.selectors, self.declarations, self.rules, self.features

    def __eq__(self, other: object) -> bool:
        """Whether all of it but line is the same."""
        return isinstance(other, Rule) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)

    @property
    def is_at_rule(self) -> bool:
        """Whether it begins with an @."""
        return self.prelude.startswith("@")


class Group(Value, tag=True):
    """An at-rule with rules in it, `@media`; or one with nothing in it, `@import`."""

    #: without the @, in small letters
    name: str
    query: str
    #: None for a statement
    rules: tuple["Rule | Group", ...] | None
    features: frozenset[str]

    @property
    def is_at_rule(self) -> bool:
        """That it is."""
        return True


class Stylesheet(Value, eq=False):
    """All of a `<style>` element, or of a file."""

    rules: tuple[Rule | Group, ...]
    #: of no single rule
    features: frozenset[str]

    @property
    def is_nested(self) -> bool:
        """Whether an at-rule stands in another one, which makes Gmail drop all of the element."""
        return _is_nested(self.rules, inside=False)


def _is_nested(rules: Iterable[Rule | Group], *, inside: bool) -> bool:
    return any(
        (inside and rule.is_at_rule) or _is_nested(rule.rules or (), inside=inside or rule.is_at_rule)
        for rule in rules
    )


@lru_cache(maxsize=32)
def stylesheet(css: str) -> Stylesheet:
    """Read a stylesheet. What is no CSS is left out, as browsers do."""
    css = readable(css)
    return Stylesheet(
        rules=tuple(_rules(parse_stylesheet(css))),
        features=frozenset({COMMENTS_IN_CSS} if has_comments(css) else ()),
    )


def written(rules: Iterable[Rule | Group]) -> str:
    """Give rules as CSS that may stand in a `<style>` element."""
    # a text in it, `content: "</style>"`, must not end the element
    return "\n".join(map(_written, rules)).replace("</", "<\\/")


def _written(rule: Rule | Group) -> str:
    if isinstance(rule, Rule):
        inner = [*map(str, rule.declarations), *map(_written, rule.rules)]
        return f"{rule.prelude}{{{';'.join(inner)}}}"
    head = f"@{rule.name} {rule.query}".strip()
    return f"{head};" if rule.rules is None else f"{head}{{{written(rule.rules)}}}"


def _rules(nodes: Iterable[Any], *, in_rule: bool = False) -> Iterator[Rule | Group]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield from _rule(node, in_rule=in_rule)
        elif node.type == "at-rule" and is_sound(node.prelude):
            yield _at_rule(node, in_rule=in_rule)


def _rule(node: Any, *, in_rule: bool) -> Iterator[Rule]:
    found = tuple(selectors(node.prelude, in_rule=in_rule))
    if not found:
        return
    contents = parse_blocks_contents(node.content)
    yield Rule(
        prelude=", ".join(text for text, _ in found),
        selectors=found,
        declarations=read_declarations(contents),
        rules=tuple(_rules(contents, in_rule=True)),
        features=frozenset({NESTING} if in_rule else ()),
        line=node.source_line,
    )


def _at_rule(node: Any, *, in_rule: bool) -> Rule | Group:
    name = node.lower_at_keyword
    query = serialize(node.prelude).strip()
    found = {AT_RULES[name]} if name in AT_RULES else set()
    if name == "media":
        found |= set(_of_query(node.prelude))
    if in_rule:
        found.add(NESTING)
    if node.content is None:
        return Group(name=name, query=query, rules=None, features=frozenset(found))
    contents = parse_blocks_contents(node.content)
    if name in GROUPS:
        inner = tuple(_rules(contents, in_rule=in_rule))
        own = read_declarations(contents) if in_rule else ()
        if own:  # in a rule they are about its elements
            inner = (
                Rule(prelude="&", selectors=(("&", frozenset({NESTING})),), declarations=own),
                *inner,
            )
        return Group(name=name, query=query, rules=inner, features=frozenset(found))
    if name.endswith("keyframes"):
        found.add(AT_RULES["keyframes"])
        return Group(name=name, query=query, rules=tuple(_steps(contents)), features=frozenset(found))
    return Rule(
        prelude=f"@{name} {query}".strip(),
        declarations=read_declarations(contents),
        rules=tuple(_rules(contents)),
        features=frozenset(found),
    )


def _steps(nodes: Iterable[Any]) -> Iterator[Rule]:
    """The steps of a movement, whose names `from` and `to` are no elements."""
    for node in nodes:
        if node.type == "qualified-rule":
            yield Rule(
                prelude=serialize(node.prelude).strip(),
                declarations=read_declarations(parse_blocks_contents(node.content)),
            )


@lru_cache(maxsize=256)
def query_features(query: str) -> frozenset[str]:
    """Give the features that the media query of an attribute needs."""
    tokens = parse_component_value_list(readable(query))
    asks = any(token.type == "() block" for token in tokens)
    return frozenset({AT_RULES["media"], *_of_query(tokens)} if asks else ())


def _of_query(tokens: Iterable[Any]) -> Iterator[str]:
    """Features that a media query asks for, in its round brackets."""
    for token in tokens:
        if token.type == "() block":
            for inner in tokens_of(token.content):
                if inner.type == "ident" and inner.lower_value in MEDIA:
                    yield MEDIA[inner.lower_value]


def kept(
    rules: Iterable[Rule | Group],
    is_supported: Callable[[frozenset[str]], bool],
    left_of: Callable[[Declaration], Declaration | None],
) -> Iterator[Rule | Group]:
    """Give what is left of rules.

    `is_supported` says whether a program knows what a selector or a rule needs, and `left_of` what it keeps
    of a declaration.
    """
    for rule in rules:
        if not is_supported(rule.features):
            continue
        if isinstance(rule, Group):
            inner = tuple(kept(rule.rules or (), is_supported, left_of))
            if inner or rule.rules is None:
                yield replace(rule, rules=None if rule.rules is None else inner)
            continue
        left = tuple(selector for selector in rule.selectors if is_supported(selector[1]))
        if rule.selectors and not left:
            continue
        own = tuple(one for one in map(left_of, rule.declarations) if one is not None)
        inner = tuple(kept(rule.rules, is_supported, left_of))
        if own or inner:
            prelude = ", ".join(text for text, _ in left) if left else rule.prelude
            yield replace(rule, prelude=prelude, selectors=left, declarations=own, rules=inner)
