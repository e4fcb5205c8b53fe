"""Opens the database of the audience, SQLite or PostgreSQL, and gives transactions.

What is promised: once a transaction of `writing` has ended, what it wrote is on the disk. A process that is killed
loses none of it, and neither does a loss of power where the disk does not lie about having written: SQLite runs
with `synchronous=FULL` in WAL mode, PostgreSQL with what its server is set to (`synchronous_commit=on` unless
somebody changed it). A transaction with `lasting=False` survives a kill and may be lost with the power; it is for
counters.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.schema import Table

from campaigner.audience.storage.faults import Deadlock, as_sqlalchemy, audience_error
from campaigner.audience.storage.migrating import bring_up_to_date
from campaigner.errors import AudienceError, Fault

Result = TypeVar("Result")
#: begins a transaction that writes
AT_ONCE = "BEGIN IMMEDIATE"
#: until somebody looks once more whether it is their turn to write
TURN_SECONDS = 0.002
#: the variable of the environment that names a PostgreSQL
VARIABLE = "CAMPAIGNER_DATABASE"
#: the name of the file in `.campaigner/`
FILE = "campaigner.db"
#: how long a transaction waits for those of other processes
PATIENCE_SECONDS = 30
#: times that a transaction is begun which PostgreSQL ends for the sake of another one
ATTEMPTS = 5
#: in which that other one goes on
ASIDE_SECONDS = 0.05
#: `INSERT … RETURNING` came with it
OLDEST_SQLITE = (3, 35)
DRIVERS = ("postgresql", "postgres", "postgresql+psycopg")
#: PostgreSQL's name for a connection that is to be made within so many seconds
CONNECT_SECONDS = 10


class Database:
    """One database and its connections, for all threads of a process; to be made anew after a fork."""

    def __init__(self, engine: Engine, *, place: str, secret: str = "") -> None:
        """Take an engine; `place` is what messages call the database, `secret` what they must not show."""
        self.engine = engine
        self.place = place
        self._secret = secret
        self._held: Connection | None = None

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file, with one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database; raises AudienceError where it fails."""
        with self._transaction("BEGIN", lasting=True) as connection:
            yield connection

    @contextmanager
    def writing(self, *, lasting: bool = True) -> Iterator[Connection]:
        """Give a connection whose changes are all kept at the end, or none where anything raises.

        Raises AudienceError where the database fails. In SQLite it waits for its turn at once, so that no
        transaction finds halfway that another one came first.
        """
        with self._transaction(AT_ONCE, lasting=lasting) as connection:
            yield connection

    def write(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction of `writing`, once more where PostgreSQL ended it for the sake of another one.

        Two transactions that change several people may each wait for the other one. So `work` must do nothing but
        change the database. Raises AudienceError where the database fails, and what `work` raises.
        """
        for _ in range(ATTEMPTS - 1):
            with suppress(Deadlock), self.writing() as connection:
                return work(connection)
            time.sleep(ASIDE_SECONDS)
        with self.writing() as connection:
            return work(connection)

    @contextmanager
    def _transaction(self, begin: str, *, lasting: bool) -> Iterator[Connection]:
        try:
            with self._connected() as connection:
                told = connection.execution_options(campaigner_begin=begin, campaigner_lasting=lasting)
                with told.begin():
                    yield told
        except SQLAlchemyError as error:
            raise audience_error(error, place=self.place, secret=self._secret) from None

    def _connected(self) -> AbstractContextManager[Connection]:
        return nullcontext(self._held) if self._held else self.engine.connect()

    @contextmanager
    def held(self) -> Iterator["Database"]:
        """Give the same with one connection for all transactions, on which temporary tables stay until the end."""
        try:
            with self.engine.connect() as connection:
                connection.detach()  # nobody else is to find these tables
                held = Database(self.engine, place=self.place, secret=self._secret)
                held._held = connection
                yield held
        except SQLAlchemyError as error:
            raise audience_error(error, place=self.place, secret=self._secret) from None

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(file: Path, environment: Mapping[str, str], *, place: str | None = None) -> Database:
    """Open the PostgreSQL that the environment names, or else the SQLite `file`; `place` is its name in messages.

    It is made where it is not there yet, and brought up to date. Raises AudienceError where that fails, and
    where a newer version of campaigner has made it.
    """
    database = connect(file, environment, place=place)
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return database


def connect(file: Path, environment: Mapping[str, str], *, place: str | None = None) -> Database:
    """Give the database as it is, perhaps without a table; see open_database."""
    address = environment.get(VARIABLE, "").strip()
    return _postgresql(address) if address else _sqlite(file, place or str(file))


def _sqlite(file: Path, place: str) -> Database:
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        message = f"SQLite {sqlite3.sqlite_version} is too old: campaigner needs 3.35"
        raise AudienceError(Fault(path=place, message=message, hint="Use a newer build of Python"))
    _make(file, place)
    engine = create_engine(
        URL.create("sqlite", database=str(file)),
        connect_args={"timeout": PATIENCE_SECONDS, "isolation_level": None},
        hide_parameters=True,
        pool_size=20,
        max_overflow=40,
    )
    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin)
    _write_ahead(file, place)
    return Database(engine, place=place)


def _postgresql(address: str) -> Database:
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        url = URL.create("none")
    if url.drivername not in DRIVERS:  # what it is is not shown: there may be a password in it
        message = "this is no address of a PostgreSQL"
        raise _unusable(message, "Write postgresql://user:password@host:5432/database")
    try:
        engine = create_engine(
            url.set(drivername="postgresql+psycopg"),
            connect_args={"connect_timeout": CONNECT_SECONDS},
            hide_parameters=True,
            pool_pre_ping=True,  # a server that was started anew has closed all connections
        )
    except ModuleNotFoundError:
        message = "what talks to PostgreSQL is not installed"
        raise _unusable(message, "Install it with: pip install 'campaigner[postgres]'") from None
    event.listen(engine, "begin", _begin_postgresql)
    return Database(engine, place=VARIABLE, secret=url.password or "")


def insert_into(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Give an `INSERT` that knows `ON CONFLICT`, which each database has an own class for."""
    kind = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    return kind(table)


def _unusable(message: str, hint: str) -> AudienceError:
    return AudienceError(Fault(path=VARIABLE, message=message, hint=hint))


def _make(file: Path, place: str) -> None:
    """Make an empty file that only its owner may read. SQLite gives the files beside it the same rights."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # only where it is not there: to close a file gives up all locks of this process on it
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if not file.parent.is_dir():
            raise _unmade(place, "its folder is a file") from None
        if file.is_dir():
            raise _unmade(place, "a folder is in its place", "Move it away") from None
    except OSError as error:
        raise _unmade(place, error.strerror or str(error)) from None


def _unmade(place: str, reason: str, hint: str = "Look at its folder") -> AudienceError:
    return AudienceError(Fault(path=place, message=f"the database cannot be made: {reason}", hint=hint))


def _write_ahead(file: Path, place: str) -> None:
    """Switch the WAL on, once for all. Several processes may want it at once, and SQLite does not wait there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with closing(sqlite3.connect(file, timeout=PATIENCE_SECONDS, isolation_level=None)) as connection:
                if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.Error as error:
            is_busy = getattr(error, "sqlite_errorcode", 0) & 0xFF in {
                sqlite3.SQLITE_BUSY,
                sqlite3.SQLITE_LOCKED,
            }
            if not is_busy or time.monotonic() > until:
                raise audience_error(as_sqlalchemy(error), place=place) from None
            time.sleep(0.01)


def prepare(connection: sqlite3.Connection, _: Any = None) -> None:
    """Set what SQLite forgets with each connection."""
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(
        "PRAGMA recursive_triggers = ON"
    )  # `INSERT OR REPLACE` would delete without asking any


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    lasting = options.get("campaigner_lasting", True)
    if connection.info.get("lasting", True) != lasting:
        connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
        connection.info["lasting"] = lasting
    begin = options.get("campaigner_begin", "BEGIN")
    if begin != AT_ONCE or not _took_turn(connection):
        connection.exec_driver_sql(begin)


def _took_turn(connection: Connection) -> bool:
    """Begin to write as soon as nobody else does.

    SQLite's own waiting looks less and less often, in the end ten times a second: who has waited long comes too
    late again and again, where two processes write all the time.
    """
    with closing(connection.connection.cursor()) as cursor:
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            for _ in range(int(PATIENCE_SECONDS / TURN_SECONDS)):
                try:
                    cursor.execute(AT_ONCE)
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        return False  # and whoever asks once more is told
                    time.sleep(TURN_SECONDS)
                else:
                    return True
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
    return False


def _begin_postgresql(connection: Connection) -> None:
    if not connection.get_execution_options().get("campaigner_lasting", True):
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
