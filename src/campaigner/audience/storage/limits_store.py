"""Counts for the library `limits` in our database, so that several processes count as one.

It has fixed windows and sliding ones, which weigh the window before; a moving window, which keeps an entry for each
request, is not offered: whoever floods a form would fill the database. A counter is raised and read by one
statement. Counters are not worth a wait for the disk: they survive a kill, but perhaps not a loss of power.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from math import floor

from limits.storage import SlidingWindowCounterSupport, Storage
from sqlalchemy import Connection, case, delete, select

from campaigner.audience.storage.database import Database, insert_into
from campaigner.audience.storage.schema import limit_counters
from campaigner.errors import AudienceError

Clock = Callable[[], float]


class LimitsStore(Storage, SlidingWindowCounterSupport):
    """A storage of `limits`. All methods raise AudienceError where the database fails."""

    STORAGE_SCHEME = None  # made by hand, never from an address

    def __init__(self, database: Database, *, clock: Clock = time.time) -> None:
        """Count in `database`; `clock` gives seconds since 1970, as `limits` itself reads them."""
        super().__init__()
        self._database = database
        self._clock = clock

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong."""
        return AudienceError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Raise a counter, which begins anew when it has expired, and give it."""
        with self._database.writing(lasting=False) as connection:
            return _raise(connection, key, amount, now=self._clock(), seconds=expiry) or 0

    def get(self, key: str) -> int:
        """Give a counter."""
        with self._database.reading() as connection:
            return _count(connection, key, self._clock())

    def get_expiry(self, key: str) -> float:
        """Give when a counter expires, in seconds since 1970."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(limit_counters.c.expires).where(limit_counters.c.key == _kept(key))
            ).scalar()
        return self._clock() if found is None else found

    def check(self) -> bool:
        """Whether the database answers."""
        try:
            with self._database.reading() as connection:
                connection.execute(select(1))
        except AudienceError:
            return False
        return True

    def reset(self) -> int:
        """Forget all counters; gives how many there were."""
        with self._database.writing(lasting=False) as connection:
            return connection.execute(delete(limit_counters)).rowcount

    def clear(self, key: str) -> None:
        """Forget a counter."""
        with self._database.writing(lasting=False) as connection:
            connection.execute(delete(limit_counters).where(limit_counters.c.key == _kept(key)))

    def sweep(self) -> int:
        """Delete what has expired; gives how many counters that were. To be done now and then."""
        with self._database.writing(lasting=False) as connection:
            return connection.execute(
                delete(limit_counters).where(limit_counters.c.expires <= self._clock())
            ).rowcount

    def acquire_sliding_window_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count a request, where the windows of now and before leave room for it."""
        now = self._clock()
        with self._database.writing(lasting=False) as connection:
            before, ahead, _, _ = _windows(connection, key, expiry, now)
            room = limit - floor(before * ahead / expiry)
            if amount > room:
                return False
            window = _window(key, expiry, now)
            return _raise(connection, window, amount, now=now, seconds=2 * expiry, most=room) is not None

    def get_sliding_window(self, key: str, expiry: int) -> tuple[int, float, int, float]:
        """Give count and remaining seconds of the window before, and of that of now."""
        with self._database.reading() as connection:
            return _windows(connection, key, expiry, self._clock())

    def clear_sliding_window(self, key: str, expiry: int) -> None:
        """Forget both windows."""
        now = self._clock()
        self.clear(_window(key, expiry, now - expiry))
        self.clear(_window(key, expiry, now))


class CountsWithin(Storage):
    """The same counters within a transaction that is open anyway, for as many requests as it keeps.

    All counters are read by one statement (`read`), raised in memory, and written by one more (`write`): what is
    counted costs no wait of its own, and is counted with what else the transaction does, or not at all.
    """

    STORAGE_SCHEME = None

    def __init__(self, connection: Connection, *, clock: Clock = time.time) -> None:
        """Count by `connection`, which is one of `Database.writing`."""
        super().__init__()
        self._connection = connection
        self._now = clock()
        #: count and end of each counter, by its key as it is kept
        self._found: dict[str, tuple[int, float]] = {}
        self._raised: dict[str, _Raised] = {}

    def read(self, keys: Iterable[str]) -> None:
        """Read these counters; nobody else raises them meanwhile."""
        count = limit_counters
        found = self._connection.execute(
            # in one order, so that no two transactions wait for each other
            select(count).where(count.c.key.in_(map(_kept, keys))).order_by(count.c.key).with_for_update()
        )
        self._found |= {row.key: (row.count, row.expires) for row in found if row.expires > self._now}

    def write(self) -> None:
        """Write those that were raised."""
        if not self._raised:
            return
        count, expires = limit_counters.c.count, limit_counters.c.expires
        new = insert_into(self._connection, limit_counters)
        is_over = expires <= self._now
        raised = new.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((is_over, new.excluded.count), else_=count + new.excluded.count),
                "expires": case((is_over, new.excluded.expires), else_=expires),
            },
        )
        rows = [
            {"key": key, "count": one.amount, "expires": one.expires}
            for key, one in sorted(self._raised.items())
        ]
        self._connection.execute(raised, rows)
        self._raised = {}

    @property
    def base_exceptions(self) -> type[Exception]:
        """What can go wrong."""
        return AudienceError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Raise a counter that was read, and give it."""
        kept = _kept(key)
        count, expires = self._found.get(kept, (0, self._now + expiry))
        self._found[kept] = (count + amount, expires)
        self._raised.setdefault(kept, _Raised(expires=expires)).amount += amount
        return count + amount

    def get(self, key: str) -> int:
        """Give a counter that was read."""
        return self._found.get(_kept(key), (0, 0.0))[0]

    def get_expiry(self, key: str) -> float:
        """Give when a counter that was read expires, in seconds since 1970."""
        return self._found.get(_kept(key), (0, self._now))[1]

    def check(self) -> bool:
        """Whether the database answers: it does, for it has begun the transaction."""
        return True

    def reset(self) -> int:
        """Forget all counters; gives how many there were."""
        self._found, self._raised = {}, {}
        return self._connection.execute(delete(limit_counters)).rowcount

    def clear(self, key: str) -> None:
        """Forget a counter."""
        self._found.pop(_kept(key), None)
        self._raised.pop(_kept(key), None)
        self._connection.execute(delete(limit_counters).where(limit_counters.c.key == _kept(key)))


@dataclass(kw_only=True)
class _Raised:
    """By how much a counter was raised, and when it ends if it begins now."""

    amount: int = 0
    expires: float


def _raise(
    connection: Connection, key: str, amount: int, *, now: float, seconds: float, most: int | None = None
) -> int | None:
    """Raise a counter and give it; None, and nothing raised, where it would be more than `most`."""
    count, expires = limit_counters.c.count, limit_counters.c.expires
    is_over = expires <= now
    raised = insert_into(connection, limit_counters).on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((is_over, amount), else_=count + amount),
            "expires": case((is_over, now + seconds), else_=expires),
        },
        where=None if most is None else is_over | (count + amount <= most),
    )
    found = connection.execute(
        raised.returning(count), {"key": _kept(key), "count": amount, "expires": now + seconds}
    )
    return found.scalar()


def _count(connection: Connection, key: str, now: float) -> int:
    found = select(limit_counters.c.count).where(
        limit_counters.c.key == _kept(key), limit_counters.c.expires > now
    )
    return connection.execute(found).scalar() or 0


def _windows(connection: Connection, key: str, expiry: int, now: float) -> tuple[int, float, int, float]:
    """Give what `get_sliding_window` gives; windows begin at whole multiples of their length since 1970."""
    before = _count(connection, _window(key, expiry, now - expiry), now)
    left = expiry - now % expiry
    return before, left if before else 0.0, _count(connection, _window(key, expiry, now), now), left + expiry


def _window(key: str, expiry: int, at: float) -> str:
    return f"{key}/{int(at // expiry)}"


def _kept(key: str) -> str:
    """Give a key of one length, in which nobody reads an address."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
