"""Holds what was written against what may be written, and says every difference at its line."""

import dataclasses
import re
import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from campaigner.errors import ContentError, Fault, nearest
from campaigner.model.campaign import Position
from campaigner.model.text import Unfit, shortened

Block = TypeVar("Block")
A_BLOCK = (
    "must be a block of keys and values",
    "Write its keys below it, each on a line of its own, indented",
)
#: what pydantic calls a difference, what we call it, and what to do
REASONS = {
    "string_type": ("must be text", "Write one text, between quotes where it has signs in it"),
    "bool_type": ("must be true or false", "Write true or false, without quotes"),
    "bool_parsing": ("must be true or false", "Write true or false"),
    "int_type": ("must be a whole number", "Write digits only"),
    "int_parsing": ("must be a whole number", "Write digits only"),
    "int_from_float": ("must be a whole number", "Write digits only"),
    "greater_than": ("is too small", "Write a number above {gt}"),
    "greater_than_equal": ("is too small", "Write at least {ge}"),
    "less_than_equal": ("is too large", "Write at most {le}"),
    "tuple_type": ("must be a list", "Write [one, two], or each on a line of its own behind `- `"),
    "dict_type": A_BLOCK,
    "dataclass_type": A_BLOCK,
    "dataclass_exact_type": A_BLOCK,
    "too_long": ("has too many values", "Write fewer"),
    "too_short": ("must not be empty", "Write something"),
    "string_too_short": ("must not be empty", "Write something"),
}
#: of these, whose hint says the bound
BOUNDS = ("greater_than", "greater_than_equal", "less_than_equal")
START = Position(line=1, column=1)
#: a file with more faults than this has no rest worth reading
MOST_REPAIRS = 50


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
    names that may be meant. Raises ContentError with one fault for each difference, and with what
    is left of the block without them.
    """
    known: Any = schema
    adapter: TypeAdapter[Block] = _adapter(known)
    given = without_empty(values)
    try:
        return adapter.validate_python(given)
    except ValidationError as error:
        found = error.errors(include_url=False)
    rest, without = salvaged(adapter, given)
    at = at if at is not None else keys
    faults = [_fault(schema, details, path, keys, at, aliases or {}) for details in found]
    raise ContentError(faults, rest=rest, without=without)


@cache
def _adapter(schema: Any) -> TypeAdapter[Any]:
    return TypeAdapter(schema)


def salvaged(adapter: TypeAdapter[Any], values: Any) -> tuple[Any, set[str]]:
    """Make what can be made of `values`, and name the top keys in which something is wrong.

    What is wrong is left out; what is missing has a stand-in. None where nothing is left.
    """
    left = _changeable(values)
    stood_in: set[tuple[int | str, ...]] = set()
    without: set[str] = set()
    for _ in range(MOST_REPAIRS):
        try:
            return adapter.validate_python(left), without
        except ValidationError as error:
            details = error.errors(include_url=False)[0]
        place = tuple(step for step in details["loc"] if step != "[key]")
        without.add(str(place[0]) if place else "")
        if details["type"] != "missing":
            removed = _remove(left, place)
        elif place in stood_in:
            removed = _remove(left, place[:-1])
        else:
            stood_in.add(place)
            removed = _stand_in(left, place)
        if not removed:
            break
    return None, without


def _changeable(values: Any) -> Any:
    if isinstance(values, Mapping):
        return {key: _changeable(value) for key, value in values.items()}
    return [_changeable(value) for value in values] if isinstance(values, tuple | list) else values


def _remove(values: Any, place: tuple[int | str, ...]) -> bool:
    """Take out what stands at `place`, or what stands there instead of a block; say whether there was any."""
    for step in place[:-1]:
        if not _has(values, step):
            return False
        if not isinstance(values[step], dict | list):
            del values[step]
            return True
        values = values[step]
    if not place or not _has(values, place[-1]):
        return False
    del values[place[-1]]
    return True


def _stand_in(values: Any, place: tuple[int | str, ...]) -> bool:
    for step in place[:-1]:
        if not _has(values, step):
            return False
        values = values[step]
    if not isinstance(values, dict):
        return False
    values[place[-1]] = "…"
    return True


def _has(values: Any, step: int | str) -> bool:
    if isinstance(values, list):
        return isinstance(step, int) and step < len(values)
    return isinstance(values, dict) and step in values


def without_empty(values: Any) -> Any:
    """Leave out keys that have no value: `description:` alone means what leaving it out means."""
    if isinstance(values, str):  # most are, and whether they are mappings is slow to say
        return values
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
    if kind == "unexpected_keyword_argument":
        place = _position(name, keys)
        known = field_names(schema, location[:-1])
        message = f'unknown key "{shortened(str(location[-1]))}"'
        hint = nearest(str(location[-1]), {*known, *aliases} if len(location) == 1 else known)
        if not hint.startswith("Did"):
            hint = nearest(str(location[-1]), known)
        meant = hint.partition('"')[2].partition('"')[0]
        if meant in aliases and meant not in known:
            hint = f'Did you mean "{aliases[meant]}"?'
    elif kind == "missing":
        place = _missing_at(name, keys, at)
        message = f'"{location[-1]}" is missing'
        hint = _how_to_add(schema, location, is_toml=path.endswith(".toml"))
    else:
        place = _position(name, keys if "[key]" in details["loc"] else at)
        reason, hint = _reason(details)
        message = f'"{shortened(name)}": {reason}'
    return Fault(path=path, line=place.line, column=place.column, message=message, hint=hint)


def _missing_at(name: str, keys: Mapping[str, Position], at: Mapping[str, Position]) -> Position:
    """Where a key stands that has no value; else where the block stands that lacks it."""
    parent = name.rpartition(".")[0]
    return (
        keys.get(name) or keys.get(parent) or (at.get(parent) if parent else None) or _position(parent, keys)
    )


def _how_to_add(schema: Any, location: tuple[int | str, ...], *, is_toml: bool) -> str:
    if not is_toml:
        return f"Add `{location[-1]}: …`"
    if block_at(schema, location):
        return f"Add a line [{'.'.join(map(str, location))}] and its keys below it"
    return f'Add `{location[-1]} = "…"`'


def _reason(details: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value, and what to do."""
    context, kind = details.get("ctx", {}), details["type"]
    if kind == "value_error":
        error = context["error"]
        return (str(error.args[0]), error.hint) if isinstance(error, Unfit) else (str(error), "")
    if kind == "literal_error":
        return f"must be {context['expected']}", nearest(str(details["input"]), _choices(context["expected"]))
    if kind == "string_pattern_mismatch":
        return "has characters that it may not have", f"It must match {context['pattern']}"
    reason, hint = REASONS.get(kind, (details["msg"], "Look it up in the reference of the keys"))
    return reason, hint.format_map(context) if kind in BOUNDS else hint


def _choices(expected: str) -> list[str]:
    return re.findall(r"'([^']*)'", expected)


def _position(name: str, positions: Mapping[str, Position]) -> Position:
    while name not in positions and "." in name:
        name = name.rpartition(".")[0]
    return positions.get(name, positions.get("", START))
