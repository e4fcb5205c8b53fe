"""Merge fields: `{{ reader.first_name | default("there") }}`, and nothing else between braces.

Jinja's own parser reads the expression; nothing of it is ever run.
"""

import re
from collections.abc import Callable, Collection

from campaigner.errors import Fault, nearest
from campaigner.model.campaign import Position
from campaigner.model.text import MERGE_FIELD
from campaigner.render.body.characters import is_misfit
from campaigner.render.merge_tags import MergeField

KNOWN = ("email", "first_name", "last_name", "name")
QUOTED = r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
FIELD = re.compile(
    rf"\\(?=\{{[{{%])(?P<shown>\{{.)|\{{\{{(?:{QUOTED}|[^\"'}}\n]|\}}(?!\}}))*\}}\}}|\{{\{{|\{{%(?:.*?%\}})?"
)
LINE_BREAKS = "\n\u2028\u2029"
EXAMPLE = '{{ reader.first_name | default("there") }}'


class FieldProblem(Exception):
    """Something between braces, or a citation, that cannot be."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def merge_field(source: str, own: Collection[str] | None) -> MergeField:
    """Give the merge field that `source` writes; `own` are the names of [reader.fields], None if nobody knows.

    Raises FieldProblem where it is anything else.
    """
    from jinja2 import Environment, TemplateSyntaxError, nodes

    written = source if len(source) <= 60 else source[:57] + "…"
    refused = FieldProblem(
        f"content runs no code: {written} is no merge field",
        rf"Write {EXAMPLE}, or \{{{{ to show two braces",
    )
    try:
        tree = Environment(autoescape=True).parse(source)
    except TemplateSyntaxError:
        raise refused from None
    output = tree.body[0] if len(tree.body) == 1 else None
    expression = output.nodes[0] if isinstance(output, nodes.Output) and len(output.nodes) == 1 else None
    fallback = None
    if isinstance(expression, nodes.Filter) and expression.name in ("default", "d"):
        arguments = expression.args
        if (
            len(arguments) == 1
            and isinstance(arguments[0], nodes.Const)
            and isinstance(arguments[0].value, str)
            and not expression.kwargs
        ):
            fallback = arguments[0].value
            expression = expression.node
    if not (
        isinstance(expression, nodes.Getattr)
        and isinstance(expression.node, nodes.Name)
        and expression.node.name == "reader"
    ):
        raise refused
    known = {*KNOWN, *(own or ())}
    if own is not None and expression.attr not in known:
        raise FieldProblem(
            f'there is no merge field "reader.{expression.attr}"', nearest(expression.attr, known)
        )
    if fallback is None or not fallback.strip():
        raise FieldProblem(
            f'the merge field "reader.{expression.attr}" has no fallback',
            f'Say what a reader without it sees: {{{{ reader.{expression.attr} | default("…") }}}}',
        )
    if any(is_misfit(ord(character)) or character in LINE_BREAKS for character in fallback):
        raise FieldProblem(
            f'the fallback of "reader.{expression.attr}" is not one line of plain text',
            "Take control characters and line breaks out of it",
        )
    return MergeField(name=expression.attr, fallback=fallback)


class PersonalText:
    """A line of front matter with merge fields in it: a subject, a preheader, a button."""

    def __init__(self, text: str, *, path: str, position: Position, own: Collection[str] | None) -> None:
        """Read the fields of `text`; `faults` has what is wrong with them."""
        self.faults: list[Fault] = []
        #: plain text and fields in turn
        self.parts: list[str | MergeField] = []
        end = 0
        for match in FIELD.finditer(text):
            self.parts.append(text[end : match.start()])
            end = match.end()
            if match["shown"]:
                self.parts.append(match["shown"])
                continue
            try:
                self.parts.append(merge_field(match[0], own))
            except FieldProblem as problem:
                self.faults.append(
                    Fault(
                        path=path,
                        line=position.line,
                        column=position.column,
                        message=problem.message,
                        hint=problem.hint,
                    )
                )
        self.parts.append(text[end:])

    def shown(self, field: Callable[[MergeField], str]) -> str:
        """The line with each field as `field` writes it."""
        return "".join(field(part) if isinstance(part, MergeField) else part for part in self.parts)

    @property
    def without_fields(self) -> str:
        """The line as the web shows it: each field's fallback."""
        return self.shown(lambda field: field.fallback)


def without_fields(text: str, position: Position) -> str:
    """A line of front matter as the web shows it; what is wrong with its fields is told where it is rendered."""
    if MERGE_FIELD not in text:
        return text
    return PersonalText(text, path="", position=position, own=None).without_fields
