"""Many small changes in few transactions, since each transaction waits once for the disk.

A disk takes some milliseconds to say that it has written (5 where this was measured), which is 200 transactions a
second, whatever is in them. What several threads want at the same time is done in one: the first thread that comes
does what all who wait want, and each gets its answer when it is on the disk.
"""

from collections import deque
from collections.abc import Callable
from threading import Lock
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Connection

from campaigner.audience.database import Database

Result = TypeVar("Result")
#: changes in one transaction
MOST = 100


class _Wanted(Generic[Result]):
    """What one thread wants, and then what came of it."""

    def __init__(self, work: Callable[[Connection], Result]) -> None:
        self.work = work
        self.is_done = False
        self.result: Result | None = None
        self.error: Exception | None = None


class Gathering:
    """Does what the threads of a process want, several at a time."""

    def __init__(self, database: Database, *, most: int = MOST) -> None:
        """Gather changes of `database`, at most `most` in one transaction."""
        self._database = database
        self._most = most
        self._waiting: deque[_Wanted[Any]] = deque()
        self._turn = Lock()

    def do(self, work: Callable[[Connection], Result]) -> Result:
        """Run `work` in a transaction, perhaps with what others want, and give its result once that is kept.

        Raises what `work` raises, and AudienceError where the database fails; then nothing of it is kept. It may
        be run twice, if another one in the same transaction failed, and must do nothing but change the database.
        """
        if not self._database.is_sqlite:  # PostgreSQL gathers by itself what comes at once
            with self._database.writing() as connection:
                return work(connection)
        wanted = _Wanted(work)
        self._waiting.append(wanted)
        with self._turn:
            while not wanted.is_done:
                self._do_some([self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))])
        if wanted.error is not None:
            raise wanted.error
        return cast("Result", wanted.result)

    def _do_some(self, some: list[_Wanted[Any]]) -> None:
        try:
            with self._database.writing() as connection:
                results = [each.work(connection) for each in some]
        except Exception as error:
            if len(some) == 1:
                some[0].error = error
            else:  # one of them is at fault, and the others are not to suffer
                for each in some:
                    self._do_some([each])
                return
        except BaseException:  # the program is to end: nobody waits for what was not done
            for each in some:
                each.error, each.is_done = InterruptedError("the program ends"), True
            raise
        else:
            for each, result in zip(some, results, strict=True):
                each.result = result
        for each in some:
            each.is_done = True
