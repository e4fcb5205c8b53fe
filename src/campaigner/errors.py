"""What can be wrong, as values: where it is, what it is and what to do about it.

Nothing here knows the command line or HTTP; whoever shows a fault decides how.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, kw_only=True, order=True)
class Fault:
    """One thing that is wrong with what the user gave us."""

    #: path as the user knows it: relative to the workspace, with forward slashes
    path: str
    #: 1-based; 1 where the fault is about the whole file
    line: int = 1
    #: 1-based, counted in characters
    column: int = 1
    #: what is wrong, one sentence without a full stop
    message: str
    #: what to do, one sentence without a full stop; empty where the message says it all
    hint: str = ""

    def __str__(self) -> str:
        """The fault as one line, `path:line:column: message. Hint.`."""
        told = f"{self.path}:{self.line}:{self.column}: {self.message}"
        if self.hint:
            told = f"{told}. {self.hint}" + ("" if self.hint.endswith(("?", ".")) else ".")
        return one_line(told)


class CampaignerError(Exception):
    """The input cannot be worked with; `faults` has every reason, in reading order."""

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        found = (faults,) if isinstance(faults, Fault) else tuple(faults)
        self.faults: tuple[Fault, ...] = tuple(sorted(set(found)))
        super().__init__("\n".join(map(str, self.faults)))


class ContentError(CampaignerError):
    """A file that a marketer wrote cannot be understood."""


class TemplateFault(CampaignerError):
    """A template is missing, does not parse or names something that is not there."""


class WorkspaceError(CampaignerError):
    """There is no workspace here, or it cannot be read or written."""


class UnknownCampaign(CampaignerError):
    """A campaign was asked for by a slug that no campaign has."""


def nearest(wrong: str, right: Iterable[str]) -> str:
    """Give a hint naming the right word closest to `wrong`, or listing all of them."""
    known = sorted(right)
    close = get_close_matches(wrong.lower(), known, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return "Known here: " + ", ".join(known) if known else ""


def one_line(text: str) -> str:
    """Give `text` without line breaks or other control characters, so that it stays one line."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
