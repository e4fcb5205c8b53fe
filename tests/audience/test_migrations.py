"""The migrations make what the schema says, whichever earlier version they begin with."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from audience.conftest import Place
from campaigner.audience.storage import migrating
from campaigner.audience.storage.database import Database
from campaigner.audience.storage.schema import VERSION, VERSION_TABLE, metadata
from campaigner.errors import AudienceError

REVISIONS = [script.revision for script in migrating.known_migrations().walk_revisions()][::-1]
#: a row of each earlier version that must be there after all later migrations: by the revision, what to run then, and
#: what must be found in the end. Whoever adds a migration finds `test_every_earlier_version_has_a_row` waiting
ROWS: dict[str, tuple[str, str]] = {
    "0001": (
        "INSERT INTO suppressions (digest, reason, since) VALUES ('abc', 'by-hand', '2026-11-22 12:00:00.000000')",
        "SELECT 1 FROM suppressions WHERE digest = 'abc' AND reason = 'by-hand' AND lifted IS NULL",
    ),
    "0002": (
        "INSERT INTO erased_sign_ups (day, campaign, count) VALUES ('2026-11-22', 'spring-offer', 3)",
        "SELECT 1 FROM erased_sign_ups WHERE day = '2026-11-22' AND campaign = 'spring-offer' AND count = 3",
    ),
}


def shape(engine: Engine) -> dict[str, Any]:
    """All that a database says of its tables."""
    found = inspect(engine)
    return {
        table: {
            "columns": [
                {**column, "type": repr(column["type"])}
                for column in sorted(found.get_columns(table), key=lambda column: str(column["name"]))
            ],
            "key": found.get_pk_constraint(table),
            "foreign": sorted(found.get_foreign_keys(table), key=repr),
            "indexes": sorted(found.get_indexes(table), key=repr),
            "unique": sorted(found.get_unique_constraints(table), key=repr),
            "checks": sorted(found.get_check_constraints(table), key=repr),
        }
        for table in found.get_table_names()
        if table != VERSION_TABLE
    }


@pytest.fixture
def bare(place: Place) -> Iterator[Database]:
    """A database without a table."""
    opened = place.connect()
    yield opened
    opened.close()


def test_the_last_migration_is_the_version_of_the_schema() -> None:
    assert migrating.known_migrations().get_heads() == [VERSION]


def test_the_migrations_make_exactly_what_the_schema_says(bare: Database) -> None:
    metadata.create_all(bare.engine)
    wanted = shape(bare.engine)
    metadata.drop_all(bare.engine)
    migrating.bring_up_to_date(bare)
    assert shape(bare.engine) == wanted


def test_every_earlier_version_has_a_row() -> None:
    assert list(ROWS) == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_an_earlier_version_is_brought_up_to_date_with_what_is_in_it(bare: Database, revision: str) -> None:
    migrating.bring_up_to_date(bare, to=revision)
    put, wanted = ROWS[revision]
    with bare.writing() as connection:
        connection.execute(text(put))
    migrating.bring_up_to_date(bare)
    with bare.reading() as connection:
        assert migrating.version_of(connection) == VERSION
        assert connection.execute(text(wanted)).all() == [(1,)]


#: what stands in the way of the last steps of the migrations
IN_THE_WAY = {
    "sqlite": (
        "CREATE TABLE others (id)",
        "CREATE TRIGGER wordings_keep BEFORE DELETE ON others BEGIN SELECT 1; END",
    ),
    "postgresql": (
        "CREATE FUNCTION campaigner_keep_ledger() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE TABLE others (id integer)",
    ),
}


def test_a_migration_that_fails_leaves_the_database_as_it_was(bare: Database) -> None:
    with bare.writing() as connection:
        for statement in IN_THE_WAY[bare.engine.dialect.name]:
            connection.execute(text(statement))
    with pytest.raises(AudienceError, match="exists"):
        migrating.bring_up_to_date(bare)
    assert inspect(bare.engine).get_table_names() == ["others"]


def test_the_schema_in_memory_is_not_needed_by_a_migration() -> None:
    """What a migration makes must not change when schema.py does."""
    for file in sorted((migrating.MIGRATIONS / "versions").glob("r*.py")):
        assert "campaigner." not in file.read_text(encoding="utf-8"), file.name
