"""A row of a list, read and found right: somebody as another program knew them."""

import csv
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from campaigner.audience.addresses import Address, AddressRefused, digest_of, read_address
from campaigner.audience.cells import as_meant
from campaigner.audience.lists.columns import OWN, UTM, Columns
from campaigner.audience.lists.csv_files import Row
from campaigner.audience.own_fields import (
    LONGEST_NAME,
    OwnField,
    Refused,
    field_named,
    read_day,
    read_line,
    read_value,
)
from campaigner.audience.subscribers import FieldValue, Status
from campaigner.model.text import Unfit, as_language, as_tag, shortened
from campaigner.value import Value, field

LONGEST_CAMPAIGN, LONGEST_UTM, LONGEST_CONSENT = 100, 200, 500
MOST_TAGS = 100
#: cells that are remembered, since a list says the same again and again
REPEATED = 1000
#: what other programs call a status; "" for those who never agreed to anything there
STATUSES: Mapping[str, Status | None] = {
    **dict.fromkeys(
        ("confirmed", "subscribed", "active", "enabled", "opted in", "optin", "bestätigt", "aktiv"),
        Status.CONFIRMED,
    ),
    **dict.fromkeys(("pending", "unconfirmed", "ausstehend", "unbestätigt"), Status.PENDING),
    **dict.fromkeys(
        (
            *("unsubscribed", "opted out", "optout", "inactive", "blocklisted", "blacklisted", "suppressed"),
            *("disabled", "abgemeldet", "inaktiv"),
        ),
        Status.UNSUBSCRIBED,
    ),
    **dict.fromkeys(("bounced", "cleaned", "hard bounce", "hardbounced"), Status.BOUNCED),
    **dict.fromkeys(("complained", "spam", "abuse", "complaint"), Status.COMPLAINED),
    **dict.fromkeys(("non subscribed", "nonsubscribed", "never subscribed", "transactional"), None),
}
#: what tells yes from no
YES_OR_NO = OwnField(label="", type="boolean")
#: with what Go writes behind a zone, as listmonk does: `+0000 UTC`
CLOCK = re.compile(
    r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)"
    r"(?: ?(Z|UTC|[+-]\d{2}(?::?\d{2})?)(?: (?:[A-Z]{1,5}|[+-]\d{2}(?:\d{2})?))?)?"
)


class Incoming(Value, array_like=True):
    """Somebody who comes in with a list; empty is what it does not say."""

    line: int
    #: see addresses.py
    address: str
    key: str
    digest: str
    status: Status
    name: str = ""
    language: str = ""
    fields: dict[str, FieldValue] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    campaign: str = ""
    utm: dict[str, str] = field(default_factory=dict)
    signed_up: datetime | None = None
    confirmed: datetime | None = None
    left: datetime | None = None
    #: how they agreed and where that stands, for the ledger
    note: str = ""
    #: the row as it was written, where somebody wants it back
    cells: tuple[str, ...] = ()


class RefusedRow(Value, array_like=True):
    """A row that nobody comes in with, and why."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()


class Reading(Value):
    """How rows are read."""

    columns: Columns
    #: names of the columns, for messages
    header: tuple[str, ...]
    fields: Mapping[str, OwnField]
    #: of all rows that say none
    status: Status
    now: datetime
    #: how all of them agreed, on one line
    consent: str
    #: the name of the list
    place: str
    #: whether rows are to be given back as they were written
    keeps_cells: bool = False


def reader_of(reading: Reading) -> Callable[[Row], Incoming | RefusedRow]:
    """Give what reads one row."""
    places = dict(reading.columns.places)
    email = places.pop("email")
    steps = [(place, *_step(name, reading)) for name, place in places.items()]

    def read(row: Row) -> Incoming | RefusedRow:
        cells = row.cells
        if row.wrong:
            return RefusedRow(line=row.line, reason=row.wrong, cells=cells)
        column, values = email, dict[str, Any]()
        try:
            address = read_address(as_meant(cells[email]) if email < len(cells) else "")
            for column, target, name, meant in steps:
                cell = cells[column] if column < len(cells) else ""
                if not cell or cell.isspace():
                    continue
                value = meant(as_meant(cell))
                if name:
                    values.setdefault(target, {})[name] = value
                else:
                    values[target] = value
        except (AddressRefused, Refused, Unfit) as error:
            # what is to be done about it, a hint of the files of a workspace would say
            told = error.args[0] if isinstance(error, Unfit) else str(error)
            reason = f'"{shortened(reading.header[column])}": {told.rstrip(".")}'
            return RefusedRow(line=row.line, reason=reason, cells=cells)
        _complete(values, row.line, reading)
        return Incoming(
            line=row.line,
            address=address.shown,
            key=address.key,
            digest=digest_of(address.key),
            cells=cells if reading.keeps_cells else (),
            **values,
        )

    return read


def _complete(values: dict[str, Any], line: int, reading: Reading) -> None:
    """Add what a row says of itself only in other words: name, status, and the note of the ledger."""
    if "fields" in values and "name" not in values:
        both = [
            str(values["fields"][part]) for part in ("first_name", "last_name") if part in values["fields"]
        ]
        values["name"] = " ".join(both)[:LONGEST_NAME]
    if "status" not in values:
        # a list of those who left says when, and not always that they did
        values["status"] = Status.UNSUBSCRIBED if "left" in values else reading.status
    wants_none = (values.pop("unsubscribed", False), not values.pop("subscribed", True))
    if any(wants_none) and values["status"] in (Status.CONFIRMED, Status.PENDING):
        values["status"] = Status.UNSUBSCRIBED
    note = f"{reading.place}:{line}"
    for consent in (reading.consent, values.pop("consent", "")):
        if consent:
            note = f"{note}; {consent}"
    if "signed_up" in values:
        note = f"{note}; signed up {values['signed_up'].isoformat(' ', 'seconds')[:19]} UTC"
    values["note"] = note


def said(
    address: Address,
    *,
    name: str,
    language: str,
    tags: Sequence[str],
    fields: Sequence[tuple[str, str]],
    campaign: str,
    consent: str,
    own: Mapping[str, OwnField],
) -> Incoming:
    """Give somebody who is added by hand; raises ValueError with what cannot be, and which it is."""
    values: dict[str, FieldValue] = {}
    what = ""
    try:
        for what, text in fields:
            values[what] = read_value(text, field_named(what, own))
        what = "language"
        language = read_language(language) if language else ""
        what = "tag"
        read = tuple(dict.fromkeys(map(read_tag, tags)))
        what = "name"
        name = read_line(name, LONGEST_NAME)
        what = "campaign"
        campaign = read_line(campaign, LONGEST_CAMPAIGN)
        what = "consent"
        consent = read_line(consent, LONGEST_CONSENT)
        if not consent:
            raise Refused("say how they agreed")
    except ValueError as error:
        raise ValueError(f"{what}: {error}") from None
    return Incoming(
        line=0,
        address=address.shown,
        key=address.key,
        digest=address.digest,
        status=Status.CONFIRMED,
        name=name,
        language=language,
        fields=values,
        tags=read,
        campaign=campaign,
        note=consent,
    )


def _step(name: str, reading: Reading) -> tuple[str, str, Callable[[str], object]]:
    """Give where a column's value goes, its name there where there are several, and what reads it."""
    if name.startswith(OWN):
        own = name.removeprefix(OWN)
        declared = reading.fields[own]
        return "fields", own, lambda text: read_value(text, declared)
    if name in UTM:
        return "utm", name.removeprefix("utm_"), lambda text: read_line(text, LONGEST_UTM)
    readers: dict[str, Callable[[str], object]] = {
        "name": lambda text: read_line(text, LONGEST_NAME),
        "language": read_language,
        "tags": read_tags,
        "status": read_status,
        "subscribed": lambda text: read_value(text, YES_OR_NO),
        "unsubscribed": lambda text: read_value(text, YES_OR_NO),
        "campaign": lambda text: read_line(text, LONGEST_CAMPAIGN),
        "consent": lambda text: read_line(text, LONGEST_CONSENT),
    }
    return name, "", readers.get(name, lambda text: read_time(text, now=reading.now))


@lru_cache(maxsize=REPEATED)
def read_language(text: str) -> str:
    """Give a language tag; `de_DE` is taken for `de-DE`. Raises Unfit."""
    return as_language(text.strip().replace("_", "-"))


@lru_cache(maxsize=REPEATED)
def read_tags(text: str) -> tuple[str, ...]:
    """Give the tags of a cell, parted by commas or, where it has none, by semicolons or bars; raises Refused."""
    text = read_line(text, MOST_TAGS * LONGEST_NAME)
    found = next(csv.reader([text], skipinitialspace=True), [])
    if len(found) == 1 and '"' not in text:
        found = re.split("[;|]", text)
    return tuple(dict.fromkeys(read_tag(tag) for tag in found if tag.strip()))


def read_tag(text: str) -> str:
    """Give one tag; raises Refused or Unfit."""
    tag = read_line(text)
    if not tag:
        raise Refused("a tag is empty")
    return as_tag(tag)


@lru_cache(maxsize=REPEATED)
def read_status(text: str) -> Status:
    """Give the status that another program's word means; raises Refused."""
    word = unicodedata.normalize("NFC", text).strip().casefold()
    plain = re.sub("[-_]", " ", word)
    if plain not in STATUSES:
        raise Refused(f"nobody knows what a status of {word[:40]!r} means")
    status = STATUSES[plain]
    if status is None:
        raise Refused("they never agreed to get mail")
    return status


def read_time(text: str, *, now: datetime) -> datetime:
    """Give a time in UTC, which is meant where no zone is written; raises Refused, also where it is still to come."""
    text = text.strip()
    found = CLOCK.fullmatch(text)
    if found:
        try:
            zone = (found[3] or "Z").replace("UTC", "Z")
            at = datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}").astimezone(UTC)
        except (ValueError, OverflowError):
            raise Refused("there is no such time") from None
    else:
        day = read_day(text)
        at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if at > now:
        raise Refused("this time is still to come")
    return at
