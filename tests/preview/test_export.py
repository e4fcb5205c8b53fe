"""The preview as files, for the person who approves."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html as lxml_html

from campaigner.clients.programs import PROGRAMS
from campaigner.errors import CampaignerError, WorkspaceError
from campaigner.preview.export import export
from campaigner.preview.screenshots import take_screenshots
from desk import parse_strictly
from preview.conftest import command, press_of
from publisher import Publisher, condition


@pytest.fixture
def exported(publisher: Publisher, tmp_path: Path) -> Path:
    export(press_of(publisher), tmp_path / "approval")
    return tmp_path / "approval"


def test_every_link_and_frame_leads_to_a_file(exported: Path) -> None:
    pages = [*exported.rglob("*.html")]
    assert len(pages) > 100
    for page in pages:
        document = lxml_html.parse(str(page)).getroot()
        for element, attribute, link, _ in document.iterlinks():
            parts = urlsplit(link)
            if (
                parts.scheme
                or parts.netloc
                or not parts.path
                or element.tag == "form"
                or attribute == "content"
            ):
                continue
            target = (page.parent / unquote(parts.path)).resolve()
            assert target.is_file(), f"{page.relative_to(exported)}: {link}"
        for miniature in document.xpath("//@data-source"):
            assert (page.parent / unquote(miniature)).is_file()


def test_its_own_pages_are_valid_and_know_no_server(exported: Path) -> None:
    for name in ("index.html", "campaign/first/index.html", "campaign/first/mail/text.r0.html"):
        text = (exported / name).read_text()
        parse_strictly(text)
        assert "data-live" not in text
        assert "127.0.0.1" not in text


def test_every_mail_program_is_there_light_and_dark_with_and_without_images(exported: Path) -> None:
    mails = {file.name for file in (exported / "campaign" / "first" / "mail").iterdir()}
    for program in ("as-written", *(program.name for program in PROGRAMS)):
        for scheme in ("light", "dark"):
            assert f"{program}.{scheme}.r0.html" in mails
            assert f"{program}.{scheme}.no-images.r1.html" in mails
    assert {"newsletter.r0.eml", "source.r1.html", "headers.r0.html"} <= mails


def test_a_later_export_replaces_an_earlier_one(publisher: Publisher, exported: Path) -> None:
    (exported / "left-over.txt").write_text("old")
    export(press_of(publisher), exported)
    assert not (exported / "left-over.txt").exists()


@pytest.mark.parametrize("write", [export, take_screenshots])
def test_a_folder_that_holds_something_else_is_left_alone(
    publisher: Publisher, tmp_path: Path, write: Callable[..., int]
) -> None:
    folder = tmp_path / "photographs"
    folder.mkdir()
    (folder / "holiday.jpg").write_bytes(b"mine")
    before = condition(folder)
    with pytest.raises(WorkspaceError, match="holds something else"):
        write(press_of(publisher), folder)
    assert condition(folder) == before


@pytest.mark.parametrize(
    ("exported", "pictured"),
    [("one", "one"), ("one", "one/two"), ("one/two", "one"), ("one", "../one"), ("one", "link")],
)
def test_an_export_and_pictures_are_not_written_over_each_other(
    publisher: Publisher, tmp_path: Path, exported: str, pictured: str
) -> None:
    here = tmp_path / "there"
    here.mkdir()
    (here / "link").symlink_to("one")
    where = (str(here / exported), str(here / pictured).replace("../one", "../there/one"))
    told = command(publisher.root, "preview", "--export", where[0], "--screenshots", where[1])
    assert told.returncode == 1
    assert "an export and pictures cannot share a folder" in told.stderr
    assert [file.name for file in here.iterdir()] == ["link"]


def test_what_is_wrong_is_told_and_nothing_is_written(publisher: Publisher, tmp_path: Path) -> None:
    publisher.edit("campaigns/first/article.md", "[@cited]", "[@nowhere]")
    with pytest.raises(CampaignerError, match="nowhere"):
        export(press_of(publisher), tmp_path / "approval")
    assert not (tmp_path / "approval").exists()


def test_only_the_campaign_that_was_asked_for_is_written(publisher: Publisher, tmp_path: Path) -> None:
    export(press_of(publisher, slugs=("second",)), tmp_path / "approval")
    assert [file.name for file in (tmp_path / "approval" / "campaign").iterdir()] == ["second"]
    home = (tmp_path / "approval" / "index.html").read_text()
    assert re.findall(r'id="card-([\w-]+)"', home) == ["second"]


def test_what_checks_find_is_told_to_those_who_approve(publisher: Publisher, tmp_path: Path) -> None:
    publisher.edit("campaigns/first/article.md", "title: First", f"title: {'First of all ' * 8}")
    export(press_of(publisher), tmp_path / "approval")
    assert "1 problem<" in (tmp_path / "approval" / "index.html").read_text()
    campaign = (tmp_path / "approval" / "campaign" / "first" / "index.html").read_text()
    assert "the subject line has" in campaign


def test_what_is_approved_was_checked(exported: Path) -> None:
    home = (exported / "index.html").read_text()
    assert home.count("No problems") == 4
    assert "Not checked yet" not in home


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_there_in_each_scheme_whatever_a_browser_prefers(exported: Path, scheme: str) -> None:
    for place in ("first", "first/join", "first/join/thanks", "first/join/confirmed", "tags/shared", ""):
        page = (exported / "site" / place / f"index.{scheme}.html").read_text()
        assert f'<meta name="color-scheme" content="{scheme}">' in page
        assert "prefers-color-scheme" not in page
        assert 'index.html"' not in page  # links lead on in the same scheme
        assert f'.{scheme}.css"' in page
    (styles,) = (exported / "site" / "assets").glob(f"site.*.{scheme}.css")
    assert "prefers-color-scheme" not in styles.read_text()
    assert f"color-scheme: {scheme};" in styles.read_text()


@pytest.mark.parametrize(
    "folder",
    ["campaigns/new", "templates", "output", ".campaigner/new", ".git", ".", "..", "campaigns/first"],
)
@pytest.mark.parametrize("write", [export, take_screenshots])
def test_what_the_workspace_keeps_for_itself_is_left_alone(
    publisher: Publisher, folder: str, write: Callable[..., int]
) -> None:
    press = press_of(publisher)
    before = condition(publisher.root)
    with pytest.raises(WorkspaceError, match="the workspace's own files"):
        write(press, (publisher.root / folder).resolve())
    assert condition(publisher.root) == before


@pytest.mark.parametrize("write", [export, take_screenshots])
def test_a_campaign_that_nobody_can_read_is_told(
    publisher: Publisher, tmp_path: Path, write: Callable[..., int]
) -> None:
    publisher.write("campaigns/broken/article.md", "---\ntitle: [\n")
    with pytest.raises(CampaignerError, match=r"campaigns/broken/article\.md"):
        write(press_of(publisher), tmp_path / "approval")
    assert not (tmp_path / "approval").exists()


def test_where_no_picture_can_be_taken_nothing_is_written(publisher: Publisher, tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    absent.mkdir()
    (absent / "playwright.py").write_text("raise ImportError")
    told = command(
        publisher.root, "preview", "--screenshots", str(tmp_path / "pictures"), PYTHONPATH=str(absent)
    )
    assert told.returncode == 1
    assert told.stderr == (
        "--screenshots:1:1: pictures of pages want Playwright. pip install 'campaigner[browser]'.\n"
    )
    assert not (tmp_path / "pictures").exists()


@pytest.mark.parametrize(
    "options", [["--export", "approval"], ["--screenshots", "approval"], ["--port", "0"]]
)
def test_a_disk_that_refuses_the_pictures_is_told_in_a_line(publisher: Publisher, options: list[str]) -> None:
    publisher.write(".campaigner", "a file where a folder should be")
    told = command(publisher.root, "preview", *options)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    assert line.startswith(f"{publisher.root}/.campaigner")
    assert "this cannot be read or written" in line
