"""A build that is killed leaves every file whole, old or new, and the next one is right."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import campaigner
from publisher import NOW, Publisher, article, tree

#: kills itself at a given step of what a build does to the output folder: before that rename, link,
#: removal or new folder. It forks for each number, with all modules loaded; one that lives on to
#: the end leaves the number of all steps
KILLED = """\
import os, signal, sys
from campaigner.build import whole
from campaigner.cli import main
STEPS = {"os.rename", "os.link", "os.remove", "os.rmdir", "os.mkdir"}
for number in sys.argv[2:]:
    if os.fork() == 0:
        done = 0
        def count(event, arguments):
            global done
            if event == "open" and "/output/" in str(arguments[0]):
                assert not arguments[2] & (os.O_WRONLY | os.O_RDWR), "no file is written in its place"
            if event in STEPS and any("/output/" in str(one) for one in arguments):
                done += 1
                if done == int(number):
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        main(["-C", os.path.join(sys.argv[1], number), "build"], standalone_mode=False)
        with open(os.path.join(sys.argv[1], number, "steps"), "w") as file:
            file.write(str(done))
        os._exit(0)
    os.wait()
"""
ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(Path(campaigner.__file__).parent.parent),
    "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
}


def edit(publisher: Publisher) -> None:
    """Make the build add, replace and remove files, and make a file of a folder."""
    publisher.edit("campaigns/second/article.md", "title: Second", "title: Edited\nslug: edited")
    publisher.edit("campaigns/second/article.md", "/older-name.html", "/older-name.html/")
    publisher.edit("campaigns/third/article.md", "title: Third", "title: Edited too")
    publisher.write("campaigns/new/article.md", article("New", date="2026-11-20", tags="[shared]"))


def killed_at(publisher: Publisher, folder: Path, numbers: list[int]) -> None:
    for number in numbers:
        shutil.copytree(publisher.root, folder / str(number))
    subprocess.run(
        [sys.executable, "-c", KILLED, str(folder), *map(str, numbers)],
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
    )


@pytest.mark.parametrize("is_taken_back", [False, True])
def test_a_build_killed_at_a_step_leaves_files_whole_and_the_next_one_is_right(
    publisher: Publisher, tmp_path: Path, *, is_taken_back: bool
) -> None:
    publisher.edit("campaigns/second/article.md", "/older-name/", "/older-name.html")
    publisher.build()
    kept = tmp_path / "kept"
    shutil.copytree(publisher.root / "campaigns", kept)
    old = publisher.tree()
    edit(publisher)
    new = publisher.from_nothing(tmp_path / "fresh")

    killed_at(publisher, tmp_path / "whole", [1_000_000])
    steps = int((tmp_path / "whole/1000000/steps").read_text())
    assert steps > 50
    numbers = [*range(3 if is_taken_back else 9, steps, 14), steps]
    killed_at(publisher, tmp_path / "killed", numbers)

    for number in numbers:
        killed = Publisher(root=tmp_path / "killed" / str(number))
        assert not (killed.root / "steps").exists(), "it was not killed"
        for path, content in killed.tree().items():
            assert content in (old.get(path), new.get(path)), (number, path)
        if is_taken_back:
            shutil.rmtree(killed.root / "campaigns")
            shutil.copytree(kept, killed.root / "campaigns")
        killed.build()
        assert killed.tree() == (old if is_taken_back else new), number
        assert not killed.build().changes
        assert not list(killed.root.glob(".*.staging"))


def test_a_build_of_some_campaigns_after_a_killed_one_does_not_hide_what_that_left(
    publisher: Publisher, tmp_path: Path
) -> None:
    old = publisher.tree()
    kept = (publisher.root / "campaigns/third/article.md").read_bytes()
    publisher.edit("campaigns/third/article.md", "title: Third", "title: Edited")
    killed_at(publisher, tmp_path / "whole", [1_000_000])
    steps = int((tmp_path / "whole/1000000/steps").read_text())
    killed_at(publisher, tmp_path / "killed", [steps - 3])
    killed = Publisher(root=tmp_path / "killed" / str(steps - 3))
    assert killed.tree() != old, "it was killed while files were moved"
    killed.write("campaigns/third/article.md", kept)
    killed.build(slugs=("first",))
    killed.build()
    assert killed.tree() == old


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_build_that_is_told_to_end_leaves_nothing_behind(many: Publisher, jobs: str) -> None:
    shutil.rmtree(many.output)
    running = interrupted(many, signal.SIGTERM, jobs=jobs)
    assert running.returncode == 128 + signal.SIGTERM
    assert not many.output.exists()
    assert not (many.root / ".output.staging").exists()


def test_the_processes_of_a_killed_build_end_with_it(many: Publisher) -> None:
    wanted = many.tree()
    shutil.rmtree(many.output)
    interrupted(many, signal.SIGKILL, jobs="2")
    assert not many.output.exists()
    many.build()
    assert tree(many.output) == wanted


def interrupted(many: Publisher, number: signal.Signals, *, jobs: str) -> "subprocess.Popen[bytes]":
    """Send a signal to a build that renders, and wait for the end of all of its processes."""
    command = [sys.executable, "-m", "campaigner", "-C", str(many.root), "build", "--jobs", jobs]
    running = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        while not any(many.root.glob(".output.staging/*/new/mail/*/subject.txt")):
            assert running.poll() is None, running.communicate()
            time.sleep(0.01)
        running.send_signal(number)
        # their standard error is this pipe: it ends when the last of them does
        running.communicate(timeout=60)
    except BaseException:
        os.killpg(running.pid, signal.SIGKILL)
        raise
    return running
