"""How a command ends that nobody listens to, or that is told to end."""

import errno
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click

CANNOT_BE_TOLD = 1
#: what a shell gives for a program that SIGPIPE (13) ended, as it ends cat, grep or git
NOBODY_LISTENS = 128 + 13
#: and for one that SIGTERM (15) ended
TOLD_TO_END = 128 + 15


@contextmanager
def told_or_ended() -> Iterator[None]:
    """End the program where standard output cannot be written; in silence where nobody reads on.

    Not by SIGPIPE itself: it would end the program at a pipe between its own processes, too. A character that
    the output cannot have is written as an escape.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        yield
    except OSError as error:
        if error.filename is not None:  # a file's, and not a stream's
            raise
        _give_up_output()
        if error.errno == errno.EPIPE:
            sys.exit(NOBODY_LISTENS)
        with suppress(OSError):
            click.echo(f"Error: standard output cannot be written: {error.strerror}.", err=True)
        sys.exit(CANNOT_BE_TOLD)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Have SIGTERM end the program as Ctrl-C does, so that what was begun is taken back on the way out."""
    if threading.current_thread() is not threading.main_thread():  # which alone may say so
        yield
        return
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(TOLD_TO_END))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _give_up_output() -> None:
    """Let go of what waits to be written: Python would try again at its end, and tell that it failed.

    See https://docs.python.org/3/library/signal.html#note-on-sigpipe.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
