"""YAML as marketers write it: every scalar is text, and every key knows its line.

Scalars are not guessed at here ("no" stays the language Norwegian, a version "1.10" keeps its
zero); the schema says what each one must be. Only `natural` data has YAML's own types.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import yaml

from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Position
from campaigner.model.text import shortened

#: libyaml's parser, about ten times faster than the one in Python
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: deeper nesting would exhaust the C stack of libyaml's recursive composer
DEEPEST_NESTING = 40
LARGEST = 500_000
NULL = "tag:yaml.org,2002:null"
MERGE = "tag:yaml.org,2002:merge"
#: what is no printable character of YAML 1.1 (section 5.1), or ends a line for YAML and for no editor
UNREADABLE = re.compile(
    "[\u2028\u2029]|[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
#: what a quoted scalar can still say with an escape
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
#: a telephone number or a postcode, not a count
LEADING_ZERO = re.compile(r"[+-]?0[0-9_]+")
TRUE = {"true", "yes", "on"}
FALSE = {"false", "no", "off"}


@dataclass(frozen=True, kw_only=True)
class Tree:
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
    reader = _Reader(text, path, first_line, natural)
    root = reader.compose()
    values = {} if root is None else reader.value(root, "")
    return Tree(values=values, keys=reader.keys, at=reader.at, faults=tuple(reader.faults))


class _Reader:
    def __init__(self, text: str, path: str, first_line: int, natural: frozenset[str]) -> None:
        self.text = text
        self.path = path
        #: where lines begin; YAML itself counts further characters as line ends than editors do
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.first_line = first_line
        self.natural = natural
        self.faults: list[Fault] = []
        self.keys: dict[str, Position] = {}
        self.at: dict[str, Position] = {}

    def compose(self) -> yaml.Node | None:
        """The tree of nodes; refuses what would be too deep or refers to itself before it is built."""
        if len(self.text) > LARGEST:
            message = f"this has {len(self.text):,} characters, more than {LARGEST:,}"
            raise self._error(0, message, "Shorten it")
        unreadable = UNREADABLE.search(self.text)
        if unreadable:
            message = f"U+{ord(unreadable[0]):04X} is a character that YAML does not take"
            raise self._error(unreadable.start(), message, "Take it out")
        try:
            self._refuse_depth_and_references()
            root: yaml.Node | None = yaml.compose(self.text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from None
        except yaml.YAMLError as error:
            raise self._error(0, f"this is no YAML: {str(error).splitlines()[0]}") from None
        if root is None or root.tag == NULL:
            return None
        if not isinstance(root, yaml.MappingNode):
            raise self._error(
                root.start_mark.index,
                "this must be lines of `key: value`",
                "Put a colon and a space behind the key",
            )
        return root

    def _refuse_depth_and_references(self) -> None:
        depth = 0
        events: Iterable[Any] = yaml.parse(self.text, Loader=Loader)
        for event in events:
            index = event.start_mark.index
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST_NESTING:
                    message = f"this is nested more than {DEEPEST_NESTING} deep"
                    raise self._error(index, message, "Take some levels out")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if isinstance(event, yaml.NodeEvent) and self.text[index : index + 1] in {"!", "&", "*"}:
                message = (
                    f"`{self.text[index]}` at the beginning of a value is YAML for something else than text"
                )
                self._fault(index, message, "Put the value between quotes")
        if self.faults:
            raise ContentError(self.faults)

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> ContentError:
        """Where the reader ran into the end, the mistake is where it began what it never finished."""
        mark: Any = error.problem_mark or error.context_mark
        if error.context_mark and mark.index >= len(self.text.rstrip()):
            mark = error.context_mark
        index = min(mark.index, len(self.text.rstrip("\n")))
        return self._error(index, _sentence(error), _hint(error))

    def value(self, node: yaml.Node, path: str) -> Any:
        """What a node says; None for a key without a value. Empty items of a list are left out."""
        self.at[path] = self._position(node.start_mark.index)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            items = [item for item in node.value if item.tag != NULL or self._is_natural(path)]
            return tuple(self.value(item, f"{path}.{index}") for index, item in enumerate(items))
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101  there are three kinds
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == MERGE:
                self._fault(key_node.start_mark.index, "a key must be a plain word", "Write `key: value`")
                continue
            key = key_node.value
            inner = f"{path}.{key}" if path else key
            if key in values:
                index = key_node.start_mark.index
                self._fault(index, f'the key "{shortened(key)}" is here twice', "Keep one of them")
            self.keys[inner] = self._position(key_node.start_mark.index)
            values[key] = self.value(value_node, inner)
        return values

    def _scalar(self, node: yaml.ScalarNode, path: str) -> Any:
        if node.tag == NULL:
            return None
        text: str = node.value
        control = CONTROL.search(text)
        if control:
            message = f"there is a control character (U+{ord(control[0]):04X}) in this text"
            self._fault(node.start_mark.index, message, "Take it out")
            text = CONTROL.sub("", text).replace("\n", " ")
        if node.style or not self._is_natural(path):
            return text
        if node.tag.endswith(":bool") and text.lower() in TRUE | FALSE:
            return text.lower() in TRUE
        if LEADING_ZERO.fullmatch(text):
            return text
        for number in (int, float):
            if node.tag.endswith((":int", ":float")):
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

    def _fault(self, index: int, message: str, hint: str = "") -> None:
        place = self._position(index)
        self.faults.append(
            Fault(path=self.path, line=place.line, column=place.column, message=message, hint=hint)
        )

    def _error(self, index: int, message: str, hint: str = "") -> ContentError:
        self._fault(index, message, hint)
        return ContentError(self.faults)


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
