"""Unsubscribing, and the erasure of what is known."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select, update

from campaigner.audience import outgoing
from campaigner.audience.consent import Event, Origin
from campaigner.audience.ledger import add_entry, empty_origins, forgetting
from campaigner.audience.storage.database import insert_into
from campaigner.audience.storage.schema import consent_ledger, erased_sign_ups, subscriber_tags, subscribers
from campaigner.audience.subscribers import Status, by_digest
from campaigner.audience.suppressions import Cause, note_erasure, suppress
from campaigner.value import Value

#: days that a sign-up waits for its confirmation
PENDING_DAYS = 30
#: days that the ledger keeps IP and user agent
ORIGIN_DAYS = 90
#: rows in one transaction, so that nobody waits long for it
MOST = 500


class Erased(Value):
    """What was erased since it was old."""

    sign_ups: int
    origins: int
    #: whether there is more of it: then the same is to be done again
    is_more: bool


def unsubscribe(
    connection: Connection,
    digest: str,
    *,
    now: datetime,
    origin: Origin,
    method: str,
    operator: str | None = None,
) -> bool:
    """Write to an address no more, by its hash; False where that was so before, or nobody has it.

    By the hash and not by an id, so that the link of every mail works for ever: after an erasure, with a restored
    database, and for whoever signed up a second time. The suppression is kept in any case.
    """
    person = by_digest(
        connection, digest
    )  # first, as all do: who waits for each other in a circle waits for ever
    suppress(connection, digest, Cause.UNSUBSCRIBED, now=now)
    if person is None:
        return False
    is_over = person.status in {Status.UNSUBSCRIBED, Status.COMPLAINED}
    connection.execute(
        update(subscribers)
        .where(subscribers.c.id == person.id)
        .values(
            status=person.status if is_over else Status.UNSUBSCRIBED,
            ended_at=person.ended_at if is_over else now,
            request=None,  # a link that waits to be confirmed is over too
            asked_at=None,
        )
    )
    outgoing.drop(connection, [person.id])
    if is_over:
        return False
    add_entry(
        connection,
        Event.UNSUBSCRIBED,
        subscriber=person.id,
        address=person.address,
        at=now,
        origin=origin,
        method=method,
        operator=operator,
    )
    return True


def erase(connection: Connection, digest: str, *, now: datetime) -> bool:
    """Erase all that is known of an address but the hash, which is suppressed; False where nothing was known."""
    person = by_digest(connection, digest)
    note_erasure(connection, digest, now=now)
    if person is None:
        return False
    erase_subscribers(connection, [person.id])
    return True


def erase_subscribers(connection: Connection, ids: list[str]) -> None:
    """Erase these subscribers with all that is theirs, and keep no hash of them."""
    outgoing.drop(connection, ids)
    connection.execute(delete(subscriber_tags).where(subscriber_tags.c.subscriber.in_(ids)))
    with forgetting(connection, ids):
        connection.execute(delete(consent_ledger).where(consent_ledger.c.subscriber.in_(ids)))
    connection.execute(delete(subscribers).where(subscribers.c.id.in_(ids)))


def erase_stale(
    connection: Connection,
    *,
    now: datetime,
    pending_days: int = PENDING_DAYS,
    origin_days: int = ORIGIN_DAYS,
    most: int = MOST,
) -> Erased:
    """Erase sign-ups that were not confirmed, and empty IP and user agent in the ledger, of at most `most` each.

    Of somebody who had confirmed an earlier sign-up and left since, only the new one goes: the proof of the old
    one, and that they left, stays.
    """
    stale = connection.execute(
        select(
            subscribers.c.id,
            subscribers.c.status,
            subscribers.c.request,
            subscribers.c.created_at,
            subscribers.c.campaign,
        )
        .where(subscribers.c.asked_at < now - timedelta(days=pending_days))
        .order_by(subscribers.c.asked_at)
        .limit(most)
        .with_for_update()
    ).all()
    never = [row.id for row in stale if row.status == Status.PENDING]
    if never:
        _count_erased(connection, [row for row in stale if row.status == Status.PENDING])
        erase_subscribers(connection, never)
    for row in stale:
        if row.status != Status.PENDING:
            _erase_request(connection, row.id, row.request)
    origins = empty_origins(connection, before=now - timedelta(days=origin_days), most=most)
    return Erased(sign_ups=len(stale), origins=origins, is_more=most in {len(stale), origins})


def _count_erased(connection: Connection, stale: Sequence[Any]) -> None:
    """Keep how many sign-ups of each day and campaign nobody confirmed; whoever came with a list signed up nowhere."""
    signed_up = set(
        connection.execute(
            select(consent_ledger.c.subscriber).where(
                consent_ledger.c.subscriber.in_([row.id for row in stale]),
                consent_ledger.c.event == Event.SIGNED_UP,
            )
        ).scalars()
    )
    counts = Counter((day_of(row.created_at), row.campaign) for row in stale if row.id in signed_up)
    new = insert_into(connection, erased_sign_ups)
    counted = new.on_conflict_do_update(
        index_elements=["day", "campaign"],
        set_={"count": erased_sign_ups.c.count + new.excluded.count},
    )
    rows = [{"day": day, "campaign": campaign, "count": count} for (day, campaign), count in counts.items()]
    if rows:
        connection.execute(counted, rows)


def day_of(at: datetime) -> str:
    """Give the day of a time, in UTC."""
    return at.astimezone(UTC).date().isoformat()


def _erase_request(connection: Connection, subscriber: str, request: str | None) -> None:
    mine = (consent_ledger.c.subscriber == subscriber, consent_ledger.c.request == request)
    with forgetting(connection, [subscriber]):
        connection.execute(delete(consent_ledger).where(*mine))
    outgoing.drop(connection, [subscriber])
    connection.execute(
        update(subscribers).where(subscribers.c.id == subscriber).values(request=None, asked_at=None)
    )
