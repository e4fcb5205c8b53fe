"""Many rows at once, as fast as a database takes them.

SQLAlchemy looks at each value of each row, which takes four times as long as to insert it. Here values are made as
the database keeps them, once where rows have the same.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import chain, islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Connection, Table, any_, func, literal, select

from campaigner.audience.storage.database import PATIENCE_SECONDS, Database

Item = TypeVar("Item")
#: KiB of SQLite's cache: the indexes are touched all over
CACHE = 48_000
#: pages of the write-ahead log before it is brought into the database: most are written again before that
PAGES = 50_000
SETTLING_MILLISECONDS = 2000
#: rows of one statement, which SQLite begins anew for each
TOGETHER = 250
DOCUMENTS = ("fields", "utm")


def insert_rows(
    connection: Connection,
    table: Table,
    names: Sequence[str],
    rows: Sequence[tuple[object, ...]],
    *,
    is_lenient: bool = False,
) -> int:
    """Insert rows whose values are as the database keeps them, see `times_of`; documents are JSON.

    Gives how many there are new: a lenient one passes over those whose key is there already.
    """
    is_sqlite = connection.dialect.name == "sqlite"
    one = "?" if is_sqlite else "%s"
    marks = ", ".join(f"{one}::jsonb" if name in DOCUMENTS and not is_sqlite else one for name in names)
    head = f"INSERT INTO {table.name} ({', '.join(names)}) VALUES "  # noqa: S608  names of ours
    tail = " ON CONFLICT DO NOTHING" if is_lenient else ""
    count = 0
    for some in pieces(rows, TOGETHER):
        statement = f"{head}{', '.join([f'({marks})'] * len(some))}{tail}"
        count += connection.exec_driver_sql(statement, tuple(chain.from_iterable(some))).rowcount
    return count


def times_of(connection: Connection) -> Callable[[datetime], object]:
    """Give what makes of a time in UTC what `UtcTime` of schema.py has the database keep."""
    if connection.dialect.name == "sqlite":
        return lambda at: at.isoformat(" ", "microseconds")[:26]
    return lambda at: at


def among(
    connection: Connection, column: ColumnElement[Any], values: Sequence[str | int]
) -> ColumnElement[bool]:
    """Give the condition that a column has one of many values, which are one parameter to the database."""
    if connection.dialect.name == "sqlite":
        return column.in_(
            select(func.json_each(msgspec.json.encode(values).decode()).table_valued("value").c.value)
        )
    return column == any_(literal(list(values), ARRAY(column.type)))


def pieces(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    """Give items some at a time."""
    rest = iter(items)
    while piece := list(islice(rest, most)):
        yield piece


def ease(connection: Connection) -> None:
    """Let SQLite have more room for what this connection writes."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE}")
        connection.exec_driver_sql(f"PRAGMA wal_autocheckpoint = {PAGES}")


def settle(database: Database) -> None:
    """Bring what was written into SQLite's file, and give the log's room back, unless others are in the way."""
    if not database.is_sqlite:
        return
    with suppress(sqlite3.Error):  # what was written is kept either way
        pooled = database.engine.raw_connection()  # which begins no transaction, as a checkpoint wants it
        try:
            cursor = pooled.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {SETTLING_MILLISECONDS}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
            cursor.close()
        finally:
            pooled.close()
