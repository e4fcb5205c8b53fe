"""Who must not be written to, known by a hash only, so that it can be kept after all else was erased.

A suppression holds until its person confirms a sign-up anew; its row stays even then, for it says when somebody's
data was erased, which a restored backup must follow.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select, update

from campaigner.audience.storage.database import insert_into
from campaigner.audience.storage.schema import suppressions
from campaigner.value import Value


class Cause(StrEnum):
    """Why somebody is not written to."""

    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    ERASED = "erased"
    #: by whoever runs the campaign
    BY_HAND = "by-hand"


class Suppression(Value):
    """One of them."""

    digest: str
    reason: str
    since: datetime
    #: when they confirmed anew; None while it holds
    lifted: datetime | None
    #: when all else that was known of them was erased last
    erased: datetime | None


def suppress(connection: Connection, digest: str, cause: Cause, *, now: datetime) -> None:
    """Suppress somebody; the reason of a suppression that holds stays."""
    suppress_all(connection, [(digest, cause, now)])


def suppress_all(connection: Connection, people: Sequence[tuple[str, Cause, datetime]]) -> None:
    """Suppress many, by hash, with the cause of each and since when."""
    if not people:
        return
    new = insert_into(connection, suppressions)
    connection.execute(
        new.on_conflict_do_update(
            index_elements=["digest"],
            set_={"reason": new.excluded.reason, "since": new.excluded.since, "lifted": None},
            where=suppressions.c.lifted.is_not(None),
        ),
        [{"digest": digest, "reason": cause, "since": since} for digest, cause, since in people],
    )


def lift(connection: Connection, digest: str, *, now: datetime) -> None:
    """Lift a suppression, since its person has confirmed; nothing where there is none."""
    connection.execute(
        update(suppressions)
        .where(suppressions.c.digest == digest, suppressions.c.lifted.is_(None))
        .values(lifted=now)
    )


def note_erasure(connection: Connection, digest: str, *, now: datetime) -> None:
    """Suppress somebody whose data is erased, and keep when."""
    suppress(connection, digest, Cause.ERASED, now=now)
    connection.execute(update(suppressions).where(suppressions.c.digest == digest).values(erased=now))


def suppression_of(connection: Connection, digest: str) -> Suppression | None:
    """Give the suppression of somebody that holds, or None."""
    row = (
        connection.execute(
            select(suppressions).where(suppressions.c.digest == digest, suppressions.c.lifted.is_(None))
        )
        .mappings()
        .first()
    )
    return Suppression(**row) if row else None
