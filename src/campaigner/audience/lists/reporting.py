"""A list of the rows that nothing came of, to be mended and imported again."""

import csv
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from campaigner.audience.cells import as_meant, neutralised
from campaigner.audience.lists.importing import Untaken
from campaigner.errors import AudienceError, Fault

#: of the two columns before those of the list
NAMES = ("line", "reason")


@contextmanager
def whole_file(target: Path) -> Iterator[TextIO]:
    """Give a file to write, for its owner alone, that appears at `target` whole and at the end, or not at all.

    Raises AudienceError where it cannot be written.
    """
    part = None
    try:
        descriptor, part = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
        with open(descriptor, "w", encoding="utf-8", newline="") as stream:
            yield stream
        os.replace(part, target)
    except OSError as error:
        message = f"this cannot be written: {error.strerror or error}"
        raise AudienceError(Fault(path=str(target), message=message, hint="Look at its folder")) from None
    finally:
        if part is not None:
            with suppress(FileNotFoundError):
                os.unlink(part)


class Report:
    """Writes rows that nothing came of."""

    def __init__(self, stream: TextIO, header: Sequence[str]) -> None:
        self._writer = csv.writer(stream)
        self._writer.writerow([*NAMES, *(neutralised(name) for name in header)])

    def add(self, row: Untaken) -> None:
        """Write one, as it was but for formulas."""
        cells = [neutralised(as_meant(cell)) for cell in row.cells]
        self._writer.writerow([row.line, neutralised(row.reason), *cells])
