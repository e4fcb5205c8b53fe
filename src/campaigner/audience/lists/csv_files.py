"""Reads a CSV that somebody else wrote: finds out its encoding and delimiter, and gives its rows one at a time.

However large the file or a line of it is, no more than one row is in memory.
"""

import codecs
import csv
import io
import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, TextIO

from campaigner.errors import AudienceError, Fault
from campaigner.value import Value

#: characters of a line: a longer one is no row of a list
LONGEST_LINE = 1_000_000
#: characters of a cell: a longer one is a quotation mark that nobody closed
LONGEST_CELL = 20_000
MOST_COLUMNS = 1000
#: bytes that are read at once, and characters in which the delimiter is looked for
CHUNK, SAMPLE = 1 << 20, 1 << 16
DELIMITERS = (",", ";", "\t", "|")
NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: by the bytes that a file begins with
MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
SHOWN = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
OTHERS = {b"PK\x03\x04": "an Excel workbook (.xlsx)", b"\xd0\xcf\x11\xe0": "an Excel workbook (.xls)"}
#: no sign of Windows-1252 has them
NOT_CP1252 = b"\x81\x8d\x8f\x90\x9d"
#: Excel's own line that says what parts cells
SEPARATOR = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
#: what no name of a column is
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
CLOSED = 'Close each quotation mark, and write one within a cell as ""'


class Layout(Value):
    """How a CSV is written."""

    file: Path
    #: as the user knows it
    shown: str
    encoding: str
    delimiter: str
    #: names of the columns; "email", "2" and so on where the first line has none
    header: tuple[str, ...]
    #: lines before the first row
    skipped: int
    #: in the whole file
    lines: int
    #: SHA-256 of the file
    digest: str

    def __str__(self) -> str:
        """The encoding and what parts cells, for people."""
        encoding = SHOWN.get(self.encoding, self.encoding)
        return f"{encoding}, cells parted by {NAMES.get(self.delimiter, repr(self.delimiter))}"


class Row(Value):
    """One row of a CSV."""

    #: that it begins on
    line: int
    #: empty where it is no row
    cells: tuple[str, ...]
    #: what is wrong with it; empty where nothing is
    wrong: str = ""


def layout_of(file: Path, *, shown: str, encoding: str = "", delimiter: str = "") -> Layout:
    """Find out how a CSV is written, where it is not told; it is read once for that.

    Raises AudienceError where it cannot be read, is no CSV, or where nobody could know.
    """
    try:
        if not stat.S_ISREG(os.stat(file).st_mode):  # a pipe has no beginning to go back to
            raise _error(shown, "this is no regular file", "Write the list into a file")
        with open(file, "rb") as stream:
            found = _Look(stream, shown)
        encoding = encoding or found.encoding(shown)
        with _opened(file, encoding) as text:
            sample = text.read(SAMPLE)
    except LookupError:
        raise _error(shown, f'"{encoding}" is no encoding', "Write utf-8, cp1252 or utf-16") from None
    except UnicodeError as error:
        raise _error(shown, f"this is not {encoding}: {error}", "Name another --encoding") from None
    except OSError as error:
        raise _error(shown, f"this cannot be read: {error.strerror}", "Name another file") from None
    told = SEPARATOR.match(sample)
    if told:
        sample, delimiter = sample[told.end() :], delimiter or told[1]
    delimiter = delimiter or _delimiter(sample, shown)
    first, end = _first_row(sample, delimiter)
    if not first:
        raise _error(shown, "the file is empty", "Write the names of the columns into its first line")
    header = tuple(cell.strip() for cell in first)
    addresses = [number for number, cell in enumerate(header) if ADDRESS.fullmatch(cell)]
    if addresses:  # it names no columns, and is a row itself
        header = tuple("email" if n == addresses[0] else f"{n + 1}" for n in range(len(header)))
    return Layout(
        file=file,
        shown=shown,
        encoding=encoding,
        delimiter=delimiter,
        header=header,
        skipped=bool(told) + (0 if addresses else end),
        lines=found.lines,
        digest=found.digest,
    )


def rows_of(layout: Layout) -> Iterator[Row]:
    """Give all rows but empty ones; what is no row has what is wrong with it.

    Raises AudienceError where the file is not written in the encoding that was told.
    """
    try:
        with _opened(layout.file, layout.encoding) as stream:
            lines = _Lines(stream)
            for _ in range(layout.skipped):
                lines.skip()
            yield from _rows(lines, layout)
    except UnicodeError as error:
        message = f"this is not {layout.encoding}: {error}"
        raise _error(layout.shown, message, "Name another --encoding") from None
    except OSError as error:
        raise _error(layout.shown, f"this cannot be read: {error.strerror}", "") from None


class _Look:
    """What the bytes of a file say."""

    def __init__(self, stream: BinaryIO, shown: str) -> None:
        self.lines = 0
        #: the line that is not UTF-8, and whether a sign of UTF-8 stood before it
        self.broken, self.is_mixed = 0, False
        self.is_cp1252, self.has_nul = True, False
        self.start = b""
        decoder = codecs.getincrementaldecoder("utf-8")()
        digest = sha256()
        while chunk := stream.read(CHUNK):
            if not self.start:
                self.start = chunk[:4]
            digest.update(chunk)
            if not self.broken and not (chunk.isascii() and decoder.getstate()[0] == b""):
                self._decode(decoder, chunk)
            self.is_cp1252 = self.is_cp1252 and not any(one in chunk for one in NOT_CP1252)
            self.has_nul = self.has_nul or b"\0" in chunk
            self.lines += chunk.count(b"\n")
        if not self.broken and decoder.getstate()[0]:
            self.broken = self.lines + 1
        self.digest = digest.hexdigest()
        for start, kind in OTHERS.items():
            if self.start.startswith(start):
                raise _error(shown, f"this is {kind}", "Save the sheet as CSV UTF-8")

    def _decode(self, decoder: codecs.IncrementalDecoder, chunk: bytes) -> None:
        try:
            text = decoder.decode(chunk)
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            self.is_mixed = self.is_mixed or not before.isascii()
            self.broken = self.lines + before.count(b"\n") + 1
        else:
            self.is_mixed = self.is_mixed or not text.isascii()

    def encoding(self, shown: str) -> str:
        for mark, name in MARKS.items():
            if self.start.startswith(mark):
                return name
        if not self.broken:
            return "utf-8-sig"
        if self.is_cp1252 and not self.is_mixed and not self.has_nul:
            return "cp1252"
        message = "this is neither UTF-8 nor Windows-1252"
        raise _error(shown, message, "Save it as CSV UTF-8, or name its --encoding", self.broken)


class _Lines:
    """The lines of a text, each of a bearable length, and how many there were."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.number = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._stream.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            while (rest := self._stream.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                pass
            raise csv.Error(f"a line has more than {LONGEST_LINE:,} characters")
        return line

    def skip(self) -> None:
        next(self, None)


def _rows(lines: _Lines, layout: Layout) -> Iterator[Row]:
    width, rows = len(layout.header), csv.reader(lines, delimiter=layout.delimiter, strict=True)
    while True:
        first = lines.number + 1
        try:
            cells = next(rows, None)
        except csv.Error as error:
            until = f" up to line {lines.number}" if lines.number > first else ""
            yield Row(line=first, cells=(), wrong=f"this is no CSV{until}: {error}. {CLOSED}")
            continue
        if cells is None:
            return
        if not any(cells):  # an empty line, or one of delimiters only
            continue
        if len(cells) > width and any(map(str.strip, cells[width:])):
            wrong = (
                f"it has {len(cells)} cells, and there are {width} columns. "
                f'Write a cell that has a "{layout.delimiter}" in it between quotation marks'
            )
        elif max(map(len, cells)) > LONGEST_CELL:
            wrong = f"a cell has more than {LONGEST_CELL:,} characters. {CLOSED}"
        else:
            wrong = ""
        yield Row(line=first, cells=tuple(cells[:MOST_COLUMNS]) if wrong else tuple(cells), wrong=wrong)


def _opened(file: Path, encoding: str) -> TextIO:
    return open(file, encoding=encoding, newline="", buffering=CHUNK)


def _delimiter(sample: str, shown: str) -> str:
    """Give the delimiter that makes most of the first row; raises AudienceError where two of them could."""
    widths = {each: len(_first_row(sample, each)[0]) for each in DELIMITERS}
    most = max(widths.values())
    if most <= 1:
        return ","
    likely = [each for each, width in widths.items() if width == most]
    if len(likely) > 1:
        message = f"cells may be parted by {' or '.join(NAMES[each] for each in likely)}"
        raise _error(shown, message, "Say which with --delimiter")
    return likely[0]


def _first_row(sample: str, delimiter: str) -> tuple[Sequence[str], int]:
    """Give the first row that is not empty, and the line that it ends on."""
    rows = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    with suppress(csv.Error):
        for row in rows:
            if any(map(str.strip, row)):
                return row[:MOST_COLUMNS], rows.line_num
    return (), 0


def _error(path: str, message: str, hint: str, line: int = 1) -> AudienceError:
    return AudienceError(Fault(path=path, line=line, message=message, hint=hint))
