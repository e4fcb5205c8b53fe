"""The preview at a terminal: what it asks, and how it ends."""

import os
import pty
import select
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest

from preview.conftest import ENVIRONMENT, PATIENCE
from publisher import Publisher


@pytest.fixture
def taken() -> Iterator[int]:
    """A port on which somebody listens already."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def typed(publisher: Publisher, port: int, *turns: tuple[str, bytes]) -> tuple[int, str]:
    """Give exit code and screen of a preview; each turn types something once words are on the screen."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover
        command = ["-m", "campaigner", "-C", str(publisher.root), "preview", "--port", str(port)]
        os.execve(sys.executable, [sys.executable, *command], ENVIRONMENT)
    screen, waiting, key = b"", [*turns], b""
    end = again = time.monotonic() + PATIENCE
    with suppress(OSError):  # nobody is at the other end any more
        while time.monotonic() < end:
            if select.select([terminal], [], [], 0.05)[0]:
                screen += os.read(terminal, 4096)
            if waiting and waiting[0][0].encode() in screen:
                key = waiting.pop(0)[1]
                again = 0.0
            if key and time.monotonic() > again:  # one that is not heard is pressed once more
                os.write(terminal, key)
                again = time.monotonic() + 2
        os.kill(child, signal.SIGKILL)
    os.close(terminal)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), screen.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("answer", [b"\r", b"y\r"])
def test_the_next_free_port_is_taken_where_one_says_yes(
    publisher: Publisher, taken: int, answer: bytes
) -> None:
    code, screen = typed(publisher, taken, ("[Y/n]:", answer), ("Ctrl-C ends it", b"\x03"))
    assert code == 0
    assert f"Port {taken} is taken. Use port " in screen
    assert "Preview: http://127.0.0.1:" in screen
    assert f"127.0.0.1:{taken}/" not in screen


def test_it_ends_where_one_says_no(publisher: Publisher, taken: int) -> None:
    code, screen = typed(publisher, taken, ("[Y/n]:", b"n\r"))
    assert code == 1
    assert f"port {taken} is taken. Port " in screen
    assert "Preview:" not in screen


@pytest.mark.parametrize("key", [b"\x03", b"\x04"], ids=["Ctrl-C", "end of input"])
def test_it_ends_without_a_traceback_where_one_answers_nothing(
    publisher: Publisher, taken: int, key: bytes
) -> None:
    code, screen = typed(publisher, taken, ("[Y/n]:", key))
    assert code == 1
    assert "Aborted!" in screen
    assert "Traceback" not in screen


def test_ctrl_c_pressed_again_and_again_ends_it_in_order(publisher: Publisher) -> None:
    code, screen = typed(publisher, 0, ("Ctrl-C ends it", b"\x03\x03\x03"))
    assert code == 0
    assert "Traceback" not in screen
