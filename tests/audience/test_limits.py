"""The library `limits` counts in our database, on both kinds."""

from collections.abc import Iterator
from threading import Thread

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter, SlidingWindowCounterRateLimiter

from audience.conftest import Place
from campaigner.audience.storage.database import Database
from campaigner.audience.storage.limits_store import LimitsStore
from campaigner.errors import AudienceError


class Clock:
    """A clock that stands where it is put."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0  # a whole number of minutes

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(database: Database, clock: Clock) -> LimitsStore:
    return LimitsStore(database, clock=clock)


@pytest.fixture
def other(place: Place, clock: Clock) -> Iterator[LimitsStore]:
    """The store of another process."""
    opened = place.open()
    yield LimitsStore(opened, clock=clock)
    opened.close()


def test_two_processes_count_as_one(store: LimitsStore, other: LimitsStore) -> None:
    limit = parse("3/minute")
    here, there = FixedWindowRateLimiter(store), FixedWindowRateLimiter(other)
    answers = [each.hit(limit, "192.0.2.7") for each in (here, there, here, there)]
    assert answers == [True, True, True, False]
    assert here.hit(limit, "192.0.2.8")


def test_a_counter_begins_anew_when_it_has_expired(store: LimitsStore, clock: Clock) -> None:
    assert [store.incr("key", 60), store.incr("key", 60, amount=5)] == [1, 6]
    assert store.get_expiry("key") == clock.now + 60
    clock.now += 60
    assert store.get("key") == 0
    assert store.incr("key", 60) == 1


def test_a_sliding_window_weighs_the_one_before(store: LimitsStore, other: LimitsStore, clock: Clock) -> None:
    limit = parse("10/minute")
    limiter = SlidingWindowCounterRateLimiter(store)
    assert [limiter.hit(limit, "a") for _ in range(11)] == [True] * 10 + [False]
    clock.now += 60
    assert not SlidingWindowCounterRateLimiter(other).hit(
        limit, "a"
    )  # the whole of the last minute is before
    clock.now += 30
    assert [limiter.hit(limit, "a") for _ in range(6)] == [True] * 5 + [False]
    assert store.get_sliding_window(limit.key_for("a"), 60) == (10, 30, 5, 90)


def test_a_request_that_is_refused_is_not_counted(store: LimitsStore, clock: Clock) -> None:
    assert store.acquire_sliding_window_entry("key", 3, 60, amount=2)
    assert not store.acquire_sliding_window_entry("key", 3, 60, amount=2)
    assert store.acquire_sliding_window_entry("key", 3, 60)
    assert not store.acquire_sliding_window_entry("key", 3, 60, amount=4)


def test_what_has_expired_is_swept_away(store: LimitsStore, clock: Clock) -> None:
    store.incr("old", 60)
    store.incr("new", 600)
    clock.now += 60
    assert store.sweep() == 1
    assert store.reset() == 1
    assert store.check()


def test_a_limit_can_be_forgotten(store: LimitsStore) -> None:
    limit = parse("1/minute")
    for kind in (FixedWindowRateLimiter, SlidingWindowCounterRateLimiter):
        limiter = kind(store)
        assert limiter.hit(limit, kind.__name__)
        assert not limiter.hit(limit, kind.__name__)
        limiter.clear(limit, kind.__name__)
        assert limiter.hit(limit, kind.__name__)


def test_nobody_reads_an_address_in_the_counters(store: LimitsStore, database: Database) -> None:
    from sqlalchemy import text

    store.incr("LIMITER/amina@clinic.example", 60)
    with database.reading() as connection:
        assert "amina" not in str(connection.execute(text("SELECT * FROM limit_counters")).all())


def test_many_threads_are_let_in_as_often_as_the_limit_says(store: LimitsStore) -> None:
    let_in: list[bool] = []

    def knock() -> None:
        let_in.extend(store.acquire_sliding_window_entry("key", 25, 60) for _ in range(10))

    threads = [Thread(target=knock) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (let_in.count(True), len(let_in)) == (25, 40)


def test_a_database_that_fails_is_told(sqlite: Database) -> None:
    from sqlalchemy import text

    with sqlite.writing() as connection:
        connection.execute(text("DROP TABLE limit_counters"))
    with pytest.raises(AudienceError):
        LimitsStore(sqlite).incr("key", 60)
