"""Brings people in who come with a list or are added by hand: many at once, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter

import msgspec
from sqlalchemy import Connection, bindparam, delete, select, text, update

from campaigner.audience.consent import Event
from campaigner.audience.lists.deciding import CAUSES, Merged, Outcome, merged
from campaigner.audience.lists.incoming import Incoming
from campaigner.audience.storage.bulk import among, insert_rows, times_of
from campaigner.audience.storage.schema import (
    consent_ledger,
    outgoing,
    subscriber_tags,
    subscribers,
    suppressions,
)
from campaigner.audience.subscribers import Status, Subscriber, subscriber_of
from campaigner.audience.suppressions import Suppression, suppress_all
from campaigner.value import Value

__all__ = ("Merged", "NewIds", "Outcome", "Source", "merge")

#: columns of an entry in the ledger, of a new subscriber and of a tag
ENTRY = ("subscriber", "event", "at", "address", "request", "campaign", "method", "operator", "note")
PERSON = (
    *("id", "address", "key", "digest", "status", "name", "language", "fields", "campaign", "utm", "request"),
    *("created_at", "asked_at", "confirmed_at"),
)
TAG = ("subscriber", "tag")
#: a document without anything in it
NOTHING = "{}"
#: outcomes of those who are known and get an entry, and of those who are not to be written to
CHANGED = (Outcome.UPDATED, Outcome.LEFT)
AWAY = (Outcome.LEFT, Outcome.SUPPRESSED)

#: gives as many random ids as it is told, which were never used before
NewIds = Callable[[int], Sequence[str]]


class Source(Value):
    """How people come in, and who answers for it."""

    #: of this import, the same when it is run again
    id: str
    event: Event
    method: str
    operator: str


def merge(
    connection: Connection,
    incoming: Sequence[Incoming],
    source: Source,
    *,
    now: datetime,
    new_ids: NewIds,
    is_trial: bool = False,
) -> list[Merged]:
    """Bring people in, each address once, and say what came of each; a trial only says it."""
    if not is_trial and connection.dialect.name != "sqlite":
        # so that nobody signs up meanwhile whom we do not know yet, as nobody does in SQLite
        connection.execute(text("LOCK TABLE subscribers IN EXCLUSIVE MODE"))
    digests = [one.digest for one in incoming]
    people = _people(connection, digests)
    suppressed = _suppressed(connection, digests)
    before = _taken_before(connection, [person.id for person in people.values()], source)
    done = []
    for one in incoming:
        person = people.get(one.digest)
        if person is not None and person.id in before:
            done.append(Merged(outcome=Outcome.UNCHANGED))
        else:
            done.append(merged(one, person, suppressed.get(one.digest), now=now))
    if not is_trial:
        pairs = list(zip(incoming, done, strict=True))
        _add([one for one, came in pairs if came.outcome is Outcome.NEW], connection, source, now, new_ids)
        known = [(one, people[one.digest], came) for one, came in pairs if came.outcome in CHANGED]
        _change(known, connection, source, now)
        away = [one for one, came in pairs if came.outcome in AWAY]
        suppress_all(connection, [(one.digest, CAUSES[one.status][0], one.left or now) for one in away])
    return done


def _people(connection: Connection, digests: Sequence[str]) -> dict[str, Subscriber]:
    """Give those who are known, by hash."""
    wanted = select(subscribers).where(among(connection, subscribers.c.digest, digests))
    rows = connection.execute(wanted).mappings().all()
    ids = [row["id"] for row in rows]
    tags: dict[str, list[str]] = {}
    of_these = among(connection, subscriber_tags.c.subscriber, ids)
    for subscriber, tag in connection.execute(select(subscriber_tags).where(of_these)) if ids else ():
        tags.setdefault(subscriber, []).append(tag)
    return {row["digest"]: subscriber_of(row, sorted(tags.get(row["id"], ()))) for row in rows}


def _suppressed(connection: Connection, digests: Sequence[str]) -> dict[str, Suppression]:
    wanted = select(suppressions).where(
        among(connection, suppressions.c.digest, digests), suppressions.c.lifted.is_(None)
    )
    return {row["digest"]: Suppression(**row) for row in connection.execute(wanted).mappings()}


def _taken_before(connection: Connection, ids: Sequence[str], source: Source) -> set[str]:
    """Give those whom this very import took already, when it was run before."""
    if not (source.id and ids):
        return set()
    wanted = select(consent_ledger.c.subscriber).where(
        among(connection, consent_ledger.c.subscriber, ids), consent_ledger.c.request == source.id
    )
    return set(connection.execute(wanted).scalars())


def _add(new: list[Incoming], connection: Connection, source: Source, now: datetime, new_ids: NewIds) -> None:
    # in the order of one of the indexes, whose pages are then touched one after the other
    new = sorted(new, key=attrgetter("digest"))
    kept, as_json = times_of(connection), msgspec.json.Encoder().encode
    at, event, request = kept(now), str(source.event), source.id or None
    people: list[tuple[object, ...]] = []
    entries: list[tuple[object, ...]] = []
    tags: list[tuple[object, ...]] = []
    for one, id in zip(new, new_ids(len(new)), strict=True):  # noqa: A001
        address, campaign = one.address, one.campaign
        first = one.signed_up or one.confirmed
        signed_up = kept(first) if first else at
        if one.status is Status.CONFIRMED:
            status, asked_at = "confirmed", None
            confirmed_at = kept(one.confirmed) if one.confirmed else signed_up
        else:  # whoever never confirmed is erased after a while, as after a sign-up
            status, asked_at, confirmed_at = str(one.status), at, None
        fields = as_json(one.fields).decode() if one.fields else NOTHING
        utm = as_json(one.utm).decode() if one.utm else NOTHING
        people.append(
            (id, address, one.key, one.digest, status, one.name, one.language, fields, campaign, utm, None,
             signed_up, asked_at, confirmed_at)
        )  # fmt: skip
        entries.append(
            (id, event, at, address, request, campaign or None, source.method, source.operator, one.note)
        )
        tags.extend((id, tag) for tag in one.tags)
    insert_rows(connection, subscribers, PERSON, people)
    insert_rows(connection, consent_ledger, ENTRY, entries)
    insert_rows(connection, subscriber_tags, TAG, tags)


def _change(
    known: list[tuple[Incoming, Subscriber, Merged]], connection: Connection, source: Source, now: datetime
) -> None:
    by_columns: dict[tuple[str, ...], list[dict[str, object]]] = {}
    for _, person, came in known:
        if came.changed:
            rows = by_columns.setdefault(tuple(sorted(came.changed)), [])
            rows.append({**came.changed, "of_person": person.id})
    for names, rows in by_columns.items():
        change = update(subscribers).where(subscribers.c.id == bindparam("of_person"))
        connection.execute(change.values({name: bindparam(name) for name in names}), rows)
    at, request = times_of(connection)(now), source.id or None
    entries = [
        (
            *(person.id, str(CAUSES[one.status][1] if came.outcome is Outcome.LEFT else source.event), at),
            *(one.address, request, one.campaign or None, source.method, source.operator, one.note),
        )
        for one, person, came in known
    ]
    insert_rows(connection, consent_ledger, ENTRY, entries)
    tags = [(person.id, tag) for _, person, came in known for tag in came.tags]
    insert_rows(connection, subscriber_tags, TAG, tags)
    left = [person.id for _, person, came in known if came.outcome is Outcome.LEFT]
    if left:
        connection.execute(delete(outgoing).where(among(connection, outgoing.c.subscriber, left)))
