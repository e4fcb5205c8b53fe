"""Reads who is to get a newsletter: the sample readers of the workspace, or a list as CSV."""

import csv
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from campaigner.checks.spots import Region, Words
from campaigner.checks.subjects import Reader
from campaigner.content.readers import read_readers
from campaigner.content.workspace import READERS_FILE, Workspace
from campaigner.errors import ContentError, Fault

LARGEST = 200_000_000
#: characters of a value: a longer one is a quotation mark that nobody closed
LONGEST_VALUE = 10_000
#: a name of a column between quotation marks, in which one of its own is doubled
QUOTED = re.compile(r'"[^"]*"')
CLOSED = 'Close each quotation mark, write one within a value as "", and save the list as CSV in UTF-8'


def sample_readers(workspace: Workspace, *, known: Collection[str]) -> tuple[Reader, ...]:
    """The readers of readers.yaml; raises ContentError where it cannot be read."""
    return tuple(
        Reader(fields=one.fields, spot=Words(path=READERS_FILE, texts=(f"{one.label}:", one.label)))
        for one in read_readers(workspace, known=known)
    )


@lru_cache(maxsize=2)
def listed_readers(file: Path, shown: str, known: frozenset[str]) -> Sequence[Reader]:
    """The readers of a CSV `file`, called `shown`: its first line names merge fields, other columns are left out.

    Raises ContentError where it cannot be read or names no merge field.
    """
    try:
        found = file.stat()
        # a device has no end, and a pipe may have no beginning
        if not stat.S_ISREG(found.st_mode):
            raise _error(shown, "the list is no regular file", "Name a CSV file")
        if found.st_size > LARGEST:
            raise _error(shown, f"the list is larger than {LARGEST // 1_000_000} MB", "Check it in parts")
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return tuple(_readers(lines, shown, known))
    except UnicodeDecodeError:
        raise _error(shown, "the list is not UTF-8", "Save it as CSV in UTF-8") from None
    except OSError as error:
        raise _error(shown, f"the list cannot be read: {error.strerror}", "Name another file") from None


def _readers(lines: Iterator[str], shown: str, known: frozenset[str]) -> Iterator[Reader]:
    first = next(lines, "")
    # spreadsheets write semicolons where the comma is in numbers; either may stand within a name that is quoted
    bare = QUOTED.sub("", first)
    delimiter = ";" if ";" in bare and "," not in bare else ","
    header = next((row for _, row in _rows(iter([first]), shown, delimiter)), [])
    names = [_field_name(name) for name in header]
    columns = [(number, name) for number, name in enumerate(names) if name in known]
    if not columns:
        raise _error(
            shown,
            "the first line names no merge field",
            f"Name the columns: {', '.join(sorted(known))}",
        )
    for line, row in _rows(lines, shown, delimiter, first_line=2):
        fields = {name: row[number] for number, name in columns if number < len(row) and row[number]}
        if any(value.strip() for value in row[len(names) :]):
            raise _error(
                shown,
                f"this row has {len(row)} values, and the first line names {len(names)} columns",
                f'Write a value that has a "{delimiter}" in it between quotation marks',
                line,
            )
        if row:
            yield Reader(fields=fields, spot=Region(path=shown, line=line))


def _rows(
    lines: Iterator[str], shown: str, delimiter: str, *, first_line: int = 1
) -> Iterator[tuple[int, list[str]]]:
    """Each row with the line that it begins on; raises ContentError at that of a row that is none."""
    rows, line = csv.reader(lines, delimiter=delimiter, strict=True), first_line
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            raise _error(shown, f"this is no CSV: {error}", CLOSED, line) from None
        if row is None:
            return
        if max(map(len, row), default=0) > LONGEST_VALUE:
            raise _error(shown, f"a value has more than {LONGEST_VALUE:,} characters", CLOSED, line)
        yield line, row
        line = rows.line_num + first_line


def _field_name(column: str) -> str:
    """The merge field that a column is for: "First name" is first_name, "E-Mail" is email."""
    name = "_".join(column.strip().strip('"').lower().replace("-", " ").split())
    return {"e_mail": "email", "email_address": "email", "e_mail_address": "email"}.get(name, name)


def _error(path: str, message: str, hint: str, line: int = 1) -> ContentError:
    return ContentError(Fault(path=path, line=line, message=message, hint=hint))
