"""On PostgreSQL several write at once: nobody waits for somebody who waits for them."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import Connection, func, select, text

from audience.conftest import ORIGIN, asked, ids
from audience.lists import bring_in
from audience.test_sign_ups import AMINA, events, kinds, known
from campaigner.audience import outgoing
from campaigner.audience.addresses import read_address
from campaigner.audience.consent import Event
from campaigner.audience.leaving import unsubscribe
from campaigner.audience.lists.incoming import Incoming
from campaigner.audience.lists.merging import Source, merge
from campaigner.audience.sign_ups import Arrival, sign_up, sign_up_all
from campaigner.audience.storage.database import VARIABLE, Database, open_database
from campaigner.audience.storage.gathering import Gathering
from campaigner.audience.storage.schema import consent_ledger
from campaigner.audience.storage.schema import outgoing as outgoing_mails
from campaigner.audience.subscribers import Status, by_digest
from conftest import NOW

Result = TypeVar("Result")
#: does the first step of somebody who leaves, and after a yield what is left to do
Leaving = Callable[[Connection], Iterator[None]]
HOLD = timedelta(minutes=5)
WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


@pytest.fixture
def postgresql(tmp_path: Path, empty_postgresql: str) -> Iterator[Database]:
    database = open_database(tmp_path / "c.db", {VARIABLE: empty_postgresql})
    yield database
    database.close()


def leaves_by_their_link(connection: Connection) -> Iterator[None]:
    by_digest(connection, AMINA.digest)
    yield
    unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="one-click")


def leaves_with_a_list(connection: Connection) -> Iterator[None]:
    connection.execute(text("LOCK TABLE subscribers IN EXCLUSIVE MODE"))
    yield
    left = Incoming(
        line=1, address=AMINA.shown, key=AMINA.key, digest=AMINA.digest, status=Status.UNSUBSCRIBED
    )
    source = Source(id="import-1", event=Event.IMPORTED, method="import", operator="ruth")
    merge(connection, [left], source, now=NOW, new_ids=lambda count: ["new"] * count)


LEAVING = pytest.mark.parametrize("leaving", [leaves_by_their_link, leaves_with_a_list])


def meanwhile(database: Database, leaving: Leaving, work: Callable[[], Result]) -> "Future[Result]":
    """Have `work` done between the first step of somebody who leaves and their last one, as far as it comes."""
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as connection:
            steps = leaving(connection)
            next(steps)
            other = pool.submit(work)
            while not other.done() and not waiting(database):
                time.sleep(0.01)
            assert list(steps) == []
        return other


def waiting(database: Database) -> int:
    """How many wait for what somebody else holds."""
    with database.reading() as connection:
        found: int = connection.execute(text(WAITING)).scalar_one()
    return found


@LEAVING
def test_a_mail_that_left_is_noted_though_its_person_leaves_at_that_moment(
    postgresql: Database, leaving: Leaving
) -> None:
    """A mail of which nobody notes that it left is sent once more."""
    with postgresql.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))
        outgoing.claim(connection, holder="postman", now=NOW, hold=HOLD)

    def note() -> bool:
        with postgresql.writing() as connection:
            return outgoing.sent(connection, "mail-1", holder="postman", now=NOW)

    assert not meanwhile(postgresql, leaving, note).result()  # for it is owed no more
    assert kinds(known(postgresql)) == []
    assert events(known(postgresql)) == ["signed-up", "unsubscribed"]


def test_who_waits_in_a_circle_all_the_same_is_let_through_one_after_the_other(postgresql: Database) -> None:
    for name in ("a", "b"):
        with postgresql.writing() as connection:
            sign_up(connection, asked(f"{name}@clinic.example"), now=NOW, ids=ids(name))
    both = Barrier(2, timeout=10)
    tried = []

    def leave(first: str, second: str) -> None:
        def work(connection: Connection) -> None:
            tried.append(first)
            for address in (first, second):
                digest = read_address(address).digest
                unsubscribe(connection, digest, now=NOW, origin=ORIGIN, method="link")
                if len(tried) <= 2 and address == first:
                    both.wait()

        postgresql.write(work)

    with ThreadPoolExecutor(2) as pool:
        orders = [("a@clinic.example", "b@clinic.example"), ("b@clinic.example", "a@clinic.example")]
        done = [pool.submit(leave, *order) for order in orders]
    assert [each.result() for each in done] == [None, None]
    assert len(tried) > 2  # one was ended, and began anew
    for address in orders[0]:
        assert events(known(postgresql, address)) == ["signed-up", "unsubscribed"]


def test_a_list_of_who_left_comes_in_while_mails_leave(postgresql: Database, tmp_path: Path) -> None:
    people = [f"reader-{number}@clinic.example" for number in range(400)]
    with postgresql.writing() as connection:
        sign_up_all(connection, [Arrival(asked=asked(person), at=NOW, ids=ids(person)) for person in people])
    gathering, start = Gathering(postgresql), Barrier(2)

    def deliver() -> int:
        start.wait()
        count = 0
        while mails := gathering.do(claim):
            for mail in mails:
                count += gathering.do(partial(outgoing.sent, id=mail.id, holder="postman", now=NOW))
        return count

    def claim(connection: Connection) -> tuple[outgoing.Mail, ...]:
        return outgoing.claim(connection, holder="postman", now=NOW, hold=HOLD, most=10)

    with ThreadPoolExecutor(1) as pool:
        left = pool.submit(deliver)
        start.wait()
        came = bring_in(
            postgresql, tmp_path / "left.csv", "\n".join(("email", *people)), status=Status.UNSUBSCRIBED
        )
    assert came.counts == {"left": 400}
    with postgresql.reading() as connection:
        sent = select(func.count()).where(consent_ledger.c.event == Event.CONFIRMATION_SENT)
        assert connection.execute(sent).scalar_one() == left.result()
        assert connection.execute(select(func.count()).select_from(outgoing_mails)).scalar_one() == 0
