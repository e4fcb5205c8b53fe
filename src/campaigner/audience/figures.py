"""How many there are: for whoever watches the app, without a word of who they are."""

from collections.abc import Mapping

from sqlalchemy import Connection, case, func, or_, select

from campaigner.audience.outgoing import FAILURES_OF_STUCK
from campaigner.audience.storage.schema import outgoing, subscribers, suppressions
from campaigner.audience.subscribers import Status
from campaigner.value import Value


class Figures(Value):
    """What is in the database."""

    #: by status
    subscribers: Mapping[str, int]
    #: mails that have not left, and those of them that failed several times or were given up
    mails_waiting: int
    mails_stuck: int
    #: addresses that must not be written to
    suppressed: int


def figures(connection: Connection) -> Figures:
    """Count; in a large database it takes some tenths of a second."""
    found = connection.execute(
        select(subscribers.c.status, func.count().label("people")).group_by(subscribers.c.status)
    )
    is_stuck = or_(outgoing.c.next_at.is_(None), outgoing.c.attempts >= FAILURES_OF_STUCK)
    waiting, stuck = connection.execute(
        select(func.count(), func.coalesce(func.sum(case((is_stuck, 1), else_=0)), 0)).select_from(outgoing)
    ).one()
    suppressed = connection.execute(
        select(func.count()).select_from(suppressions).where(suppressions.c.lifted.is_(None))
    ).scalar()
    return Figures(
        subscribers=dict.fromkeys(map(str, Status), 0) | {row.status: row.people for row in found},
        mails_waiting=waiting,
        mails_stuck=stuck,
        suppressed=suppressed or 0,
    )
