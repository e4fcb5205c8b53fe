"""A kill under load, a full or read-only disk, several servers at once: real processes, a real port."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from sqlalchemy import event, select, text

from audience.test_processes import WRITER
from campaigner.audience.consent import Event
from campaigner.audience.storage.database import Database, open_database
from campaigner.audience.storage.schema import consent_ledger, outgoing, subscribers
from lacking import lacking
from signup.conftest import FILES, App
from signup.test_serving import PATIENCE, join, serving, until, workspace

__all__ = ("workspace",)

FORM = {"content-type": "application/x-www-form-urlencoded"}
#: limits out of the way
MANY = "\n[signup.limits]\nip = 1000000\nnetwork = 1000000\ntotal = 1000000\n"


@pytest.fixture
def busy(workspace: Path) -> Path:
    """A workspace that many sign up at from one address."""
    (workspace / "campaigner.toml").write_text(FILES["campaigner.toml"] + MANY)
    return workspace


class Crowd:
    """Many who sign up, each after the one before was answered, until nobody answers any more or all have."""

    def __init__(self, address: str, *, each: int, threads: int = 8) -> None:
        self.statuses: dict[str, int] = {}
        self._parts = urlsplit(address)
        self._threads = [Thread(target=self._run, args=(name, each)) for name in range(threads)]
        for thread in self._threads:
            thread.start()

    def _run(self, name: int, each: int) -> None:
        connection = HTTPConnection(self._parts.hostname or "", self._parts.port, timeout=PATIENCE)
        try:
            for number in range(each):
                email = f"reader-{name}-{number}@clinic.example"
                body = urlencode({"email": email, "consent": "yes"})
                connection.request("POST", "/signup/spring-offer", body, FORM)
                answer = connection.getresponse()
                answer.read()
                self.statuses[email] = answer.status
        except (OSError, HTTPException):  # it was killed
            pass
        finally:
            connection.close()

    def end(self) -> dict[str, int]:
        """Wait for all of them, and give how each was answered who was."""
        for thread in self._threads:
            thread.join()
        return self.statuses


def opened(workspace: Path) -> Database:
    return open_database(workspace / ".campaigner" / "campaigner.db", {})


def kept(workspace: Path) -> Counter[tuple[int, int, int]]:
    """How many people there are with so many sign-ups in the ledger, and so many mails that are owed or were sent."""
    database = opened(workspace)
    with database.reading() as connection:
        people = connection.execute(select(subscribers.c.address)).scalars().all()
        said = connection.execute(select(consent_ledger.c.address, consent_ledger.c.event))
        entries = Counter((row.address, row.event) for row in said)
        owed = Counter(connection.execute(select(outgoing.c.recipient)).scalars())
        assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    database.close()
    return Counter(
        (
            people.count(one),
            entries[one, Event.SIGNED_UP],
            owed[one] + entries[one, Event.CONFIRMATION_SENT],
        )
        for one in people
    )


def addresses(workspace: Path) -> set[str]:
    database = opened(workspace)
    with database.reading() as connection:
        found = set(connection.execute(select(subscribers.c.address)).scalars())
    database.close()
    return found


def test_what_was_answered_before_a_kill_under_load_is_there_and_whole(busy: Path) -> None:
    with serving(busy, "--workers", "2") as (process, address):
        crowd = Crowd(address, each=10_000)
        until(lambda: len(crowd.statuses) > 150)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
    answered = crowd.end()
    assert set(answered.values()) == {303}
    assert set(answered) <= addresses(busy)
    assert set(kept(busy)) == {(1, 1, 1)}
    with serving(busy) as (_, address):
        assert join(address, "after@clinic.example") == 303


def test_who_signs_up_while_it_ends_is_answered_or_not_taken(busy: Path) -> None:
    with serving(busy, "--workers", "2") as (process, address):
        crowd = Crowd(address, each=10_000)
        until(lambda: len(crowd.statuses) > 50)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    answered = crowd.end()
    assert set(answered.values()) == {303}
    assert set(answered) == addresses(busy)  # nobody was kept and not told
    assert set(kept(busy)) == {(1, 1, 1)}


def test_four_servers_and_another_program_write_at_once(busy: Path) -> None:
    with serving(busy, "--workers", "4") as (process, address):
        crowd = Crowd(address, each=30)
        database = str(busy / ".campaigner" / "campaigner.db")
        other = subprocess.run(
            [sys.executable, str(WRITER), database, "-", "writer", "60"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        answered = crowd.end()
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert other.stderr == err == ""
    assert Counter(answered.values()) == {303: 8 * 30}
    assert len(addresses(busy)) == 8 * 30 + 2 * 60
    assert set(kept(busy)) == {(1, 1, 1)}


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A disk of two megabytes."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        lacking(f"the right to mount a small disk: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def health(address: str) -> int:
    return httpx.get(f"{address}/healthz", timeout=PATIENCE).status_code


def test_on_a_full_disk_nothing_is_half_done_and_with_room_it_goes_on(busy: Path) -> None:
    disk = busy / ".campaigner"
    with small_disk(disk), serving(busy) as (process, address):
        assert join(address, "first@clinic.example") == 303
        (disk / "filling").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize))
        answered = Crowd(address, each=5).end()
        assert 503 in answered.values()
        assert set(answered.values()) <= {303, 503}
        (disk / "filling").unlink()
        assert until(lambda: join(address, "last@clinic.example") == 303)
        assert health(address) == 200
        taken = {email for email, status in answered.items() if status == 303}
        assert addresses(busy) == taken | {"first@clinic.example", "last@clinic.example"}
        assert set(kept(busy)) == {(1, 1, 1)}
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert "the disk that the database is on is full" in err
    assert "reader-" not in err


def test_a_database_that_becomes_read_only_is_told_and_later_it_goes_on(sqlite_app: App) -> None:
    app = sqlite_app
    is_read_only = ["ON"]

    def refuse(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA query_only = {is_read_only[0]}")

    event.listen(app.database.engine, "checkout", refuse)
    assert app.join().status_code == 503
    is_read_only[0] = "OFF"
    assert app.known() is None
    assert "the database is read-only" in str(app.told)
    assert app.join().status_code == 303
    assert app.status() == "pending"
    assert len(app.mails()) == 1
