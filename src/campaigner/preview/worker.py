"""One thread that works for everybody, one piece after the other."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


class Worker:
    """Does pieces of work in the order in which they are asked for.

    Nobody waits for it at the end of the program. Who asked for a piece may stop waiting: it is done all the
    same, and the next one begins after it.
    """

    def __init__(self) -> None:
        self._asked: SimpleQueue[Callable[[], None]] = SimpleQueue()
        Thread(target=self._work, name="preview", daemon=True).start()

    async def run(self, work: Callable[[], Result]) -> Result:
        """Give what a piece of work gives, or raise what it raises."""
        loop, over = asyncio.get_running_loop(), asyncio.Event()
        results: list[Result] = []
        errors: list[BaseException] = []

        def piece() -> None:
            try:
                results.append(work())
            except BaseException as error:  # it is raised where the piece was asked for
                errors.append(error)
            with suppress(RuntimeError):  # all has ended meanwhile
                loop.call_soon_threadsafe(over.set)

        self._asked.put(piece)
        await over.wait()
        for error in errors:
            raise error
        return results[0]

    def _work(self) -> None:
        while True:
            self._asked.get()()
