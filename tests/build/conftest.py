"""A workspace with three live campaigns, a draft and a scheduled one, built once for all tests."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher import FILES, SETTINGS, Publisher, article, picture

CheckWhole = Callable[[], None]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that was built, to be copied."""
    publisher = Publisher(root=tmp_path_factory.mktemp("built") / "workspace")
    for path, content in FILES.items():
        publisher.write(path, content)
    publisher.build()
    return publisher.root


@pytest.fixture
def publisher(built_once: Path, tmp_path: Path) -> Publisher:
    """A workspace that was built, and nothing was edited since."""
    shutil.copytree(built_once, tmp_path / "workspace", symlinks=True)
    copy = Publisher(root=tmp_path / "workspace")
    assert not copy.build().changes
    return copy


@pytest.fixture(scope="session")
def many_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built workspace with so many campaigns that several processes render them, to be copied."""
    publisher = Publisher(root=tmp_path_factory.mktemp("many") / "workspace")
    publisher.write("campaigner.toml", SETTINGS)
    publisher.write("privacy.md", FILES["privacy.md"])
    publisher.write("logo.png", FILES["logo.png"])
    for number in range(50):
        folder = f"campaigns/number-{number}"
        tags = ", ".join(f"tag {number * 6 + more}" for more in range(6))
        text = f"Hello, *{number}*.\n\n![Both have it](../shared.png)\n"
        publisher.write(f"{folder}/article.md", article(f"No. {number}", text, tags=f"[all, {tags}]"))
    publisher.write("campaigns/shared.png", picture("red"))
    publisher.build()
    return publisher.root


@pytest.fixture
def many(many_once: Path, tmp_path: Path) -> Publisher:
    """Fifty campaigns with three hundred tags."""
    shutil.copytree(many_once, tmp_path / "many")
    return Publisher(root=tmp_path / "many")


@pytest.fixture
def check_whole(publisher: Publisher, tmp_path: Path) -> CheckWhole:
    """Give a function that compares the output with that of a build from nothing, byte for byte."""
    count = 0

    def check() -> None:
        nonlocal count
        count += 1
        wanted, found = publisher.from_nothing(tmp_path / f"fresh-{count}"), publisher.tree()
        assert sorted(found) == sorted(wanted)
        different = [path for path in wanted if found[path] != wanted[path]]
        assert not different
        assert not publisher.build().changes, "a build right after a build has nothing to do"

    return check
