"""Slow clients are cut, over real sockets: uvicorn in a thread, with less patience than in earnest."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from campaigner.signup import patience
from campaigner.signup.patience import Patience

SECONDS = 0.4
TIMEOUT = 20.0
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"
LARGE = "x" * 20_000_000


async def small(request: Request) -> Response:
    """Answer at once, whatever comes."""
    return PlainTextResponse("ok")


async def large(request: Request) -> Response:
    """Answer more than a system keeps for who does not read."""
    return PlainTextResponse(LARGE)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server whose patience ends soon."""
    monkeypatch.setattr(patience, "HEAD_SECONDS", SECONDS)
    monkeypatch.setattr(patience, "READ_SECONDS", SECONDS)
    monkeypatch.setattr(patience, "MOST_CONNECTIONS", 5)
    app = Starlette(routes=[Route("/", small, methods=["GET", "POST"]), Route("/large", large)])
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, http=Patience, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()[1]
    server.should_exit = True
    thread.join()


@contextmanager
def connection(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT) as one:
        yield one


def rest(one: socket.socket) -> bytes:
    """All that comes until the other side ends."""
    come = b""
    try:
        while data := one.recv(65_536):
            come += data
    except ConnectionError:
        pass
    return come


def is_answered(one: socket.socket) -> bool:
    try:
        one.sendall(HEAD + b"\r\n")
        come = b""
        while not come.endswith(b"\r\n\r\nok"):
            data = one.recv(4096)
            if not data:
                return False
            come += data
    except ConnectionError:
        return False
    return come.startswith(b"HTTP/1.1 200 ")


def trickle(one: socket.socket, data: bytes) -> bytes:
    """Send a byte again and again, much more often than patience ends; gives what came at the end."""
    for byte in data:
        try:
            one.sendall(bytes([byte]))
        except ConnectionError:
            break
        time.sleep(SECONDS / 10)
    return rest(one)


def test_who_says_nothing_is_cut(port: int) -> None:
    with connection(port) as one:
        assert rest(one).startswith(b"HTTP/1.1 408 ")


def test_a_head_that_comes_byte_by_byte_is_cut(port: int) -> None:
    with connection(port) as one:
        assert b" 200 " not in trickle(one, HEAD + b"X-Slow: " + b"a" * 60)


def test_the_next_head_on_a_connection_is_cut_as_well(port: int) -> None:
    with connection(port) as one:
        assert is_answered(one)
        assert b" 200 " not in trickle(one, HEAD + b"X-Slow: " + b"a" * 60)


def test_a_body_that_nobody_waits_for_keeps_no_connection(port: int) -> None:
    with connection(port) as one:
        one.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        assert one.recv(4096).startswith(b"HTTP/1.1 200 ")
        trickle(one, b"a" * 60)


def test_who_does_not_read_is_cut(port: int) -> None:
    with connection(port) as one:
        one.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(4 * SECONDS)
        assert len(rest(one)) < len(LARGE)


def test_who_is_quick_is_answered_again_and_again(port: int) -> None:
    with connection(port) as one:
        for _ in range(4):
            assert is_answered(one)
            time.sleep(SECONDS / 2)  # in all longer than patience for one head


def test_where_too_many_come_who_has_waited_longest_makes_room(port: int) -> None:
    with ExitStack() as stack:
        begun = time.monotonic()
        silent = [stack.enter_context(connection(port)) for _ in range(5)]
        assert is_answered(stack.enter_context(connection(port)))
        assert rest(silent[0]) == b""  # not cut for being slow: then there would be a word about it
        if time.monotonic() - begun < SECONDS / 2:
            assert is_answered(silent[4])
