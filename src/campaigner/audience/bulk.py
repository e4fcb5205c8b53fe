"""Many rows at once, as fast as a database takes them.

SQLAlchemy looks at each value of each row, which takes four times as long as to insert it. Here values are made as
the database keeps them, once where rows have the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

import msgspec
from sqlalchemy import ARRAY, ColumnElement, Connection, Table, any_, func, literal, select

from campaigner.audience.database import PATIENCE_SECONDS, Database

Item = TypeVar("Item")
#: KiB of SQLite's cache: the indexes are touched all over
CACHE = 64_000
#: pages of the write-ahead log before it is brought into the database: most are written again before that
PAGES = 50_000
SETTLING_MILLISECONDS = 2000


def insert_rows(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[object, ...]]
) -> None:
    """Insert rows whose values are as the database keeps them, see `kept_time`; documents are JSON."""
    if not rows:
        return
    is_sqlite = connection.dialect.name == "sqlite"
    documents = {"fields", "utm"}
    marks = ["?" if is_sqlite else "%s::jsonb" if name in documents else "%s" for name in names]
    connection.exec_driver_sql(
        f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({', '.join(marks)})",  # noqa: S608
        list(rows),
    )


def kept_time(connection: Connection, at: datetime) -> object:
    """Give a time as `UtcTime` of schema.py has it kept."""
    if connection.dialect.name != "sqlite":
        return at
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


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
    pooled = database.engine.raw_connection()  # which begins no transaction, as a checkpoint wants it
    try:
        cursor = pooled.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {SETTLING_MILLISECONDS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_SECONDS * 1000}")
        cursor.close()
    finally:
        pooled.close()
