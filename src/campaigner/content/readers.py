"""Reads readers.yaml: the sample readers that a newsletter is previewed and checked with."""

import os
from collections.abc import Collection, Iterator

from campaigner.content.workspace import READERS_FILE, Workspace, read_text
from campaigner.content.yaml import Tree, read_tree
from campaigner.errors import ContentError, Fault, nearest
from campaigner.model.campaign import Position
from campaigner.value import Value

LARGEST = 5_000_000
HINT = "Write a name for the reader, and below it, indented, lines such as `first_name: Ada`"


class SampleReader(Value):
    """Somebody who might get the newsletter."""

    #: what the preview calls them
    label: str
    #: values of merge fields by name
    fields: dict[str, str]


#: whom every newsletter must suit
NOBODY = SampleReader(label="Nothing is known", fields={})
LONG_NAMES = SampleReader(
    label="Very long names",
    fields={
        "email": "maximiliane-alexandra.von-und-zu-donaudampfschifffahrt@subdomain.university-hospital.example",
        "first_name": "Maximiliane-Alexandra Wilhelmina",
        "last_name": "von und zu Donaudampfschifffahrtsgesellschaft-Hohenlohe",
        "name": "Prof. Dr. Maximiliane-Alexandra Wilhelmina von und zu Donaudampfschifffahrtsgesellschaft-Hohenlohe",
    },
)


def read_readers(workspace: Workspace, *, known: Collection[str]) -> tuple[SampleReader, ...]:
    """Give the sample readers of the workspace; none where there is no readers.yaml.

    `known` are the names of all merge fields. Raises ContentError for what is wrong in it, with the readers
    that can be understood.
    """
    path = workspace.root / READERS_FILE
    if not os.path.lexists(path):
        return ()
    text, _ = read_text(workspace, path, largest=LARGEST)
    tree = read_tree(text, path=READERS_FILE)
    faults = [*tree.faults, *_faults(tree, known)]
    readers = tuple(
        SampleReader(
            label=label,
            fields={
                name: str(value)
                for name, value in (fields or {}).items()
                if name in known and _is_line(value)
            },
        )
        for label, fields in tree.values.items()
        if fields is None or isinstance(fields, dict)
    )
    if faults:
        raise ContentError(faults, rest=readers)
    return readers


def _faults(tree: Tree, known: Collection[str]) -> Iterator[Fault]:
    for label, fields in tree.values.items():
        if fields is None:
            continue
        if not isinstance(fields, dict):
            yield _fault(tree.keys, label, f'"{label}" must be a block of keys and values', HINT)
            continue
        for name, value in fields.items():
            place = f"{label}.{name}"
            if name not in known:
                yield _fault(tree.keys, place, f'unknown merge field "{name}"', nearest(name, known))
            elif value is not None and not _is_line(value):
                yield _fault(tree.at, place, f'"{place}" must be one line of text', "Write it between quotes")


def _is_line(value: object) -> bool:
    return isinstance(value, str) and value.isprintable()


def _fault(places: dict[str, Position], name: str, message: str, hint: str) -> Fault:
    place = places.get(name, Position(line=1, column=1))
    return Fault(path=READERS_FILE, line=place.line, column=place.column, message=message, hint=hint)
