"""How a workspace is followed: what is noticed, and what goes wrong on the way."""

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from alone import run_alone
from campaigner.errors import Fault
from campaigner.preview.condition import condition_of
from campaigner.preview.live import Watch
from campaigner.preview.server import _follow
from preview.conftest import PATIENCE, Served, press_of, serving, until
from publisher import FILES, Publisher, article

ARTICLE = "campaigns/first/article.md"


async def _soon(found: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not found():
            await asyncio.sleep(0.01)


def followed(
    publisher: Publisher,
    work: Callable[[Watch, list[set[str]], list[Fault]], Awaitable[None]],
    *,
    failing: int = 0,
) -> None:
    """Do something while a workspace is followed; the first so many reports are not understood."""
    reported: list[set[str]] = []
    told: list[Fault] = []

    async def changed(paths: set[str]) -> None:
        reported.append(paths)
        if len(reported) <= failing:
            raise ZeroDivisionError("nobody thought of this")

    async def run() -> None:
        watch = Watch(publisher.workspace, condition_of(publisher.root), changed)
        following = asyncio.create_task(_follow(watch, told.append))
        await asyncio.sleep(0.1)
        try:
            await work(watch, reported, told)
        finally:
            watch.end()
            await asyncio.wait_for(following, PATIENCE)

    run_alone(run())


def test_a_failure_is_told_once_and_the_following_goes_on(publisher: Publisher) -> None:
    async def work(watch: Watch, reported: list[set[str]], told: list[Fault]) -> None:
        publisher.edit(ARTICLE, "Hello", "Good evening")
        await _soon(lambda: len(reported) > 1)  # it looks at everything as soon as it follows again
        (fault,) = told
        assert str(fault) == (
            f"campaigner/preview/live.py:{fault.line}:1: this is a bug in campaigner, and none of yours: "
            "ZeroDivisionError: nobody thought of this. Report this line. The preview goes on."
        )
        reported.clear()
        publisher.edit(ARTICLE, "Good evening", "Good night")
        await _soon(lambda: any(ARTICLE in paths for paths in reported))

    followed(publisher, work, failing=1)


def test_what_is_saved_between_reading_and_watching_is_noticed(publisher: Publisher) -> None:
    press = press_of(publisher)
    reported: list[set[str]] = []
    publisher.edit(ARTICLE, "Hello", "Good evening")
    publisher.write("campaigns/new/article.md", article("New"))
    (publisher.root / "sources.yaml").unlink()

    async def changed(paths: set[str]) -> None:
        reported.append(paths)

    async def run() -> None:
        watch = Watch(publisher.workspace, press.desk.before, changed)
        following = asyncio.create_task(watch.run())
        await _soon(lambda: reported)
        watch.end()
        await following

    run_alone(run())
    assert reported == [{ARTICLE, "campaigns/new/article.md", "sources.yaml"}]


def test_a_workspace_that_is_deleted_and_made_again_is_followed(publisher: Publisher, served: Served) -> None:
    while publisher.root.exists():  # the preview may be writing into it just now
        shutil.rmtree(publisher.root, ignore_errors=True)
    until(lambda: served.get("site/first/")[0] == 404)
    for path, content in FILES.items():
        publisher.write(path, content)
    served.wait_for("site/first/", "Hello")
    publisher.edit(ARTICLE, "Hello", "Good evening")
    served.wait_for("site/first/", "Good evening")


@pytest.mark.parametrize("name", [b"\xff", b"campaigns/\xff", b"campaigns/first/\xff"])
def test_a_name_that_is_no_text_does_not_end_the_following(publisher: Publisher, name: bytes) -> None:
    async def work(watch: Watch, reported: list[set[str]], told: list[Fault]) -> None:
        os.mkdir(os.path.join(os.fsencode(publisher.root), name))
        await _soon(lambda: {"campaigns", "campaigner.toml"} in reported)  # nobody can say what changed
        publisher.edit(ARTICLE, "Hello", "Good evening")
        later = (publisher.root / ARTICLE).stat().st_mtime + 60  # of which a poll sees whole seconds only
        os.utime(publisher.root / ARTICLE, (later, later))
        await _soon(lambda: any(ARTICLE in paths for paths in reported))
        assert told == []

    followed(publisher, work)


def test_campaigns_that_a_link_leads_to_are_followed(publisher: Publisher) -> None:
    (publisher.root / "content").mkdir()
    (publisher.root / "campaigns").rename(publisher.root / "content" / "campaigns")
    (publisher.root / "campaigns").symlink_to(Path("content", "campaigns"))
    with serving(publisher.root) as preview:
        preview.wait_for("site/first/", "Hello")
        publisher.edit(ARTICLE, "Hello", "Good evening")
        preview.wait_for("site/first/", "Good evening")
        publisher.write("campaigns/first/article.md", article("Zebra", date="2026-11-03"))
        preview.wait_for("", "Zebra")


def test_links_that_lead_out_or_around_are_not_followed(publisher: Publisher, tmp_path: Path) -> None:
    (publisher.root / "outside").symlink_to(tmp_path)
    (publisher.root / "around").symlink_to(".")

    async def work(watch: Watch, reported: list[set[str]], told: list[Fault]) -> None:
        (tmp_path / "file").write_text("elsewhere")
        publisher.edit(ARTICLE, "Hello", "Good evening")
        await _soon(lambda: reported)
        assert set[str]().union(*reported) == {ARTICLE}
        assert told == []

    followed(publisher, work)
