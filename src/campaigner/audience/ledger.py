"""The ledger of consent: entries are added and read, and never changed.

The database itself refuses more, by triggers: an update but for emptying IP and user agent, and a deletion but for
that of a subscriber whose id stands in the table `erasing`. `forgetting` puts it there and takes it away within one
transaction, so no other one ever sees it. This stops slips of ours and of whoever works at the database by hand; it
cannot stop an owner of the database who takes the triggers away. There is no chain of hashes over the entries,
which would: a person's entries must be erasable, and a chain would break there.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from campaigner.audience.consent import Entry, Event, Origin, Shown, wording_hash
from campaigner.audience.storage.database import insert_into
from campaigner.audience.storage.schema import consent_ledger, erasing, wordings
from campaigner.value import Value

COLUMNS = [
    *(column for column in consent_ledger.c if column.name not in {"subscriber", "wording"}),
    consent_ledger.c.wording.label("wording_hash"),
    wordings.c.text.label("wording"),
]
#: of an entry about which nothing was shown: all entries have the same columns
UNSHOWN = dict.fromkeys(("page", "form", "wording", "language", "policy", "box"))


def add_entry(connection: Connection, event: Event, **said: Any) -> None:
    """Add one entry; see `entry_of` for what it says."""
    add_entries(connection, [entry_of(event, **said)])


class NewEntry(Value):
    """An entry that is to be added."""

    columns: Mapping[str, object]
    #: a wording is kept once, however many people saw it
    wording: str | None


def entry_of(
    event: Event,
    *,
    subscriber: str,
    address: str,
    at: datetime,
    origin: Origin | None = None,
    shown: Shown | None = None,
    request: str | None = None,
    campaign: str | None = None,
    method: str | None = None,
    operator: str | None = None,
    note: str | None = None,
) -> NewEntry:
    """Give an entry that says this."""
    return NewEntry(
        columns={
            "subscriber": subscriber,
            "event": event,
            "at": at,
            "address": address,
            "request": request,
            "campaign": campaign,
            "method": method,
            "operator": operator,
            "note": note,
            **(origin or Origin()).kept(),
            **(shown.kept() if shown else UNSHOWN),
        },
        wording=shown.wording if shown else None,
    )


def add_entries(connection: Connection, entries: Sequence[NewEntry]) -> None:
    """Add entries, in this order."""
    if not entries:
        return
    # in one order, so that no two transactions wait for each other
    new = sorted({entry.wording for entry in entries if entry.wording is not None})
    if new:
        connection.execute(
            insert_into(connection, wordings).on_conflict_do_nothing(),
            [{"hash": wording_hash(wording), "text": wording} for wording in new],
        )
    connection.execute(insert(consent_ledger), [entry.columns for entry in entries])


def trail(connection: Connection, subscriber: str) -> tuple[Entry, ...]:
    """Give all entries of a subscriber, the oldest first."""
    found = connection.execute(
        select(*COLUMNS)
        .select_from(consent_ledger.outerjoin(wordings))
        .where(consent_ledger.c.subscriber == subscriber)
        .order_by(consent_ledger.c.number)
    )
    return tuple(Entry(**row) for row in found.mappings())


def empty_origins(connection: Connection, *, before: datetime, most: int) -> int:
    """Empty IP and user agent in at most `most` entries made before; gives in how many."""
    table = consent_ledger
    old = (
        select(table.c.number)
        .where(table.c.at < before, table.c.ip.is_not(None) | table.c.agent.is_not(None))
        .order_by(table.c.at)
        .limit(most)
    )
    numbers = connection.execute(old).scalars().all()
    connection.execute(update(table).where(table.c.number.in_(numbers)).values(ip=None, agent=None))
    return len(numbers)


@contextmanager
def forgetting(connection: Connection, subscribers: list[str]) -> Iterator[None]:
    """Let the entries of these subscribers be deleted inside."""
    connection.execute(insert(erasing), [{"subscriber": each} for each in subscribers])
    yield
    connection.execute(delete(erasing).where(erasing.c.subscriber.in_(subscribers)))
