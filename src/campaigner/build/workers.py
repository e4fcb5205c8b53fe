"""Reads and renders campaigns in this process or, where there are many, in several."""

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from campaigner.build.meanwhile import ahead, copies_are_safe
from campaigner.build.proving import MailsTask, ProofTask, proved
from campaigner.build.rendering import Bench, Made, Renderer, Task
from campaigner.content.cards import Reading
from campaigner.errors import Fault, WorkspaceError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing.context import BaseContext

    from campaigner.build.criteria import Criteria
    from campaigner.build.mails_review import MailsReviewed
    from campaigner.build.reviewing import Reviewed

#: fewer campaigns are done sooner than another process starts
WORTH_A_PROCESS = 24
CHUNK = 8
#: objects that are made before unused ones are looked for: those of about two campaigns
NOW_AND_THEN = 10_000

Work = TypeVar("Work")
Result = TypeVar("Result")


class Workers:
    """As many processes as there may be, begun when there is enough to do; results come in order.

    Raises WorkspaceError where one of them was ended from outside.
    """

    def __init__(self, bench: Bench, *, jobs: int) -> None:
        self._bench = bench
        self._jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def read(self, folders: Sequence[str]) -> Iterator[Reading]:
        """Read what listings know about campaigns."""
        return self._map(_read, Renderer.read, folders)

    def render(self, tasks: Sequence[Task]) -> Iterator[Made]:
        """Render campaigns."""
        return self._map(_render, Renderer.render, tasks)

    def review(
        self, tasks: Sequence[ProofTask | MailsTask], criteria: "Callable[[], Criteria]"
    ) -> "Iterator[Reviewed | MailsReviewed]":
        """Render campaigns and mails of the sign-up app, and have them judged by `criteria`.

        To load what judges takes a while, in which few campaigns are rendered by a copy of this process.
        """
        if self._are_many(tasks):
            yield from self._shared(partial(_review, criteria()), tasks)
            return
        prove = partial(proved, Renderer(self._bench))
        with ahead(prove, tasks) if self._jobs > 1 else nullcontext(map(prove, tasks)) as proofs:
            meant = criteria()
            from campaigner.build.reviewing import reviewed

            for made in proofs:
                yield reviewed(self._bench.workspace, self._bench.publication, meant, made)

    def _are_many(self, work: Sequence[object]) -> bool:
        """Whether other processes are worth it."""
        return min(self._jobs, len(work) // WORTH_A_PROCESS) > 1

    def _map(
        self, there: Callable[[Work], Result], here: Callable[[Renderer, Work], Result], work: Sequence[Work]
    ) -> Iterator[Result]:
        if self._are_many(work):
            yield from self._shared(there, work)
            return
        if len(work) >= WORTH_A_PROCESS:
            gc.set_threshold(NOW_AND_THEN)
        renderer = Renderer(self._bench)
        yield from (here(renderer, one) for one in work)

    def _shared(self, there: Callable[[Work], Result], work: Sequence[Work]) -> Iterator[Result]:
        """What comes of work that other processes do."""
        from concurrent.futures.process import BrokenProcessPool

        try:
            yield from self._started().map(there, work, chunksize=CHUNK)
        except BrokenProcessPool:
            message = "a process that renders was ended from outside, perhaps for want of memory"
            raise WorkspaceError(
                Fault(path="campaigns", message=message, hint="Try again with fewer --jobs")
            ) from None

    def _started(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(
                self._jobs, mp_context=_context(), initializer=_start, initargs=(self._bench,)
            )
        return self._pool


def _context() -> "BaseContext":
    """How processes begin: as copies of this one, which need load nothing, where that is safe."""
    from multiprocessing import get_context

    return get_context("fork" if copies_are_safe() else "spawn")


_renderer: Renderer | None = None


def _start(bench: Bench) -> None:
    global _renderer  # noqa: PLW0603  one for each process of the pool
    _renderer = Renderer(bench)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the order is kept by the process that began this one
    gc.freeze()  # what is loaded stays: it need not be looked through
    gc.set_threshold(NOW_AND_THEN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it was killed: a pool alone would wait for ever."""
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _read(folder: str) -> Reading:
    assert _renderer is not None  # noqa: S101
    return _renderer.read(folder)


def _render(task: Task) -> Made:
    assert _renderer is not None  # noqa: S101
    return _renderer.render(task)


def _review(criteria: "Criteria", task: ProofTask | MailsTask) -> "Reviewed | MailsReviewed":
    from campaigner.build.reviewing import reviewed

    assert _renderer is not None  # noqa: S101
    bench = _renderer.bench
    return reviewed(bench.workspace, bench.publication, criteria, proved(_renderer, task))
