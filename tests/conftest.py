"""What all tests share: workspaces made in a temporary folder, and a fixed moment."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from campaigner.content.workspace import Workspace, find_workspace

# A busy machine is no fault of the program, and a red test should be red again on the next run.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SETTINGS = '[site]\nname = "The Gazette"\nurl = "https://gazette.example"\n'
ARTICLE = "---\ntitle: Spring offer\ndate: 2026-11-01\n---\n\nHello, *readers*.\n"

WriteFiles = Callable[[dict[str, str | bytes]], Workspace]


@pytest.fixture
def write_files(tmp_path: Path) -> WriteFiles:
    """Give a function that makes a workspace of files by path; campaigner.toml comes by itself."""

    def write(files: dict[str, str | bytes]) -> Workspace:
        for name, content in ({"campaigner.toml": SETTINGS} | files).items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
        return find_workspace(tmp_path)

    return write


@pytest.fixture
def workspace(write_files: WriteFiles) -> Workspace:
    """A workspace with one campaign, `spring-offer`."""
    return write_files({"campaigns/spring-offer/article.md": ARTICLE})
