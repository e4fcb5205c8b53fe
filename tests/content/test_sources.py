"""sources.yaml: what several articles cite."""

import pytest

from campaigner.content.sources import read_sources
from campaigner.errors import ContentError
from conftest import WriteFiles


def test_without_a_file_there_are_no_shared_sources(write_files: WriteFiles) -> None:
    assert read_sources(write_files({})) == {}


@pytest.mark.parametrize("text", ["", "# none yet\n", "~\n"])
def test_an_empty_file_has_none(write_files: WriteFiles, text: str) -> None:
    assert read_sources(write_files({"sources.yaml": text})) == {}


def test_sources_are_known_by_their_id(write_files: WriteFiles) -> None:
    text = "cdc-2024:\n  title: Counterfeit products\n  author: CDC\n  date: 2024-04-15\n  url: https://cdc.example/\n"
    sources = read_sources(write_files({"sources.yaml": text}))
    assert list(sources) == ["cdc-2024"]
    assert (sources["cdc-2024"].author, str(sources["cdc-2024"].date)) == ("CDC", "2024-04-15")


def test_what_is_wrong_is_told_at_its_line_and_the_rest_is_known(write_files: WriteFiles) -> None:
    text = "one:\n  title: x\n  url: y\ntwo:\n  titel: x\ntwo:\n  title: z\n'b b':\n  title: x\n"
    with pytest.raises(ContentError) as raised:
        read_sources(write_files({"sources.yaml": text}))
    assert [(fault.path, fault.line, fault.column, fault.message) for fault in raised.value.faults] == [
        ("sources.yaml", 3, 8, '"sources.one.url": "y" is no web address'),
        ("sources.yaml", 6, 1, 'the key "two" is here twice'),
        ("sources.yaml", 8, 1, '"sources.b b": has characters that it may not have'),
    ]
    assert set(raised.value.rest) == {"one", "two"}
