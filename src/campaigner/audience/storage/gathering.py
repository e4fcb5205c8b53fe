"""Many small changes in few transactions, since each transaction waits once for the disk.

A disk takes some milliseconds to say that it has written (5 where this was measured), which is 200 transactions a
second, whatever is in them. So one thread of a process writes. What is wanted while it is at work is done next, in
one transaction, and all who asked for it get their answers when it is on the disk. Changes of one kind are handed
over together, so that they can be made by the same few statements.
"""

import time
from asyncio import wrap_future
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from campaigner.audience.storage.database import Database
from campaigner.errors import AudienceError

Item = TypeVar("Item")
Result = TypeVar("Result")
#: makes all changes of a kind, and gives what comes of each
Change = Callable[[Connection, Sequence[Item]], Sequence[Result]]
#: changes in one transaction
MOST = 100
#: of changes one after the other, each in a transaction of its own, by which it is plain that no other will do
FAILURES = 2
#: seconds between two transactions, in which more come together and other processes have their turn
PAUSE = 0.005


class _Wanted(Generic[Item, Result]):
    """What somebody wants, and what will come of it."""

    def __init__(self, change: Change[Item, Result], item: Item) -> None:
        self.change = change
        self.item = item
        self.result: Future[Result] = Future()


class Gathering:
    """Does what is wanted in a process, several at a time."""

    def __init__(self, database: Database, *, most: int = MOST) -> None:
        """Gather changes of `database`, at most `most` in one transaction."""
        self._database = database
        self._most = most
        self._waiting: deque[_Wanted[Any, Any]] = deque()
        self._lock = Lock()
        self._is_writing = False
        self._in_hand = 0
        self._ended_at = 0.0
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gathering")

    @property
    def unanswered(self) -> int:
        """How many wait for an answer."""
        return len(self._waiting) + self._in_hand

    def do(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction, perhaps with what others want, and give its result once that is kept.

        Raises what `work` raises, and AudienceError where the database fails; then nothing of it is kept. It may
        be run twice, if another one in the same transaction failed, and must do nothing but change the database.
        """
        return self._asked(_each, work).result()

    async def done(self, work: Callable[[Connection], Result]) -> Result:
        """The same for whoever must not wait: no thread is taken by it."""
        return await wrap_future(self._asked(_each, work))

    async def done_together(self, change: Change[Item, Result], item: Item) -> Result:
        """Make one of the changes of a kind; `change` is given all those that are made now."""
        return await wrap_future(self._asked(change, item))

    def _asked(self, change: Change[Item, Result], item: Item) -> "Future[Result]":
        wanted = _Wanted(change, item)
        self._waiting.append(wanted)
        with self._lock:
            is_first, self._is_writing = not self._is_writing, True
        if is_first:
            self._thread.submit(self._write)
        return wanted.result

    def _write(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._is_writing = False
                    return
            time.sleep(max(0.0, self._ended_at + PAUSE - time.monotonic()))
            some = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
            self._in_hand = len(some)
            self._do_some(some)
            self._in_hand = 0
            self._ended_at = time.monotonic()

    def _do_some(self, some: Sequence[_Wanted[Any, Any]]) -> None:
        try:
            results = self._database.write(lambda connection: _all_changed(connection, some))
        except BaseException as error:  # whatever it is, somebody waits for it
            if len(some) == 1:
                some[0].result.set_exception(error)
            else:  # one of them is at fault, and the others are not to suffer
                self._do_each(some)
        else:
            for each, result in results:
                each.result.set_result(result)

    def _do_each(self, some: Sequence[_Wanted[Any, Any]]) -> None:
        failures, error = 0, None
        for each in some:
            if failures < FAILURES:
                self._do_some([each])
                error = each.result.exception()
                failures = failures + 1 if isinstance(error, AudienceError) else 0
            else:  # the database itself: nobody waits for it to fail as often as somebody came
                each.result.set_exception(error)


def _each(connection: Connection, works: Sequence[Callable[[Connection], Result]]) -> list[Result]:
    return [work(connection) for work in works]


def _all_changed(
    connection: Connection, some: Sequence[_Wanted[Any, Any]]
) -> list[tuple[_Wanted[Any, Any], Any]]:
    return [done for kind in _kinds(some) for done in _changed(connection, kind)]


def _kinds(some: Sequence[_Wanted[Any, Any]]) -> list[list[_Wanted[Any, Any]]]:
    found: dict[Change[Any, Any], list[_Wanted[Any, Any]]] = {}
    for each in some:
        found.setdefault(each.change, []).append(each)
    return [*found.values()]


def _changed(
    connection: Connection, kind: Sequence[_Wanted[Any, Any]]
) -> list[tuple[_Wanted[Any, Any], Any]]:
    results = kind[0].change(connection, [each.item for each in kind])
    return [*zip(kind, results, strict=True)]
