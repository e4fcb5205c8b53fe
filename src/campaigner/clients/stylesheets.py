"""What a `<style>` element uses: its rules, each with the features that selector and query need."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tinycss2 import parse_blocks_contents, parse_stylesheet, serialize

from campaigner.clients.declarations import Declaration, read_declarations
from campaigner.clients.features import (
    AT_RULES,
    COMBINATORS,
    COMMENTS_IN_CSS,
    MEDIA,
    NESTING,
    PSEUDO_CLASSES,
    PSEUDO_ELEMENTS,
)

#: at-rules that hold rules
GROUPS = ("media", "supports", "layer", "container")
#: pseudo-elements that may be written with one colon
LEGACY = ("after", "before", "first-letter", "first-line")
SELECTOR = "css-selector-"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule with declarations: `td.article { color: red }`, or an at-rule such as `@font-face`."""

    #: what stands before the brace
    prelude: str
    #: the selectors of it, each with the features that it needs; one without any for an at-rule
    selectors: tuple[tuple[str, frozenset[str]], ...]
    declarations: tuple[Declaration, ...]
    #: of the whole rule
    features: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Group:
    """An at-rule with rules in it, `@media`; or one with nothing in it, `@import`."""

    #: without the @, in small letters
    name: str
    query: str
    #: None for a statement
    rules: "tuple[Rule | Group, ...] | None"
    features: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Stylesheet:
    """All of a `<style>` element."""

    rules: tuple[Rule | Group, ...]
    #: of no single rule
    features: frozenset[str]

    @property
    def is_nested(self) -> bool:
        """Whether an at-rule stands in another one, which makes Gmail drop all of the element."""
        return any(
            isinstance(inner, Group) or inner.prelude.startswith("@")
            for rule in self.rules
            if isinstance(rule, Group)
            for inner in rule.rules or ()
        )


@lru_cache(maxsize=256)
def stylesheet(css: str) -> Stylesheet:
    """Read a stylesheet. What is no CSS is left out, as browsers do."""
    nodes = parse_stylesheet(css, skip_whitespace=True)
    has_comments = any(node.type == "comment" for node in nodes) or "/*" in css
    return Stylesheet(
        rules=tuple(_rules(nodes)),
        features=frozenset({COMMENTS_IN_CSS} if has_comments else ()),
    )


def written(rules: Iterable[Rule | Group]) -> str:
    """Give rules as CSS."""
    return "\n".join(map(_written, rules))


def _written(rule: Rule | Group) -> str:
    if isinstance(rule, Rule):
        return f"{rule.prelude}{{{';'.join(map(str, rule.declarations))}}}"
    if rule.rules is None:
        return f"@{rule.name} {rule.query};"
    return f"@{rule.name} {rule.query}{{{written(rule.rules)}}}"


def _rules(nodes: Iterable[Any]) -> Iterator[Rule | Group]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield _rule(node)
        elif node.type == "at-rule":
            yield _at_rule(node)


def _rule(node: Any) -> Rule:
    contents = parse_blocks_contents(node.content)
    is_nesting = any(one.type in ("qualified-rule", "at-rule") for one in contents)
    return Rule(
        prelude=serialize(node.prelude).strip(),
        selectors=tuple(selectors(node.prelude)),
        declarations=read_declarations(contents),
        features=frozenset({NESTING} if is_nesting else ()),
    )


def _at_rule(node: Any) -> Rule | Group:
    name = node.lower_at_keyword
    query = serialize(node.prelude).strip()
    found = {AT_RULES[name]} if name in AT_RULES else set()
    if name == "media":
        found |= set(_of_query(node.prelude))
    if node.content is None:
        return Group(name=name, query=query, rules=None, features=frozenset(found))
    if name in GROUPS:
        inner = tuple(_rules(parse_blocks_contents(node.content)))
        return Group(name=name, query=query, rules=inner, features=frozenset(found))
    if name.endswith("keyframes"):
        found.add(AT_RULES["keyframes"])
        steps = tuple(_rules(parse_blocks_contents(node.content)))
        return Group(name=name, query=query, rules=steps, features=frozenset(found))
    return Rule(
        prelude=f"@{name} {query}".strip(),
        selectors=(),
        declarations=read_declarations(parse_blocks_contents(node.content)),
        features=frozenset(found),
    )


def _of_query(tokens: Iterable[Any]) -> Iterator[str]:
    """Features that a media query asks for, in its round brackets."""
    for token in tokens:
        if token.type == "() block":
            yield from _of_query(token.content)
        elif token.type == "ident" and token.lower_value in MEDIA:
            yield MEDIA[token.lower_value]


def selectors(prelude: Iterable[Any]) -> Iterator[tuple[str, frozenset[str]]]:
    """Give each selector of a list, with the features that it needs."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type != "comment":
            parts[-1].append(token)
    grouping = frozenset({f"{SELECTOR}grouping"} if len(parts) > 1 else ())
    for tokens in parts:
        yield serialize(tokens).strip(), _of_selector(tokens) | grouping


def _of_selector(tokens: list[Any]) -> frozenset[str]:
    tokens = _trimmed(tokens)
    found: set[str] = set()
    #: how many simple selectors stand without a space between them
    chained = 0
    for place, token in enumerate(tokens):
        before = tokens[place - 1] if place else None
        sign = token.value if token.type == "literal" else ""
        if sign in COMBINATORS:
            found.add(COMBINATORS[sign])
        elif token.type == "whitespace" and not _beside_combinator(tokens, place):
            found.add(f"{SELECTOR}descendant")
        elif sign == "&":
            found.add(NESTING)
        found |= set(_simple(token, before, tokens[place - 2] if place > 1 else None))
        if token.type == "whitespace" or sign in COMBINATORS:
            chained = 0
        elif sign == "." or token.type in ("hash", "[] block"):
            chained += 1
            if chained > 1:
                found.add(f"{SELECTOR}chaining")
    return frozenset(found)


def _simple(token: Any, before: Any, two_before: Any) -> Iterator[str]:
    """Features of one token of a selector, by those before it."""
    after = before.value if before is not None and before.type == "literal" else ""
    if token.type == "hash":
        yield f"{SELECTOR}id"
    elif token.type == "[] block":
        yield f"{SELECTOR}attribute"
    elif token.type == "literal" and token.value == "*":
        yield f"{SELECTOR}universal"
    elif token.type == "function" and after == ":":
        if token.lower_name in PSEUDO_CLASSES:
            yield PSEUDO_CLASSES[token.lower_name]
    elif token.type == "ident":
        name = token.lower_value
        if after == ".":
            yield f"{SELECTOR}class"
        elif after == ":":
            is_element = two_before is not None and two_before.type == "literal" and two_before.value == ":"
            known = PSEUDO_ELEMENTS if is_element or name in LEGACY else PSEUDO_CLASSES
            if name in known:
                yield known[name]
        else:
            yield f"{SELECTOR}type"


def _beside_combinator(tokens: list[Any], place: int) -> bool:
    around = (tokens[place - 1 : place], tokens[place + 1 : place + 2])
    return any(one[0].type == "literal" and one[0].value in COMBINATORS for one in around if one)


def _trimmed(tokens: list[Any]) -> list[Any]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].type == "whitespace":
        start += 1
    while end > start and tokens[end - 1].type == "whitespace":
        end -= 1
    return tokens[start:end]


def kept(
    rules: Iterable[Rule | Group],
    is_supported: Callable[[frozenset[str]], bool],
) -> Iterator[Rule | Group]:
    """Give what is left of rules where `is_supported` says of each piece whether a program knows it."""
    for rule in rules:
        if not is_supported(rule.features):
            continue
        if isinstance(rule, Group):
            if rule.rules is None:
                yield rule
                continue
            inner = tuple(kept(rule.rules, is_supported))
            if inner:
                yield Group(name=rule.name, query=rule.query, rules=inner, features=rule.features)
            continue
        left = [selector for selector in rule.selectors if is_supported(selector[1])]
        own = tuple(one for one in rule.declarations if is_supported(one.features))
        if own and (left or not rule.selectors):
            prelude = ", ".join(text for text, _ in left) if rule.selectors else rule.prelude
            yield Rule(prelude=prelude, selectors=tuple(left), declarations=own, features=rule.features)


#: a name in a selector: what follows a dot or a number sign
NAME = re.compile(r"(?<=[.#])[A-Za-z_][\w-]*")
