"""What no build has used for long leaves the cache; what any output folder has stays."""

import os
from pathlib import Path

import pytest

from campaigner.build.sweeping import A_MONTH, SWEPT, sweep
from publisher import NOW, Publisher, picture, tree

CLOCK = int(NOW.timestamp()) * 10**9


def cache_of(publisher: Publisher) -> Path:
    return publisher.workspace.state / "cache"


def age(folder: Path, by: int = 2 * A_MONTH) -> None:
    """Make all files of a folder look as if nobody had made or used them lately."""
    for file in [folder, *folder.rglob("*")]:
        if file.is_file():
            os.utime(file, ns=(CLOCK - by, CLOCK - by))


def pictures(publisher: Publisher) -> set[str]:
    return {file.name for file in (cache_of(publisher) / "pictures").iterdir()}


@pytest.fixture
def changed(publisher: Publisher) -> tuple[Publisher, set[str]]:
    """A publication in which one picture was replaced, and what its cache held before."""
    publisher.build()
    before = pictures(publisher)
    publisher.write("campaigns/first/field.png", picture("red"))
    publisher.build()
    assert pictures(publisher) > before
    return publisher, before


def test_old_renditions_go_and_those_of_the_output_stay(changed: tuple[Publisher, set[str]]) -> None:
    publisher, before = changed
    all_of_them = pictures(publisher)
    (cache_of(publisher) / SWEPT).touch()
    age(cache_of(publisher))
    sweep(publisher.workspace.state, now=CLOCK)
    left = pictures(publisher)
    assert left < all_of_them
    assert all_of_them - left < before
    publisher.build(force=True)
    assert pictures(publisher) == left


def test_what_was_used_lately_stays(changed: tuple[Publisher, set[str]]) -> None:
    publisher, _ = changed
    all_of_them = pictures(publisher)
    (cache_of(publisher) / SWEPT).touch()
    os.utime(cache_of(publisher) / SWEPT, ns=(0, 0))
    age(cache_of(publisher) / "pictures", by=A_MONTH // 2)
    sweep(publisher.workspace.state, now=CLOCK)
    assert pictures(publisher) == all_of_them


def test_the_cache_is_looked_through_once_a_month(changed: tuple[Publisher, set[str]]) -> None:
    publisher, _ = changed
    all_of_them = pictures(publisher)
    mark = cache_of(publisher) / SWEPT
    age(cache_of(publisher))
    os.utime(mark, ns=(CLOCK, CLOCK))
    sweep(publisher.workspace.state, now=CLOCK + A_MONTH - 1)
    assert pictures(publisher) == all_of_them
    sweep(publisher.workspace.state, now=CLOCK + A_MONTH)
    assert pictures(publisher) < all_of_them


def test_another_output_folder_keeps_its_renditions(changed: tuple[Publisher, set[str]]) -> None:
    publisher, _ = changed
    publisher.write("campaigns/first/field.png", picture("green"))
    publisher.build(output=publisher.workspace.root / "elsewhere")
    publisher.write("campaigns/first/field.png", picture("red"))
    publisher.build()
    all_of_them = pictures(publisher)
    age(cache_of(publisher))
    sweep(publisher.workspace.state, now=CLOCK)
    assert pictures(publisher) == all_of_them


def test_leavings_of_killed_builds_and_damaged_entries_go(publisher: Publisher) -> None:
    publisher.build()
    before = pictures(publisher)
    for name in (".a.png.1.2.partial", "0" * 32, "abcdefabcdef.png"):
        publisher.write(f".campaigner/cache/pictures/{name}", "no entry")
    age(cache_of(publisher))
    sweep(publisher.workspace.state, now=CLOCK)
    assert pictures(publisher) == before


def test_a_sweep_changes_nothing_of_the_output(changed: tuple[Publisher, set[str]]) -> None:
    publisher, _ = changed
    before = tree(publisher.workspace.output)
    age(cache_of(publisher))
    sweep(publisher.workspace.state, now=CLOCK)
    publisher.build(force=True)
    assert tree(publisher.workspace.output) == before


def test_without_a_cache_there_is_nothing_to_sweep(tmp_path: Path) -> None:
    sweep(tmp_path, now=CLOCK)
    assert [*tmp_path.iterdir()] == []


def test_a_build_with_something_to_do_sweeps_and_one_of_nothing_does_not(publisher: Publisher) -> None:
    publisher.build()
    publisher.write(".campaigner/cache/pictures/abcdefabcdef.png", "of nothing")
    age(cache_of(publisher))
    publisher.build()
    assert "abcdefabcdef.png" in pictures(publisher)
    publisher.edit("campaigns/second/article.md", "Hello", "Good day")
    publisher.build()
    assert "abcdefabcdef.png" not in pictures(publisher)
