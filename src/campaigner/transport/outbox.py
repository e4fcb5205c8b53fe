"""A Maildir that mails are put into instead of being sent: any mail program opens it.

As in https://cr.yp.to/proto/maildir.html a mail is written beside and appears whole, by a rename. Its name is a
hash of it, so that one that is put in a second time, after a kill, is still one.
"""

import os
from contextlib import suppress
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from hashlib import blake2b
from pathlib import Path

from campaigner.transport.carrier import Envelope, Undelivered
from campaigner.value import Value

FOLDERS = ("tmp", "new", "cur")
#: a mail's name as we give it; a program that has read the mail appends to it
ENDING = ".campaigner"


class Kept(Value):
    """A mail in the outbox."""

    #: its file's name, without what programs append
    name: str
    recipient: str
    subject: str
    at: datetime


class Outbox:
    """A Maildir."""

    def __init__(self, folder: Path) -> None:
        """Take a folder, which is made with the first mail; only its owner may read it."""
        self.folder = folder

    def send(self, envelope: Envelope) -> None:
        """Put a mail in."""
        content = (
            f"Return-Path: <{envelope.sender}>\r\nDelivered-To: {envelope.recipient}\r\n".encode()
            + envelope.message
        ).replace(b"\r\n", b"\n")  # a Maildir has the line ends of its system
        name = blake2b(content, digest_size=16).hexdigest() + ENDING
        try:
            for each in FOLDERS:
                (self.folder / each).mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._has(name):
                self._write(name, content)
        except OSError as error:
            raise Undelivered(f"the outbox cannot be written: {error.strerror or error}") from None

    def _write(self, name: str, content: bytes) -> None:
        beside = self.folder / "tmp" / f"{name}.{os.getpid()}"
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self.folder / "new" / name)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise

    def kept(self) -> tuple[Kept, ...]:
        """Give what is in it, the newest first."""
        found = []
        for file in self._files():
            with suppress(OSError):  # somebody deletes it meanwhile
                at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
                message = _read(file.read_bytes())
                found.append(
                    Kept(
                        name=_name(file),
                        recipient=str(message["Delivered-To"] or message["To"] or ""),
                        subject=str(message["Subject"] or ""),
                        at=at,
                    )
                )
        return tuple(sorted(found, key=lambda mail: (mail.at, mail.name), reverse=True))

    def message(self, name: str) -> EmailMessage | None:
        """Give a mail by its name; None where there is none."""
        file = self._file(name)
        return None if file is None else _read(file.read_bytes())

    def _files(self) -> list[Path]:
        return [*self._files_in("new"), *self._files_in("cur")]

    def _files_in(self, folder: str) -> list[Path]:
        with suppress(FileNotFoundError, NotADirectoryError):
            return [file for file in (self.folder / folder).iterdir() if not file.name.startswith(".")]
        return []

    def _file(self, name: str) -> Path | None:
        return next((file for file in self._files() if _name(file) == name), None)

    def _has(self, name: str) -> bool:
        """Whether a mail is in, by the name that it was just given: nobody looks through thousands of new ones."""
        return (self.folder / "new" / name).exists() or any(
            _name(file) == name for file in self._files_in("cur")
        )


def _name(file: Path) -> str:
    return file.name.partition(":")[0]


def _read(content: bytes) -> EmailMessage:
    message: EmailMessage = message_from_bytes(content, policy=policy.default)
    return message
