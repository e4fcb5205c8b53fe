"""Reads segments/: who is meant by the name of a file there."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date

from campaigner.content.settings import positions, toml_block
from campaigner.content.workspace import Workspace, is_text, read_text
from campaigner.errors import ContentError, Fault, UnknownSegment, nearest
from campaigner.model.campaign import Position
from campaigner.model.segment import FieldRule, Rule, Segment
from campaigner.model.settings import Reader

FOLDER = "segments"
LARGEST = 1_000_000
#: no number of a field has more than 15 digits
TOO_LARGE = 10**15
#: fields that every audience has
TEXTS = ("name", "first_name", "last_name")


def segment_names(workspace: Workspace) -> tuple[str, ...]:
    """Names of all segments, sorted."""
    files = (workspace.root / FOLDER).glob("*.toml")
    return tuple(sorted(file.stem for file in files if is_text(file.name)))


def read_segment(workspace: Workspace, name: str, reader: Reader) -> Segment:
    """Give a segment; `reader` has the fields that are declared.

    Raises UnknownSegment where there is none of that name, and ContentError with all that is wrong in its file.
    """
    known = segment_names(workspace)
    if name not in known:
        message = f'there is no segment "{name}"'
        hint = nearest(name, known) or f"Write {FOLDER}/NAME.toml"
        raise UnknownSegment(Fault(path=FOLDER, message=message, hint=hint))
    path = workspace.root / FOLDER / f"{name}.toml"
    text, _ = read_text(workspace, path, largest=LARGEST)
    shown = workspace.shown(path)
    segment = toml_block(Segment, text, path=shown)
    faults = tuple(_faults(segment, reader, shown, positions(text, tomllib.loads(text))))
    if faults:
        raise ContentError(faults)
    return segment


def _faults(segment: Segment, reader: Reader, path: str, places: Mapping[str, Position]) -> Iterator[Fault]:
    rules: dict[str, Rule] = {"": segment} | {f"any_of.{n}.": rule for n, rule in enumerate(segment.any_of)}
    for above, rule in rules.items():
        for name, wanted in rule.fields.items():
            where = f"{above}fields.{name}"
            while where not in places and "." in where:
                where = where.rpartition(".")[0]
            place = places.get(where, Position(line=1, column=1))
            for message, hint in _wrong(name, wanted, reader):
                yield Fault(path=path, line=place.line, column=place.column, message=message, hint=hint)


def _wrong(name: str, rule: FieldRule, reader: Reader) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a rule about a field, and what to do."""
    declared = reader.fields.get(name)
    if declared is None and name not in TEXTS:
        hint = nearest(name, {*reader.fields, *TEXTS})
        yield f'there is no field "{name}": declare it as [reader.fields.{name}] in campaigner.toml', hint
        return
    kind = declared.type if declared else "text"
    bounds = [value for value in (rule.at_least, rule.at_most) if value is not None]
    if bounds and kind not in ("number", "date"):
        yield f'"{name}" is a {kind}, and has no more or less', 'Write one_of = ["…"]'
    for value in (*rule.one_of, *rule.none_of, *bounds):
        if not _fits(value, kind):
            yield f'"{name}" is a {kind}, and never {value!r}', _example(kind)
        elif kind == "choice" and declared and value not in declared.options:
            yield f'"{value}" is none of the options of "{name}"', nearest(str(value), declared.options)
    if not (rule.one_of or rule.none_of or bounds or rule.known is not None):
        yield f'nothing is said of "{name}"', "Write a value, or known = true"


def _fits(value: object, kind: str) -> bool:
    if kind == "boolean":
        return isinstance(value, bool)
    if kind == "number":
        # as large as a form or a list may have it, which no infinity is
        return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < TOO_LARGE
    if not isinstance(value, str) or "\0" in value:  # which no database keeps
        return False
    try:
        return kind != "date" or bool(date.fromisoformat(value))
    except ValueError:
        return False


def _example(kind: str) -> str:
    examples = {"boolean": "true or false", "number": "12 or 1.5", "date": "2026-11-01"}
    return f"Write {examples.get(kind, 'a text, between quotes')}"
