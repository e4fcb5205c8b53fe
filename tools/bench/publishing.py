"""Measures publishing: a plan with nothing to do, one edit until it is live in a folder, and objects of a bucket."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from corpus import articles, campaigner_site
from measure import Command, run
from report import Row, ratio_row, seconds_row
from uploading import uploading_rows

ROUNDS = 5
#: of the site in which one article is edited
CAMPAIGNS = 500


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
    article = folder / "campaigns" / articles(1)[0].slug / "article.md"
    text = article.read_text(encoding="utf-8")
    taken = []
    for number in range(ROUNDS):
        article.write_text(f"{text}\n\nOne more sentence, number {number}.\n", encoding="utf-8")
        taken.append(run([*campaigner, "publish", "--yes"], folder).seconds)
    what = f"publish: {CAMPAIGNS:,} campaigns, one article edited, until it is live in a folder"
    return seconds_row(what, median(taken), goal=1.0)
