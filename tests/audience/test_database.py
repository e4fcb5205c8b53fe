"""How a database is opened, and what is said where that fails."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from threading import Timer

import pytest
from sqlalchemy import func, insert, select, text

from audience.conftest import Place, asked, ids
from campaigner.audience.addresses import read_address
from campaigner.audience.sign_ups import sign_up
from campaigner.audience.storage.database import VARIABLE, Database, open_database
from campaigner.audience.storage.schema import erasing, subscribers
from campaigner.audience.subscribers import data_of
from campaigner.errors import AudienceError
from conftest import NOW


def refusal(file: Path, environment: dict[str, str] | None = None) -> str:
    with pytest.raises(AudienceError) as refused:
        open_database(file, environment or {}, place=".campaigner/campaigner.db")
    return str(refused.value)


def test_the_database_is_made_on_first_use_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / ".campaigner" / "campaigner.db"
    database = open_database(file, {})
    with database.writing() as connection:
        connection.execute(insert(erasing), {"subscriber": "somebody"})
        assert [beside.stat().st_mode & 0o777 for beside in sorted(file.parent.iterdir())] == [0o600] * 3
    database.close()


def test_sqlite_waits_for_the_disk_and_for_others(sqlite: Database) -> None:
    with sqlite.writing() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas]
    assert found == ["wal", 2, 1, 30_000]
    with sqlite.writing(lasting=False) as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 1
    with sqlite.writing() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2


def test_who_opens_it_first_waits_for_others_who_do(tmp_path: Path) -> None:
    file = tmp_path / "campaigner.db"
    other = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE others (id)")
    other.execute("BEGIN IMMEDIATE")  # before anybody has switched the WAL on
    end = Timer(0.3, other.execute, ["COMMIT"])
    end.start()
    open_database(file, {}).close()
    end.join()
    other.close()


def test_a_database_is_opened_again_without_loading_migrations(place: Place) -> None:
    place.open().close()
    program = (
        "import sys; from pathlib import Path; from campaigner.audience.storage.database import open_database\n"
        f"open_database(Path({str(place.file)!r}), {place.environment!r})\n"
        "assert 'alembic' not in sys.modules and 'email_validator' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_what_is_read_is_what_was_kept(place: Place) -> None:
    database = place.open()
    with database.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))
    database.close()
    again = place.open()
    with again.reading() as connection:
        assert data_of(connection, read_address("amina@clinic.example").digest)
    again.close()


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(AudienceError), database.writing() as connection:
        sign_up(connection, asked(), now=NOW.replace(tzinfo=None), ids=ids("1"))


def test_a_database_of_a_newer_version_is_refused(place: Place) -> None:
    database = place.open()
    with database.writing() as connection:
        connection.execute(text("UPDATE campaigner_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(AudienceError, match="of a newer version of campaigner") as refused:
        place.open()
    assert "pip install --upgrade campaigner" in str(refused.value)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "campaigner.db"
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE subscribers (email TEXT)")
    assert "tables of another program: subscribers" in refusal(file)
    with sqlite3.connect(file) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("subscribers",)]


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "campaigner.db"
    file.write_text("Dear diary, " * 1000, encoding="utf-8")
    assert refusal(file).startswith(
        ".campaigner/campaigner.db:1:1: this is no database, or a damaged one. Move it away"
    )


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "campaigner.db").mkdir()
    assert refusal(tmp_path / "campaigner.db").endswith(
        "the database cannot be made: a folder is in its place. Move it away."
    )


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / ".campaigner").write_text("a file", encoding="utf-8")
    assert "the database cannot be made: its folder is a file" in refusal(tmp_path / ".campaigner" / "c.db")


def test_a_full_disk_is_told_and_nothing_is_half_done(sqlite: Database) -> None:
    with sqlite.writing() as connection:
        sign_up(connection, asked("first@clinic.example"), now=NOW, ids=ids("first"))
    with sqlite.engine.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar()
    sqlite.close()

    def sign_up_until_full() -> None:
        for number in range(1000):
            with sqlite.writing() as connection:
                connection.execute(text(f"PRAGMA max_page_count = {pages}"))
                address = f"reader-{number}@clinic.example"
                sign_up(connection, asked(address, name="x" * 2000), now=NOW, ids=ids(str(number)))

    with pytest.raises(AudienceError, match="the disk that the database is on is full"):
        sign_up_until_full()
    with sqlite.writing() as connection:
        connection.execute(text("PRAGMA max_page_count = 1000000"))
        sign_up(connection, asked("last@clinic.example"), now=NOW, ids=ids("last"))
    with sqlite.reading() as connection:
        people = connection.execute(select(func.count()).select_from(subscribers)).scalar()
        entries = connection.execute(text("SELECT count(*) FROM consent_ledger")).scalar()
        mails = connection.execute(text("SELECT count(*) FROM outgoing")).scalar()
    assert people == entries == mails


READ_ONLY = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from audience.conftest import asked, ids
from campaigner.audience.storage.database import open_database
from campaigner.audience.sign_ups import sign_up
from campaigner.errors import AudienceError
asked()  # all is loaded before the rights to read it are given up
file = Path(sys.argv[1])
open_database(file, {}).close()
file.chmod(int(sys.argv[2], 8))
file.parent.chmod(0o555)
if os.geteuid() == 0:
    os.seteuid(65534)
try:
    database = open_database(file, {}, place="campaigner.db")
    with database.writing() as connection:
        sign_up(connection, asked(), now=datetime.now(UTC), ids=ids("1"))
except AudienceError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("rights", "told"),
    [("444", "the database is read-only"), ("000", "the database cannot be opened")],
)
def test_a_database_without_rights_is_told(rights: str, told: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        file = Path(folder) / "state" / "campaigner.db"
        try:
            done = subprocess.run(
                [sys.executable, "-c", READ_ONLY, str(file), rights],
                env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
                capture_output=True,
                text=True,
                check=True,
            )
        finally:
            file.parent.chmod(0o755)
    assert done.stdout.startswith(f"campaigner.db:1:1: {told}. Give the right to")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql:/secret",
        "mysql://user:secret@host/database",
        "sqlite:///secret",
        "user:secret@host",
        "postgresql://user:secret@host:port/database",
        "secret",
    ],
)
def test_what_is_no_address_of_a_postgresql_is_refused_and_not_shown(tmp_path: Path, address: str) -> None:
    told = refusal(tmp_path / "c.db", {VARIABLE: address})
    assert told.startswith(f"{VARIABLE}:1:1: ")
    assert "secret" not in told


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_postgresql_that_does_not_answer_is_told_without_the_password(tmp_path: Path, scheme: str) -> None:
    told = refusal(tmp_path / "c.db", {VARIABLE: f"{scheme}://reader:secret@127.0.0.1:1/secret"})
    assert told.startswith(f"{VARIABLE}:1:1: PostgreSQL cannot be reached: connection ")
    assert "secret" not in told


def test_a_password_that_is_wrong_is_not_shown(tmp_path: Path, empty_postgresql: str) -> None:
    address = empty_postgresql.replace("postgres:", "nobody:secret", 1)
    told = refusal(tmp_path / "c.db", {VARIABLE: address})
    assert 'role "nobody" does not exist' in told
    assert "secret" not in told


def test_without_psycopg_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    told = refusal(tmp_path / "c.db", {VARIABLE: "postgresql://host/database"})
    assert "pip install 'campaigner[postgres]'" in told


def test_what_the_database_says_of_a_failure_shows_nobodys_data(database: Database) -> None:
    with database.writing() as connection:
        sign_up(connection, asked(), now=NOW, ids=ids("1"))

    def take_an_id_twice() -> None:
        with database.writing() as connection:
            sign_up(connection, asked("bert@clinic.example", name="Bert"), now=NOW, ids=ids("1"))

    with pytest.raises(AudienceError) as refused:
        take_an_id_twice()
    assert "bert" not in str(refused.value).lower()
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
