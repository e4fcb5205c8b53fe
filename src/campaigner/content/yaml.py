"""YAML as marketers write it: every scalar is text, and every key knows its line.

Scalars are not guessed at here ("no" stays the language Norwegian, a version "1.10" keeps its
zero); the schema says what each one must be. Only `natural` data has YAML's own types.
"""

import re
from bisect import bisect_right
from typing import Any

import yaml

from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Position
from campaigner.model.text import shortened
from campaigner.value import Value, field

#: libyaml's parser, about ten times faster than the one in Python
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: nobody nests so deeply, and each level is a call within a call
DEEPEST_NESTING = 40
#: what an event adds to the depth
LEVELS = {
    yaml.MappingStartEvent: 1,
    yaml.SequenceStartEvent: 1,
    yaml.MappingEndEvent: -1,
    yaml.SequenceEndEvent: -1,
}
LARGEST = 500_000
#: a plain scalar that is no value (YAML 1.1, https://yaml.org/type/null.html), and one that stands for other keys
NULLS = {"", "~", "null", "Null", "NULL"}
MERGE = "<<"
#: a tag, an anchor, a reference to one
OTHER_THAN_TEXT = {"!", "&", "*"}
#: what is no printable character of YAML 1.1 (section 5.1), or ends a line for YAML and for no editor
UNREADABLE = "[\u2028\u2029]|[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
#: what a quoted scalar can still say with an escape
CONTROL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
#: a telephone number or a postcode, not a count
LEADING_ZERO = r"[+-]?0[0-9_]+"
TRUE = {"true", "yes", "on"}
FALSE = {"false", "no", "off"}


class Tree(Value):
    """A YAML mapping: its values, and where each key and value stands by dotted path."""

    values: dict[str, Any]
    keys: dict[str, Position] = field(default_factory=dict)
    at: dict[str, Position] = field(default_factory=dict)
    #: what is wrong with it, and did not stop its reading
    faults: tuple[Fault, ...] = ()


def read_mapping(text: str, *, path: str, first_line: int = 1, natural: frozenset[str] = frozenset()) -> Tree:
    """Read a YAML mapping; `natural` names the top keys below which YAML's own types hold.

    Raises ContentError for what is no YAML, no mapping, or has a key twice.
    """
    tree = read_tree(text, path=path, first_line=first_line, natural=natural)
    if tree.faults:
        raise ContentError(tree.faults)
    return tree


def read_tree(text: str, *, path: str, first_line: int = 1, natural: frozenset[str] = frozenset()) -> Tree:
    """Read a YAML mapping as `read_mapping` does, as far as it can be read.

    Raises ContentError for what is no YAML or no mapping; all else is in the tree's faults.
    """
    return _Reader(text, path, first_line, natural).tree()


class _Reader:
    """Goes through a text once, from event to event as libyaml's parser gives them.

    No tree of nodes is composed first: that takes as long again, and might be deep or refer to itself.
    """

    def __init__(self, text: str, path: str, first_line: int, natural: frozenset[str]) -> None:
        self.text = text
        self.path = path
        #: where lines begin; YAML itself counts further characters as line ends than editors do
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.first_line = first_line
        self.natural = natural
        #: what makes it no YAML, or other YAML than was meant: there is no tree then
        self.refused: list[Fault] = []
        #: what is wrong with the tree
        self.faults: list[Fault] = []
        self.keys: dict[str, Position] = {}
        self.at: dict[str, Position] = {}
        self.may_be_other_than_text = any(sign in text for sign in OTHER_THAN_TEXT)
        self.events: Any = None
        self.depth = 0

    def tree(self) -> Tree:
        """The whole text as a tree."""
        if len(self.text) > LARGEST:
            message = f"this has {len(self.text):,} characters, more than {LARGEST:,}"
            raise self._error(0, message, "Shorten it")
        unreadable = _first_unreadable(self.text)
        if unreadable:
            message = f"U+{ord(unreadable[0]):04X} is a character that YAML does not take"
            raise self._error(unreadable.start(), message, "Take it out")
        try:
            values = self._document()
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except yaml.YAMLError as error:
            raise self._error(0, f"this is no YAML: {str(error).splitlines()[0]}") from None
        return Tree(values=values, keys=self.keys, at=self.at, faults=tuple(self.faults))

    def _document(self) -> dict[str, Any]:
        self.events = Loader(self.text)
        self._next()
        if isinstance(self._next(), yaml.StreamEndEvent):
            return {}
        root = self._next()
        values = self._value(root, "")
        self._next()
        if not isinstance(self._next(), yaml.StreamEndEvent):
            self._refuse_second_document()
        if self.refused:
            raise ContentError(self.refused)
        if values is None:
            self.at.clear()
            return {}
        if not isinstance(values, dict):
            raise self._error(
                _start(root),
                "this must be lines of `key: value`",
                "Put a colon and a space behind the key",
            )
        return values

    def _next(self) -> Any:
        """The next event; refuses what is too deep, and notes what is YAML for something else than text."""
        event = self.events.get_event()
        if self.may_be_other_than_text and isinstance(event, yaml.NodeEvent):
            self._refuse_other_than_text(_start(event))
        self.depth += LEVELS.get(type(event), 0)
        if self.depth > DEEPEST_NESTING:
            message = f"this is nested more than {DEEPEST_NESTING} deep"
            raise self._error(_start(event), message, "Take some levels out")
        return event

    def _refuse_other_than_text(self, index: int) -> None:
        sign = self.text[index : index + 1]
        if sign in OTHER_THAN_TEXT:
            message = f"`{sign}` at the beginning of a value is YAML for something else than text"
            self.refused.append(self._fault(index, message, "Put the value between quotes"))

    def _refuse_second_document(self) -> None:
        """Look at all the rest, then have PyYAML say what is wrong with it."""
        while not isinstance(self._next(), yaml.StreamEndEvent):
            pass
        if not self.refused:
            yaml.compose(self.text, Loader=Loader)

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> ContentError:
        """Where the reader ran into the end, the mistake is where it began what it never finished."""
        mark: Any = error.problem_mark or error.context_mark
        if error.context_mark and mark.index >= len(self.text.rstrip()):
            mark = error.context_mark
        index = min(mark.index, len(self.text.rstrip("\n")))
        return self._error(index, _sentence(error), _hint(error))

    def _value(self, event: Any, path: str) -> Any:
        """What an event and those inside of it say; None for a key without a value."""
        self.at[path] = self._position(_start(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._scalar(event, path) if isinstance(event, yaml.ScalarEvent) else None

    def _mapping(self, path: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or (event.value == MERGE and not event.style):
                hint = "Write `key: value`"
                self.faults.append(self._fault(_start(event), "a key must be a plain word", hint))
                self._pass_over(event)
                self._pass_over(self._next())
                continue
            key = event.value
            inner = f"{path}.{key}" if path else key
            if key in values:
                message = f'the key "{shortened(key)}" is here twice'
                self.faults.append(self._fault(_start(event), message, "Keep one of them"))
            self.keys[inner] = self._position(_start(event))
            values[key] = self._value(self._next(), inner)
        return values

    def _sequence(self, path: str) -> tuple[Any, ...]:
        """The items of a list; empty ones are left out."""
        items: list[Any] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            if not _is_null(event) or self._is_natural(path):
                items.append(self._value(event, f"{path}.{len(items)}"))
        return tuple(items)

    def _pass_over(self, event: Any) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            depth = self.depth
            while self.depth >= depth:
                self._next()

    def _scalar(self, event: yaml.ScalarEvent, path: str) -> Any:
        if _is_null(event):
            return None
        text = event.value
        control = None if text.isprintable() else re.search(CONTROL, text)
        if control:
            message = f"there is a control character (U+{ord(control[0]):04X}) in this text"
            self.faults.append(self._fault(_start(event), message, "Take it out"))
            text = re.sub(CONTROL, "", text).replace("\n", " ")
        return self._natural(event, text) if self._is_natural(path) else text

    def _natural(self, event: yaml.ScalarEvent, text: str) -> Any:
        """A scalar as the type that YAML takes it for."""
        tag = self.events.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag.endswith(":bool") and text.lower() in TRUE | FALSE:
            return text.lower() in TRUE
        if re.fullmatch(LEADING_ZERO, text):
            return text
        for number in (int, float):
            if tag.endswith((":int", ":float")):
                try:
                    return number(text)
                except ValueError:
                    continue
        return text

    def _is_natural(self, path: str) -> bool:
        return path.partition(".")[0] in self.natural

    def _position(self, index: int) -> Position:
        line = bisect_right(self.starts, index) - 1
        return Position(line=line + self.first_line, column=index - self.starts[line] + 1)

    def _fault(self, index: int, message: str, hint: str = "") -> Fault:
        place = self._position(index)
        return Fault(path=self.path, line=place.line, column=place.column, message=message, hint=hint)

    def _error(self, index: int, message: str, hint: str = "") -> ContentError:
        return ContentError([*self.refused, self._fault(index, message, hint)])


def _first_unreadable(text: str) -> re.Match[str] | None:
    # What can be printed can be read. The expression takes milliseconds to compile, and most texts do without.
    return None if text.replace("\n", "").isprintable() else re.search(UNREADABLE, text)


def _start(event: Any) -> int:
    index: int = event.start_mark.index
    return index


def _is_null(event: Any) -> bool:
    return isinstance(event, yaml.ScalarEvent) and not event.style and event.value in NULLS


def _sentence(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "it cannot be read"
    if "quoted scalar" in str(error.context) and "end of stream" in problem:
        return "this quote is never closed"
    if "flow sequence" in str(error.context):
        return "this is no YAML: the list between `[` and `]` is not closed, or a comma is missing"
    if "flow mapping" in str(error.context):
        return "this is no YAML: the block between `{` and `}` is not closed, or a comma is missing"
    return f"this is no YAML: {problem}"


def _hint(error: yaml.MarkedYAMLError) -> str:
    told = str(error.problem)
    if "mapping values are not allowed" in told:
        return 'Put text that has a colon in it between quotes: title: "Botulinum toxin: a guide"'
    if "alphabetic or numeric" in told or "while scanning a tag" in str(error.context):
        return "Put text that begins with *, & or ! between quotes"
    if "cannot start any token" in told:
        return "Put text that begins with a sign such as @ or % between quotes, and indent with spaces, not with tabs"
    if "could not find expected ':'" in told or "did not find expected" in told:
        return "Check indentation, quotes and brackets here and in the line above"
    return "Check quotes and indentation here"
