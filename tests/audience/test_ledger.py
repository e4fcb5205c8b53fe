"""The ledger is only ever added to, whoever tries; what is old is erased from it."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from audience.conftest import ORIGIN, asked, ids
from audience.test_sign_ups import AMINA, events, joined, known
from campaigner.audience.leaving import Erased, erase, erase_stale, unsubscribe
from campaigner.audience.outgoing import Kind
from campaigner.audience.sign_ups import Outcome, confirm, sign_up
from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import Status, data_of
from campaigner.errors import AudienceError
from conftest import NOW

DAY = timedelta(days=1)
NAMES = (
    *("number", "subscriber", "event", "at", "address", "request", "campaign", "page", "form", "ip", "agent"),
    *("wording", "language", "policy", "box", "method", "operator", "note"),
)


def run(database: Database, statement: str) -> None:
    with database.writing() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize("name", NAMES)
def test_no_entry_is_changed(database: Database, name: str) -> None:
    joined(database)
    before = known(database).consent
    value = {"number": "99", "at": "'2020-01-01 00:00:00.000000'"}.get(name, "'changed'")
    with pytest.raises(AudienceError, match="the ledger of consent is only ever added to"):
        run(database, f"UPDATE consent_ledger SET {name} = {value}")
    assert known(database).consent == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM consent_ledger",
        "DELETE FROM consent_ledger WHERE event = 'confirmed'",
        "UPDATE consent_ledger SET ip = NULL, note = 'changed'",
    ],
)
def test_no_entry_is_deleted(database: Database, statement: str) -> None:
    joined(database)
    with pytest.raises(AudienceError, match="only ever added to"):
        run(database, statement)
    assert events(known(database)) == ["signed-up", "confirmed"]


def test_no_wording_is_changed_or_deleted(database: Database) -> None:
    joined(database)
    for statement in ("UPDATE wordings SET text = 'I agree to all'", "DELETE FROM wordings"):
        with pytest.raises(AudienceError, match=r"a wording that was shown stays as it was|FOREIGN KEY"):
            run(database, statement)


def test_nothing_is_replaced_or_emptied_at_once(database: Database) -> None:
    joined(database)
    replacing = (
        "INSERT OR REPLACE INTO consent_ledger (number, subscriber, event, at, address) "
        "VALUES (1, 'subscriber-1', 'confirmed', '2026-11-22 12:00:00.000000', 'x')"
    )
    with pytest.raises(AudienceError, match="only ever added to"):
        run(database, replacing if database.is_sqlite else "TRUNCATE consent_ledger")


def test_ip_and_user_agent_can_be_emptied(database: Database) -> None:
    joined(database)
    run(database, "UPDATE consent_ledger SET ip = NULL, agent = NULL")
    assert {(entry.ip, entry.agent) for entry in known(database).consent} == {(None, None)}


def test_an_erasure_takes_the_entries_of_one_person_only(database: Database) -> None:
    joined(database)
    joined(database, "2", "bert@clinic.example")
    with database.writing() as connection:
        erase(connection, AMINA.digest, now=NOW)
    assert events(known(database, "bert@clinic.example")) == ["signed-up", "confirmed"]
    with database.reading() as connection:
        assert connection.execute(text("SELECT * FROM erasing")).all() == []
    with pytest.raises(AudienceError, match="only ever added to"):
        run(database, "DELETE FROM consent_ledger")


def test_no_number_of_an_entry_is_given_twice(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        erase(connection, AMINA.digest, now=NOW)
    joined(database, "2")
    assert [entry.number for entry in known(database).consent] == [3, 4]


def test_a_sign_up_that_nobody_confirms_is_erased_after_thirty_days(database: Database) -> None:
    with database.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))
    with database.writing() as connection:
        assert erase_stale(connection, now=NOW + 30 * DAY).sign_ups == 0
        assert erase_stale(connection, now=NOW + 31 * DAY).sign_ups == 1
        assert data_of(connection, AMINA.digest) is None
        late = confirm(connection, "subscriber-1", "request-1", now=NOW, origin=ORIGIN, mail="welcome")
    assert late == Outcome.OVER


def test_who_confirmed_is_not_stale(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        assert erase_stale(connection, now=NOW + 365 * DAY, origin_days=999).sign_ups == 0
    assert events(known(database)) == ["signed-up", "confirmed"]


def test_of_who_left_before_only_the_new_sign_up_is_erased(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="link")
        again = sign_up(connection, asked(), now=NOW + DAY, ids=ids("2"))
        assert again.mail == Kind.CONFIRMATION
    assert events(known(database)) == ["signed-up", "confirmed", "unsubscribed", "signed-up"]
    with database.writing() as connection:
        assert erase_stale(connection, now=NOW + 40 * DAY).sign_ups == 1
    found = known(database)
    assert events(found) == ["signed-up", "confirmed", "unsubscribed"]
    assert found.subscriber is not None
    assert (found.subscriber.status, found.subscriber.request) == (Status.UNSUBSCRIBED, None)


def test_origins_are_emptied_after_a_set_time(database: Database) -> None:
    joined(database)
    with database.writing() as connection:
        assert erase_stale(connection, now=NOW + 90 * DAY).origins == 0
        assert erase_stale(connection, now=NOW + 91 * DAY).origins == 2
        assert erase_stale(connection, now=NOW + 91 * DAY).origins == 0
    assert {(entry.ip, entry.agent) for entry in known(database).consent} == {(None, None)}


def test_much_that_is_old_is_erased_in_pieces(database: Database) -> None:
    with database.writing() as connection:
        for number in range(5):
            sign_up(connection, asked(f"reader-{number}@clinic.example"), now=NOW, ids=ids(str(number)))
    pieces: list[Erased] = []
    while not pieces or pieces[-1].is_more:
        with database.writing() as connection:
            pieces.append(erase_stale(connection, now=NOW + 40 * DAY, most=2))
    assert [piece.sign_ups for piece in pieces] == [2, 2, 1]
