"""The manifest: what the last build read and what it made, one SQLite file an output folder.

It is written last. Before the first file of the output folder is touched, the names of all files
that are about to change are kept in `doubtful`; a build that finds names there knows that an earlier
one was killed, and trusts none of those files.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

SCHEMA = """
create table if not exists facts (name text primary key, value text not null) without rowid;
create table if not exists inputs (
    path text primary key, signature text not null, digest text not null, folder text not null
) without rowid;
create table if not exists campaigns (
    folder text primary key, card text not null, pictures text not null, cites text not null,
    built text not null
) without rowid;
create table if not exists units (name text primary key, key text not null) without rowid;
create table if not exists outputs (
    unit text not null, path text not null, digest text not null, primary key (unit, path)
) without rowid;
create index if not exists outputs_by_path on outputs (path, unit);
create table if not exists fragments (unit text primary key, content text not null) without rowid;
create table if not exists directories (path text primary key, changed integer not null) without rowid;
create table if not exists doubtful (path text primary key) without rowid;
"""
#: counted up with the schema, and with the fields of a card; another number means a build from nothing
VERSION = 5
#: in between somebody may press Ctrl-C
LOOK_AGAIN_SECONDS = 0.5


@contextmanager
def one_build_at_a_time(file: Path) -> Iterator[None]:
    """Wait until no other build holds the lock `file`; a lock ends with the process that holds it.

    The file is an empty database: SQLite knows how to lock on every system.
    """
    lock = sqlite3.connect(file, isolation_level=None, timeout=LOOK_AGAIN_SECONDS)
    try:
        while True:
            try:
                lock.execute("begin exclusive")
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise
        yield
    finally:
        lock.close()


class Manifest:
    """Reads and writes one manifest. Every write but `doubt` waits for `commit`.

    All methods raise sqlite3.DatabaseError where the file is damaged, and its child OperationalError
    where it cannot be opened or written.
    """

    def __init__(self, file: Path) -> None:
        """Open the manifest `file`, made on first use."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(file, isolation_level=None, timeout=60)
        self._looked_at = ""
        try:
            if self._version() != VERSION:
                self._begin_anew()
        except sqlite3.DatabaseError:
            self._database.close()
            raise

    def _version(self) -> int:
        version: int = self._database.execute("pragma user_version").fetchone()[0]
        return version

    def _begin_anew(self) -> None:
        self._database.execute("begin immediate")
        if self._version() != VERSION:  # else another build was faster
            tables = self._database.execute("select name from sqlite_master where type = 'table'").fetchall()
            for (name,) in tables:
                self._database.execute(f'drop table "{name}"')
            for statement in SCHEMA.split(";"):
                self._database.execute(statement)
            self._database.execute(f"pragma user_version = {VERSION}")
        self._database.execute("commit")

    def close(self) -> None:
        """Close the file; what was not committed is forgotten."""
        self._database.close()

    def facts(self) -> dict[str, str]:
        """Facts about the last build by name."""
        facts = dict(self._database.execute("select name, value from facts"))
        self._looked_at = facts.get("looked_at", "")
        return facts

    def inputs(self) -> list[tuple[str, str, str, str]]:
        """Path, signature, digest and campaign folder of every file that was read."""
        return self._database.execute("select path, signature, digest, folder from inputs").fetchall()

    def campaigns(self) -> list[tuple[str, str, str, str, str]]:
        """Folder, card, pictures and shared sources (the three as JSON), and time of the last build."""
        return self._database.execute("select folder, card, pictures, cites, built from campaigns").fetchall()

    def units(self) -> dict[str, str]:
        """The key of each unit: what it was made from."""
        return dict(self._database.execute("select name, key from units"))

    def outputs(self, unit: str) -> dict[str, str]:
        """The files of a unit, with the digests of their content."""
        return dict(self._database.execute("select path, digest from outputs where unit = ?", (unit,)))

    def output_count(self) -> int:
        """How many files there are."""
        count: int = self._database.execute("select count(distinct path) from outputs").fetchone()[0]
        return count

    def outputs_in(self, directory: str) -> list[tuple[str, str]]:
        """Path and digest of the files right in a directory of the output folder."""
        prefix = f"{directory}/" if directory else ""
        rows = self._database.execute(
            "select distinct path, digest from outputs where path >= ? and path < ?",
            (prefix, prefix + "\U0010ffff"),
        )
        return [row for row in rows if "/" not in row[0][len(prefix) :]]

    def owners(self, path: str) -> set[str]:
        """The units that a file of the output folder belongs to."""
        rows = self._database.execute("select unit from outputs where path = ?", (path,))
        return {name for (name,) in rows}

    def contested(self) -> set[str]:
        """Files that two units claim with different content.

        After a build of some campaigns one of them may have got the place of another one, which waits to be
        built and move.
        """
        rows = self._database.execute(
            "select path from outputs group by path having count(distinct digest) > 1"
        )
        return {path for (path,) in rows}

    def fragment(self, unit: str) -> str | None:
        """What a unit made for others to use, or None."""
        row = self._database.execute("select content from fragments where unit = ?", (unit,)).fetchone()
        return None if row is None else row[0]

    def directories(self) -> list[tuple[str, int]]:
        """Every directory with files of ours, and when it changed last (nanoseconds; 0 for none)."""
        return self._database.execute("select path, changed from directories").fetchall()

    def doubtful(self) -> set[str]:
        """Files that a killed build may have left old or new, or that are known to be damaged."""
        return {path for (path,) in self._database.execute("select path from doubtful")}

    def doubt(self, paths: Iterable[str]) -> None:
        """Keep, at once, which files are about to change."""
        self._database.execute("begin immediate")
        self._set_doubtful(paths)
        self._database.execute("commit")

    def _set_doubtful(self, paths: Iterable[str]) -> None:
        self._database.executemany("insert or ignore into doubtful values (?)", ((path,) for path in paths))

    def begin(self) -> None:
        """Begin the one transaction that says what is true after a build."""
        self._database.execute("begin immediate")

    def commit(self, *, doubtful: Iterable[str]) -> None:
        """Make all that was said since `begin` true; of all files only `doubtful` ones stay doubtful."""
        self._database.execute("delete from doubtful")
        self._set_doubtful(doubtful)
        self._database.execute("commit")

    def believe(self, looked_at: int) -> None:
        """Note that all inputs are still what is known of them, by a look that began at `looked_at`.

        What was young when it was looked at first need not be read again then. Nothing is noted where
        another build has said something since, or where nothing can be written.
        """
        with suppress(sqlite3.OperationalError):
            self._database.execute(
                "update facts set value = ? where name = 'looked_at' and value = ?",
                (str(looked_at), self._looked_at),
            )

    def set_facts(self, facts: dict[str, str]) -> None:
        """Keep facts about this build."""
        self._database.executemany("insert or replace into facts values (?, ?)", facts.items())

    def set_inputs(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Keep what was read; see `inputs`."""
        self._database.executemany("insert or replace into inputs values (?, ?, ?, ?)", rows)

    def drop_inputs(self, paths: Iterable[str]) -> None:
        """Forget files that nothing depends on any more."""
        self._database.executemany("delete from inputs where path = ?", ((path,) for path in paths))

    def set_campaigns(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Keep campaigns; see `campaigns`."""
        self._database.executemany("insert or replace into campaigns values (?, ?, ?, ?, ?)", rows)

    def drop_campaigns(self, folders: Iterable[str]) -> None:
        """Forget campaigns that are gone."""
        self._database.executemany("delete from campaigns where folder = ?", ((one,) for one in folders))

    def set_unit(self, unit: str, key: str, outputs: dict[str, str], fragment: str | None = None) -> None:
        """Keep what a unit was made from and what it made."""
        self._database.execute("insert or replace into units values (?, ?)", (unit, key))
        self._database.execute("delete from outputs where unit = ?", (unit,))
        self._database.executemany(
            "insert into outputs values (?, ?, ?)", ((unit, path, digest) for path, digest in outputs.items())
        )
        self._database.execute("delete from fragments where unit = ?", (unit,))
        if fragment is not None:
            self._database.execute("insert into fragments values (?, ?)", (unit, fragment))

    def drop_units(self, units: Iterable[str]) -> None:
        """Forget units that are no longer made."""
        names = [(unit,) for unit in units]
        for table, column in (("units", "name"), ("outputs", "unit"), ("fragments", "unit")):
            self._database.executemany(f"delete from {table} where {column} = ?", names)  # noqa: S608

    def set_directories(self, changed: Mapping[str, int]) -> None:
        """Keep when directories changed, by path, and forget those that are gone (0)."""
        gone = [(path,) for path, time in changed.items() if not time]
        there = [(path, time) for path, time in changed.items() if time]
        self._database.executemany("delete from directories where path = ?", gone)
        self._database.executemany("insert or replace into directories values (?, ?)", there)
