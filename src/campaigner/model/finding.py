"""A finding: what a check has to say, and where in the sources it came from."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Self

from campaigner.value import Value, asdict, replace


class Severity(StrEnum):
    """How bad a problem is."""

    #: must not leave the house
    ERROR = "error"
    #: costs readers, money or trust
    WARNING = "warning"
    #: worth knowing
    NOTE = "note"


class Output(StrEnum):
    """What is made of a campaign, and of all of them."""

    ARTICLE = "article"
    POST = "blog post"
    LANDING = "landing page"
    THANKS = "thanks page"
    CONFIRMED = "confirmed page"
    NEWSLETTER = "newsletter"
    CONFIRMATION_MAIL = "confirmation mail"
    WELCOME_MAIL = "welcome mail"
    ALREADY_MAIL = "already-subscribed mail"
    WEB_VERSION = "web version"
    LISTING = "listing"
    SITE = "site"


#: of the outputs those that are mails
MAILS = frozenset((Output.NEWSLETTER, Output.CONFIRMATION_MAIL, Output.WELCOME_MAIL, Output.ALREADY_MAIL))


class Finding(Value, order=True):
    """One thing that is wrong with a campaign, or might be."""

    #: as the user knows it: relative to the workspace, with forward slashes
    path: str
    #: from 1
    line: int
    column: int
    #: of the last character; 0 where only the beginning is known
    end_line: int
    end_column: int
    check: str
    severity: Severity
    #: its slug; empty where it is about the whole site
    campaign: str
    output: Output
    #: what is wrong, and what to do, each one sentence without a full stop; a hint may be empty
    message: str
    hint: str

    @property
    def told(self) -> str:
        """What is wrong and what to do, as sentences."""
        hint = self.hint and f" {self.hint}" + ("" if self.hint.endswith((".", "?")) else ".")
        return f"{self.message}.{hint}"

    def written(self) -> dict[str, Any]:
        """Its fields as JSON has them."""
        return asdict(self)

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> Self:
        """The finding of which `written` are the fields; raises ValueError, KeyError or TypeError for others."""
        enums = {"severity": Severity(written["severity"]), "output": Output(written["output"])}
        return cls(**{**written, **enums})


class Told(Value):
    """A finding as it is told to people: once, though several outputs have it from one place."""

    finding: Finding
    outputs: tuple[Output, ...]

    @property
    def where(self) -> str:
        """The outputs that have it: "blog post, newsletter"."""
        return ", ".join(self.outputs)


def told(findings: Iterable[Finding]) -> tuple[Told, ...]:
    """Give findings as they are told, in the order in which each comes first."""
    alike: dict[Finding, list[Finding]] = {}
    for one in findings:
        alike.setdefault(replace(one, output=Output.ARTICLE), []).append(one)
    return tuple(
        Told(finding=found[0], outputs=tuple(dict.fromkeys(one.output for one in found)))
        for found in alike.values()
    )
