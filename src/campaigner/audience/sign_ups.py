"""A sign-up and its confirmation.

Whoever signs up learns nothing of who is known here: the answer is the same, and so are the statements that are
run. What differs is the mail. Until an address has confirmed, anybody may have typed it: what they say of a person
who confirmed before is not kept, and nobody's status changes by a sign-up alone.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, bindparam, update

from campaigner.audience import outgoing
from campaigner.audience.addresses import Address
from campaigner.audience.consent import Event, Origin, Shown
from campaigner.audience.ledger import NewEntry, add_entries, add_entry, entry_of
from campaigner.audience.outgoing import Kind
from campaigner.audience.storage.database import insert_into
from campaigner.audience.storage.schema import subscribers
from campaigner.audience.subscribers import (
    FieldValue,
    Status,
    Subscriber,
    add_tags_to,
    by_id,
    subscriber_of,
)
from campaigner.audience.suppressions import lift
from campaigner.value import Value, field

#: one address gets at most one mail from sign-ups in this time
PAUSE = timedelta(hours=1)
#: what a sign-up changes of a subscriber
CHANGED = ("request", "mailed_at", "name", "language", "fields", "campaign", "utm", "asked_at")
CHANGE = (
    update(subscribers)
    .where(subscribers.c.id == bindparam("of"))
    .values({name: bindparam(name) for name in CHANGED})
)


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


class Arrival(Value):
    """A sign-up that is to be kept."""

    asked: SignUp
    at: datetime
    ids: NewIds


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
    (done,) = sign_up_all(connection, [Arrival(asked=asked, at=now, ids=ids)])
    return done


def sign_up_all(connection: Connection, arrivals: Sequence[Arrival]) -> list[SignedUp]:
    """Keep several sign-ups by the same few statements; gives what came of each.

    Where an address comes twice, the second one finds the first.
    """
    done: dict[int, SignedUp] = {}
    left = [*enumerate(arrivals)]
    while left:
        now: dict[str, int] = {}
        for number, arrival in left:
            now.setdefault(arrival.asked.address.key, number)
        numbers = [now[key] for key in sorted(now)]  # no two transactions wait for each other
        done |= zip(numbers, _keep(connection, [arrivals[number] for number in numbers]), strict=True)
        left = [(number, arrival) for number, arrival in left if number not in done]
    return [done[number] for number in range(len(arrivals))]


def _keep(connection: Connection, arrivals: Sequence[Arrival]) -> list[SignedUp]:
    """Keep sign-ups of different addresses."""
    met = _met(connection, arrivals)
    kept = [_Kept(arrival, met[arrival.asked.address.key]) for arrival in arrivals]
    # whoever they are, so that the time it takes tells nothing
    connection.execute(CHANGE, [each.changed() for each in kept])
    add_tags_to(
        connection, [(each.person.id, each.arrival.asked.tags) for each in kept], but=Status.CONFIRMED
    )
    add_entries(connection, [each.entry() for each in kept])
    outgoing.put_all(connection, [(each.mail(), each.is_due) for each in kept])
    return [
        SignedUp(subscriber=each.person.id, request=each.request, mail=each.kind if each.is_due else None)
        for each in kept
    ]


class _Kept:
    """What is kept of a sign-up, beside what is known of its person."""

    def __init__(self, arrival: Arrival, person: Subscriber) -> None:
        self.arrival, self.person = arrival, person
        # who was not there before this sign-up was written with it, and was sent nothing
        is_new = person.id == arrival.ids.subscriber
        self.is_confirmed = person.status == Status.CONFIRMED
        self.is_due = is_new or person.mailed_at is None or person.mailed_at <= arrival.at - PAUSE
        waits = person.asked_at is not None or self.is_confirmed
        self.request = person.request if person.request and waits else arrival.ids.request
        self.kind = Kind.ALREADY if self.is_confirmed else Kind.CONFIRMATION

    def changed(self) -> dict[str, object]:
        """The columns of the subscriber; what a sign-up leaves out stays, and all of it once they confirmed."""
        asked, person = self.arrival.asked, self.person
        told = person if self.is_confirmed else asked
        return {
            "of": person.id,
            "request": self.request,
            "mailed_at": self.arrival.at if self.is_due else person.mailed_at,
            "name": told.name or person.name,
            "language": told.language or person.language,
            "fields": {**person.fields, **told.fields},
            "campaign": told.campaign,
            "utm": dict(told.utm) or dict(person.utm),
            "asked_at": person.asked_at if self.is_confirmed else self.arrival.at,
        }

    def entry(self) -> NewEntry:
        """The entry of the ledger."""
        asked = self.arrival.asked
        return entry_of(
            Event.SIGNED_UP,
            subscriber=self.person.id,
            address=asked.address.shown,
            at=self.arrival.at,
            origin=asked.origin,
            shown=asked.shown,
            request=self.request,
            campaign=asked.campaign,
            method="form",
        )

    def mail(self) -> outgoing.Mail:
        """The mail that is owed."""
        return outgoing.mail_owed(
            self.kind,
            id=self.arrival.ids.mail,
            subscriber=self.person.id,
            recipient=self.person.address,
            campaign=self.arrival.asked.campaign,
            request=self.request,
            now=self.arrival.at,
        )


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


def _met(connection: Connection, arrivals: Sequence[Arrival]) -> dict[str, Subscriber]:
    """Give the subscribers of addresses as they were, or make them; nobody else changes them meanwhile.

    One statement does both: where two sign-ups of one new address come at once, the second one finds the first.
    """
    new = insert_into(connection, subscribers)
    met = new.on_conflict_do_update(index_elements=["key"], set_={"key": subscribers.c.key})
    rows = connection.execute(met.returning(subscribers), [_row(arrival) for arrival in arrivals])
    return {row["key"]: subscriber_of(row, ()) for row in rows.mappings()}


def _row(arrival: Arrival) -> dict[str, object]:
    asked = arrival.asked
    return {
        "id": arrival.ids.subscriber,
        "address": asked.address.shown,
        "key": asked.address.key,
        "digest": asked.address.digest,
        "status": Status.PENDING,
        "name": asked.name,
        "language": asked.language,
        "fields": dict(asked.fields),
        "campaign": asked.campaign,
        "utm": dict(asked.utm),
        "request": arrival.ids.request,
        "created_at": arrival.at,
        "asked_at": arrival.at,
    }
