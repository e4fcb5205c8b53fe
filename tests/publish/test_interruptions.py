"""Whatever happens on the way, readers see the release before or the new one, and the next publication finishes."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

import campaigner
from campaigner.build.manifest import one_at_a_time
from campaigner.publish.folder import LOCK
from publish.conftest import Published, gone_back
from publisher import NOW, picture, tree

SOURCE = str(Path(campaigner.__file__).parent.parent)
#: ends a publication at the n-th call of a function of `os`, as kill -9 would
KILLED_AT = """
import os, signal, sys
from campaigner.cli import main

name, number = sys.argv[1], int(sys.argv[2])
called, original = 0, getattr(os, name)

def killed(*arguments, **keywords):
    global called
    if any(".site.releases" in str(argument) for argument in arguments):
        called += 1
        if called == number:
            os.kill(os.getpid(), signal.SIGKILL)
    return original(*arguments, **keywords)

setattr(os, name, killed)
main(["-C", sys.argv[3], "publish", *sys.argv[4:], "--yes"])
"""


def killed(
    published: Published, function: str, number: int, arguments: Sequence[str] = ("--jobs", "1")
) -> int:
    """Publish, or go back, and kill it; gives the exit code."""
    return subprocess.run(
        [sys.executable, "-c", KILLED_AT, function, str(number), published.publisher.root, *arguments],
        env=os.environ | {"PYTHONPATH": SOURCE, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
        capture_output=True,
        check=False,
    ).returncode


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
    before = published.site()
    published.retitle("Another title")
    assert killed(published, function, number) == -9
    assert published.site() == before
    published.published()
    published.publisher.build(output=published.publisher.root / "output")
    assert published.site().items() >= tree(published.publisher.root / "output" / "site").items()
    names = {file.name.removesuffix(".json") for file in published.releases.iterdir()} - {LOCK}
    assert len(names) == 2
    assert published.release in names


def test_a_kill_right_after_the_switch_leaves_a_release_that_counts(published: Published) -> None:
    published.published()
    published.retitle("Another title")
    assert killed(published, "replace", 2) == -9
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
    assert killed(published, function, number, ["rollback"]) == -9
    assert published.site() == after
    assert published.publish("rollback", "--yes").exit_code == 0
    assert (published.release, published.site()) == (first, gone_back(before, after))
    folders = {file.name for file in published.releases.iterdir() if file.is_dir()}
    assert folders == {first, f"{first}-after-2", f"{first.removesuffix('1')}2"}
    for title in ("Another title", "One more title"):
        published.retitle(title)
        published.published()
    assert not [file.name for file in published.releases.iterdir() if "-after-" in file.name]


def test_a_kill_of_the_first_publication_leaves_nothing_for_readers(published: Published) -> None:
    assert killed(published, "replace", 1) == -9
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


def test_one_of_two_wins_and_the_other_is_told(published: Published, tmp_path: Path) -> None:
    published.published()
    published.retitle("Ours")
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "campaigner", "-C", root, "publish", "--yes", "--jobs", "1"],
            env=os.environ | {"PYTHONPATH": SOURCE, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for root in (published.publisher.root, published.publisher.copied(tmp_path / "clone").root)
    ]
    told = [process.communicate(timeout=60) for process in processes]
    codes = sorted(process.returncode for process in processes)
    # the slower one may have planned when the faster one was done: then nothing was left to do for it
    assert codes in ([0, 0], [0, 1]), told
    if codes == [0, 1]:
        assert any("somebody else" in err for _, err in told)
    assert b"Ours" in published.site()["first/index.html"]
    assert published.release.endswith("-2")


def test_a_release_that_was_not_planned_is_not_replaced(published: Published) -> None:
    from campaigner.errors import PublishError
    from campaigner.publish.hosts import host_of
    from campaigner.publish.publishing import planned, publish
    from campaigner.publish.site import build_site
    from campaigner.publish.targets import chosen

    published.published()
    published.retitle("Ours")
    workspace = published.publisher.workspace
    choice = chosen(workspace, ())
    host = host_of(choice, workspace)
    site = build_site(workspace, choice, jobs=1, now=NOW, progress=lambda done, total: None)
    plan = planned(workspace, choice, host, site)
    published.published()
    theirs = published.release
    with pytest.raises(PublishError, match="somebody else published here meanwhile"):
        publish(plan, workspace, now=NOW, progress=lambda done, total: None)
    assert published.release == theirs


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
