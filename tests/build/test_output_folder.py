"""The output folder belongs to others too: what they did to it is noticed, what is theirs stays."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from campaigner.errors import CampaignerError, WorkspaceError
from publisher import Publisher, article, dropped, rendered, tree


def test_a_file_that_was_deleted_comes_back(publisher: Publisher) -> None:
    before = publisher.tree()
    for path in ("site/second/index.html", "site/sitemap.xml", "mail/first/subject.txt"):
        (publisher.output / path).unlink()
    report = publisher.build()
    assert rendered(report) == {"post second", "sitemap", "newsletter first"}
    assert publisher.tree() == before
    assert {change.reason for change in report.changes} == {"its files were changed or removed"}


def test_the_page_of_a_long_alias_can_be_taken_out_again(publisher: Publisher) -> None:
    alias = f"/{'ä' * 117}.html"
    publisher.edit("campaigns/second/article.md", "[/older-name/]", f"['{alias}']")
    publisher.build()
    assert f"site{alias}" in publisher.tree()
    publisher.edit("campaigns/second/article.md", f"['{alias}']", "[]")
    publisher.build()
    assert f"site{alias}" not in publisher.tree()


def test_a_picture_that_was_deleted_comes_back(publisher: Publisher) -> None:
    before = publisher.tree()
    for file in (publisher.output / "site/assets").glob("field*"):
        file.unlink()
    publisher.build()
    assert publisher.tree() == before


def test_a_file_that_was_replaced_comes_back(publisher: Publisher) -> None:
    before = publisher.tree()
    page = publisher.output / "site/second/index.html"
    page.unlink()
    page.write_text("somebody's")
    publisher.build()
    assert publisher.tree() == before


def test_a_file_that_was_written_to_in_place_comes_back_by_force(publisher: Publisher) -> None:
    before = publisher.tree()
    (publisher.output / "site/second/index.html").write_text("somebody's")
    picture = next((publisher.output / "site/assets").glob("field*"))
    picture.write_bytes(bytes(picture.stat().st_size))
    assert not publisher.build().changes
    publisher.build(force=True)
    assert publisher.tree() == before


@pytest.mark.parametrize("folder", ["site/second", "site/assets", "mail", "site", "."])
def test_a_folder_that_was_deleted_comes_back(publisher: Publisher, folder: str) -> None:
    before = publisher.tree()
    shutil.rmtree(publisher.output / folder)
    publisher.build()
    assert publisher.tree() == before
    assert not publisher.build().changes


def test_what_is_not_ours_stays(publisher: Publisher, check_whole: Callable[[], None]) -> None:
    theirs = {
        ".gitignore": b"*\n",
        "site/CNAME": b"gazette.example\n",
        "site/.well-known/security.txt": b"Contact: mailto:a@example.com\n",
        "site/second/notes.txt": b"theirs",
    }
    for path, content in theirs.items():
        publisher.write(f"output/{path}", content)
    assert not publisher.build().changes
    publisher.build(force=True)
    shutil.rmtree(publisher.root / "campaigns/second")
    publisher.build()
    for path, content in theirs.items():
        assert (publisher.output / path).read_bytes() == content
        (publisher.output / path).unlink()
    (publisher.output / "site/.well-known").rmdir()
    (publisher.output / "site/second").rmdir()
    check_whole()


def test_without_its_state_a_build_renders_all_and_removes_nothing(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    shutil.rmtree(publisher.root / ".campaigner")
    publisher.write("output/site/of-an-earlier-build/index.html", "x")
    report = publisher.build()
    assert "post second" in rendered(report)
    assert not report.removed
    shutil.rmtree(publisher.output / "site/of-an-earlier-build")
    check_whole()


def test_what_a_partial_build_does_not_repair_is_repaired_later(publisher: Publisher) -> None:
    before = publisher.tree()
    (publisher.output / "site/second/index.html").unlink()
    publisher.build(slugs=("first",))
    assert rendered(publisher.build()) == {"post second"}
    assert publisher.tree() == before


@pytest.mark.parametrize(
    "path", ["", ".", "campaigns", "campaigns/first", ".campaigner/x", "templates", ".."]
)
def test_an_output_folder_in_which_sources_are_is_refused(publisher: Publisher, path: str) -> None:
    before = (publisher.root / "campaigns/first/article.md").read_bytes()
    with pytest.raises(WorkspaceError) as error:
        publisher.build(output=(publisher.root / path).resolve())
    assert "this cannot be the output folder" in str(error.value)
    assert (publisher.root / "campaigns/first/article.md").read_bytes() == before


def test_a_link_to_a_folder_of_sources_is_refused_as_output(publisher: Publisher) -> None:
    (publisher.root / "out").symlink_to("campaigns")
    with pytest.raises(WorkspaceError):
        publisher.build(output=publisher.root / "out")


def test_a_file_is_refused_as_output(publisher: Publisher) -> None:
    publisher.write("out", "a file")
    with pytest.raises(WorkspaceError) as error:
        publisher.build(output=publisher.root / "out")
    assert "this is a file, not a folder" in str(error.value)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no /dev/null here")
def test_an_output_folder_that_cannot_be_is_named_and_not_the_one_where_files_wait(
    publisher: Publisher,
) -> None:
    with pytest.raises(WorkspaceError) as refused:
        publisher.build(output=Path("/dev/null/campaigns"))
    (fault,) = refused.value.faults
    assert fault.path == "/dev/null/campaigns"


@pytest.mark.parametrize("folder", ["site", "mail/first"])
def test_nothing_is_written_through_a_link(publisher: Publisher, tmp_path: Path, folder: str) -> None:
    publisher.build()
    victim = tmp_path / "somebody else's"
    (publisher.output / folder).rename(victim)
    (publisher.output / folder).symlink_to(victim)
    before = {file: file.read_bytes() for file in victim.rglob("*") if file.is_file()}
    publisher.edit("campaigns/first/article.md", "title: First", "title: Another")
    with pytest.raises(WorkspaceError, match=f"^output/{folder}:1:1: this is a link to another folder"):
        publisher.build(force=True)
    assert {file: file.read_bytes() for file in victim.rglob("*") if file.is_file()} == before


def test_an_output_elsewhere_is_the_same(publisher: Publisher, tmp_path: Path) -> None:
    elsewhere = tmp_path / "some" / "other place"
    publisher.build(output=elsewhere)
    assert tree(elsewhere) == publisher.tree()
    assert sorted(path.name for path in elsewhere.parent.iterdir()) == ["other place"]


def test_an_output_on_another_file_system_is_the_same(publisher: Publisher) -> None:
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or memory.stat().st_dev == publisher.root.stat().st_dev:
        pytest.skip("there is no other file system here")
    wanted = publisher.tree()
    elsewhere = memory / f"campaigner-{os.getpid()}"
    elsewhere.mkdir()
    try:
        shutil.rmtree(publisher.output)
        publisher.output.symlink_to(elsewhere)
        publisher.build()
        assert publisher.tree() == wanted
        publisher.edit("campaigns/second/article.md", "title: Second", "title: Edited\nslug: edited")
        publisher.build()
        assert not (elsewhere / "site/second").exists()
        assert not [file for file in elsewhere.rglob("*") if file.name.endswith(".waiting")]
        assert b"Edited" in (elsewhere / "site/edited/index.html").read_bytes()
    finally:
        shutil.rmtree(elsewhere)


def test_slugs_of_any_script_are_folders_of_that_name(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    publisher.write("campaigns/größe/article.md", article("Größe", tags="[Ärzte, 医師]"))
    publisher.write("campaigns/three/article.md", article("Japanese", slug="春の特集"))
    publisher.build()
    assert {"site/größe/index.html", "site/春の特集/index.html", "site/tags/医師/index.html"} <= set(
        publisher.tree()
    )
    check_whole()


def test_a_slug_in_other_letters_moves_its_pages(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    publisher.edit("campaigns/second/article.md", "title: Second", "title: Second\nslug: SECOND")
    report = publisher.build()
    assert "site/second/index.html" in report.removed
    assert not dropped(report)
    check_whole()


@pytest.mark.parametrize(
    "alias",
    [
        *("/index.html", "/404.html", "/feed.xml", "/robots.txt/", "/privacy/", "/Assets/x/", "/page/2/"),
        *("/third/", "/THIRD/", "/third/index.html", "/third/join/", "/third/newsletter/index.html"),
        *("/second/", "/second/join/", "/./third/", "/x//y/", "/../x/", "/x.html/y/"),
    ],
)
def test_an_alias_where_another_page_stands_is_refused(publisher: Publisher, alias: str) -> None:
    publisher.edit("campaigns/second/article.md", "/older-name/", alias)
    with pytest.raises(CampaignerError) as error:
        publisher.build()
    assert all("alias" in fault.message or "slug" in fault.message for fault in error.value.faults)


def test_an_alias_may_be_any_other_page(publisher: Publisher, check_whole: Callable[[], None]) -> None:
    aliases = "[/feed/, /join/, /x/index.html, /first/extra/, /2024/05/index/, /tag/]"
    publisher.edit("campaigns/second/article.md", "[/older-name/]", aliases)
    publisher.build()
    check_whole()
