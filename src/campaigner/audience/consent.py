"""What the ledger of consent says: who agreed to which words, when and from where."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from campaigner.audience.lines import LONGEST_AGENT, LONGEST_IP, LONGEST_PAGE, as_kept
from campaigner.value import Value


class Event(StrEnum):
    """What an entry tells."""

    SIGNED_UP = "signed-up"
    CONFIRMATION_SENT = "confirmation-sent"
    CONFIRMED = "confirmed"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    PREFERENCES = "preferences-changed"
    IMPORTED = "imported"
    ADDED = "added"


class Box(StrEnum):
    """The state of the box beside the wording."""

    TICKED = "ticked"
    UNTICKED = "unticked"
    #: the form had none: the button itself was the consent
    ABSENT = "absent"


class Origin(Value):
    """Where a request came from; both are emptied after a time."""

    ip: str = ""
    agent: str = ""

    def kept(self) -> dict[str, str | None]:
        """The two columns of the ledger."""
        return {
            "ip": as_kept(self.ip, LONGEST_IP) or None,
            "agent": as_kept(self.agent, LONGEST_AGENT) or None,
        }


class Shown(Value):
    """What somebody saw when they agreed."""

    #: address of the page, and which form of it
    page: str
    form: str = ""
    #: exactly, as text
    wording: str
    #: of the wording, as BCP 47
    language: str
    #: version of the privacy policy that it names
    policy: str = ""
    box: Box = Box.TICKED

    def kept(self) -> dict[str, str | None]:
        """The columns of the ledger."""
        return {
            "page": as_kept(self.page, LONGEST_PAGE) or None,
            "form": self.form or None,
            "wording": wording_hash(self.wording),
            "language": self.language or None,
            "policy": self.policy or None,
            "box": self.box,
        }


class Entry(Value):
    """One entry of the ledger, as it is read."""

    number: int
    event: str
    at: datetime
    address: str
    request: str | None
    campaign: str | None
    page: str | None
    form: str | None
    ip: str | None
    agent: str | None
    #: the words themselves, and their hash
    wording: str | None
    wording_hash: str | None
    language: str | None
    policy: str | None
    box: str | None
    #: how: "form", "link", "one-click", "import" …
    method: str | None
    #: who ran the import
    operator: str | None
    note: str | None


def wording_hash(wording: str) -> str:
    """Give the hash by which a wording is known: SHA-256 of its UTF-8, so that anybody can compute it."""
    return sha256(wording.encode()).hexdigest()
