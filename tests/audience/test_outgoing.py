"""Mails on their way: claimed by one worker, tried again after growing pauses, listed when they are stuck."""

from datetime import timedelta
from pathlib import Path

from audience.conftest import asked, ids
from campaigner.audience import outgoing
from campaigner.audience.addresses import read_address
from campaigner.audience.by_hand import keep_away
from campaigner.audience.sign_ups import sign_up
from campaigner.audience.storage.database import VARIABLE, Database, open_database
from conftest import NOW

HOLD = timedelta(minutes=5)


def owed(database: Database, *names: str) -> None:
    with database.writing() as connection:
        for name in names:
            sign_up(connection, asked(f"{name}@clinic.example"), now=NOW, ids=ids(name))


def claimed(database: Database, holder: str, *, minutes: float = 0, most: int = 20) -> list[str]:
    with database.writing() as connection:
        now = NOW + timedelta(minutes=minutes)
        return [mail.id for mail in outgoing.claim(connection, holder=holder, now=now, hold=HOLD, most=most)]


def test_no_mail_is_held_by_two_workers(database: Database) -> None:
    owed(database, "a", "b", "c")
    assert claimed(database, "one", most=2) == ["mail-a", "mail-b"]
    assert claimed(database, "two") == ["mail-c"]
    assert claimed(database, "three") == []


def test_two_workers_at_the_same_moment_get_different_mails(tmp_path: Path, empty_postgresql: str) -> None:
    """With SQLite the second one waits until the first is done."""
    database = open_database(tmp_path / "c.db", {VARIABLE: empty_postgresql})
    owed(database, "a", "b")
    with database.writing() as one, database.writing() as two:
        first = outgoing.claim(one, holder="one", now=NOW, hold=HOLD, most=1)
        second = outgoing.claim(two, holder="two", now=NOW, hold=HOLD, most=1)
    assert [mail.id for mail in first + second] == ["mail-a", "mail-b"]
    database.close()


def test_what_a_dead_worker_held_is_given_to_the_next(database: Database) -> None:
    owed(database, "a")
    assert claimed(database, "dead") == ["mail-a"]
    assert claimed(database, "next", minutes=4) == []
    assert claimed(database, "next", minutes=5) == ["mail-a"]
    with database.writing() as connection:
        assert not outgoing.keep(connection, "mail-a", holder="dead", message=b"late")
        assert not outgoing.sent(connection, "mail-a", holder="dead", now=NOW)
        assert not outgoing.failed(connection, "mail-a", holder="dead", now=NOW, error="late")
        assert outgoing.sent(connection, "mail-a", holder="next", now=NOW)


def test_a_mail_is_composed_once_and_sent_again_as_it_was(database: Database) -> None:
    owed(database, "a")
    claimed(database, "one")
    message = b"Subject: \xc3\xa9\r\n\r\n\x00"
    with database.writing() as connection:
        assert outgoing.keep(connection, "mail-a", holder="one", message=message)
        assert outgoing.failed(connection, "mail-a", holder="one", now=NOW, error="451 later")
        (again,) = outgoing.claim(connection, holder="two", now=NOW + HOLD, hold=HOLD)
    assert (again.message, again.attempts, again.last_error) == (message, 1, "451 later")


def test_pauses_grow_until_a_mail_is_given_up(database: Database) -> None:
    owed(database, "a")
    now, waited = NOW, []
    for _ in range(len(outgoing.PAUSES) + 1):
        with database.writing() as connection:
            assert len(outgoing.claim(connection, holder="one", now=now, hold=HOLD)) == 1
            assert outgoing.failed(connection, "mail-a", holder="one", now=now, error="421 busy\r\nX: y")
            (mail,) = outgoing.waiting_for(connection, "subscriber-a")
        waited.append(mail.next_at - now if mail.next_at else None)
        now = mail.next_at or now
    assert tuple(waited) == (*outgoing.PAUSES, None)
    assert list(outgoing.PAUSES) == sorted(outgoing.PAUSES)
    assert mail.last_error == "421 busy X: y"
    assert claimed(database, "one", minutes=99999) == []


def test_what_is_stuck_is_listed_and_can_be_tried_again(database: Database) -> None:
    owed(database, "a", "b")
    with database.writing() as connection:
        outgoing.claim(connection, holder="one", now=NOW, hold=HOLD)
        outgoing.failed(connection, "mail-a", holder="one", now=NOW, error="550 nobody", for_good=True)
        outgoing.failed(connection, "mail-b", holder="one", now=NOW, error="451 later")
        assert [mail.id for mail in outgoing.stuck(connection)] == ["mail-a"]
        assert outgoing.try_again(connection, "mail-a", now=NOW)
        assert outgoing.stuck(connection) == ()
    assert claimed(database, "one") == ["mail-a"]


def test_mails_that_wait_are_listed_without_their_bytes(database: Database) -> None:
    """A thousand of them with pictures in them are not to be in memory."""
    owed(database, "a")
    assert claimed(database, "one") == ["mail-a"]
    with database.writing() as connection:
        assert outgoing.keep(connection, "mail-a", holder="one", message=b"all of it")
        (mail,) = outgoing.waiting(connection, only_stuck=False)
    assert (mail.id, mail.message) == ("mail-a", None)


def test_who_is_suppressed_by_hand_is_owed_nothing(database: Database) -> None:
    owed(database, "amina")
    with database.writing() as connection:
        keep_away(connection, read_address("amina@clinic.example"), now=NOW)
        assert list(outgoing.waiting(connection, only_stuck=False)) == []
