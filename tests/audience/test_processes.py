"""Several processes and threads at once, and one that is killed: nothing is lost, doubled or half done."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import Connection, event, func, select, text

from audience.conftest import Place, asked, ids
from campaigner.audience.sign_ups import sign_up
from campaigner.audience.storage.backup import back_up
from campaigner.audience.storage.database import VARIABLE, Database, open_database
from campaigner.audience.storage.gathering import Gathering
from campaigner.audience.storage.limits_store import LimitsStore
from campaigner.audience.storage.schema import consent_ledger, outgoing, subscribers, suppressions
from campaigner.errors import AudienceError
from conftest import NOW

WRITER = Path(__file__).with_name("writer.py")


def writer(place: Place, name: str, count: int) -> "subprocess.Popen[str]":
    variable = f"{VARIABLE}={place.environment[VARIABLE]}" if place.environment else "-"
    return subprocess.Popen(
        [sys.executable, str(WRITER), str(place.file), variable, name, str(count)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def counts(database: Database) -> list[int]:
    with database.reading() as connection:
        return [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (subscribers, outgoing, consent_ledger, suppressions)
        ]


def test_four_processes_lose_and_double_nothing(place: Place) -> None:
    """None of them finds the database there, so all of them want to make it."""
    running = [writer(place, f"writer-{number}", 25) for number in range(4)]
    told = [process.communicate(timeout=300) for process in running]
    assert [errors for _, errors in told] == [""] * 4
    assert [len(answers.splitlines()) for answers, _ in told] == [25] * 4
    database = place.open()
    # 100 of their own and 25 that are the same, with a mail each; 200 sign-ups
    assert counts(database) == [125, 125, 200, 100]
    assert LimitsStore(database).get("total") == 100
    database.close()


@pytest.mark.parametrize("answers", [1, 7, 30])
def test_what_was_answered_before_a_kill_is_there_and_whole(place: Place, answers: int) -> None:
    place.open().close()
    running = writer(place, "writer", 10_000)
    assert running.stdout is not None
    assert running.stderr is not None
    for _ in range(answers):
        assert running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    answered = answers + len(running.stdout.read().splitlines())
    running.wait()
    running.stderr.close()
    running.stdout.close()
    database = place.open()
    people, mails, entries, suppressed = counts(database)
    assert suppressed in {answered, answered + 1}  # the last one may be kept and not yet answered
    assert people == mails == entries == 2 * suppressed
    if database.is_sqlite:
        with database.reading() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    database.close()


def test_a_backup_beside_a_writer_is_whole(tmp_path: Path) -> None:
    place = Place(file=tmp_path / "c.db", environment={})
    database = place.open()
    running = writer(place, "writer", 10_000)
    assert running.stdout is not None
    assert running.stderr is not None
    for number in range(3):
        assert running.stdout.readline()
        back_up(database, tmp_path / f"backup-{number}")
    running.kill()
    running.communicate()
    database.close()
    for number in range(3):
        copy = open_database(tmp_path / f"backup-{number}", {})
        people, mails, entries, suppressed = counts(copy)
        assert people == mails == entries == 2 * suppressed > number
        copy.close()


def together(count: int, gathering: Gathering, number_that_fails: int | None = None) -> list[object]:
    """What comes of as many threads as `count` that sign somebody up at the same moment."""
    results: list[object] = [None] * count
    start = Barrier(count)

    def one(number: int) -> None:
        def work(connection: Connection) -> str:
            done = sign_up(
                connection, asked(f"reader-{number}@clinic.example"), now=NOW, ids=ids(str(number))
            )
            if number == number_that_fails:
                raise ZeroDivisionError
            return done.subscriber

        start.wait()
        try:
            results[number] = gathering.do(work)
        except Exception as error:
            results[number] = error

    threads = [Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_what_threads_want_at_once_is_kept_for_each(database: Database) -> None:
    assert together(12, Gathering(database)) == [f"subscriber-{number}" for number in range(12)]
    assert counts(database)[:3] == [12, 12, 12]


def test_one_that_fails_takes_nobody_with_it(database: Database) -> None:
    results = together(12, Gathering(database), number_that_fails=5)
    assert isinstance(results.pop(5), ZeroDivisionError)
    assert all(isinstance(result, str) for result in results)
    assert counts(database)[:3] == [11, 11, 11]


def test_what_comes_at_once_takes_few_transactions(sqlite: Database) -> None:
    began: list[Connection] = []
    event.listen(sqlite.engine, "begin", began.append)
    gathering = Gathering(sqlite)
    with sqlite.writing():  # the disk is busy, and all wait
        threads = [Thread(target=together, args=(12, gathering))]
        threads[0].start()
        while gathering.unanswered < 12:
            time.sleep(0.001)
    threads[0].join()
    assert len(began) <= 4


def test_a_database_that_fails_is_told_to_all(sqlite: Database) -> None:
    with sqlite.writing() as connection:
        connection.execute(text("DROP TABLE outgoing"))
    assert all(isinstance(result, AudienceError) for result in together(4, Gathering(sqlite)))
