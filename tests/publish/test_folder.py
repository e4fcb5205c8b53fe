"""A site is published to a folder: whole, in one moment, and with a way back."""

import json
import os
import shutil
import stat
import subprocess
import sys
import threading

import pytest

from campaigner.publish.folder.target import LOCK
from publish.conftest import Published


def test_the_output_folder_is_not_touched(unbuilt: Published) -> None:
    unbuilt.published()
    assert not (unbuilt.publisher.root / "output").exists()


def test_the_folder_is_a_link_to_a_release_beside_it(published: Published) -> None:
    published.published()
    assert os.readlink(published.to) == f".site.releases/{published.release}"
    moved = published.to.parent.with_name("moved")
    published.to.parent.rename(moved)
    assert (moved / "site" / "index.html").is_file()


def test_a_web_server_may_read_it_whatever_the_umask(published: Published) -> None:
    before = os.umask(0o077)
    try:
        published.published()
    finally:
        os.umask(before)
    for file in [published.to.resolve(), *published.to.resolve().rglob("*")]:
        assert stat.S_IMODE(file.stat().st_mode) == (0o755 if file.is_dir() else 0o644), file
    assert stat.S_IMODE(published.releases.stat().st_mode) & 0o055 == 0o055


def test_an_edit_is_a_release_with_what_it_touches(published: Published) -> None:
    published.published()
    published.retitle("Another title")
    told = published.published("--format", "json").told
    assert "first/index.html" in told["changed"]
    assert not any(path.startswith("third/") for path in told["changed"])
    assert b"Another title" in published.site()["first/index.html"]


def test_a_file_that_was_only_touched_is_unchanged(published: Published) -> None:
    published.published()
    (published.publisher.root / "campaigns/first/article.md").touch()
    assert published.publish("--format", "json").told["changed"] == []


def test_a_reader_never_sees_half_of_it(published: Published) -> None:
    published.retitle("Title 0")
    published.published()
    seen: set[bytes] = set()
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            # through the link each time, as a web server does
            page = (published.to / "first" / "index.html").read_bytes()
            seen.add(page[page.index(b"<title>") : page.index(b"</title>")])
            assert (published.to / "404.html").is_file()

    failures: list[BaseException] = []

    def reader() -> None:
        try:
            read()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=reader)
    thread.start()
    try:
        for number in range(1, 4):
            published.retitle(f"Title {number}")
            published.published()
    finally:
        is_over.set()
        thread.join()
    assert not failures
    assert seen <= {b"<title>Title %d" % number for number in range(4)}


def test_text_is_compressed_ahead_where_that_is_wanted(published: Published) -> None:
    published.settings('[publish.production]\nto = "{to}"\nprecompress = ["gzip", "brotli"]\n')
    published.published()
    import gzip

    import brotli

    site = published.site()
    assert gzip.decompress(site["first/index.html.gz"]) == site["first/index.html"]
    assert brotli.decompress(site["first/index.html.br"]) == site["first/index.html"]
    assert not [path for path in site if path.endswith((".png.gz", ".webp.gz", ".jpg.gz"))]


def test_two_targets_have_their_own_links(published: Published) -> None:
    other = published.to.with_name("staging")
    published.settings(
        '[publish.production]\nto = "{to}"\nurl = "https://gazette.example"\ndefault = true\n'
        f'[publish.staging]\nto = "{other}"\nurl = "https://staging.example/try"\nstaging = true\n'
    )
    published.published()
    published.published("staging")
    assert b'href="https://gazette.example/first/"' in (published.to / "first/index.html").read_bytes()
    page = (other / "first/index.html").read_bytes()
    assert b'href="https://staging.example/try/first/"' in page
    assert b'<meta name="robots" content="noindex">' in page
    assert b'name="robots"' not in (published.to / "first/index.html").read_bytes()
    assert published.publish("--format", "json").told["changed"] == []


def test_a_release_says_what_it_is_made_of(published: Published) -> None:
    published.published()
    record = json.loads((published.releases / f"{published.release}.json").read_text())
    assert record["files"].keys() == published.site().keys()
    assert {path: size for path, (_, size, _) in record["files"].items()} == {
        path: len(content) for path, content in published.site().items()
    }


def test_a_record_that_says_nothing_of_compression_is_read(published: Published) -> None:
    published.published()
    file = published.releases / f"{published.release}.json"
    record = json.loads(file.read_text())
    assert record.pop("compression") == ""
    file.write_text(json.dumps(record))
    assert "Nothing changed" in published.published().out


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda to: to.mkdir(), "a folder stands here"),
        (lambda to: to.write_text("x"), "a file stands here"),
        (lambda to: to.symlink_to("/nowhere/else"), "a link to /nowhere/else"),
        (lambda to: shutil.rmtree(to.parent), "there is no such folder"),
        (lambda to: to.with_name(".site.releases").write_text(""), "this is no folder"),
        (lambda to: to.with_name(".site.releases").symlink_to(to.parent), "this is no folder"),
    ],
)
def test_what_somebody_else_made_is_left_alone(published: Published, make, told: str) -> None:  # type: ignore[no-untyped-def]
    make(published.to)
    before = sorted(published.to.parent.rglob("*")) if published.to.parent.exists() else []
    outcome = published.publish("--yes")
    assert outcome.exit_code == 1
    assert told in outcome.err
    assert (sorted(published.to.parent.rglob("*")) if published.to.parent.exists() else []) == before


def test_a_folder_of_releases_that_is_not_ours_is_left_alone(published: Published) -> None:
    published.releases.mkdir()
    (published.releases / "notes.txt").write_text("mine")
    outcome = published.publish("--yes")
    assert outcome.exit_code == 1
    assert "was not made by campaigner" in outcome.err
    assert [file.name for file in published.releases.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("closed", [".", ".site.releases", ".site.releases/{}.json"])
def test_what_may_not_be_read_is_told(published: Published, closed: str) -> None:
    published.published()
    place = published.to.parent / closed.format(published.release)
    # who is root may read everything, until that is laid down
    humble = ("setpriv", "--bounding-set=-all", "--inh-caps=-all") if os.geteuid() == 0 else ()
    mode = place.stat().st_mode
    place.chmod(0)
    try:
        told = subprocess.run(
            [*humble, sys.executable, "-m", "campaigner", "publish", "--dry-run"],
            cwd=published.publisher.root,
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        place.chmod(mode)
    assert told.returncode == 1
    assert "this cannot be read: Permission denied. Change permissions" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_name_that_is_too_long_for_a_folder_is_told(published: Published) -> None:
    published.settings(f'[publish.production]\nto = "{published.to}{"e" * 250}"\n')
    told = published.publish("--yes")
    assert told.exit_code == 1
    assert "this cannot be read: File name too long" in told.err


@pytest.mark.parametrize("where", ["public", "output/site", "campaigns", "."])
def test_a_target_in_the_workspace_is_refused(published: Published, where: str) -> None:
    published.settings(f'[publish.production]\nto = "{published.publisher.root / where}"\n')
    told = published.publish("--yes")
    assert told.exit_code == 1
    assert "campaigner.toml:" in told.err
    assert "lie in each other" in told.err or "cannot be the folder" in told.err


def test_a_link_that_leads_into_the_workspace_is_refused(published: Published) -> None:
    link = published.to.parent / "link"
    link.symlink_to(published.publisher.root)
    published.settings(f'[publish.production]\nto = "{link}/public"\n')
    told = published.publish("--yes")
    assert told.exit_code == 1
    assert "lie in each other" in told.err


def test_a_file_of_the_build_that_somebody_changed_is_not_published(published: Published) -> None:
    published.published()
    published.retitle("Another title")
    published.publish("--dry-run")
    page = published.publisher.root / ".campaigner/publish/production/site/first/index.html"
    os.chmod(page, 0o644)
    page.write_text("another one")
    told = published.publish("--yes")
    assert told.exit_code == 1
    assert "somebody changed this file" in told.err
    assert b"another one" not in published.site()["first/index.html"]
    assert published.kept() - {LOCK} == {published.release}
