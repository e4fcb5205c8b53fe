"""Backs SQLite up while it is in use, and restores such a backup without writing to anybody who left since.

Both go through SQLite, never through a copy of the file: what is in the write-ahead log is in the backup, and
whoever has the database open sees a restore as one change of it, all or nothing.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from campaigner.audience.storage.database import PATIENCE_SECONDS, Database, open_database, prepare
from campaigner.audience.storage.faults import ANEW, as_sqlalchemy, audience_error
from campaigner.audience.storage.schema import (
    VERSION_TABLE,
    consent_ledger,
    erased_sign_ups,
    outgoing,
    subscriber_tags,
    subscribers,
    suppressions,
    wordings,
)
from campaigner.errors import AudienceError, Fault
from campaigner.value import Value

#: in the order in which one refers to the other
RESTORED = (wordings, subscribers, subscriber_tags, consent_ledger, erased_sign_ups)


class Restored(Value):
    """What a restore brought back, and what it kept back."""

    #: of the backup, without those who were erased since
    subscribers: int
    #: how many of these left since the backup was made, and are not written to
    left: int
    #: how many had their data erased since, and are not brought back
    erased: int


def back_up(database: Database, target: Path) -> None:
    """Write a backup to `target`, which only its owner may read; it appears whole, or not at all.

    Nobody waits for it: it shows the database at one moment, while others go on writing. Raises AudienceError.
    """
    place = str(target)
    with _told(place), _beside(target) as part:
        with closing(_connected(_file(database))) as source, closing(_connected(part)) as copy:
            source.backup(
                copy
            )  # in one step: in several it would begin anew with each change of another process
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, and none beside it
            _refuse_damage(copy, database.place, ANEW)
        _to_disk(part)
        os.replace(part, target)
        _to_disk(target.parent)


def restore(database: Database, backup: Path, *, now: datetime) -> Restored:
    """Bring the database back to what it was when `backup` was made, but for who must not be written to.

    - Suppressions are those of both. Who was suppressed when the backup was made and confirmed since is suppressed
      again: the proof that they agreed is not in the backup.
    - Who unsubscribed, bounced or complained since is so still, and the ledger says when.
    - Who was erased since stays erased.
    - A mail is on its way only where it was so then and still is: nobody gets one twice. Only where there is
      nobody in the database yet are all of the backup's mails taken.

    Servers may go on. Raises AudienceError, and changes nothing, where the backup is none, is damaged, or was made
    by a newer version.
    """
    place = str(backup)
    with _told(place), tempfile.TemporaryDirectory(dir=_file(database).parent, prefix=".restore.") as folder:
        copy = Path(folder) / "backup.db"
        with (
            closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(_connected(copy)) as target,
        ):
            source.backup(target)
            _refuse_damage(target, place, "Take another backup")
            _refuse_others(target, place)
        open_database(copy, {}, place=place).close()  # and so brought up to date
        with _told(database.place), closing(_connected(_file(database))) as connection:
            connection.execute("ATTACH ? AS backup", (str(copy),))
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                return _restored(connection, now)


def _restored(connection: sqlite3.Connection, now: datetime) -> Restored:
    run = connection.execute
    run("PRAGMA defer_foreign_keys = ON")
    is_empty = run("SELECT NOT EXISTS (SELECT 1 FROM main.subscribers)").fetchone()[0]
    run("CREATE TEMP TABLE underway AS SELECT * FROM main.outgoing")
    run("INSERT INTO main.erasing SELECT id FROM main.subscribers")
    for name in (
        "outgoing",
        "consent_ledger",
        "subscriber_tags",
        "subscribers",
        "erasing",
        "erased_sign_ups",
    ):
        run(f"DELETE FROM main.{name}")  # noqa: S608
    for table in RESTORED:
        names = ", ".join(table.c.keys())
        run(f"INSERT OR IGNORE INTO main.{table.name} ({names}) SELECT {names} FROM backup.{table.name}")  # noqa: S608
    _join_suppressions(connection)
    erased = _erase_again(connection)
    left = _end_again(connection, now)
    mails = ", ".join(outgoing.c.keys())
    taken = "backup.outgoing" if is_empty else "temp.underway"
    run(
        f"INSERT INTO main.outgoing ({mails}) SELECT {mails} FROM {taken} "  # noqa: S608
        "WHERE id IN (SELECT id FROM backup.outgoing) "
        "AND subscriber IN (SELECT id FROM main.subscribers WHERE request IS NOT NULL)"
    )
    run("DROP TABLE temp.underway")
    count = run("SELECT count(*) FROM main.subscribers").fetchone()[0]
    return Restored(subscribers=count, left=left, erased=erased)


def _join_suppressions(connection: sqlite3.Connection) -> None:
    """Add those of the backup to those that there are; one that holds in either holds."""
    names = ", ".join(suppressions.c.keys())
    connection.execute(
        f"INSERT INTO main.suppressions ({names}) SELECT {names} FROM backup.suppressions WHERE true "  # noqa: S608
        "ON CONFLICT (digest) DO UPDATE SET "
        "reason = iif(lifted IS NOT NULL AND excluded.lifted IS NULL, excluded.reason, reason), "
        "since = iif(lifted IS NOT NULL AND excluded.lifted IS NULL, excluded.since, since), "
        "lifted = iif(excluded.lifted IS NULL, NULL, lifted), "
        "erased = coalesce(max(erased, excluded.erased), erased, excluded.erased)"
    )


def _erase_again(connection: sqlite3.Connection) -> int:
    run = connection.execute
    run(
        "INSERT INTO main.erasing SELECT id FROM main.subscribers JOIN main.suppressions USING (digest) "
        "WHERE created_at <= erased"
    )
    for name in ("consent_ledger", "subscriber_tags"):
        run(f"DELETE FROM main.{name} WHERE subscriber IN (SELECT subscriber FROM main.erasing)")  # noqa: S608
    run("DELETE FROM main.subscribers WHERE id IN (SELECT subscriber FROM main.erasing)")
    return run("DELETE FROM main.erasing").rowcount


def _end_again(connection: sqlite3.Connection, now: datetime) -> int:
    """Let nobody be subscribed who left since. A suppression by hand changes nobody's status, here or elsewhere."""
    run = connection.execute
    run(
        "CREATE TEMP TABLE leaving AS SELECT id, address, reason, since "
        "FROM main.subscribers JOIN main.suppressions USING (digest) WHERE lifted IS NULL "
        "AND reason IN ('unsubscribed', 'bounced', 'complained') AND status IN ('pending', 'confirmed') "
        "AND coalesce(asked_at, confirmed_at, created_at) <= since"
    )
    run(
        "UPDATE main.subscribers SET status = leaving.reason, ended_at = leaving.since, request = NULL, "
        "asked_at = NULL FROM temp.leaving AS leaving WHERE leaving.id = subscribers.id"
    )
    run(
        "INSERT INTO main.consent_ledger (subscriber, event, at, address, method, note) "
        "SELECT id, reason, since, address, 'restore', ? FROM temp.leaving",
        (f"known still when a backup was restored at {now.isoformat(timespec='seconds')}",),
    )
    left: int = run("SELECT count(*) FROM temp.leaving").fetchone()[0]
    run("DROP TABLE temp.leaving")
    return left


def _file(database: Database) -> Path:
    if not database.is_sqlite:
        message = "only SQLite is backed up by campaigner"
        hint = "PostgreSQL has pg_dump and pg_restore"
        raise AudienceError(Fault(path=database.place, message=message, hint=hint))
    return Path(str(database.engine.url.database))


def _connected(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None, timeout=PATIENCE_SECONDS)
    prepare(connection)
    return connection


def _refuse_damage(connection: sqlite3.Connection, place: str, hint: str) -> None:
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise AudienceError(Fault(path=place, message="the database is damaged", hint=hint))


def _refuse_others(connection: sqlite3.Connection, place: str) -> None:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    if (VERSION_TABLE,) not in tables:
        message = "this is no backup of an audience"
        raise AudienceError(Fault(path=place, message=message, hint="Name a file that a backup wrote"))


@contextmanager
def _told(place: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise audience_error(as_sqlalchemy(error), place=place) from None
    except OSError as error:
        message = f"this cannot be read or written: {error.strerror or error}"
        raise AudienceError(Fault(path=place, message=message, hint="Look at its folder")) from None


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """Give a new file in the same folder, which only its owner may read; it is gone afterwards if it was not moved."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        for file in (name, f"{name}-journal", f"{name}-wal", f"{name}-shm"):
            with suppress(FileNotFoundError):
                os.unlink(file)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
