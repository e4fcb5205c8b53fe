"""What goes wrong in the app itself, as a fault: without the error's own words, which may hold somebody's address."""

import traceback
from pathlib import Path

from campaigner import errors
from campaigner.errors import Fault

PACKAGE = Path(errors.__file__).parent


def bug_of(error: BaseException) -> Fault:
    """Give the line of campaigner that failed, and the kind of failure."""
    if isinstance(error, BaseExceptionGroup):
        return bug_of(error.exceptions[0])
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).is_relative_to(PACKAGE)]
    path, line = "campaigner", 1
    if own:
        path = (Path(PACKAGE.name) / Path(own[-1].filename).relative_to(PACKAGE)).as_posix()
        line = own[-1].lineno or 1
    message = f"this is a bug in campaigner, and none of yours: {type(error).__name__}"
    return Fault(path=path, line=line, message=message, hint="Report this line. The app goes on")
