"""Fields of one's own about subscribers: what each can be, and how it is read of a text."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from campaigner.audience.lines import is_line
from campaigner.audience.subscribers import FieldValue
from campaigner.errors import nearest
from campaigner.model.settings import Reader
from campaigner.value import Value

LONGEST_NAME = 200
LONGEST_VALUE = 500
#: of a field of several lines, as a form may have it
LONGEST_TEXT = 4000
#: no number that means something has more digits, and more of them no database keeps
NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?", re.ASCII)
#: as spreadsheets of this language write days; where a slash stands, nobody knows which of two numbers is the month
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
TRUE = frozenset({"true", "yes", "y", "1", "on", "x", "ja", "wahr", "oui", "sí", "si"})
FALSE = frozenset({"false", "no", "n", "0", "off", "nein", "falsch", "non"})
LINE_END = re.compile(r"\r\n?")


class OwnField(Value):
    """A field that campaigner.toml declares, or that every audience has."""

    label: str
    #: "text", "number", "date", "boolean" or "choice", as campaigner.toml has them; or "line", a text on one line
    type: str = "text"
    options: tuple[str, ...] = ()


class Refused(ValueError):
    """A value cannot be kept: one sentence without a full stop."""


def own_fields(reader: Reader) -> dict[str, OwnField]:
    """Give the fields by name: first and last name, and those of `[reader.fields]`."""
    declared = {
        name: OwnField(label=one.label, type=one.type, options=one.options)
        for name, one in reader.fields.items()
        if name not in {"email", "name"}  # which may have a label of their own, and are no fields
    }
    for name, label in (("first_name", "First name"), ("last_name", "Last name")):
        known = declared.get(name)
        declared[name] = OwnField(label=known.label if known else label, type="line")
    return declared


def field_named(name: str, fields: Mapping[str, OwnField]) -> OwnField:
    """Give the field of a name; raises Refused with the nearest one."""
    if name not in fields:
        hint = nearest(name, fields)
        raise Refused(f'there is no field "{name}": declare it as [reader.fields.{name}]. {hint}'.strip())
    return fields[name]


def read_value(text: str, field: OwnField) -> FieldValue:
    """Give the value that a text means; raises Refused. An empty text is no value, and nobody asks for it."""
    text = unicodedata.normalize("NFC", text).strip()
    if field.type == "text":
        return read_text(text)
    if field.type == "line":
        return read_line(text, LONGEST_NAME)
    if len(text) > LONGEST_VALUE:
        raise Refused(f"it has more than {LONGEST_VALUE} characters")
    if field.type == "number":
        return _number(text)
    if field.type == "date":
        return read_day(text).isoformat()
    if field.type == "boolean":
        return _boolean(text)
    return _choice(text, field.options)


def read_line(text: str, longest: int = LONGEST_VALUE) -> str:
    """Give a text on one line; raises Refused."""
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    text = text.strip()
    if len(text) > longest:
        raise Refused(f"it has more than {longest} characters")
    if not text.isprintable() and not is_line(text, longest):
        raise Refused("it has a line break or a control character")
    return text


def read_text(text: str) -> str:
    """Give a text, which may have several lines; raises Refused."""
    if len(text) > LONGEST_TEXT:
        raise Refused(f"it has more than {LONGEST_TEXT:,} characters")
    if text.isprintable():
        return text
    lines = LINE_END.sub("\n", text).split("\n")
    if not all(is_line(line.replace("\t", " "), LONGEST_TEXT) for line in lines):
        raise Refused("it has a control character")
    return "\n".join(lines)


def read_day(text: str) -> date:
    """Give a day, written as 2026-11-01 or 1.11.2026; raises Refused."""
    german = GERMAN_DAY.fullmatch(text)
    try:
        if german:
            return date(int(german[3]), int(german[2]), int(german[1]))
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("it is no date such as 2026-11-01 or 1.11.2026") from None


def _number(text: str) -> int | float:
    if not NUMBER.fullmatch(text):
        raise Refused("it is no number such as 12 or 1.5")
    return float(text.replace(",", ".")) if re.search("[.,]", text) else int(text)


def _boolean(text: str) -> bool:
    folded = text.casefold()
    if folded not in TRUE | FALSE:
        raise Refused("it is neither yes nor no")
    return folded in TRUE


def _choice(text: str, options: tuple[str, ...]) -> str:
    known = {unicodedata.normalize("NFC", one).casefold(): one for one in options}
    if text.casefold() not in known:
        raise Refused(f"it is none of the options. {nearest(text, options)}".strip())
    return known[text.casefold()]
