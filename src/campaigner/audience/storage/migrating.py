"""Makes the tables, and brings those of an earlier version up to date: all of it in one transaction, or nothing."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, column, inspect, select, table, text

from campaigner.audience.storage.schema import VERSION, VERSION_TABLE, metadata
from campaigner.errors import AudienceError, Fault

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

    from campaigner.audience.storage.database import Database

MIGRATIONS = Path(__file__).parent / "migrations"
#: any number that no other program locks PostgreSQL with: "campaign" in ASCII
LOCK = 0x63616D706169676E


def bring_up_to_date(database: "Database", *, to: str = VERSION) -> None:
    """Run the migrations that the database has not seen yet, up to the revision `to`.

    Raises AudienceError where it was made by a newer version of campaigner, or is another program's.
    """
    with database.reading() as connection:
        if version_of(connection) == to:
            return
    with database.writing() as connection:
        if not database.is_sqlite:  # where SQLite lets in one at a time anyway
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        found = version_of(connection)
        if found == to:  # another process was first
            return
        scripts = known_migrations()
        known = [script.revision for script in scripts.walk_revisions()]
        if found is not None and found not in known:
            message = f"the database is of a newer version of campaigner ({found}; this one knows {VERSION})"
            hint = "Install the newer version: pip install --upgrade campaigner"
            raise AudienceError(Fault(path=database.place, message=message, hint=hint))
        if found is None:
            _refuse_others(database, connection)
        _run(connection, scripts, to)


def version_of(connection: Connection) -> str | None:
    """Give the revision of a database, None for an empty one."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return connection.execute(select(column("version_num")).select_from(table(VERSION_TABLE))).scalar()


def known_migrations() -> "ScriptDirectory":
    """Give the migrations that come with the program."""
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def _run(connection: Connection, scripts: "ScriptDirectory", to: str) -> None:
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext

    with EnvironmentContext(
        Config(), scripts, fn=lambda revision, context: scripts._upgrade_revs(to, revision)
    ) as environment:
        environment.configure(connection=connection, target_metadata=metadata, version_table=VERSION_TABLE)
        with environment.begin_transaction():
            environment.run_migrations()


def _refuse_others(database: "Database", connection: Connection) -> None:
    """A database in which others keep their own tables, named as ours are, is no place for ours."""
    in_the_way = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if in_the_way:
        message = f"the database has tables of another program: {', '.join(in_the_way)}"
        hint = "Give campaigner a database of its own"
        raise AudienceError(Fault(path=database.place, message=message, hint=hint))
