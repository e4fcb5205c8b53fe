"""The manifest: what the last build read and what it made, one SQLite file an output folder.

It is written last. Before the first file of the output folder is touched, the names of all files
that are about to change are kept in `doubtful`; a build that finds names there knows that an earlier
one was killed, and trusts none of those files.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from campaigner.value import Value

SCHEMA = """
create table if not exists facts (name text primary key, value text not null) without rowid;
create table if not exists inputs (
    path text primary key, signature text not null, digest text not null, folder text not null
) without rowid;
create table if not exists campaigns (
    folder text primary key, seal text not null, name_seal text not null, card text not null,
    pictures text not null, cites text not null, built text not null
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
VERSION = 7
#: in between somebody may press Ctrl-C
LOOK_AGAIN_SECONDS = 0.5


class Damaged(sqlite3.DatabaseError):
    """A manifest says what no build wrote: somebody, or a disk, damaged it."""


class Held(Exception):
    """A lock is held by another process."""


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether a file is not what a build left; else it cannot be opened or written, whatever is in it."""
    if isinstance(error, sqlite3.OperationalError):
        # a table is missing; or, without a code, a text is none
        return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR
    return True


class CampaignRow(NamedTuple):
    """What is kept of a campaign. A tuple, since there may be thousands."""

    folder: str
    #: hashes of its card, and of what a link to it says
    seal: str
    name_seal: str
    #: the fields of its card
    card: Mapping[str, Any]
    #: paths of the pictures it uses, and ids of the shared sources it cites
    pictures: Sequence[str]
    cites: Sequence[str]
    #: when it was rendered last, UTC in RFC 3339; empty for never
    built: str


class Facts(Value):
    """What is true since the last build."""

    #: see Options.lasting
    options: str
    #: when all was looked at last, in nanoseconds since 1970
    looked_at: int
    #: when it began, in nanoseconds since 1970: no other one did so then
    begun: int
    #: when it was, and when a campaign begins or ends by itself; UTC in RFC 3339
    built: str
    next: str
    #: whether it was a build of all campaigns
    is_whole: bool
    #: how many campaigns are shown, in how many files
    campaigns: int
    outputs: int
    notes: tuple[str, ...]
    #: hash of the templates of each kind of unit, and of all that it was worked out from
    templates: dict[str, str]
    templates_seal: str
    #: the parts that units have in common, by their seals
    shared: dict[str, str]

    def hold(self, options: str, now: str) -> bool:
        """Whether a build of all campaigns with these options, at `now`, would find all as it was by itself."""
        return self.is_whole and self.options == options and self.built <= now < self.next


@contextmanager
def one_build_at_a_time(file: Path) -> Iterator[None]:
    """Wait until no other build holds the lock `file`; see `one_at_a_time`."""
    while True:
        try:
            with one_at_a_time(file, seconds=LOOK_AGAIN_SECONDS):
                yield
                return
        except Held:
            continue


@contextmanager
def one_at_a_time(file: Path, *, seconds: float) -> Iterator[None]:
    """Hold the lock `file`, which ends with the process that holds it; raises Held where another one does for so long.

    The file is an empty database: SQLite knows how to lock on every system. One that is none is emptied,
    and not deleted: no two processes may each hold a file of that name.
    """
    lock = sqlite3.connect(file, isolation_level=None, timeout=seconds)
    try:
        while True:
            try:
                lock.execute("begin exclusive")
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                    raise Held(str(file)) from None
                raise
            except sqlite3.DatabaseError:
                os.truncate(file, 0)
        yield
    finally:
        lock.close()


class Manifest:
    """Reads and writes one manifest. Every write but `doubt` waits for `commit`.

    All methods raise sqlite3.DatabaseError where the file is damaged, where it cannot be opened, or where
    it cannot be written; `is_damage` tells the first from the others.
    """

    def __init__(self, file: Path) -> None:
        """Open the manifest `file`, made on first use."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self.file = file
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

    def facts(self) -> Facts | None:
        """Facts about the last build; None where there was none."""
        found = dict(self._database.execute("select name, value from facts"))
        if not found:
            return None
        self._looked_at = found.get("looked_at", "")
        try:
            return Facts(
                options=found["options"],
                looked_at=int(found["looked_at"]),
                begun=int(found["begun"]),
                built=found["built"],
                next=found["next"],
                is_whole=found["whole"] == "yes",
                campaigns=int(found["campaigns"]),
                outputs=int(found["outputs"]),
                notes=tuple(json.loads(found["notes"])),
                templates=_texts(found["templates"]),
                templates_seal=found["templates seal"],
                shared=_texts(found["shared"]),
            )
        except (KeyError, ValueError, TypeError):
            raise Damaged("facts") from None

    def inputs(self) -> list[tuple[str, str, str, str]]:
        """Path, signature, digest and campaign folder of every file that was read."""
        return _full(self._database.execute("select path, signature, digest, folder from inputs"))

    def campaigns(self) -> list[CampaignRow]:
        """What is kept of every campaign."""
        rows = _full(
            self._database.execute(
                "select folder, seal, name_seal, built, card, pictures, cites from campaigns"
            )
        )
        # all of it is read at once: thousands of small readings take twice as long
        text = f"[{','.join(f'[{card},{pictures},{cites}]' for *_, card, pictures, cites in rows)}]"
        try:
            return [
                CampaignRow(folder, seal, name_seal, card, pictures, cites, built)
                for (folder, seal, name_seal, built, *_), (card, pictures, cites) in zip(
                    rows, json.loads(text), strict=True
                )
            ]
        except (ValueError, TypeError):
            raise Damaged("campaigns") from None

    def units(self) -> dict[str, str]:
        """The key of each unit: what it was made from."""
        return dict(_full(self._database.execute("select name, key from units")))

    def outputs(self, unit: str) -> dict[str, str]:
        """The files of a unit, with the digests of their content."""
        return dict(self._database.execute("select path, digest from outputs where unit = ?", (unit,)))

    def files(self, folder: str) -> list[tuple[str, str, str]]:
        """Path, digest and unit of every file below a folder of the output folder, whose name ends in /."""
        return _full(
            self._database.execute(
                "select path, digest, unit from outputs where path >= ? and path < ? order by path",
                (folder, folder + "\U0010ffff"),
            )
        )

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

    def fragment(self, unit: str) -> str:
        """What a unit of an earlier build made for others to use."""
        row = self._database.execute("select content from fragments where unit = ?", (unit,)).fetchone()
        if row is None:
            raise Damaged("fragments")
        content: str = row[0]
        return content

    def directories(self) -> list[tuple[str, int]]:
        """Every directory with files of ours, and when it changed last (nanoseconds; 0 for none)."""
        return _full(self._database.execute("select path, changed from directories"))

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

    def set_facts(self, facts: Facts) -> None:
        """Keep facts about this build."""
        values = {
            "options": facts.options,
            "looked_at": str(facts.looked_at),
            "begun": str(facts.begun),
            "built": facts.built,
            "next": facts.next,
            "whole": "yes" if facts.is_whole else "no",
            "campaigns": str(facts.campaigns),
            "outputs": str(facts.outputs),
            "notes": json.dumps(facts.notes),
            "templates": json.dumps(facts.templates),
            "templates seal": facts.templates_seal,
            "shared": json.dumps(facts.shared),
        }
        self._database.executemany("insert or replace into facts values (?, ?)", values.items())

    def set_inputs(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Keep what was read; see `inputs`."""
        self._database.executemany("insert or replace into inputs values (?, ?, ?, ?)", rows)

    def drop_inputs(self, paths: Iterable[str]) -> None:
        """Forget files that nothing depends on any more."""
        self._database.executemany("delete from inputs where path = ?", ((path,) for path in paths))

    def set_campaigns(self, rows: Iterable[CampaignRow]) -> None:
        """Keep campaigns; see `campaigns`."""
        values = (
            (folder, seal, name_seal, *map(_as_json, (card, pictures, cites)), built)
            for folder, seal, name_seal, card, pictures, cites, built in rows
        )
        self._database.executemany("insert or replace into campaigns values (?, ?, ?, ?, ?, ?, ?)", values)

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


def _full(cursor: sqlite3.Cursor) -> list[Any]:
    """All rows that were asked for, of which no column may be empty."""
    rows = cursor.fetchall()
    if [row for row in rows if None in row]:
        raise Damaged("rows")
    return rows


def _as_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _texts(written: str) -> dict[str, str]:
    """Texts by name, that were kept as JSON."""
    found: dict[str, str] = json.loads(written)
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise ValueError(written)
    return found
