"""Several at work at once: two builds, and a writer who saves while a build runs."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import campaigner
from campaigner.build.manifest import one_build_at_a_time
from campaigner.build.options import Options
from campaigner.build.run import build
from publisher import NOW, Publisher, article, picture

ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(Path(campaigner.__file__).parent.parent),
    "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
}


def start(publisher: Publisher, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "campaigner", "-C", str(publisher.root), "build", *options],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_builds_at_once_wait_for_each_other(publisher: Publisher, check_whole: Callable[[], None]) -> None:
    publisher.edit("campaigns/second/article.md", "title: Second", "title: Edited")
    with one_build_at_a_time(publisher.root / ".campaigner/build.lock"):
        builds = [start(publisher), start(publisher, "--force")]
        with pytest.raises(subprocess.TimeoutExpired):
            builds[0].communicate(timeout=1)
    for running in builds:
        told, wrong = running.communicate()
        assert running.returncode == 0, wrong
        assert "3 campaigns" in told
    check_whole()


def test_the_first_two_builds_at_once_make_one_manifest(tmp_path: Path) -> None:
    fresh = Publisher(root=tmp_path / "fresh")
    fresh.write("campaigner.toml", '[site]\nname = "The Gazette"\nurl = "https://gazette.example"\n')
    fresh.write("campaigns/only/article.md", article("Only"))
    for running in [start(fresh), start(fresh)]:
        _, wrong = running.communicate()
        assert running.returncode == 0, wrong
    assert not fresh.build().changes


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_saved_during_a_build_is_in_the_next(many: Publisher, tmp_path: Path, jobs: int) -> None:
    """Whether the build saw it or not; here in the middle, when some pages are rendered already."""
    many.write("privacy.md", "# Privacy\n\nWe sell your address.\n")

    def save(done: int, total: int) -> None:
        if done == total // 2:
            for name in ("number-0", "number-49"):
                many.edit(f"campaigns/{name}/article.md", "Hello", "Good morning")
            many.write("campaigns/shared.png", picture("blue"))
            many.write("templates/feeds/robots.txt", "Disallow: /\n")

    options = Options(output=many.output, jobs=jobs, force=True)
    build(many.workspace, options, now=many.now, progress=save)
    assert many.build().changes
    assert many.tree() == many.from_nothing(tmp_path / "fresh")
