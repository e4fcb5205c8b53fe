"""Holds what was written against what may be written, and says every difference at its line."""

import dataclasses
import types
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from campaigner.errors import ContentError, Fault, nearest
from campaigner.model.campaign import Position

Block = TypeVar("Block")
START = Position(line=1, column=1)


def structure(
    schema: type[Block],
    values: Mapping[str, Any],
    *,
    path: str,
    keys: Mapping[str, Position],
    at: Mapping[str, Position] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> Block:
    """Make a `schema` of `values`.

    `keys` and `at` say where each key and each value stands, by dotted path; `aliases` are further
    names that may be meant. Raises ContentError with one fault for each difference.
    """
    try:
        return schema(**without_empty(values))
    except ValidationError as error:
        faults = [
            _fault(schema, details, path, keys, at if at is not None else keys, aliases or {})
            for details in error.errors(include_url=False)
        ]
    except TypeError as error:  # a key that is no Python name
        faults = [Fault(path=path, message=str(error))]
    raise ContentError(faults)


def without_empty(values: Any) -> Any:
    """Leave out keys that have no value: `description:` alone means what leaving it out means."""
    if isinstance(values, Mapping):
        return {key: without_empty(value) for key, value in values.items() if value is not None}
    if isinstance(values, tuple | list):
        return tuple(without_empty(value) for value in values if value is not None)
    return values


def field_names(schema: Any, location: tuple[int | str, ...] = ()) -> tuple[str, ...]:
    """The keys that may be written in the block at `location`; empty where any key may."""
    found = block_at(schema, location)
    if found is None:
        return ()
    return tuple(written_name(field) for field in dataclasses.fields(found))


def written_name(field: "dataclasses.Field[Any]") -> str:
    """The name of a field as it is written in a file: `from`, which Python keeps for itself, too."""
    return getattr(field.default, "alias", None) or field.name.rstrip("_")


def block_at(schema: Any, location: tuple[int | str, ...]) -> Any:
    """The dataclass that describes what stands at `location`, or None."""
    current: Any = schema
    for step in location:
        current = plain_type(current)
        if dataclasses.is_dataclass(current):
            hints = get_type_hints(current, include_extras=True)
            name = str(step)
            current = hints.get(name, hints.get(f"{name}_"))
        elif get_origin(current) in (tuple, dict):
            arguments = get_args(current)
            current = arguments[0] if get_origin(current) is tuple else arguments[1]
        else:
            return None
    current = plain_type(current)
    return current if dataclasses.is_dataclass(current) else None


def plain_type(annotation: Any) -> Any:
    """Take `Annotated` and `| None` off a type."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation = get_args(annotation)[0]
        elif origin in (Union, types.UnionType):
            annotation = next(one for one in get_args(annotation) if one is not type(None))
        else:
            return annotation


def _fault(
    schema: Any,
    details: ErrorDetails,
    path: str,
    keys: Mapping[str, Position],
    at: Mapping[str, Position],
    aliases: Mapping[str, str],
) -> Fault:
    location = tuple(step for step in details["loc"] if step != "[key]")
    name = ".".join(map(str, location))
    kind = details["type"]
    hint = ""
    if kind == "unexpected_keyword_argument":
        place = _position(name, keys)
        known = field_names(schema, location[:-1])
        message = f'unknown key "{location[-1]}"'
        hint = nearest(str(location[-1]), {*known, *aliases} if len(location) == 1 else known)
        meant = hint.partition('"')[2].partition('"')[0]
        if meant in aliases and meant not in known:
            hint = f'Did you mean "{aliases[meant]}"?'
    elif kind == "missing":
        place = _position(name.rpartition(".")[0], keys)
        message = f'"{location[-1]}" is missing'
        hint = f"Add `{location[-1]}{' =' if path.endswith('.toml') else ':'} …`"
    else:
        place = _position(name, keys if "[key]" in details["loc"] else at)
        message = f'"{name}": {_reason(details)}'
    return Fault(path=path, line=place.line, column=place.column, message=message, hint=hint)


def _reason(details: ErrorDetails) -> str:
    context = details.get("ctx", {})
    reasons = {
        "string_type": "must be text",
        "bool_type": "must be true or false",
        "bool_parsing": "must be true or false",
        "int_type": "must be a whole number",
        "int_parsing": "must be a whole number",
        "tuple_type": "must be a list",
        "dict_type": "must be a block of `key: value` lines",
        "dataclass_type": "must be a block of `key: value` lines",
        "string_too_short": "must not be empty",
        "literal_error": f"must be {context.get('expected', '')}",
        "string_pattern_mismatch": f"has characters that it may not have ({context.get('pattern', '')})",
    }
    if details["type"] == "value_error":
        return str(context["error"])
    return reasons.get(details["type"], details["msg"])


def _position(name: str, positions: Mapping[str, Position]) -> Position:
    while name not in positions and "." in name:
        name = name.rpartition(".")[0]
    return positions.get(name, positions.get("", START))
