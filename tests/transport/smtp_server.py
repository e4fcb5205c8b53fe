"""A mail server on this machine: plain or with TLS, with or without a password, and one that refuses."""

import asyncio
import ssl
import subprocess
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "letters", "of-a-test"


@dataclass
class Handler:
    """Keeps what comes, and answers as it is told to."""

    answer: str = ""
    #: the command that is answered so
    command: str = "DATA"
    farewell: str = ""
    got: list[Envelope] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.answer and self.command == "MAIL":
            return self.answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.answer and self.command == "RCPT":
            return self.answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer and self.command == "DATA":
            return self.answer
        self.got.append(envelope)
        return "250 OK"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return self.farewell or "221 Bye"


@dataclass(kw_only=True)
class Server:
    """One that runs."""

    port: int
    handler: Handler
    #: trusts its certificate
    trust: ssl.SSLContext


def certificate(folder: Path) -> Path:
    """Make a certificate for localhost, with its key in the same file."""
    file = folder / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", str(file), "-out", f"{file}.crt"),
        ],
        check=True,
        capture_output=True,
    )
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@contextmanager
def serving(
    folder: Path,
    *,
    mode: str = "plain",
    wants_password: bool = False,
    answer: str = "",
    command: str = "DATA",
    is_ascii: bool = False,
) -> Iterator[Server]:
    """Run a server: "plain", "starttls" or "tls"; `is_ascii` for one that takes no other letters (RFC 6531)."""
    handler = Handler(answer, command)
    file = certificate(folder)
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(file)
    options: dict[str, Any] = {"enable_SMTPUTF8": not is_ascii}
    if wants_password:
        options |= {
            "authenticator": _is_right,
            "auth_required": True,
            "auth_require_tls": mode == "starttls",
        }
    if mode == "starttls":
        options |= {"tls_context": own, "require_starttls": True}
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def answering() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that a password wants TLS is not this server's affair
            return SMTP(handler, loop=loop, **options)

    async def listen() -> asyncio.Server:
        return await loop.create_server(
            answering,
            "127.0.0.1",
            0,
            ssl=own if mode == "tls" else None,
        )

    async def close() -> None:
        listening.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    listening = asyncio.run_coroutine_threadsafe(listen(), loop).result()
    try:
        trust = ssl.create_default_context(cafile=f"{file}.crt")
        yield Server(port=listening.sockets[0].getsockname()[1], handler=handler, trust=trust)
    finally:
        asyncio.run_coroutine_threadsafe(close(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _is_right(_server: object, _session: object, _envelope: object, _kind: str, given: object) -> AuthResult:
    assert isinstance(given, LoginPassword)
    return AuthResult(
        success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False
    )
