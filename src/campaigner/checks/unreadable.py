"""What cannot be read or rendered, as findings: programs that read these are told of it in the same way.

It is no check, since none can look at such a campaign; so no waiver and no baseline lets it pass.
"""

from collections.abc import Iterable
from pathlib import PurePosixPath

from campaigner.errors import Fault
from campaigner.model.finding import Finding, Output, Severity

NAME = "unreadable"
SUMMARY = "Everything can be read and rendered"
WHY = (
    "What cannot be read or rendered cannot be checked either, and a build that meets it writes nothing. "
    "While a campaign has such a fault, only what each of the others says by itself is checked."
)


def findings_of(faults: Iterable[Fault]) -> tuple[Finding, ...]:
    """Give each fault as an error that was found."""
    return tuple(_finding(fault, _folder(fault.path)) for fault in faults)


def _finding(fault: Fault, folder: str) -> Finding:
    return Finding(
        path=fault.path,
        line=fault.line,
        column=fault.column,
        end_line=0,
        end_column=0,
        check=NAME,
        severity=Severity.ERROR,
        campaign=folder,
        output=Output.ARTICLE if folder else Output.SITE,
        message=fault.message,
        hint=fault.hint,
    )


def _folder(path: str) -> str:
    """The folder of the campaign that a file is of; empty where it is of none."""
    parts = PurePosixPath(path).parts
    return parts[1] if len(parts) > 2 and parts[0] == "campaigns" else ""
