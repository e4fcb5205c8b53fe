"""YAML as marketers write it: every scalar is text, and every key knows its line.

Scalars are not guessed at here ("no" stays the language Norwegian, a version "1.10" keeps its
zero); the schema says what each one must be. Only `natural` data has YAML's own types.
"""

from dataclasses import dataclass, field
from typing import Any

import yaml

from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Position

#: libyaml's parser, about ten times faster than the one in Python
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: deeper nesting would exhaust the C stack of libyaml's recursive composer
DEEPEST_NESTING = 40
LARGEST = 500_000
NULL = "tag:yaml.org,2002:null"
MERGE = "tag:yaml.org,2002:merge"
TRUE = {"true", "yes", "on"}
FALSE = {"false", "no", "off"}


@dataclass(frozen=True, kw_only=True)
class Tree:
    """A YAML mapping: its values, and where each key and value stands by dotted path."""

    values: dict[str, Any]
    keys: dict[str, Position] = field(default_factory=dict)
    at: dict[str, Position] = field(default_factory=dict)


def read_mapping(text: str, *, path: str, first_line: int = 1, natural: frozenset[str] = frozenset()) -> Tree:
    """Read a YAML mapping; `natural` names the top keys below which YAML's own types hold.

    Raises ContentError for what is no YAML, no mapping, has a key twice, or refers to itself.
    """
    reader = _Reader(path, first_line, natural)
    root = reader.compose(text)
    values = {} if root is None else reader.value(root, "")
    if reader.faults:
        raise ContentError(reader.faults)
    return Tree(values=values, keys=reader.keys, at=reader.at)


class _Reader:
    def __init__(self, path: str, first_line: int, natural: frozenset[str]) -> None:
        self.path = path
        self.first_line = first_line
        self.natural = natural
        self.faults: list[Fault] = []
        self.keys: dict[str, Position] = {}
        self.at: dict[str, Position] = {}
        self.seen: set[int] = set()

    def compose(self, text: str) -> yaml.Node | None:
        """The tree of nodes; refuses what would be too deep before it is built."""
        if len(text) > LARGEST:
            raise self._error(None, f"the front matter has {len(text):,} characters", "Keep it under 500,000")
        try:
            self._refuse_deep_nesting(text)
            root: yaml.Node | None = yaml.compose(text, Loader=Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise self._error(mark, _sentence(error), _hint(error)) from None
        except yaml.YAMLError as error:
            raise self._error(None, f"this is no YAML: {str(error).splitlines()[0]}") from None
        if root is not None and not isinstance(root, yaml.MappingNode):
            if root.tag == NULL:
                return None
            raise self._error(
                root.start_mark, "the front matter must be lines of `key: value`", "Write `title: …`"
            )
        return root

    def _refuse_deep_nesting(self, text: str) -> None:
        depth = 0
        for event in yaml.parse(text, Loader=Loader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST_NESTING:
                    raise self._error(event.start_mark, f"this is nested more than {DEEPEST_NESTING} deep")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1

    def value(self, node: yaml.Node, path: str) -> Any:
        """What a node says; None for a key without a value."""
        self.at[path] = self._position(node.start_mark)
        if not isinstance(node, yaml.ScalarNode):
            if id(node) in self.seen:
                self._fault(node.start_mark, "YAML aliases (`*name`) are not taken", "Write the value out")
                return None
            self.seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, f"{path}.{index}") for index, item in enumerate(node.value))
        assert isinstance(node, yaml.ScalarNode)  # noqa: S101  there are three kinds
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag == MERGE:
                self._fault(key_node.start_mark, "a key must be a plain word")
                continue
            key = key_node.value
            inner = f"{path}.{key}" if path else key
            if key in values:
                self._fault(key_node.start_mark, f'the key "{key}" is here twice', "Keep one of them")
            self.keys[inner] = self._position(key_node.start_mark)
            values[key] = self.value(value_node, inner)
        return values

    def _scalar(self, node: yaml.ScalarNode, path: str) -> Any:
        if node.tag == NULL:
            return None
        text: str = node.value
        if path.partition(".")[0] not in self.natural or node.style is not None:
            return text
        if node.tag.endswith(":bool") and text.lower() in TRUE | FALSE:
            return text.lower() in TRUE
        for number in (int, float):
            if node.tag.endswith((":int", ":float")):
                try:
                    return number(text)
                except ValueError:
                    continue
        return text

    def _position(self, mark: Any) -> Position:
        return Position(line=mark.line + self.first_line, column=mark.column + 1)

    def _fault(self, mark: Any, message: str, hint: str = "") -> None:
        place = self._position(mark) if mark else Position(line=self.first_line, column=1)
        self.faults.append(
            Fault(path=self.path, line=place.line, column=place.column, message=message, hint=hint)
        )

    def _error(self, mark: Any, message: str, hint: str = "") -> ContentError:
        self._fault(mark, message, hint)
        return ContentError(self.faults)


def _sentence(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "it cannot be read"
    return f"this is no YAML: {problem}"


def _hint(error: yaml.MarkedYAMLError) -> str:
    told = str(error.problem)
    if "mapping values are not allowed" in told:
        return 'Put text that has a colon in it between quotes: title: "Botulinum toxin: a guide"'
    if "cannot start any token" in told:
        return "Put text that begins with a sign such as @ or % between quotes, and indent with spaces, not with tabs"
    if "could not find expected ':'" in told or "did not find expected" in told:
        return "Check indentation, quotes and brackets here and in the line above"
    return "Check quotes and indentation here"
