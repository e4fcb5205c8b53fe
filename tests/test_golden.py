"""Whole campaigns against the files that they made when somebody last looked at them.

After a change that is meant to show, write them anew and read the difference before it is committed:

    CAMPAIGNER_GOLDEN=write python -m pytest tests/test_golden.py
"""

import os
import shutil
from pathlib import Path

import pytest

from campaigner.build.options import Options
from campaigner.build.run import build
from campaigner.content.workspace import find_workspace
from conftest import NOW

GOLDEN = Path(__file__).parent / "golden"
EXPECTED = GOLDEN / "output"
#: pictures depend on the version of the library that draws them, so only their names are compared
PICTURES = {".png", ".jpg", ".webp"}


def tree(folder: Path) -> dict[str, bytes | None]:
    return {
        file.relative_to(folder).as_posix(): None if file.suffix in PICTURES else file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    folder = tmp_path_factory.mktemp("golden") / "workspace"
    shutil.copytree(GOLDEN / "workspace", folder)
    workspace = find_workspace(folder)
    build(workspace, Options(output=workspace.output, jobs=1), now=NOW)
    if os.environ.get("CAMPAIGNER_GOLDEN") == "write":
        shutil.rmtree(EXPECTED, ignore_errors=True)
        shutil.copytree(workspace.output, EXPECTED)
    return tree(workspace.output)


def test_the_same_files_are_made(made: dict[str, bytes | None]) -> None:
    assert sorted(made) == sorted(tree(EXPECTED))


def test_each_file_says_the_same(made: dict[str, bytes | None]) -> None:
    expected = tree(EXPECTED)
    assert [name for name in made if made[name] != expected.get(name)] == []
