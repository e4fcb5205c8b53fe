"""Subscribers, and how they are found."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Text, bindparam, delete, exists, select

from campaigner.audience import outgoing
from campaigner.audience.consent import Entry
from campaigner.audience.ledger import trail
from campaigner.audience.storage.database import insert_into
from campaigner.audience.storage.schema import subscriber_tags, subscribers
from campaigner.audience.suppressions import Suppression, suppression_of
from campaigner.value import Value

#: what a field of a subscriber can be
FieldValue = str | int | float | bool


class Status(StrEnum):
    """How it stands with a subscriber. Only those who confirmed are written to."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"


class Subscriber(Value):
    """Somebody who signed up."""

    #: random; opens their page of preferences
    id: str
    #: as it was given
    address: str
    #: see addresses.py
    key: str
    digest: str
    status: Status
    name: str
    #: as BCP 47; empty where it is not known
    language: str
    fields: Mapping[str, FieldValue]
    tags: tuple[str, ...]
    #: slug of the campaign whose page they signed up at, and how they came there
    campaign: str
    utm: Mapping[str, str]
    #: of the sign-up that waits for its confirmation, or that was confirmed
    request: str | None
    created_at: datetime
    #: when they signed up last; None where nothing waits for a confirmation
    asked_at: datetime | None
    confirmed_at: datetime | None
    ended_at: datetime | None
    #: when the last mail was made that a sign-up sends
    mailed_at: datetime | None


class Known(Value):
    """All that is known of an address."""

    #: None where it was erased, or imported as a suppression
    subscriber: Subscriber | None
    consent: tuple[Entry, ...] = ()
    mails: tuple[outgoing.Mail, ...] = ()
    suppression: Suppression | None = None


def by_id(connection: Connection, id: str, *, change: bool = True) -> Subscriber | None:  # noqa: A002
    """Give the subscriber of an id; nobody else changes them in this transaction, where `change` says so."""
    return _one(connection, subscribers.c.id == id, change=change)


def by_digest(connection: Connection, digest: str) -> Subscriber | None:
    """Give the subscriber of an address's hash; nobody else changes them in this transaction."""
    return _one(connection, subscribers.c.digest == digest)


def data_of(connection: Connection, digest: str) -> Known | None:
    """Give all that is known of an address by its hash, with the trail of consent; None where that is nothing."""
    found = _one(connection, subscribers.c.digest == digest, change=False)
    suppression = suppression_of(connection, digest)
    if found is None:
        return Known(subscriber=None, suppression=suppression) if suppression else None
    return Known(
        subscriber=found,
        consent=trail(connection, found.id),
        mails=outgoing.waiting_for(connection, found.id),
        suppression=suppression,
    )


def add_tags(connection: Connection, id: str, tags: Sequence[str]) -> None:  # noqa: A002
    """Give a subscriber tags; those they have already stay."""
    add_tags_to(connection, [(id, tags)])


def add_tags_to(
    connection: Connection, tagged: Sequence[tuple[str, Sequence[str]]], *, but: Status | None = None
) -> None:
    """The same for several subscribers, by their ids, but for those of a status.

    The statement is the same for all of them, and takes as long.
    """
    rows = [{"subscriber": id_, "tag": tag} for id_, tags in tagged for tag in dict.fromkeys(tags)]
    if not rows:
        return
    new, person = insert_into(connection, subscriber_tags), bindparam("subscriber", type_=Text)
    wanted = select(person, bindparam("tag", type_=Text)).where(
        exists().where(subscribers.c.id == person, subscribers.c.status != (but or ""))
    )
    connection.execute(new.from_select(["subscriber", "tag"], wanted).on_conflict_do_nothing(), rows)


def remove_tags(connection: Connection, id: str, tags: Sequence[str]) -> None:  # noqa: A002
    """Take tags from a subscriber, where they have them."""
    connection.execute(
        delete(subscriber_tags).where(subscriber_tags.c.subscriber == id, subscriber_tags.c.tag.in_(tags))
    )


def subscriber_of(row: RowMapping | Mapping[str, Any], tags: Sequence[str]) -> Subscriber:
    """Give the value of a row."""
    return Subscriber(**{**row, "status": Status(row["status"]), "tags": tuple(tags)})


def _one(connection: Connection, which: ColumnElement[bool], *, change: bool = True) -> Subscriber | None:
    wanted = select(subscribers).where(which)
    # SQLite has one writer at a time anyway
    row = connection.execute(wanted.with_for_update() if change else wanted).mappings().first()
    if row is None:
        return None
    tags = select(subscriber_tags.c.tag).where(subscriber_tags.c.subscriber == row["id"])
    return subscriber_of(row, connection.execute(tags.order_by(subscriber_tags.c.tag)).scalars().all())
