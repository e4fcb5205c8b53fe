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
from typing import TYPE_CHECKING, Any

import msgspec

from campaigner.audience.csv_files import Layout, rows_of
from campaigner.audience.incoming import Incoming, Reading, RefusedRow, reader_of
from campaigner.errors import AudienceError, Fault
from campaigner.value import Value

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

#: rows of a file in one block
BLOCK = 2500


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
        process = context.Process(target=_send, args=(layout, reading, part, jobs - 1, end), daemon=True)
        process.start()
        end.close()
        pipes.append(pipe)
        processes.append(process)
    try:
        yield _told(_received(pipes))
    finally:
        for pipe, process in zip(pipes, processes, strict=True):
            pipe.close()
            process.terminate()
            process.join()


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


def _send(layout: Layout, reading: Reading, part: int, of: int, pipe: "Connection") -> None:
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


def _received(pipes: "list[Connection]") -> Iterator[Block]:
    decode = msgspec.msgpack.Decoder(Block).decode
    for pipe in cycle(pipes):
        try:
            content = pipe.recv_bytes()
        except EOFError:
            message = "a process that reads the list was ended from outside"
            hint = "Try again; what is kept stays kept"
            raise AudienceError(Fault(path="import", message=message, hint=hint)) from None
        if not content:  # the block of this number is not there, and so is none behind it
            return
        yield decode(content)


def _told(found: Iterator[Block]) -> Iterator[Block]:
    for block in found:
        if block.fault:
            raise AudienceError(block.fault)
        yield block
