"""What can be wrong, as values: where it is, what it is and what to do about it.

Nothing here knows the command line or HTTP; whoever shows a fault decides how.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from campaigner.value import Value

#: a longer list of names helps nobody
MOST_NAMES = 50
#: how alike two words must be, from 0 to 1, for one to be taken for the other misspelt
WORDS_ALIKE = 0.6
#: the same of names of files, which have their endings in common
FILES_ALIKE = 0.75


class Fault(Value, order=True):
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
    """A file that a marketer wrote cannot be understood.

    `rest` is what could be understood of it all the same, None for nothing: so the faults further on are
    found in the same run. `without` names the top keys that are missing in it.
    """

    def __init__(
        self, faults: Iterable[Fault] | Fault, *, rest: Any = None, without: Iterable[str] = ()
    ) -> None:
        super().__init__(faults)
        self.rest = rest
        self.without = frozenset(without)


class TemplateFault(CampaignerError):
    """A template is missing, does not parse or names something that is not there."""


class WorkspaceError(CampaignerError):
    """There is no workspace here, or it cannot be read or written."""


class PublishError(CampaignerError):
    """A site cannot be published where it was to go, or not as it was planned."""


class AudienceError(CampaignerError):
    """The database of the audience cannot be opened, read or written; nothing was half done."""


class UnknownCampaign(CampaignerError):
    """A campaign was asked for by a slug that no campaign has."""


class UnknownSegment(CampaignerError):
    """A segment was asked for by a name that no file of segments/ has."""


def nearest(wrong: str, right: Iterable[str], *, alike: float = WORDS_ALIKE) -> str:
    """Give a hint naming the right word closest to `wrong`, or listing all of them if they are few."""
    known = {name.lower(): name for name in sorted(right)}
    close = get_close_matches(wrong.lower(), known, n=1, cutoff=alike)
    if close:
        return f'Did you mean "{known[close[0]]}"?'
    return "Known here: " + ", ".join(known.values()) if 0 < len(known) <= MOST_NAMES else ""


def one_line(text: str) -> str:
    """Give `text` without line breaks or other control characters, so that it stays one line."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode()
        for character in text
    )
