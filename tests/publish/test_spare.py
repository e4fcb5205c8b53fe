"""The folder of a release that nobody goes back to any more becomes that of the next one."""

import errno
import gzip
import os
import shutil
from pathlib import Path

import pytest

from campaigner.publish.folder.target import KEPT_RELEASES
from publish.conftest import TARGET, Published
from publish.test_interruptions import kill
from publisher import picture, tree


def spares(published: Published) -> list[Path]:
    """What is spare."""
    return [file for file in published.releases.glob("spare-*") if file.is_dir()]


@pytest.fixture
def spare(published: Published) -> Path:
    """A spare folder, of which the next release is to be made."""
    for number in range(KEPT_RELEASES + 2):
        published.retitle(f"Title {number}")
        published.published()
    (folder,) = spares(published)
    return folder


def test_the_second_release_is_made_of_one_that_was_made_after_the_first_was_shown(
    published: Published,
) -> None:
    published.published()
    (folder,) = spares(published)
    number = folder.stat().st_ino
    published.retitle("Another title")
    published.published()
    assert published.to.stat().st_ino == number
    assert published.site() == published.built()
    assert len(spares(published)) == 1


@pytest.mark.parametrize("number", [1, 9])
def test_a_kill_while_it_is_made_leaves_the_new_release_and_the_next_one_finishes(
    published: Published, number: int
) -> None:
    kill(published, "link", number)  # of a first release no file can be linked before readers see it
    assert published.site() == published.built()
    published.retitle("Another title")
    published.published()
    assert published.site() == published.built()


def test_there_is_none_where_a_file_can_have_one_name_only(
    published: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refused)
    published.published()
    published.retitle("Another title")
    published.published()
    assert published.site() == published.built()
    assert [*published.releases.glob("spare-*")] == []


@pytest.mark.usefixtures("spare")
def test_a_release_that_is_made_of_it_is_what_a_build_makes(published: Published) -> None:
    published.retitle("Another title")
    published.publisher.write("campaigns/first/field.png", picture("maroon"))
    shutil.rmtree(published.publisher.root / "campaigns/third")
    before = published.site()
    published.published()
    kept = {path: content for path, content in before.items() if path.startswith("assets/")}
    assert published.site() == kept | published.built()


def test_the_folder_is_used_and_not_another_one_filled(published: Published, spare: Path) -> None:
    folder = spare.stat().st_ino
    published.retitle("Another title")
    published.published()
    assert published.to.stat().st_ino == folder


@pytest.mark.usefixtures("spare")
def test_releases_that_can_be_gone_back_to_stay_as_they_were(published: Published) -> None:
    before = published.site()
    published.retitle("Another title")
    published.published()
    assert published.publish("rollback", "--yes").exit_code == 0
    assert published.site() == before


def test_nothing_of_it_that_somebody_put_there_is_shown(published: Published, spare: Path) -> None:
    (spare / "first/secret.html").write_text("mine")
    (spare / "empty").mkdir()
    (spare / "nowhere").symlink_to("/etc")
    (spare / "privacy/index.html").unlink()
    (spare / "privacy/index.html").symlink_to("/etc/hostname")
    published.retitle("Another title")
    published.published()
    assert published.site() == published.built()
    assert not os.path.lexists(published.to / "empty")


def test_one_in_which_text_lies_compressed_in_another_way_is_not_used(
    published: Published, spare: Path
) -> None:
    published.settings(
        '[publish.production]\nto = "{to}"\nurl = "https://news.example/"\nprecompress = ["gzip"]\n'
    )
    published.published()
    site = published.site()
    pages = [path for path in site if path.endswith(".html")]
    assert all(gzip.decompress(site[f"{path}.gz"]) == site[path] for path in pages)
    assert spare.name not in {one.name for one in spares(published)}


def test_one_that_is_a_link_leads_to_nothing_that_is_taken_away(
    published: Published, spare: Path, tmp_path: Path
) -> None:
    elsewhere = spare.rename(tmp_path / "elsewhere")
    (elsewhere / "mine.txt").write_text("mine")
    spare.symlink_to(elsewhere)
    before = tree(elsewhere)
    published.retitle("Another title")
    published.published()
    assert tree(elsewhere) == before
    assert not (published.releases / published.release).is_symlink()
    assert published.site() == published.built()


def test_what_lies_compressed_in_it_alone_is_made_anew(published: Published) -> None:
    published.settings(f'{TARGET}precompress = ["gzip"]\n')
    published.published()
    before = published.site()
    (folder,) = spares(published)
    (folder / "privacy/index.html").unlink()
    published.retitle("Another title")
    published.published()
    assert published.site()["privacy/index.html.gz"] == before["privacy/index.html.gz"]
    assert published.publish("rollback", "--yes").exit_code == 0
    assert {path: published.site()[path] for path in before} == before


@pytest.mark.parametrize("damage", ["no record", "a wrong record", "no folder"])
def test_one_that_is_damaged_is_taken_away(published: Published, spare: Path, damage: str) -> None:
    record = spare.with_name(f"{spare.name}.json")
    if damage == "no folder":
        shutil.rmtree(spare)
    elif damage == "no record":
        record.unlink()
    else:
        record.write_text("{}")
    published.retitle("Another title")
    published.published()
    assert published.site() == published.built()
    assert [one.name for one in spares(published)] == [spare.name.removesuffix("1") + "2"]


@pytest.mark.parametrize(
    ("function", "number", "is_shown"),
    [
        ("unlink", 1, False),
        ("unlink", 2, False),
        ("rename", 1, False),
        ("rename", 2, False),
        ("rename", 3, True),
        ("replace", 3, True),
    ],
)
@pytest.mark.usefixtures("spare")
def test_a_kill_on_the_way_leaves_what_readers_see_and_the_next_one_finishes(
    published: Published, function: str, number: int, *, is_shown: bool
) -> None:
    before = published.site()
    published.retitle("Another title")
    kill(published, function, number)
    # what is done with the release that nobody goes back to any more comes behind the switch
    assert (published.site() == before) is not is_shown
    published.published()
    assert published.site() == published.built()
    published.retitle("One more title")
    published.published()
    releases = published.publish("status", "--format", "json").told["targets"][0]["releases"]
    assert len(releases) == KEPT_RELEASES + 1
