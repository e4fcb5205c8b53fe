"""Selectors as steps from the outer to the inner: elements by tag, classes, id and attributes, one within another.

What else a selector asks for (`:first-child`, `+`) nobody can tell by an element and by what it stands in: such a
selector is a doubtful one, and its steps are those of all elements that it may mean. What holds only while a reader
points at something (`:hover`) means none.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tinycss2 import parse_component_value_list

from campaigner.clients.selectors import LEGACY
from campaigner.value import Value, replace

#: of a page that nobody touches, and that was not printed
RESTLESS = frozenset(
    (
        *("hover", "focus", "focus-visible", "focus-within", "active", "visited", "target", "fullscreen"),
        *("user-invalid", "user-valid", "popover-open", "modal"),
    )
)
LINKS = frozenset(("link", "any-link"))
#: stand for any of what they hold
ANY = frozenset(("is", "where", "matches", "-webkit-any", "-moz-any"))
#: selectors that one is written for; nobody writes so many
MOST = 64
#: characters of a selector, and colons in it; those of rules in rules grow
LONGEST, MOST_PSEUDO = 2_000, 32
#: attributes whose values are looked at; others have too many
VALUED = frozenset(
    ("type", "role", "dir", "lang", "aria-invalid", "aria-current", "aria-hidden", "disabled", "open")
)
ANYTHING = "*"


class Compound(Value):
    """One step by itself: `td.article[open]`."""

    tag: str = ""
    #: classes and id with their signs
    names: frozenset[str] = frozenset()
    #: with the value that they must have, or ANYTHING
    attributes: frozenset[tuple[str, str]] = frozenset()

    @property
    def key(self) -> str:
        """A name that each element has which fits; empty where there is none."""
        return min(self.names, default=self.tag)

    def fits(self, tag: str, names: frozenset[str], attributes: Mapping[str, str]) -> bool:
        """Whether an element fits."""
        return (
            self.tag in ("", tag)
            and self.names <= names
            and all(
                name in attributes and value in (ANYTHING, attributes[name])
                for name, value in self.attributes
            )
        )


class Step(Value, eq=False):
    """A step, with those before it; the same one is there once, see `Steps`."""

    compound: Compound
    before: "Step | None" = None
    #: whether it stands right in the one before it
    is_child: bool = False


class Meant(Value):
    """What a selector means."""

    #: the last step
    step: Step
    specificity: tuple[int, int, int]
    #: whether more is asked for than the steps say
    is_doubtful: bool
    #: whether it is what stands before or behind the content
    is_beside: bool


class Steps:
    """Reads selectors; what two of them begin with is one."""

    def __init__(self) -> None:
        self._known: dict[tuple[Compound, Step | None, bool], Step] = {}

    def read(self, selector: str) -> Iterator[Meant]:
        """Give what a selector means; nothing for one that means nothing on a page that nobody touches."""
        if len(selector) > LONGEST or selector.count(":") > MOST_PSEUDO:
            return
        tokens = parse_component_value_list(selector)
        specificity = _specificity(tokens)
        for written in islice(_spread(tokens), MOST):
            found = _Reading().read(written)
            if found is not None:
                yield Meant(
                    step=self._step(found.steps),
                    specificity=specificity,
                    is_doubtful=found.is_doubtful,
                    is_beside=found.is_beside,
                )

    def _step(self, written: Sequence[tuple[Compound, bool]]) -> Step:
        (outermost, _), *others = written
        step = self._kept(Step(compound=outermost))
        for compound, is_child in others:
            step = self._kept(Step(compound=compound, before=step, is_child=is_child))
        return step

    def _kept(self, step: Step) -> Step:
        return self._known.setdefault((step.compound, step.before, step.is_child), step)


class _Reading:
    """Reads one selector, token by token."""

    def __init__(self) -> None:
        #: each with whether it stands right in the one before it
        self.steps: list[tuple[Compound, bool]] = []
        self.is_doubtful = False
        self.is_beside = False

    def read(self, tokens: Sequence[Any]) -> "_Reading | None":
        now, is_child, is_empty = Compound(), False, True
        before = ""
        for token in tokens:
            sign = token.value if token.type == "literal" else ""
            if token.type == "whitespace" or sign in (">", "+", "~"):
                if not is_empty:
                    self.steps.append((now, is_child))
                    now, is_child, is_empty = Compound(), False, True
                if sign == ">":
                    is_child = True
                elif sign and self.steps:  # what stands beside it is neither around it nor in it
                    _, is_child = self.steps.pop()
                    self.is_doubtful = True
                continue
            is_empty = False
            if before.endswith(":") and not sign:
                added = self._pseudo(token, is_element=before == "::", now=now)
                if added is None:
                    return None
                now = added
            elif not sign:
                now = self._simple(token, before, now)
            before = before + sign if sign == before == ":" else sign
        if not is_empty:
            self.steps.append((now, is_child))
        return self if self.steps else None

    def _simple(self, token: Any, before: str, now: Compound) -> Compound:
        if token.type == "ident" and before == ".":
            return replace(now, names=now.names | {f".{token.value}"})
        if token.type == "ident":
            return replace(now, tag=token.lower_value)
        if token.type == "hash":
            return replace(now, names=now.names | {f"#{token.value}"})
        asked = _attribute(token.content) if token.type == "[] block" else None
        if asked is None:
            self.is_doubtful = True
            return now
        return replace(now, attributes=now.attributes | {asked})

    def _pseudo(self, token: Any, *, is_element: bool, now: Compound) -> Compound | None:
        """What stands behind a colon; None where nothing is meant."""
        name = token.lower_value if token.type == "ident" else getattr(token, "lower_name", "")
        if is_element or name in LEGACY:
            self.is_beside = True
            return now if name in LEGACY[:2] else None
        if name in RESTLESS:
            return None
        if name == "root":
            return replace(now, tag="html")
        if name in LINKS:
            return replace(now, attributes=now.attributes | {("href", ANYTHING)})
        if name != "not" or not _are_restless(token):
            self.is_doubtful = True
        return now


def _attribute(tokens: Iterable[Any]) -> tuple[str, str] | None:
    """Name and value of an attribute that is asked for; None where more is."""
    said = [token for token in tokens if token.type != "whitespace"]
    if not said or said[0].type != "ident":
        return None
    name = said[0].lower_value
    if len(said) == 1:
        return name, ANYTHING
    is_equal = len(said) == 3 and said[1] == "=" and said[2].type in ("ident", "string")
    return (name, said[2].value) if is_equal and name in VALUED else None


def _are_restless(token: Any) -> bool:
    """Whether `:not()` leaves out nothing of a page that nobody touches."""
    arguments = token.arguments if token.type == "function" else ()
    names = [one.lower_value for one in arguments if one.type == "ident"]
    return bool(names) and all(name in RESTLESS for name in names)


def _spread(tokens: Sequence[Any]) -> Iterator[list[Any]]:
    """A selector with each of what `:is()` holds in its place."""
    place = next(
        (at for at, token in enumerate(tokens) if token.type == "function" and token.lower_name in ANY), None
    )
    if place is None or place == 0:
        yield [*tokens]
        return
    for part in _parts(tokens[place].arguments):
        if any(token.type == "whitespace" or token in (">", "+", "~") for token in part):
            part = parse_component_value_list(":doubtful")  # noqa: PLW2901 - several steps in one
        for rest in islice(_spread(tokens[place + 1 :]), MOST):
            yield [*tokens[: place - 1], *part, *rest]


def _parts(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """The tokens between commas, without blanks around them."""
    part: list[Any] = []
    for token in (*tokens, None):
        if token is None or token == ",":
            while part and part[-1].type == "whitespace":
                part.pop()
            yield part
            part = []
        elif part or token.type != "whitespace":
            part.append(token)


def _specificity(tokens: Iterable[Any]) -> tuple[int, int, int]:
    ids = classes = tags = 0
    before = ""
    for token in tokens:
        sign = token.value if token.type == "literal" else ""
        if token.type == "hash":
            ids += 1
        elif token.type == "[] block" or (token.type == "ident" and before in (".", ":")):
            classes += 1
        elif token.type == "ident":
            tags += 1
        elif token.type == "function" and token.lower_name != "where":
            of_parts = max(map(_specificity, _parts(token.arguments)), default=(0, 0, 0))
            plain = token.lower_name.startswith(("nth-", "lang", "dir"))
            ids, classes, tags = (
                one + other
                for one, other in zip((ids, classes, tags), (0, 1, 0) if plain else of_parts, strict=True)
            )
        before = "::" if sign == before == ":" else sign
    return ids, classes, tags
