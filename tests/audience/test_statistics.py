"""Growth is counted once for each person, also of those whose sign-ups were erased."""

from datetime import date, datetime, timedelta
from pathlib import Path

from audience.conftest import ORIGIN, asked, ids
from audience.lists import bring_in
from campaigner.audience.addresses import read_address
from campaigner.audience.leaving import erase, erase_stale, unsubscribe
from campaigner.audience.sign_ups import confirm, sign_up
from campaigner.audience.statistics import Period, Step, periods
from campaigner.audience.storage.backup import back_up, restore
from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import Status
from campaigner.value import replace
from conftest import NOW

DAY = timedelta(days=1)
TODAY = NOW.date()


def signs_up(
    database: Database, name: str, at: datetime, *, confirms: datetime | None = None, campaign: str = ""
) -> None:
    with database.writing() as connection:
        wanted = asked(f"{name}@x.example")
        done = sign_up(
            connection, replace(wanted, campaign=campaign or wanted.campaign), now=at, ids=ids(f"{name}-{at}")
        )
        if confirms:
            confirm(
                connection,
                done.subscriber,
                done.request,
                now=confirms,
                origin=ORIGIN,
                mail=f"w-{name}-{confirms}",
            )


def counted(database: Database, step: Step = Step.MONTH, last: int = 2, campaign: str = "") -> list[Period]:
    with database.reading() as connection:
        return list(periods(connection, step=step, last=last, today=TODAY, campaign=campaign))


def figures(period: Period) -> tuple[int, int, int, int, int]:
    return period.sign_ups, period.confirmed, period.joined, period.left, period.subscribers


def test_sign_ups_and_confirmations_are_counted_once_for_each_person(database: Database) -> None:
    october = NOW - 30 * DAY
    signs_up(database, "amina", october, confirms=october)
    signs_up(database, "amina", NOW)  # once more: she is there
    signs_up(database, "bert", october)
    signs_up(database, "bert", NOW, confirms=NOW)
    signs_up(database, "cem", NOW)
    before, now = counted(database)
    assert figures(before) == (2, 2, 1, 0, 1)
    assert figures(now) == (1, 0, 1, 0, 2)
    assert (before.rate, now.rate, now.growth) == (1.0, 0.0, 1)


def test_who_left_counts_where_they_left(database: Database) -> None:
    signs_up(database, "amina", NOW - 300 * DAY, confirms=NOW - 300 * DAY)
    signs_up(database, "bert", NOW - 30 * DAY, confirms=NOW - 30 * DAY)
    with database.writing() as connection:
        unsubscribe(connection, read_address("amina@x.example").digest, now=NOW, origin=ORIGIN, method="link")
    before, now = counted(database)
    assert (before.subscribers, now.subscribers) == (2, 1)
    assert (now.left, now.growth) == (1, -1)


def test_who_was_erased_unconfirmed_counts_as_not_confirmed(database: Database) -> None:
    old = NOW - 40 * DAY
    signs_up(database, "amina", old, confirms=old)
    for name in ("bert", "cem", "dana"):
        signs_up(database, name, old)
    with database.writing() as connection:
        assert erase_stale(connection, now=NOW).sign_ups == 3
    (period, _) = counted(database)
    assert (period.sign_ups, period.confirmed, period.rate) == (4, 1, 0.25)
    signs_up(database, "elif", old)
    with database.writing() as connection:
        erase_stale(connection, now=NOW)
    assert counted(database)[0].sign_ups == 5


def test_who_came_with_a_list_joined_and_signed_up_nowhere(database: Database, tmp_path: Path) -> None:
    bring_in(
        database,
        tmp_path / "list.csv",
        "email,signed_up\na@x.example,2026-10-05\nb@x.example,2020-01-01\nc@x.example,\n",
    )
    bring_in(database, tmp_path / "list.csv", "email\nd@x.example\n", status=Status.PENDING)
    before, now = counted(database)
    assert figures(before) == (0, 0, 1, 0, 2)
    assert figures(now) == (0, 0, 1, 0, 3)
    assert before.rate is None
    with database.writing() as connection:
        erase_stale(connection, now=NOW + 40 * DAY)
    assert counted(database)[1].sign_ups == 0


def test_who_is_forgotten_is_in_no_figure(database: Database) -> None:
    signs_up(database, "amina", NOW, confirms=NOW)
    with database.writing() as connection:
        erase(connection, read_address("amina@x.example").digest, now=NOW)
    assert figures(counted(database)[1]) == (0, 0, 0, 0, 0)


def test_figures_are_those_of_one_campaign_where_it_is_named(database: Database) -> None:
    signs_up(database, "amina", NOW, confirms=NOW)
    signs_up(database, "bert", NOW, confirms=NOW, campaign="autumn")
    signs_up(database, "cem", NOW - 40 * DAY, campaign="autumn")
    with database.writing() as connection:
        erase_stale(connection, now=NOW)
    assert figures(counted(database, campaign="autumn")[1]) == (1, 1, 1, 0, 1)
    assert [one.sign_ups for one in counted(database, campaign="autumn")] == [1, 1]


def test_periods_are_days_weeks_or_months_of_utc(database: Database) -> None:
    late = datetime.fromisoformat("2026-11-16T00:30:00+01:00")  # a Monday there, and a Sunday in UTC
    signs_up(database, "amina", late, confirms=late)
    weeks = counted(database, Step.WEEK, 3)
    assert [one.begin for one in weeks] == [date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 16)]
    assert [one.joined for one in weeks] == [0, 1, 0]
    days = counted(database, Step.DAY, 9)
    assert [one.begin for one in days if one.joined] == [date(2026, 11, 15)]
    assert [one.begin for one in counted(database, Step.MONTH, 3)] == [
        date(2026, 9, 1),
        date(2026, 10, 1),
        date(2026, 11, 1),
    ]


def test_a_restored_backup_counts_no_sign_up_twice(sqlite: Database, tmp_path: Path) -> None:
    for name in ("amina", "bert"):
        signs_up(sqlite, name, NOW - 40 * DAY)
    with sqlite.writing() as connection:
        assert erase_stale(connection, now=NOW, most=1).sign_ups == 1
    back_up(sqlite, tmp_path / "b")
    with sqlite.writing() as connection:
        erase_stale(connection, now=NOW)
    restore(sqlite, tmp_path / "b", now=NOW)
    with sqlite.writing() as connection:
        erase_stale(connection, now=NOW)
    assert counted(sqlite)[0].sign_ups == 2
