"""Has work done in a copy of this process while this one goes on."""

import marshal
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

#: seconds after which a copy looks whether the process is still there that it is one of
NOW_AND_THEN = 0.2


def copies_are_safe() -> bool:
    """Whether this process may be copied: on Linux, as long as no other thread of it may hold a lock.

    See https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def meanwhile(work: Callable[[], Any]) -> Callable[[], Any]:
    """Begin `work`, which only looks at things, and give what waits for its result.

    The result is made of what marshal writes: dicts, tuples, text and numbers. Where no copy can be made,
    or it comes to nothing, the work is done here when its result is asked for.
    """
    copy = _copied(lambda pipe: pipe.write(marshal.dumps(work())))
    if copy is None:
        return work
    process, reading = copy

    def result() -> Any:
        with open(reading, "rb") as pipe:
            content = pipe.read()
        os.waitpid(process, 0)
        try:
            made = marshal.loads(content)  # noqa: S302  our own process wrote it
        except (EOFError, ValueError, TypeError):
            return work()
        return made

    return result


@contextmanager
def ahead(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Iterator[Result]]:
    """Begin `work` for one item after the other, and give what came of each as soon as it is asked for.

    The results are values. Where no copy can be made, or it comes to nothing, what is left is done here.
    """
    import pickle

    def send(pipe: IO[bytes]) -> None:
        for item in items:
            pickle.dump(work(item), pipe, pickle.HIGHEST_PROTOCOL)
            pipe.flush()

    copy = _copied(send) if items else None
    if copy is None:
        yield map(work, items)
        return
    process, reading = copy
    try:
        with open(reading, "rb") as pipe:
            yield _received(pipe, work, items)
    finally:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)  # nobody wants the rest
        os.waitpid(process, 0)


def _received(pipe: IO[bytes], work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    import pickle

    left = list(items)
    with suppress(EOFError, pickle.UnpicklingError):
        while left:
            made: Result = pickle.load(pipe)  # noqa: S301  our own process wrote it
            del left[0]
            yield made
    yield from map(work, left)


def _copied(send: Callable[[IO[bytes]], Any]) -> tuple[int, int] | None:
    """Begin a copy of this process that only does `send`; give its id and where what it sends can be read."""
    if not copies_are_safe():
        return None
    reading, writing = os.pipe()
    original = os.getpid()
    try:
        process = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return None
    if process == 0:
        try:
            os.close(reading)  # or it would never learn that nobody reads on
            _say_nothing(writing)
            threading.Thread(target=_end_with, args=(original,), daemon=True).start()
            with open(writing, "wb") as pipe:
                send(pipe)
        finally:
            os._exit(0)  # nothing of this copy may go on
    os.close(writing)
    return process, reading


def _say_nothing(writing: int) -> None:
    """Hold no output open but the one to the original: who waits for its end would wait for a copy too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for output in (1, 2):
        if output != writing:  # which it may be where the output was closed
            os.dup2(nowhere, output)


def _end_with(original: int) -> None:
    """End this copy when its original was killed: it then belongs to another process."""
    while os.getppid() == original:
        time.sleep(NOW_AND_THEN)
    os._exit(1)
