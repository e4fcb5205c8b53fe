"""Who gets a newsletter, and what is wrong with it for some of them."""

import os
from pathlib import Path

import pytest

from campaigner.checks.check import Example
from campaigner.checks.letters import listed_readers
from campaigner.checks.spots import Region
from campaigner.errors import ContentError
from checks.examples import found_in

KNOWN = frozenset(("email", "first_name", "last_name", "name", "shoe_size"))


def read(folder: Path, content: str | bytes) -> list[dict[str, str]]:
    file = folder / "readers.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return [dict(one.fields) for one in listed_readers(file, "readers.csv", KNOWN)]


def test_columns_are_merge_fields_by_their_names(tmp_path: Path) -> None:
    found = read(tmp_path, "E-Mail,First name,Signed up,shoe_size\nada@example.com,Ada,2026-11-01,38\n")
    assert found == [{"email": "ada@example.com", "first_name": "Ada", "shoe_size": "38"}]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_ends_will_do(tmp_path: Path, end: str) -> None:
    assert read(tmp_path, f"first_name{end}Ada{end}Bob{end}") == [
        {"first_name": "Ada"},
        {"first_name": "Bob"},
    ]


def test_semicolons_and_a_byte_order_mark_come_from_spreadsheets(tmp_path: Path) -> None:
    assert read(tmp_path, "\ufefffirst_name;last_name\nAda;Müller\n") == [
        {"first_name": "Ada", "last_name": "Müller"}
    ]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ('E-Mail;First name;"Ort, Land"', "ada@example.com;Ada;Wien, AT"),
        ('"Ort, ""wo"", Land";"E-Mail";"First name"', '"Wien, AT";"ada@example.com";"Ada"'),
        ('E-Mail,First name,"Ort; Land"', "ada@example.com,Ada,Wien; AT"),
        ('"E-Mail","First name, or none","First name"', "ada@example.com,,Ada"),
    ],
)
def test_the_separator_is_the_one_between_names_and_not_within_one(
    header: str, row: str, tmp_path: Path
) -> None:
    assert read(tmp_path, f"{header}\n{row}\n") == [{"email": "ada@example.com", "first_name": "Ada"}]


@pytest.mark.parametrize(
    ("value", "is_left"),
    [("[NAME]", True), (" [First Name] ", True), ("Ada [Vetro]", False), ("%%first%%", True)],
)
def test_a_name_in_brackets_is_a_leftover(value: str, is_left: bool, tmp_path: Path) -> None:
    readers = Example(of="readers", text=f'Bob: {{email: bob@example.com, first_name: "{value}"}}')
    assert [one.check for one in found_in(tmp_path, readers)] == ["reader-value-leftover"] * is_left


def test_nothing_is_no_value_and_a_short_row_has_fewer(tmp_path: Path) -> None:
    assert read(tmp_path, "first_name,last_name\n,Müller\nAda\n\n") == [
        {"last_name": "Müller"},
        {"first_name": "Ada"},
    ]


@pytest.mark.parametrize("comma", [",", ";"])
def test_each_reader_has_a_line(tmp_path: Path, comma: str) -> None:
    file = tmp_path / "readers.csv"
    file.write_text('first_name,last_name\nAda,"two\nlines"\nBob,Müller\n'.replace(",", comma))
    assert [one.spot for one in listed_readers(file, "readers.csv", KNOWN)] == [
        Region(path="readers.csv", line=2),
        Region(path="readers.csv", line=4),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the first line names no merge field"),
        ("Vorname\nAda\n", "the first line names no merge field"),
        ("first_name\nM\xfcller\n".encode("latin-1"), "the list is not UTF-8"),
        ("first_name\n" + "A" * 1_000_000, "this is no CSV"),
    ],
)
def test_what_is_no_list_is_told(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(ContentError, match=told):
        read(tmp_path, content)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('first_name,"last_name\nAda,Vetro\n', 1),
        ('first_name,last_name\nAda,Vetro\n"Bob,Müller\nCy,Glas\n', 3),
        ('first_name,last_name\n"Ada","two\nlines"\n"Bob,Müller\n"Cy",Glas\n', 4),
        ('first_name,last_name\nAda,Vetro\n"Bob,\n' + "Cy,Glas\n" * 2_000 + '",Glas\n', 3),
    ],
)
def test_a_quotation_mark_that_nobody_closes_is_told_at_its_line(
    tmp_path: Path, content: str, line: int
) -> None:
    with pytest.raises(ContentError, match="Close each quotation mark") as told:
        read(tmp_path, content)
    assert [(one.path, one.line) for one in told.value.faults] == [("readers.csv", line)]


def test_a_row_of_too_many_values_is_told_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(
        ContentError, match="this row has 3 values, and the first line names 2 columns"
    ) as told:
        read(tmp_path, "first_name,last_name\nAda,Müller\nBob,Smith, Jr.\n")
    assert [(one.path, one.line) for one in told.value.faults] == [("readers.csv", 3)]


def test_what_spreadsheets_write_behind_a_row_is_no_value(tmp_path: Path) -> None:
    assert read(tmp_path, "first_name\nAda,,\n") == [{"first_name": "Ada"}]


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for one in (pipe, tmp_path, Path(os.devnull)):
        with pytest.raises(ContentError, match="no regular file"):
            listed_readers(one, "readers.csv", KNOWN)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read: No such file"):
        listed_readers(tmp_path / "nowhere.csv", "nowhere.csv", KNOWN)
