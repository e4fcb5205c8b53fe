"""Same input, same bytes: wherever, whenever, by whomever and with however many processes."""

import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

import campaigner
from publisher import NOW, Publisher, tree

SOURCE = str(Path(campaigner.__file__).parent.parent)
BUILD = """\
import os, sys
os.umask(int(sys.argv.pop(1), 8))
from campaigner.cli import main
main()
"""


@pytest.mark.parametrize(
    ("jobs", "umask", "environment"),
    [
        ("1", "022", {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"}),
        (
            "3",
            "077",
            {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8"},
        ),
    ],
)
def test_another_machine_makes_the_same_bytes(
    many: Publisher, tmp_path: Path, jobs: str, umask: str, environment: dict[str, str]
) -> None:
    wanted = many.tree()
    there = tmp_path / "elsewhere" / "Grüße an alle"
    shutil.copytree(many.root, there, ignore=shutil.ignore_patterns("output", ".campaigner"))
    for number, file in enumerate(sorted(there.rglob("*"), reverse=True)):
        os.utime(file, (1_000_000_000 + number, 1_000_000_000 + number))
    moment = {"SOURCE_DATE_EPOCH": str(int((NOW + timedelta(days=3)).timestamp()))}
    subprocess.run(
        [sys.executable, "-c", BUILD, umask, "-C", str(there), "build", "--jobs", jobs],
        env=os.environ | environment | moment | {"PYTHONPATH": SOURCE},
        check=True,
        capture_output=True,
        cwd="/",
    )
    assert tree(there / "output") == wanted


def test_a_forced_build_writes_the_same_bytes_again(publisher: Publisher) -> None:
    before = publisher.tree()
    report = publisher.build(force=True)
    assert sorted(report.written) == sorted(before)
    assert publisher.tree() == before


def test_no_page_knows_when_it_was_built(publisher: Publisher) -> None:
    before = publisher.tree()
    publisher.now = NOW + timedelta(days=9, hours=5, minutes=7, seconds=13)
    publisher.build(force=True)
    assert publisher.tree() == before


def test_a_workspace_that_moves_to_another_folder_is_still_known(publisher: Publisher) -> None:
    publisher.root.rename(publisher.root.with_name("moved"))
    publisher.root = publisher.root.with_name("moved")
    assert not publisher.build().changes


def test_fifty_campaigns_are_listed_in_pages_and_three_hundred_tags_have_theirs(many: Publisher) -> None:
    made = many.tree()
    assert [path for path in made if path.startswith("site/page/")] == [
        "site/page/2/index.html",
        "site/page/3/index.html",
    ]
    assert len([path for path in made if path.startswith("site/tags/")]) == 300 + 3
    many.edit("campaigns/number-0/article.md", "title: No. 0", "title: Changed")
    before, reports = made, many.build()
    changed = {path for path, content in many.tree().items() if before.get(path) != content}
    assert len([path for path in changed if path.startswith("site/tags/")]) == 6 + 1
    assert set(reports.written) == changed
