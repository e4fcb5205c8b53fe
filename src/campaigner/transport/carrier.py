"""What every way for a mail to leave has in common, and which one the settings mean."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from campaigner.value import Value

#: the variable of the environment with the password of the mail server
PASSWORD = "CAMPAIGNER_SMTP_PASSWORD"
#: of submission (RFC 6409), and of submission in TLS (RFC 8314 section 3.3)
PORTS = {"smtp": 587, "smtps": 465}


class Envelope(Value):
    """A mail as it leaves: from whom, to whom, and its bytes with CRLF."""

    sender: str
    recipient: str
    message: bytes


class Undelivered(Exception):
    """A mail did not leave; `for_good` where trying again would not help. Its text names no recipient."""

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Carrier(Protocol):
    """A way for mail to leave."""

    def send(self, envelope: Envelope) -> None:
        """Let one mail leave, or raise Undelivered; the same one may come twice, after a kill."""


def carrier_of(setting: str, environment: Mapping[str, str], *, outbox: Path) -> Carrier:
    """Give what `signup.mail` means: "outbox", or the address of a mail server."""
    if setting == "outbox":
        from campaigner.transport.outbox import Outbox

        return Outbox(outbox)
    from campaigner.transport.smtp import MailServer

    parts = urlsplit(setting)
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        is_tls=parts.scheme == "smtps",
        user=unquote(parts.username or ""),
        password=environment.get(PASSWORD, ""),
    )
