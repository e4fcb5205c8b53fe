"""Mails on their way: kept in the database from the moment they are owed until they left.

A mail is put in by the transaction that makes it due, before anybody is answered; so a process that is killed
owes nothing that nobody remembers. A worker claims those that are due for some minutes, composes each once (`keep`),
and says whether it left. Two workers never hold the same mail at once. A worker that dies after the mail left and
before it said so leaves it to the next one, who sends it again, with the same bytes and the same Message-ID.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Connection,
    RowMapping,
    bindparam,
    delete,
    insert,
    literal,
    or_,
    select,
    update,
)

from campaigner.audience.consent import Event
from campaigner.audience.ledger import add_entry
from campaigner.audience.lines import as_kept
from campaigner.audience.storage.schema import outgoing, subscribers
from campaigner.value import Value, asdict

#: after each failure; two days and more in all, as RFC 5321 section 4.5.4.1 would have it at least
PAUSES = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)),
    *(timedelta(hours=3), timedelta(hours=6), timedelta(hours=12), timedelta(hours=24), timedelta(hours=24)),
)
#: how often a mail fails before it is listed as stuck
FAILURES_OF_STUCK = 3
LONGEST_ERROR = 1000
#: mails in memory at once
SOME = 1000


#: what is put in; `is_due` says whether it is
PUT_IN = [column for column in outgoing.c if column.name not in {"holder", "held_until"}]
PUT = insert(outgoing).from_select(
    PUT_IN,
    select(*(bindparam(column.name, type_=column.type) for column in PUT_IN)).where(
        bindparam("is_due", type_=Boolean)
    ),
)


class Kind(StrEnum):
    """What a mail is."""

    CONFIRMATION = "confirmation"
    #: to somebody who signs up and had confirmed before
    ALREADY = "already-subscribed"
    WELCOME = "welcome"


class Mail(Value):
    """A mail that has not left."""

    id: str
    kind: str
    #: id of the subscriber
    subscriber: str
    recipient: str
    campaign: str
    #: of the sign-up that is to be confirmed
    request: str | None
    #: None until it is composed
    message: bytes | None
    created_at: datetime
    #: how often it was tried
    attempts: int
    #: when it is tried next; None where it was given up
    next_at: datetime | None
    last_error: str


def put(
    connection: Connection,
    kind: Kind,
    *,
    id: str,  # noqa: A002
    subscriber: str,
    recipient: str,
    campaign: str,
    request: str | None,
    now: datetime,
) -> None:
    """Owe somebody a mail."""
    owed = mail_owed(
        kind, id=id, subscriber=subscriber, recipient=recipient, campaign=campaign, request=request, now=now
    )
    put_all(connection, [(owed, True)])


def mail_owed(
    kind: Kind,
    *,
    id: str,  # noqa: A002
    subscriber: str,
    recipient: str,
    campaign: str,
    request: str | None,
    now: datetime,
) -> Mail:
    """Give a mail that is due at once, and not composed yet."""
    return Mail(
        id=id,
        kind=kind,
        subscriber=subscriber,
        recipient=recipient,
        campaign=campaign,
        request=request,
        message=None,
        created_at=now,
        attempts=0,
        next_at=now,
        last_error="",
    )


def put_all(connection: Connection, mails: Sequence[tuple[Mail, bool]]) -> None:
    """Owe those of these mails that are due; the statement is the same for all, and takes as long."""
    if mails:
        connection.execute(PUT, [{**asdict(mail), "is_due": is_due} for mail, is_due in mails])


def claim(
    connection: Connection, *, holder: str, now: datetime, hold: timedelta, most: int = 20
) -> tuple[Mail, ...]:
    """Give mails that are due, the longest waiting first; they are `holder`'s alone until now + `hold`."""
    ids = (
        connection.execute(
            select(outgoing.c.id)
            .where(
                outgoing.c.next_at <= now,
                or_(outgoing.c.held_until.is_(None), outgoing.c.held_until <= now),
            )
            .order_by(outgoing.c.next_at, outgoing.c.id)
            .limit(most)
            .with_for_update(skip_locked=True)
        )
        .scalars()
        .all()
    )
    held = connection.execute(
        update(outgoing)
        .where(outgoing.c.id.in_(ids))
        .values(holder=holder, held_until=now + hold)
        .returning(outgoing)
    )
    return tuple(
        sorted((_mail(row) for row in held.mappings()), key=lambda mail: (mail.next_at or now, mail.id))
    )


def hold(connection: Connection, id: str, *, holder: str, until: datetime) -> bool:  # noqa: A002
    """Hold a mail until then, or let go of it; False where `holder` does not hold it any more."""
    found = connection.execute(
        update(outgoing).where(outgoing.c.id == id, outgoing.c.holder == holder).values(held_until=until)
    )
    return found.rowcount == 1


def keep(connection: Connection, id: str, *, holder: str, message: bytes) -> bool:  # noqa: A002
    """Keep a mail as it was composed; False where `holder` does not hold it any more."""
    found = connection.execute(
        update(outgoing).where(outgoing.c.id == id, outgoing.c.holder == holder).values(message=message)
    )
    return found.rowcount == 1


def sent(connection: Connection, id: str, *, holder: str, now: datetime) -> bool:  # noqa: A002
    """Let go of a mail that left; of a confirmation the ledger says so. False where `holder` holds it no more."""
    mine = (outgoing.c.id == id, outgoing.c.holder == holder)
    # its person first, as all do who change them, since the ledger refers to them: whoever leaves has their person
    # and then wants their mails, and who waits for each other in a circle waits for ever
    whose = select(outgoing.c.subscriber).where(*mine).scalar_subquery()
    person = select(subscribers.c.id).where(subscribers.c.id == whose)
    connection.execute(person.with_for_update(read=True, key_share=True))
    row = connection.execute(delete(outgoing).where(*mine).returning(outgoing)).mappings().first()
    if row is None:
        return False
    if row["kind"] == Kind.CONFIRMATION:
        add_entry(
            connection,
            Event.CONFIRMATION_SENT,
            subscriber=row["subscriber"],
            address=row["recipient"],
            at=now,
            request=row["request"],
            campaign=row["campaign"],
            method="mail",
        )
    return True


def failed(
    connection: Connection,
    id: str,  # noqa: A002
    *,
    holder: str,
    now: datetime,
    error: str,
    for_good: bool = False,
) -> bool:
    """Put a mail that did not leave off for a while, longer each time, or give it up; False as with `sent`."""
    mine = (outgoing.c.id == id, outgoing.c.holder == holder)
    attempts = connection.execute(select(outgoing.c.attempts).where(*mine).with_for_update()).scalar()
    if attempts is None:
        return False
    given_up = for_good or attempts >= len(PAUSES)
    connection.execute(
        update(outgoing)
        .where(*mine)
        .values(
            attempts=attempts + 1,
            next_at=None if given_up else now + PAUSES[attempts],
            last_error=as_kept(error, LONGEST_ERROR),
            holder=None,
            held_until=None,
        )
    )
    return True


def try_again(connection: Connection, id: str, *, now: datetime) -> bool:  # noqa: A002
    """Let a mail be tried at once, with all its pauses before it; False where there is none."""
    found = connection.execute(update(outgoing).where(outgoing.c.id == id).values(attempts=0, next_at=now))
    return found.rowcount == 1


def stuck(connection: Connection) -> tuple[Mail, ...]:
    """Give the mails that failed several times or were given up, the oldest first."""
    return tuple(waiting(connection, only_stuck=True))


def waiting(connection: Connection, *, only_stuck: bool) -> Iterator[Mail]:
    """Give the mails that have not left, the oldest first, without their bytes and however many they are."""
    columns = [literal(None).label(one.name) if one.name == "message" else one for one in outgoing.c]
    wanted = select(*columns).order_by(outgoing.c.created_at, outgoing.c.id)
    if only_stuck:
        wanted = wanted.where(or_(outgoing.c.next_at.is_(None), outgoing.c.attempts >= FAILURES_OF_STUCK))
    found = connection.execute(wanted.execution_options(stream_results=True))
    yield from (_mail(row) for row in found.mappings().yield_per(SOME))


def waiting_for(connection: Connection, subscriber: str) -> tuple[Mail, ...]:
    """Give the mails that a subscriber is owed, the oldest first."""
    found = connection.execute(
        select(outgoing)
        .where(outgoing.c.subscriber == subscriber)
        .order_by(outgoing.c.created_at, outgoing.c.id)
    )
    return tuple(_mail(row) for row in found.mappings())


def drop(connection: Connection, subscribers: list[str]) -> None:
    """Owe these subscribers nothing any more."""
    connection.execute(delete(outgoing).where(outgoing.c.subscriber.in_(subscribers)))


def _mail(row: RowMapping) -> Mail:
    return Mail(**{name: row[name] for name in Mail.__struct_fields__})
