"""Whatever happens on the way, readers see the release before or the new one, and the next publication finishes."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from campaigner.build.manifest import one_at_a_time
from campaigner.publish.folder.target import LOCK
from publish.conftest import Published, gone_back
from publish.processes import at_call, killed
from publisher import picture, tree


def kill(published: Published, function: str, number: int, *arguments: str) -> None:
    """Publish, or go back, and kill it at the n-th call of a function of `os`."""
    given = ("os", function, number, ".site.releases")
    killed(published.publisher.root, at_call, *given, arguments=arguments or ("--jobs", "1"))


@pytest.mark.parametrize(
    ("function", "number"),
    [
        ("link", 1),
        ("link", 9),
        ("mkdir", 2),
        ("chmod", 4),
        ("rename", 1),
        ("replace", 1),
        ("symlink", 1),
    ],
)
def test_a_kill_leaves_what_readers_see_and_the_next_one_finishes(
    published: Published, function: str, number: int
) -> None:
    published.published()
    published.without_spare()
    before = published.site()
    published.retitle("Another title")
    kill(published, function, number)
    assert published.site() == before
    published.published()
    published.publisher.build(output=published.publisher.root / "output")
    assert published.site().items() >= tree(published.publisher.root / "output" / "site").items()
    names = published.kept() - {LOCK}
    assert len(names) == 2
    assert published.release in names


def test_a_kill_right_after_the_switch_leaves_a_release_that_counts(published: Published) -> None:
    published.published()
    published.retitle("Another title")
    kill(published, "replace", 2)
    assert b"Another title" in published.site()["first/index.html"]
    assert published.publish("status", "--format", "json").told["targets"][0]["release"] == published.release
    assert published.publish("--format", "json").told["changed"] == []
    published.retitle("One more title")
    published.published()
    assert published.publish("rollback", "--yes").exit_code == 0
    assert b"Another title" in published.site()["first/index.html"]


@pytest.mark.parametrize(
    ("function", "number"),
    [("mkdir", 1), ("link", 1), ("link", 30), ("rename", 1), ("symlink", 1), ("replace", 1)],
)
def test_a_kill_of_a_way_back_leaves_what_readers_see_and_the_next_one_finishes(
    published: Published, function: str, number: int
) -> None:
    published.published()
    first, before = published.release, published.site()
    published.publisher.write("campaigns/first/field.png", picture("maroon"))
    published.published()
    after = published.site()
    kill(published, function, number, "rollback")
    assert published.site() == after
    assert published.publish("rollback", "--yes").exit_code == 0
    assert (published.release, published.site()) == (first, gone_back(before, after))
    assert published.kept() - {LOCK} == {first, f"{first}-after-2", f"{first.removesuffix('1')}2"}
    for title in ("Another title", "One more title"):
        published.retitle(title)
        published.published()
    assert not [file.name for file in published.releases.iterdir() if "-after-" in file.name]


def test_a_kill_of_the_first_publication_leaves_nothing_for_readers(published: Published) -> None:
    kill(published, "replace", 1)
    assert not os.path.lexists(published.to)
    published.published()
    assert (published.to / "index.html").is_file()


def test_somebody_else_who_publishes_meanwhile_is_told(published: Published) -> None:
    published.published()
    published.retitle("Another title")
    before = published.release
    with one_at_a_time(published.releases / LOCK, seconds=1):
        told = published.publish("--yes")
    assert told.exit_code == 1
    assert "somebody else is publishing here" in told.err
    assert published.release == before


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """A file system of 100 kB."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", folder], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("nobody but root may mount a file system")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_told_and_nothing_half_is_left(published: Published, tmp_path: Path) -> None:
    with small_disk(tmp_path / "small"):
        published.settings(f'[publish.production]\nto = "{tmp_path}/small/site"\n')
        told = published.publish("--yes")
        assert told.exit_code == 1
        assert "No space left on device" in told.err
        assert [file.name for file in (tmp_path / "small" / ".site.releases").iterdir()] == [LOCK]
        assert not os.path.lexists(tmp_path / "small" / "site")


def test_the_name_of_a_lock_that_was_left_says_nothing(published: Published) -> None:
    published.releases.mkdir()
    (published.releases / LOCK).write_text("left by a kill")
    started = time.monotonic()
    published.published()
    assert time.monotonic() - started < 30
