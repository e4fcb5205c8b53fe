"""`campaigner serve` as it runs: real processes, a real port, SQLite and a Maildir."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

import campaigner
from campaigner.audience.addresses import read_address
from campaigner.audience.storage.database import open_database
from campaigner.audience.subscribers import data_of
from campaigner.transport.outbox import Outbox
from signup.conftest import AMINA, FILES, link

SECRET = "1:of-a-test-and-of-nothing-else-1234567890"
PATIENCE = 20.0
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("CAMPAIGNER_")},
    "PYTHONPATH": os.pathsep.join(
        [str(Path(campaigner.__file__).parent.parent), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    ),
}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A workspace with its secret in .env."""
    for name, content in {**FILES, ".env": f"CAMPAIGNER_SECRET={SECRET}\n"}.items():
        file = tmp_path / "workspace" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return tmp_path / "workspace"


def command(workspace: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "campaigner", "-C", str(workspace), "serve", "--port", "0", *options]


@contextmanager
def serving(workspace: Path, *options: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Give the process and its address."""
    process = subprocess.Popen(
        command(workspace, *options),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        found = re.search(r"http://[\d.]+:\d+", process.stdout.readline())
        if not found:
            process.kill()
            raise AssertionError(process.communicate()[1])
        until(lambda: answers(found[0]))
        yield process, found[0]
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until(found: Callable[[], Any]) -> Any:
    """Give what `found` gives, once it is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError("it did not happen in time")


def answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/healthz/live").status_code == 200
    except httpx.TransportError:
        return False


def join(address: str, email: str = AMINA) -> int:
    fields = {"email": email, "consent": "yes"}
    return httpx.post(f"{address}/signup/spring-offer", data=fields, timeout=PATIENCE).status_code


def known(workspace: Path, email: str) -> bool:
    database = open_database(workspace / ".campaigner" / "campaigner.db", {})
    try:
        with database.reading() as connection:
            return data_of(connection, read_address(email).digest) is not None
    finally:
        database.close()


def mail_of(workspace: Path, subject: str) -> Any:
    outbox = Outbox(workspace / ".campaigner" / "outbox")

    def found() -> Any:
        return next((outbox.message(each.name) for each in outbox.kept() if subject in each.subject), None)

    return until(found)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_the_journey_over_a_real_port(workspace: Path, workers: str) -> None:
    with serving(workspace, "--workers", workers) as (process, address):
        assert join(address) == 303
        assert httpx.post(address + link(mail_of(workspace, "confirm"), "confirm")).status_code == 303
        welcome = mail_of(workspace, "Welcome")
        path = urlsplit(re.findall(r"<(https[^>]+)>", welcome["List-Unsubscribe"])[0]).path
        assert httpx.post(address + path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert "Traceback" not in err
    assert AMINA not in out + err
    assert path.rpartition("/")[2] not in out + err


def test_what_was_answered_is_there_after_a_kill(workspace: Path) -> None:
    with serving(workspace) as (process, address):
        emails = [f"a{number}@clinic.example" for number in range(12)]
        assert [join(address, email) for email in emails] == [303] * len(emails)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
    assert all(known(workspace, email) for email in emails)


def test_a_request_that_has_begun_is_answered_before_the_end(workspace: Path) -> None:
    with serving(workspace) as (process, address):
        body = f"email={AMINA}&consent=yes".encode()
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE) as connection:
            connection.sendall(
                b"POST /signup/spring-offer HTTP/1.1\r\nHost: x\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n"
                + f"Content-Length: {len(body)}\r\n\r\n".encode()
                + body[:10]
            )
            time.sleep(0.3)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            connection.sendall(body[10:])
            assert connection.recv(4096).startswith(b"HTTP/1.1 303 ")
        process.wait(PATIENCE)
    assert known(workspace, AMINA)


def test_who_sends_no_head_is_cut(workspace: Path) -> None:
    """As it is set in earnest; test_patience.py has all kinds of slowness."""
    with serving(workspace) as (_, address):
        parts = urlsplit(address)
        with socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE) as connection:
            connection.sendall(b"POST /signup/spring-offer HTTP/1.1\r\nHost: x\r\n")
            assert connection.recv(4096).startswith(b"HTTP/1.1 408 ")
            assert join(address) == 303


POST = "POST /signup/spring-offer HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\n"
RAW = {
    "a body that is shorter than it says": f"{POST}content-length: 99\r\n\r\na=b",
    "a body that is longer": f"{POST}content-length: 1\r\n\r\nemail=a",
    "two lengths": f"{POST}content-length: 3\r\ncontent-length: 4\r\n\r\na=b",
    "a length below nothing": f"{POST}content-length: -1\r\n\r\n",
    "a length that is none": f"{POST}content-length: x\r\n\r\n",
    "chunks that are none": f"{POST}transfer-encoding: chunked\r\n\r\nzz\r\n",
    "a length and chunks": "POST /signup/spring-offer HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\n"
    "transfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\n\r\n",
    "percents that are none": "GET /confirm/%zz%/%ff%00 HTTP/1.1\r\nhost: a\r\n\r\n",
    "a path of other letters": "GET /confirm/\u00e9 HTTP/1.1\r\nhost: a\r\n\r\n",
    "a whole address": "GET http://evil.example/confirm/x HTTP/1.1\r\nhost: a\r\n\r\n",
    "no host": "GET /confirm/x HTTP/1.1\r\n\r\n",
    "an old protocol": "GET /confirm/x HTTP/1.0\r\n\r\n",
    "a protocol that is none": "GET /confirm/x HTTP/9.9\r\n\r\n",
    "a cookie of other letters": "GET /confirm/x HTTP/1.1\r\nhost: a\r\ncookie: \u00ff=;;\u0001\r\n\r\n",
    "a header in two lines": "GET /confirm/x HTTP/1.1\r\nhost: a\r\naccept: a\r\n b\r\n\r\n",
    "a header without a name": "GET /confirm/x HTTP/1.1\r\nhost: a\r\n: x\r\n\r\n",
    "very many headers": f"GET /confirm/x HTTP/1.1\r\nhost: a\r\n{'x: y' * 40_000}\r\n\r\n",
    "another protocol": "GET /confirm/x HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
    "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n\r\n",
    "nothing that is a request": "\u0016\u0003\u0001\u0002\u0000\u0001",
}


def test_what_is_hardly_a_request_is_answered_in_order_or_not_at_all(workspace: Path) -> None:
    with serving(workspace) as (process, address):
        parts = urlsplit(address)
        told = {}
        for name, request in RAW.items():
            with socket.create_connection((parts.hostname, parts.port), timeout=PATIENCE) as connection:
                connection.sendall(request.encode("latin-1"))
                connection.shutdown(socket.SHUT_WR)
                told[name] = everything(connection)
        assert join(address) == 303
        process.terminate()
        _, errors = process.communicate(timeout=PATIENCE)
    for name, answer in told.items():
        assert not answer or re.match(rb"HTTP/1.1 [34]\d\d ", answer), (name, answer)
        assert b"Traceback" not in answer, name
        # one request has one answer: none hides in another
        assert answer.count(b"HTTP/1.1 ") <= 2, (name, answer)
        assert b"campaigner_subscribers" not in answer, name
    assert "Traceback" not in errors, errors


def everything(connection: socket.socket) -> bytes:
    """All that comes until the other end closes."""
    found = b""
    try:
        while piece := connection.recv(65_536):
            found += piece
    except ConnectionResetError:
        pass
    return found


def test_a_campaign_that_cannot_be_read_is_told_and_others_are_served(workspace: Path) -> None:
    (workspace / "campaigns" / "angebot" / "article.md").write_text("---\ntitel: x\n---\n")
    with serving(workspace) as (process, address):
        assert join(address) == 303
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=PATIENCE)
    assert 'campaigns/angebot/article.md:2:1: unknown key "titel"' in err


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"templates/mails/welcome/body.html": "{{ nothing }}"},
            "templates/mails/welcome/body.html:1:1: 'nothing' is undefined",
        ),
        ({"templates/signup/question.html": "\n{% if %}"}, "templates/signup/question.html:2:1: "),
        ({".env": ""}, "there is no secret to sign links with"),
        ({".env": "CAMPAIGNER_SECRET=1:short\n"}, "too short"),
        (
            {
                "campaigner.toml": FILES["campaigner.toml"].replace(
                    "[signup]", '[signup]\nmail = "smtp://me:pw@x.example"'
                )
            },
            'campaigner.toml:11:1: "signup.mail": there is a password in the address of the mail server',
        ),
        (
            {
                "campaigner.toml": FILES["campaigner.toml"].replace(
                    "[signup]", '[signup]\nmail = "smtp://me@x.example"'
                )
            },
            "CAMPAIGNER_SMTP_PASSWORD:1:1: there is no password for the user of signup.mail",
        ),
        (
            {"campaigner.toml": FILES["campaigner.toml"].replace("[signup]", '[signup]\nmail = "post"')},
            '"post" is no way for mail to leave',
        ),
        (
            {
                "campaigner.toml": FILES["campaigner.toml"].replace(
                    "[signup]", '[signup]\ntrusted_proxies = ["10.0.0.0/99"]'
                )
            },
            '"10.0.0.0/99" is no IP address and no network',
        ),
        (
            {"campaigner.toml": FILES["campaigner.toml"].replace("[signup]", '[signup]\nsecret = "x"')},
            'unknown key "secret"',
        ),
    ],
)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_is_wrong_is_told_before_anybody_is_answered(
    workspace: Path, files: dict[str, str], message: str, workers: str
) -> None:
    for name, content in files.items():
        (workspace / name).parent.mkdir(parents=True, exist_ok=True)
        (workspace / name).write_text(content)
    done = subprocess.run(
        command(workspace, "--workers", workers),
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count(message) == 1
    assert ":pw@" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_taken_is_told(workspace: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [*command(workspace)[:-1], str(port)],
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
