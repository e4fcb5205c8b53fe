"""What goes wrong in the preview itself, as a fault: it is told in a line, and the preview goes on."""

import traceback
from pathlib import Path

from campaigner import errors
from campaigner.errors import Fault

PACKAGE = Path(errors.__file__).parent


def as_fault(error: Exception) -> Fault:
    """Give what went wrong: of the disk with the file, of campaigner with the line that failed."""
    if isinstance(error, ExceptionGroup):
        return as_fault(error.exceptions[0])
    if isinstance(error, OSError) and error.filename is not None:
        message = f"this cannot be read or written: {error.strerror}"
        return Fault(path=str(error.filename), message=message, hint="The preview goes on once it can")
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    path, line = (_shown(own[-1].filename), own[-1].lineno) if own else ("campaigner", 1)
    told = f"{type(error).__name__}: {error}".removesuffix(": ")
    return Fault(
        path=path,
        line=line or 1,
        message=f"this is a bug in campaigner, and none of yours: {told}",
        hint="Report this line. The preview goes on",
    )


def _shown(file: str) -> str:
    """A file of the package, wherever it is installed."""
    return (Path(PACKAGE.name) / Path(file).relative_to(PACKAGE)).as_posix()
