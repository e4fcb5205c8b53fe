"""Measures publishing: a plan with nothing to do, one edit until it is live in a folder, and objects of a bucket."""

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from corpus import articles, campaigner_site
from measure import Command, run
from report import Row, ratio_row
from uploading import uploading_rows

ROUNDS = 5
#: of the site in which one article is edited
CAMPAIGNS = 500
#: of one article, one after the other: from the seventh release on, old ones make way
EDITS = 9
#: seconds until an edit is live
EDIT_GOAL = 1.0
#: between two looks at what readers see
LOOK_SECONDS = 0.002


def publishing_rows(root: Path, pool: Sequence[Path], *, campaigner: Command, campaigns: int) -> list[Row]:
    """Measure a site of so many campaigns with nothing to do, and one edit in a smaller one."""
    large, small = root / "large", root / "small"
    for folder, count in ((large, campaigns), (small, CAMPAIGNS)):
        campaigner_site(folder, articles(count), pool)
        _add_target(folder)
        run([*campaigner, "publish", "--yes"], folder)
    return [
        _nothing_to_do(large, campaigner, campaigns),
        _one_edit(small, campaigner),
        *uploading_rows(root / "objects"),
    ]


def _add_target(folder: Path) -> None:
    place = folder.with_name(f"{folder.name}-www")
    place.mkdir()
    with (folder / "campaigner.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'\n[publish.production]\nto = "{place}/site"\n')


def _nothing_to_do(folder: Path, campaigner: Command, campaigns: int) -> Row:
    plan, build = [*campaigner, "publish", "--dry-run"], [*campaigner, "build"]
    run(build, folder)
    seconds = [(run(build, folder).seconds, run(plan, folder).seconds) for _ in range(ROUNDS)]
    what = f"publish: {campaigns:,} campaigns, nothing changed, the plan for a folder"
    own, peer = median(plan for _, plan in seconds), median(built for built, _ in seconds)
    return ratio_row(what, own, "`campaigner build`, nothing changed", peer, goal=1.5)


def _one_edit(folder: Path, campaigner: Command) -> Row:
    """From the command to the switch that readers see; the command's end is told beside."""
    article = folder / "campaigns" / articles(1)[0].slug / "article.md"
    text = article.read_text(encoding="utf-8")
    link = folder.with_name(f"{folder.name}-www") / "site"
    live, whole = [], []
    for number in range(EDITS):
        article.write_text(f"{text}\n\nOne more sentence, number {number}.\n", encoding="utf-8")
        with _watched(link) as seconds_to_switch:
            whole.append(run([*campaigner, "publish", "--yes"], folder).seconds)
        live.append(seconds_to_switch())
    what = f"publish: {CAMPAIGNS:,} campaigns, one article edited, until it is live in a folder"
    return Row(
        what=what,
        own=f"{median(live) * 1000:.0f} ms",
        peer=f"the first: {live[0] * 1000:.0f} ms; the command until its end: {median(whole) * 1000:.0f} ms",
        goal=f"< {EDIT_GOAL * 1000:.0f} ms",
        reached=median(live) < EDIT_GOAL,
    )


@contextmanager
def _watched(link: Path) -> Iterator[Callable[[], float]]:
    """Give what says how many seconds after now a link was given another target."""
    os.sync()
    before, switched = os.readlink(link), [0.0]
    is_over = threading.Event()

    def look() -> None:
        while not switched[0] and not is_over.wait(LOOK_SECONDS):
            if os.readlink(link) != before:
                switched[0] = time.perf_counter()

    thread = threading.Thread(target=look)
    thread.start()
    started = time.perf_counter()
    try:
        yield lambda: switched[0] - started
    finally:
        is_over.set()
        thread.join()
