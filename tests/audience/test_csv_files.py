"""A list is read as it was meant, whoever wrote it; what is no list is told in words."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from campaigner.audience.lists.csv_files import LONGEST_LINE, Layout, Row, layout_of, rows_of
from campaigner.errors import AudienceError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "readers.csv"


def look(file: Path, content: str | bytes, encoding: str = "", delimiter: str = "") -> Layout:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return layout_of(file, shown="readers.csv", encoding=encoding, delimiter=delimiter)


def read(file: Path, content: str | bytes) -> list[Row]:
    return list(rows_of(look(file, content)))


def refusal(file: Path, content: str | bytes, encoding: str = "", delimiter: str = "") -> str:
    with pytest.raises(AudienceError) as refused:
        list(rows_of(look(file, content, encoding, delimiter)))
    return str(refused.value)


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16")],
)
def test_the_encoding_is_found_out(file: Path, encoding: str, found: str) -> None:
    text = "E-Mail,Name\r\nz@clinic.example,Zoë Größe – “x”\r\n"
    layout = look(file, text.encode(encoding))
    assert (layout.encoding, layout.header) == (found, ("E-Mail", "Name"))
    assert [row.cells for row in rows_of(layout)] == [("z@clinic.example", "Zoë Größe – “x”")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(file: Path, delimiter: str) -> None:
    names = ["E-Mail, privat", "Name; Titel", "Ort"]
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerow(names)
    layout = look(file, written.getvalue())
    assert (layout.delimiter, layout.header) == (delimiter, tuple(names))


def test_the_delimiter_can_be_told(file: Path) -> None:
    assert look(file, "email:name\n", delimiter=":").header == ("email", "name")


def test_where_two_delimiters_could_be_meant_somebody_must_say_which(file: Path) -> None:
    told = refusal(file, "Nachname, Vorname; E-Mail\n")
    assert told == "readers.csv:1:1: cells may be parted by commas or semicolons. Say which with --delimiter."


def test_a_line_of_excel_that_says_what_parts_cells_is_no_header(file: Path) -> None:
    rows = read(file, "sep=;\r\nemail;name\r\na@b.example;A\r\n")
    assert [(row.line, row.cells) for row in rows] == [(3, ("a@b.example", "A"))]


def test_a_list_of_bare_addresses_needs_no_names_of_columns(file: Path) -> None:
    layout = look(file, "\na@b.example,A\nc@d.example,C\n")
    assert layout.header == ("email", "2")
    assert [(row.line, row.cells[0]) for row in rows_of(layout)] == [(2, "a@b.example"), (3, "c@d.example")]


def test_rows_are_counted_by_the_lines_that_they_begin_on(file: Path) -> None:
    rows = read(file, 'email,"the\nname"\r\n\r\na@b.example,"A\nB\nC"\r\n,\r\nc@d.example\r\n')
    assert [(row.line, row.cells) for row in rows] == [
        (4, ("a@b.example", "A\nB\nC")),
        (8, ("c@d.example",)),
    ]


def test_lines_of_an_old_mac_are_lines(file: Path) -> None:
    assert [row.cells[0] for row in read(file, "email\ra@b.example\rc@d.example\r")] == [
        "a@b.example",
        "c@d.example",
    ]


def test_a_row_that_is_none_is_told_and_the_next_ones_are_read(file: Path) -> None:
    rows = read(file, 'email,name\na@b.example,"A"B\nc@d.example,C,x\ne@f.example,E\ng@h.example,"G\n')
    assert [row.line for row in rows] == [2, 3, 4, 5]
    assert rows[0].wrong.startswith("this is no CSV: ',' expected after '\"'. Close each quotation mark")
    assert rows[1].wrong.startswith('it has 3 cells, and there are 2 columns. Write a cell that has a ","')
    assert (rows[2].wrong, rows[2].cells) == ("", ("e@f.example", "E"))
    assert rows[3].wrong.startswith("this is no CSV: unexpected end of data")


def test_a_quotation_mark_that_nobody_closed_is_told_with_the_lines_that_it_took(file: Path) -> None:
    rows = read(file, 'email,name\na@b.example,"A\nc@d.example,C\ne@f.example,"E"\ng@h.example,G\n')
    assert rows[0].wrong.startswith("this is no CSV up to line 4: ")
    assert rows[1].cells == ("g@h.example", "G")


def test_a_line_without_an_end_is_passed_over(file: Path) -> None:
    rows = read(file, f"email,name\na@b.example,{'x' * (3 * LONGEST_LINE)}\nc@d.example,C\n")
    assert "a line has more than 1,000,000 characters" in rows[0].wrong
    assert rows[1].cells == ("c@d.example", "C")


def test_a_huge_cell_is_told(file: Path) -> None:
    rows = read(file, f"email,name\na@b.example,{'x' * 30_000}\n")
    assert rows[0].wrong.startswith("a cell has more than 20,000 characters")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty. Write the names of the columns into its first line."),
        (b"\n\r\n , \n", "the file is empty. Write the names of the columns into its first line."),
        (b"PK\x03\x04\x14\x00", "this is an Excel workbook (.xlsx). Save the sheet as CSV UTF-8."),
        (b"\xd0\xcf\x11\xe0\xa1", "this is an Excel workbook (.xls). Save the sheet as CSV UTF-8."),
        (b"email\n\xe9\x81\x00x\n", "this is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8"),
    ],
)
def test_what_is_no_list_is_told(file: Path, content: bytes, told: str) -> None:
    assert told in refusal(file, content)


def test_a_list_in_two_encodings_is_told_at_the_line_of_the_second_one(file: Path) -> None:
    """As cp1252 the umlauts above it would be wrong, and nobody would see it."""
    content = "email,name\na@b.example,Zoë\n".encode() + "c@d.example,Zoë\n".encode("cp1252")
    assert refusal(file, content).startswith("readers.csv:3:1: this is neither UTF-8 nor Windows-1252. Save")


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("klingon", '"klingon" is no encoding'),
        ("rot13", '"rot13" is no encoding'),
        ("ascii", "this is not ascii: 'ascii' codec can't decode byte 0xc3"),
    ],
)
def test_an_encoding_that_cannot_be_is_told(file: Path, encoding: str, told: str) -> None:
    assert told in refusal(file, "email\nZoë\n", encoding)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(AudienceError, match="this is no regular file"):
        layout_of(tmp_path, shown="x")
    with pytest.raises(AudienceError, match="this cannot be read: No such file or directory"):
        layout_of(tmp_path / "x", shown="x")


CELL = some.text(max_size=20).filter(lambda text: "\0" not in text)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(CELL, CELL), max_size=8), some.sampled_from([",", ";", "\t", "|"]))
def test_whatever_a_program_writes_is_read(file: Path, rows: list[tuple[str, str]], delimiter: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows([("email", "name"), *rows])
    try:
        content = written.getvalue().encode()
    except UnicodeEncodeError:
        return
    found = [row.cells for row in read(file, content)]
    assert found == [row for row in rows if any(row)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.binary(max_size=300))
def test_whatever_a_file_has_in_it_is_read_or_told(file: Path, content: bytes) -> None:
    try:
        rows = read(file, b"email,name\n" + content)
    except AudienceError:
        return
    lines = [row.line for row in rows]
    assert lines == sorted(set(lines))
