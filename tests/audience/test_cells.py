"""No cell is a formula, and what is read is what was written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from campaigner.audience.cells import as_meant, neutralised

WILD = some.text(alphabet="\"'=+-@ \t\r\n;,|a\u00a0＝")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("a;=1", "a;'=1"),
        ("a,\n=1", "a,\n'=1"),
        ("Jean-Luc", "Jean-Luc"),
        ("O'Neill", "O'Neill"),
        ("'tis", "'tis"),
        ("amina@clinic.example", "amina@clinic.example"),
    ],
)
def test_what_would_be_a_formula_is_text(cell: str, written: str) -> None:
    assert neutralised(cell) == written
    assert as_meant(written) == cell


@given(some.one_of(some.text(), WILD))
def test_what_is_read_is_what_was_written(cell: str) -> None:
    assert as_meant(neutralised(cell)) == cell


@given(WILD, some.sampled_from(",;\t|"))
def test_no_cell_begins_as_a_formula_however_cells_are_parted(cell: str, delimiter: str) -> None:
    written = io.StringIO()
    csv.writer(written).writerow(["amina@clinic.example", neutralised(cell), "end"])
    for row in csv.reader(io.StringIO(written.getvalue(), newline=""), delimiter=delimiter):
        for one in row:
            assert not one.lstrip(' \u00a0"\t\r\n').startswith(tuple("=+-@＝"))


def test_what_a_spreadsheet_wrote_as_text_is_read_as_it_was_meant() -> None:
    assert as_meant("'+49 30 1234") == "+49 30 1234"
