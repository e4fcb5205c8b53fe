"""A backup while the database is in use, and a restore that brings nobody back who left since."""

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from audience.conftest import ORIGIN, asked, ids
from audience.test_sign_ups import AMINA, events, joined, kinds, known
from campaigner.audience.addresses import read_address
from campaigner.audience.leaving import erase, unsubscribe
from campaigner.audience.sign_ups import confirm, sign_up
from campaigner.audience.storage.backup import back_up, restore
from campaigner.audience.storage.database import VARIABLE, Database, open_database
from campaigner.audience.subscribers import Status, data_of
from campaigner.audience.suppressions import Cause, suppress
from campaigner.errors import AudienceError
from conftest import NOW

LATER = NOW + timedelta(days=1)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "audience.backup"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Database]:
    """A database of another machine, without anybody in it."""
    opened = open_database(tmp_path / "fresh" / "campaigner.db", {})
    yield opened
    opened.close()


def status(database: Database, address: str) -> Status | None:
    with database.reading() as connection:
        found = data_of(connection, read_address(address).digest)
    return found.subscriber.status if found and found.subscriber else None


def test_a_backup_is_one_whole_file_for_its_owner_alone(sqlite: Database, copy: Path) -> None:
    joined(sqlite)
    with sqlite.writing() as connection:  # somebody is in the middle of something
        sign_up(connection, asked("bert@clinic.example"), now=NOW, ids=ids("2"))
        back_up(sqlite, copy)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in copy.parent.glob("*audience*")] == ["audience.backup"]
    assert (
        copy.read_bytes()[18:20] == b"\1\1"
    )  # it needs no file beside it, https://sqlite.org/fileformat.html
    with sqlite3.connect(f"{copy.as_uri()}?mode=ro&immutable=1", uri=True) as connection:
        assert connection.execute("SELECT address FROM subscribers").fetchall() == [("amina@clinic.example",)]


def test_a_backup_that_fails_leaves_the_one_before(sqlite: Database, copy: Path, tmp_path: Path) -> None:
    back_up(sqlite, copy)
    before = copy.read_bytes()
    missing = tmp_path / "nowhere" / "audience.backup"
    with pytest.raises(AudienceError, match="this cannot be read or written: No such file or directory"):
        back_up(sqlite, missing)
    assert copy.read_bytes() == before


def test_a_backup_is_restored_on_another_machine(sqlite: Database, fresh: Database, copy: Path) -> None:
    joined(sqlite)
    before = known(sqlite)
    back_up(sqlite, copy)
    done = restore(fresh, copy, now=LATER)
    assert (done.subscribers, done.left, done.erased) == (1, 0, 0)
    assert known(fresh) == before


def test_who_left_since_the_backup_is_not_written_to(sqlite: Database, copy: Path) -> None:
    for number in range(1, 5):
        joined(sqlite, str(number), f"reader-{number}@clinic.example")
    back_up(sqlite, copy)
    digests = [read_address(f"reader-{number}@clinic.example").digest for number in range(1, 5)]
    with sqlite.writing() as connection:
        unsubscribe(connection, digests[0], now=LATER, origin=ORIGIN, method="link")
        erase(connection, digests[1], now=LATER)
        suppress(connection, digests[2], Cause.COMPLAINED, now=LATER)
    done = restore(sqlite, copy, now=LATER)
    assert (done.subscribers, done.left, done.erased) == (3, 2, 1)
    found = [status(sqlite, f"reader-{number}@clinic.example") for number in range(1, 5)]
    assert found == [Status.UNSUBSCRIBED, None, Status.COMPLAINED, Status.CONFIRMED]
    left = known(sqlite, "reader-1@clinic.example")
    assert events(left) == ["signed-up", "confirmed", "unsubscribed"]
    assert (left.consent[-1].at, left.consent[-1].method) == (LATER, "restore")
    assert left.suppression is not None
    with sqlite.writing() as connection:  # nor is anybody brought back by an old link
        late = confirm(connection, "subscriber-1", "request-1", now=LATER, origin=ORIGIN, mail="w")
    assert late == "over"


def test_who_came_back_after_an_erasure_is_kept(sqlite: Database, copy: Path) -> None:
    joined(sqlite)
    with sqlite.writing() as connection:
        erase(connection, AMINA.digest, now=NOW)
        sign_up(connection, asked(), now=LATER, ids=ids("2"))
        confirm(connection, "subscriber-2", "request-2", now=LATER, origin=ORIGIN, mail="w")
    back_up(sqlite, copy)
    restore(sqlite, copy, now=LATER)
    assert status(sqlite, "amina@clinic.example") == Status.CONFIRMED


def test_who_confirmed_anew_since_is_asked_again(sqlite: Database, copy: Path) -> None:
    joined(sqlite)
    with sqlite.writing() as connection:
        unsubscribe(connection, AMINA.digest, now=NOW, origin=ORIGIN, method="link")
    back_up(sqlite, copy)
    with sqlite.writing() as connection:
        sign_up(connection, asked(), now=LATER, ids=ids("2"))
        confirm(connection, "subscriber-1", "request-2", now=LATER, origin=ORIGIN, mail="w")
    assert known(sqlite).suppression is None
    restore(sqlite, copy, now=LATER)
    assert status(sqlite, "amina@clinic.example") == Status.UNSUBSCRIBED
    assert known(sqlite).suppression is not None


def test_a_mail_that_left_since_is_not_sent_again(sqlite: Database, copy: Path) -> None:
    joined(sqlite)
    joined(sqlite, "2", "bert@clinic.example")
    back_up(sqlite, copy)
    with sqlite.writing() as connection:
        connection.execute(text("DELETE FROM outgoing WHERE id IN ('mail-1', 'welcome-2')"))
    restore(sqlite, copy, now=LATER)
    assert kinds(known(sqlite)) == ["welcome"]
    assert kinds(known(sqlite, "bert@clinic.example")) == ["confirmation"]


def test_a_mail_that_is_owed_since_goes_with_what_it_was_owed_for(sqlite: Database, copy: Path) -> None:
    with sqlite.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))
    back_up(sqlite, copy)
    with sqlite.writing() as connection:
        confirm(connection, "subscriber-1", "request-1", now=LATER, origin=ORIGIN, mail="w")
    restore(sqlite, copy, now=LATER)
    assert status(sqlite, "amina@clinic.example") == Status.PENDING
    assert kinds(known(sqlite)) == ["confirmation"]


def test_a_restore_that_fails_halfway_changes_nothing(sqlite: Database, copy: Path) -> None:
    joined(sqlite)
    back_up(sqlite, copy)
    joined(sqlite, "2", "bert@clinic.example")
    before = [known(sqlite), known(sqlite, "bert@clinic.example")]
    with sqlite.writing() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER refuses BEFORE INSERT ON consent_ledger BEGIN SELECT RAISE(ABORT, 'no'); END"
            )
        )
    assert "the database refuses: no" in refusal(sqlite, copy)
    assert [known(sqlite), known(sqlite, "bert@clinic.example")] == before


def test_a_restore_is_seen_by_who_has_the_database_open(sqlite: Database, copy: Path) -> None:
    joined(sqlite)
    back_up(sqlite, copy)
    joined(sqlite, "2", "bert@clinic.example")
    other = open_database(Path(str(sqlite.engine.url.database)), {})
    restore(sqlite, copy, now=LATER)
    assert status(other, "bert@clinic.example") is None
    joined(other, "3", "carla@clinic.example")
    assert status(sqlite, "carla@clinic.example") == Status.CONFIRMED
    other.close()


def refusal(database: Database, backup: Path) -> str:
    with pytest.raises(AudienceError) as refused:
        restore(database, backup, now=LATER)
    return str(refused.value)


def test_what_is_no_backup_changes_nothing(sqlite: Database, tmp_path: Path) -> None:
    joined(sqlite)
    before = known(sqlite)
    diary, others, nowhere = tmp_path / "diary", tmp_path / "others", tmp_path / "nowhere"
    diary.write_text("Dear diary, " * 1000, encoding="utf-8")
    with sqlite3.connect(others) as connection:
        connection.execute("CREATE TABLE others (id)")
    assert "this is no database, or a damaged one" in refusal(sqlite, diary)
    assert "this is no backup of an audience" in refusal(sqlite, others)
    assert "the database cannot be opened" in refusal(sqlite, nowhere)
    assert known(sqlite) == before
    assert [file.name for file in (tmp_path / ".campaigner").glob("*restore*")] == []


def test_a_damaged_backup_changes_nothing(sqlite: Database, copy: Path) -> None:
    joined(sqlite, address="Amina@clinic.example")
    back_up(sqlite, copy)
    # the key, where only somebody who compares a table with its index notices
    copy.write_bytes(copy.read_bytes().replace(b"amina@clinic.example", b"amina@clinic.exemple", 1))
    before = known(sqlite)
    assert "damaged" in refusal(sqlite, copy)
    assert known(sqlite) == before


def test_a_backup_of_a_newer_version_is_refused(sqlite: Database, copy: Path) -> None:
    back_up(sqlite, copy)
    with sqlite3.connect(copy) as connection:
        connection.execute("UPDATE campaigner_version SET version_num = '9999'")
    assert "of a newer version of campaigner" in refusal(sqlite, copy)


def test_postgresql_is_backed_up_by_its_own_means(tmp_path: Path, empty_postgresql: str) -> None:
    database = open_database(tmp_path / "c.db", {VARIABLE: empty_postgresql})
    with pytest.raises(AudienceError, match="pg_dump"):
        back_up(database, tmp_path / "copy")
    database.close()
