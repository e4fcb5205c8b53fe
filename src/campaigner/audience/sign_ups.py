"""A sign-up and its confirmation.

Whoever signs up learns nothing of who is known here: the answer is the same, and so are the statements that are
run. What differs is the mail. Until an address has confirmed, anybody may have typed it: what they say of a person
who confirmed before is not kept, and nobody's status changes by a sign-up alone.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, update

from campaigner.audience import outgoing
from campaigner.audience.addresses import Address
from campaigner.audience.consent import Event, Origin, Shown
from campaigner.audience.database import insert_into
from campaigner.audience.ledger import add_entry
from campaigner.audience.outgoing import Kind
from campaigner.audience.schema import subscribers
from campaigner.audience.subscribers import FieldValue, Status, Subscriber, add_tags, by_id, subscriber_of
from campaigner.audience.suppressions import lift
from campaigner.value import Value, field

#: one address gets at most one mail from sign-ups in this time
PAUSE = timedelta(hours=1)


class SignUp(Value):
    """What somebody sent with the form, read and found right."""

    address: Address
    #: slug of the campaign whose form it was
    campaign: str
    shown: Shown
    origin: Origin
    name: str = ""
    language: str = ""
    fields: Mapping[str, FieldValue] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    utm: Mapping[str, str] = field(default_factory=dict)


class NewIds(Value):
    """Random ids that were never used before, of 128 bits or more; which of them are taken is not known ahead."""

    subscriber: str
    request: str
    mail: str


class SignedUp(Value):
    """What came of a sign-up."""

    #: ids of the subscriber, and of the sign-up that waits for its confirmation
    subscriber: str
    request: str
    #: the mail that is owed now; None where one was made within the hour
    mail: Kind | None


class Outcome(StrEnum):
    """What came of a confirmation."""

    CONFIRMED = "confirmed"
    #: by the same link, before
    ALREADY = "already"
    #: the sign-up was erased, or they unsubscribed since: they must sign up anew
    OVER = "over"


def sign_up(connection: Connection, asked: SignUp, *, now: datetime, ids: NewIds) -> SignedUp:
    """Keep a sign-up, with the mail that is owed: to confirm, or to say that they are on the list.

    Whoever unsubscribed, bounced, complained, or is suppressed or unknown, must confirm. The link of an earlier
    mail holds as long as its sign-up waits.
    """
    person = _met(connection, asked, now=now, ids=ids)
    is_confirmed = person.status == Status.CONFIRMED
    is_due = person.mailed_at is None or person.mailed_at <= now - PAUSE
    waits = person.asked_at is not None or is_confirmed
    request = person.request if person.request and waits else ids.request
    kind = Kind.ALREADY if is_confirmed else Kind.CONFIRMATION
    told = {} if is_confirmed else _told(person, asked, now=now)
    connection.execute(
        update(subscribers)
        .where(subscribers.c.id == person.id)
        .values(request=request, mailed_at=now if is_due else person.mailed_at, **told)
    )
    if not is_confirmed:
        add_tags(connection, person.id, asked.tags)
    add_entry(
        connection,
        Event.SIGNED_UP,
        subscriber=person.id,
        address=asked.address.shown,
        at=now,
        origin=asked.origin,
        shown=asked.shown,
        request=request,
        campaign=asked.campaign,
        method="form",
    )
    if is_due:
        outgoing.put(
            connection,
            kind,
            id=ids.mail,
            subscriber=person.id,
            recipient=person.address,
            campaign=asked.campaign,
            request=request,
            now=now,
        )
    return SignedUp(subscriber=person.id, request=request, mail=kind if is_due else None)


def confirm(
    connection: Connection,
    subscriber: str,
    request: str,
    *,
    now: datetime,
    origin: Origin,
    mail: str,
) -> Outcome:
    """Confirm the sign-up `request`, from the link in its mail; the first time a welcome is owed, its id is `mail`."""
    person = by_id(connection, subscriber)
    if person is None or person.request != request:
        return Outcome.OVER
    if person.asked_at is None:
        return Outcome.ALREADY if person.status == Status.CONFIRMED else Outcome.OVER
    connection.execute(
        update(subscribers)
        .where(subscribers.c.id == person.id)
        .values(status=Status.CONFIRMED, asked_at=None, confirmed_at=now, ended_at=None)
    )
    lift(connection, person.digest, now=now)
    add_entry(
        connection,
        Event.CONFIRMED,
        subscriber=person.id,
        address=person.address,
        at=now,
        origin=origin,
        request=request,
        campaign=person.campaign,
        method="link",
    )
    outgoing.put(
        connection,
        Kind.WELCOME,
        id=mail,
        subscriber=person.id,
        recipient=person.address,
        campaign=person.campaign,
        request=None,
        now=now,
    )
    return Outcome.CONFIRMED


def _met(connection: Connection, asked: SignUp, *, now: datetime, ids: NewIds) -> Subscriber:
    """Give the subscriber of an address as they were, or make them; nobody else changes them meanwhile.

    One statement does both: where two sign-ups of one new address come at once, the second one finds the first.
    """
    new = insert_into(connection, subscribers)
    row = {
        "id": ids.subscriber,
        "address": asked.address.shown,
        "key": asked.address.key,
        "digest": asked.address.digest,
        "status": Status.PENDING,
        "name": asked.name,
        "language": asked.language,
        "fields": dict(asked.fields),
        "campaign": asked.campaign,
        "utm": dict(asked.utm),
        "request": ids.request,
        "created_at": now,
        "asked_at": now,
    }
    met = new.on_conflict_do_update(index_elements=["key"], set_={"key": subscribers.c.key})
    found = connection.execute(met.returning(subscribers), row).mappings().one()
    return subscriber_of(found, ())


def _told(person: Subscriber, asked: SignUp, *, now: datetime) -> dict[str, object]:
    """Give what a sign-up says of somebody; what it leaves out stays."""
    return {
        "name": asked.name or person.name,
        "language": asked.language or person.language,
        "fields": {**person.fields, **asked.fields},
        "campaign": asked.campaign,
        "utm": dict(asked.utm) or dict(person.utm),
        "asked_at": now,
    }
