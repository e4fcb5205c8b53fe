"""Reads a list block by block: in this process, or in others while this one writes.

Each process reads the whole file, since nobody knows where a row begins without having read those before, and
validates every so-manieth block, which takes most of the time. Blocks come in the order of the file.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

import msgspec

from campaigner.audience.lists.csv_files import Layout, rows_of
from campaigner.audience.lists.incoming import Incoming, Reading, RefusedRow, reader_of
from campaigner.errors import AudienceError, Fault
from campaigner.value import Value

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: rows of a file in one block
BLOCK = 2500
#: blocks that wait to be written
AHEAD = 8


class Block(Value, array_like=True):
    """Rows that stand one after the other."""

    incoming: list[Incoming]
    refused: list[RefusedRow]
    #: the last line of them
    until: int
    #: that ended the reading
    fault: Fault | None = None


@contextmanager
def blocks(layout: Layout, reading: Reading, *, jobs: int) -> Iterator[Iterator[Block]]:
    """Give the blocks of a list, read by `jobs` - 1 processes, or by this one where that is none.

    Iterating raises AudienceError where the list cannot be read to its end.
    """
    if jobs < 2:
        yield _told(_blocks(layout, reading))
        return
    from multiprocessing import get_context

    # a copy need load nothing; but not of a process in which another thread may hold a lock
    is_safe = sys.platform == "linux" and threading.active_count() == 1
    context: Any = get_context("fork" if is_safe else "spawn")
    pipes, processes = [], []
    for part in range(jobs - 1):
        pipe, end = context.Pipe(duplex=False)
        pipes.append(pipe)
        inherited = tuple(pipes) if is_safe else ()
        given = (layout, reading, part, jobs - 1, end, inherited)
        process = context.Process(target=_send, args=given, daemon=True)
        process.start()
        end.close()
        processes.append(process)
    taken = _Ahead(pipes)
    try:
        yield _told(taken.blocks())
    finally:
        for process in processes:
            process.terminate()
            process.join()
        taken.end()


def _blocks(layout: Layout, reading: Reading, part: int = 0, of: int = 1) -> Iterator[Block]:
    """Read every block of a list whose number, divided by `of`, leaves `part`; the others are passed over."""
    read, rows = reader_of(reading), rows_of(layout)
    for number in cycle(range(of)):
        some = list(islice(rows, BLOCK))
        if not some:
            return
        if number != part:
            continue
        done = [read(row) for row in some]
        yield Block(
            incoming=[one for one in done if isinstance(one, Incoming)],
            refused=[one for one in done if isinstance(one, RefusedRow)],
            until=some[-1].line,
        )


def _send(
    layout: Layout,
    reading: Reading,
    part: int,
    of: int,
    pipe: "Connection",
    inherited: "tuple[Connection, ...]",
) -> None:
    for other in inherited:  # who holds the end of a pipe that is read never learns that nobody reads on
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that began this one ends it
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    encode = msgspec.msgpack.Encoder().encode
    with suppress(BrokenPipeError):
        try:
            for block in _blocks(layout, reading, part, of):
                pipe.send_bytes(encode(block))
        except AudienceError as error:
            pipe.send_bytes(encode(Block(incoming=[], refused=[], until=0, fault=error.faults[0])))
        pipe.send_bytes(b"")


class _Ahead:
    """Takes blocks out of pipes while others are written: a pipe alone holds a tenth of one."""

    def __init__(self, pipes: "list[Connection]") -> None:
        self._pipes = pipes
        self._queue: Queue[bytes | None] = Queue(AHEAD)
        self._is_over = False
        self._thread = threading.Thread(target=self._take, daemon=True)
        self._thread.start()

    def blocks(self) -> Iterator[Block]:
        """Give the blocks in their order."""
        decode = msgspec.msgpack.Decoder(Block).decode
        while True:
            content = self._queue.get()
            if content is None:
                message = "a process that reads the list was ended from outside"
                hint = "Run the import again: what is kept stays kept"
                raise AudienceError(Fault(path="import", message=message, hint=hint))
            if not content:  # the block of this number is not there, and so is none behind it
                return
            yield decode(content)

    def end(self) -> None:
        """Let go of the pipes, whose other ends are closed."""
        self._is_over = True
        while self._thread.is_alive():
            with suppress(Empty):
                self._queue.get_nowait()
            self._thread.join(0.01)
        for pipe in self._pipes:
            pipe.close()

    def _take(self) -> None:
        content: bytes | None = b"not yet"
        for pipe in cycle(self._pipes):
            if self._is_over or not content:
                return
            try:
                content = pipe.recv_bytes()
            except (EOFError, OSError):
                content = None
            self._queue.put(content)


def _told(found: Iterator[Block]) -> Iterator[Block]:
    for block in found:
        if block.fault:
            raise AudienceError(block.fault)
        yield block
