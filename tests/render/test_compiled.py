"""Templates that an earlier build compiled."""

import os
from pathlib import Path

import pytest

from campaigner.render.theme import Theme

TEMPLATE = "page/own.html"


@pytest.fixture(autouse=True)
def temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of the test's own."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def rendered(workspace: Path, text: str) -> str:
    file = workspace / "templates" / TEMPLATE
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return Theme(workspace).render(TEMPLATE, {"name": "Ada"})


def compiled(folder: Path) -> list[Path]:
    return sorted(folder.rglob("campaigner-*.cache"))


def test_a_template_is_compiled_once(tmp_path: Path, temporary_folder: Path) -> None:
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Ada"
    (file,) = compiled(temporary_folder)
    before = file.stat().st_ino
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Ada"
    assert file.stat().st_ino == before


def test_a_template_that_changed_is_compiled_again(tmp_path: Path) -> None:
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Ada"
    assert rendered(tmp_path, "Dear {{ name }}") == "Dear Ada"


@pytest.mark.parametrize("content", [b"", b"j2", b"nonsense", None])
def test_what_was_compiled_may_be_damaged(
    tmp_path: Path, temporary_folder: Path, content: bytes | None
) -> None:
    rendered(tmp_path, "Hello {{ name }}")
    (file,) = compiled(temporary_folder)
    whole = file.read_bytes()
    file.write_bytes(whole[:20] if content is None else content)
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Ada"
    assert file.read_bytes() == whole


def test_what_is_compiled_lies_where_only_its_user_can_write(tmp_path: Path, temporary_folder: Path) -> None:
    rendered(tmp_path, "Hello {{ name }}")
    assert compiled(tmp_path / "templates") == []
    (file,) = compiled(temporary_folder)
    if os.name == "posix":
        assert file.parent.stat().st_mode & 0o077 == 0


def test_without_a_place_for_it_templates_are_compiled_each_time(
    tmp_path: Path, temporary_folder: Path
) -> None:
    temporary_folder.rmdir()
    assert rendered(tmp_path, "Hello {{ name }}") == "Hello Ada"
