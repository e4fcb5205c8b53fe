"""Where a release for another machine is put together on this one."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from campaigner.publish.host import refused

#: seconds; what is older was killed
A_DAY = 86_400


@contextmanager
def workshop(uploads: Path) -> Iterator[Path]:
    """A folder for files that are on their way; raises PublishError where it cannot be filled."""
    try:
        uploads.mkdir(parents=True, exist_ok=True)
        for left in uploads.iterdir():
            with suppress(OSError):
                if left.stat().st_mtime < time.time() - A_DAY:
                    shutil.rmtree(left)
        with TemporaryDirectory(dir=uploads) as folder:
            yield Path(folder)
    except OSError as error:
        hint = "Make room, or change permissions"
        raise refused(
            str(error.filename or uploads), f"this cannot be read or written: {error.strerror}", hint
        ) from None
