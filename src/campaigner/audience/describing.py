"""A subscriber as programs are told: as JSON, and as a row of a CSV that an import understands."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from campaigner.audience.cells import neutralised
from campaigner.audience.consent import Entry
from campaigner.audience.lists.columns import OWN, UTM
from campaigner.audience.subscribers import FieldValue, Known, Status
from campaigner.value import asdict

#: what a CSV says of a subscriber before and after their own fields
BEFORE = ("email", "status", "name")
AFTER = ("language", "tags", "campaign", *UTM, "signed_up", "confirmed", "left")
#: instead of their status, of those who are suppressed and have not left: whoever reads the CSV must not write to them
SUPPRESSED = "suppressed"


def as_object(address: str, known: Known) -> dict[str, Any]:
    """Give all that is known of an address, for JSON."""
    person, suppression = known.subscriber, known.suppression
    name = {"name": person.name} if person and person.name else {}
    return {
        "address": person.address if person else address,
        "status": str(person.status) if person else None,
        "fields": name | dict(person.fields) if person else {},
        "tags": list(person.tags) if person else [],
        "source": {"campaign": person.campaign or None, "utm": dict(person.utm)} if person else None,
        "consent": [_entry(entry) for entry in known.consent],
        "language": person.language or None if person else None,
        "signed_up": shown_time(person.created_at) if person else None,
        "confirmed": shown_time(person.confirmed_at) if person else None,
        "left": shown_time(person.ended_at) if person else None,
        "suppressed": {
            "reason": suppression.reason,
            "since": shown_time(suppression.since),
            "erased": shown_time(suppression.erased),
        }
        if suppression
        else None,
        "mails": [
            {"kind": mail.kind, "since": shown_time(mail.created_at), "attempts": mail.attempts}
            for mail in known.mails
        ],
    }


def header(own: Sequence[str]) -> list[str]:
    """Give the names of the columns."""
    return [*BEFORE, *(OWN + name for name in own), *AFTER]


def as_row(known: Known, own: Sequence[str]) -> list[str]:
    """Give the cells of a subscriber, each of which is no formula."""
    person = known.subscriber
    assert person is not None  # noqa: S101  only subscribers are listed
    utm = [person.utm.get(name.removeprefix("utm_"), "") for name in UTM]
    cells = [
        person.address,
        status_of(known),
        person.name,
        *(as_cell(person.fields.get(name)) for name in own),
        person.language,
        tags_cell(person.tags),
        person.campaign,
        *utm,
        *(shown_time(at) or "" for at in (person.created_at, person.confirmed_at, person.ended_at)),
    ]
    return [neutralised(cell) if cell else "" for cell in cells]


def status_of(known: Known) -> str:
    """Give the status of a subscriber, or that they are suppressed all the same."""
    person = known.subscriber
    if person is None:
        return SUPPRESSED
    is_kept_away = known.suppression and person.status in (Status.CONFIRMED, Status.PENDING)
    return SUPPRESSED if is_kept_away else str(person.status)


def as_cell(value: FieldValue | None) -> str:
    """Give a value as an import reads it."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def tags_cell(tags: Sequence[str]) -> str:
    """Give tags in one cell, parted by commas; between quotation marks where one has a sign of its own in it."""
    if not any(sign in tag for tag in tags for sign in ',;|"'):
        return ", ".join(tags)
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="").writerow(tags)
    return written.getvalue()


def shown_time(at: datetime | None) -> str | None:
    """Give a time in UTC, to the second."""
    return at.isoformat(timespec="seconds").replace("+00:00", "Z") if at else None


def _entry(entry: Entry) -> dict[str, Any]:
    return asdict(entry) | {"at": shown_time(entry.at)}
