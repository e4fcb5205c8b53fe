"""A build that fails leaves the output folder as it was: contents, times, everything."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import campaigner
from campaigner.build.manifest import Damaged, is_damage
from campaigner.errors import CampaignerError, WorkspaceError
from publisher import NOW, Publisher, article, condition

NOBODY = 65534


@pytest.mark.parametrize(
    ("path", "content", "place"),
    [
        pytest.param(
            "campaigns/first/article.md", "---\ntitle: [\n---\nx\n", "campaigns/first/article.md:", id="YAML"
        ),
        pytest.param(
            "campaigns/third/article.md",
            article("Third", "![A](gone.png)"),
            "campaigns/third/article.md:6:1: ",
            id="a picture",
        ),
        pytest.param(
            "templates/blog/post.html", "{{ page.tilte }}", "templates/blog/post.html:1:1: ", id="a template"
        ),
        pytest.param(
            "templates/blog/index.html",
            "{{ page.tilte }}",
            "templates/blog/index.html:1:1: ",
            id="a template of a page that is rendered after all campaigns",
        ),
        pytest.param(
            "templates/feeds/sitemap.xml", "{% if %}", "templates/feeds/sitemap.xml:1:1: ", id="the sitemap"
        ),
        pytest.param("privacy.md", "# Privacy\n\n![A](gone.png)\n", "privacy.md:3:1: ", id="privacy"),
        pytest.param("campaigner.toml", "[site\n", "campaigner.toml:1:", id="settings"),
        pytest.param("sources.yaml", "a: b: c\n", "sources.yaml:1:", id="sources"),
        pytest.param("logo.png", b"no picture", "campaigner.toml:", id="the logo"),
    ],
)
def test_a_fault_leaves_the_output_as_it_was(
    publisher: Publisher, path: str, content: str | bytes, place: str
) -> None:
    before = condition(publisher.output)
    publisher.edit("campaigns/second/article.md", "Hello", "Good morning")
    publisher.write(path, content)
    with pytest.raises(CampaignerError) as error:
        publisher.build()
    assert str(error.value.faults[0]).startswith(place)
    assert condition(publisher.output) == before
    assert not list(publisher.root.glob(".*.staging"))


def test_a_fault_that_is_mended_leaves_no_trace(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    publisher.edit("campaigns/second/article.md", "title: Second", "title: Edited")
    publisher.write("templates/feeds/sitemap.xml", "{% if %}")
    with pytest.raises(CampaignerError):
        publisher.build()
    (publisher.root / "templates/feeds/sitemap.xml").unlink()
    publisher.build()
    check_whole()


def python(*arguments: object, **more: Any) -> subprocess.CompletedProcess[str]:
    """Run Python with our program, at the tests' moment."""
    source = str(Path(campaigner.__file__).parent.parent)
    return subprocess.run(
        [sys.executable, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": source, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
        capture_output=True,
        text=True,
        check=False,
        **more,
    )


def test_a_full_disk_is_told_and_leaves_the_output_as_it_was(publisher: Publisher) -> None:
    before = condition(publisher.output)
    publisher.edit("campaigns/second/article.md", "Hello", "Good morning " * 9000)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    told = python("-m", "campaigner", "-C", publisher.root, "build", preexec_fn=limit)
    assert told.returncode == 1
    assert "cannot be read or written" in told.stderr
    assert "Traceback" not in told.stderr
    assert condition(publisher.output) == before


def test_a_full_disk_is_told_at_the_folder_that_it_is_for(publisher: Publisher) -> None:
    """And not at the picture that was to be copied there."""
    noise = Image.effect_noise((900, 600), 100)
    noise.save(publisher.root / "campaigns/first/field.png")
    publisher.build()

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    told = python("-m", "campaigner", "-C", publisher.root, "build", "--output", "other", preexec_fn=limit)
    assert told.returncode == 1
    assert told.stderr.startswith("other:1:1: this cannot be read or written: File too large.")
    assert not (publisher.root / "other").exists()


#: everything is loaded by a build elsewhere before the rights are given up: the interpreter may be
#: out of another user's reach
AS_NOBODY = """\
import os, sys
from campaigner.cli import main
elsewhere, root, user = sys.argv[1], sys.argv[2], int(sys.argv[3])
main(["-C", elsewhere, "build", "--force"], standalone_mode=False)
"".encode("unicode-escape")  # Jinja compiles with it, and the other user may not read Python's own files
os.setgroups([])
os.setgid(user)
os.setuid(user)
main(["-C", root, "build"])
"""


def own(folder: Path, user: int) -> None:
    for file in (folder, *folder.rglob("*")):
        os.chown(file, user, user)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can run something as somebody else")
@pytest.mark.parametrize("place", ["output", "output/site/second", ".campaigner"])
def test_a_folder_that_may_not_be_written_is_told_and_the_output_is_as_it_was(
    publisher: Publisher, built_once: Path, place: str
) -> None:
    publisher.edit("campaigns/second/article.md", "title: Second", "title: Edited")
    publisher.edit("campaigns/first/article.md", "title: First", "title: Edited first")
    closed = [folder for folder in publisher.root.parents if not folder.stat().st_mode & 0o001]
    modes = {folder: folder.stat().st_mode for folder in closed}
    own(publisher.root, NOBODY)
    own(publisher.root / place, 0)
    before = condition(publisher.output)
    try:
        for folder in closed:
            folder.chmod(modes[folder] | 0o001)
        told = python("-c", AS_NOBODY, built_once, publisher.root, NOBODY)
    finally:
        for folder in closed:
            folder.chmod(modes[folder])
    assert told.returncode == 1
    assert place.partition("/")[0] in told.stderr.splitlines()[-2]
    assert "Traceback" not in told.stderr
    assert condition(publisher.output) == before


@pytest.mark.parametrize(
    "path",
    [
        "site/sitemap.xml",
        "site/edited/index.html",
        "site/edited/newsletter/index.html",
        "mail/edited/subject.txt",
    ],
)
def test_what_was_moved_before_something_stood_in_the_way_is_taken_back(
    publisher: Publisher, path: str
) -> None:
    publisher.edit("campaigns/second/article.md", "title: Second", "title: Edited\nslug: edited")
    publisher.edit("campaigns/first/article.md", "title: First", "title: Edited first")
    blocked = publisher.output / path
    blocked.unlink(missing_ok=True)
    (blocked / "somebody's").mkdir(parents=True)
    before = condition(publisher.output)
    with pytest.raises(WorkspaceError) as error:
        publisher.build()
    assert f"output/{path}" in str(error.value)
    assert condition(publisher.output) == before


def test_a_state_folder_that_cannot_be_made_is_told(publisher: Publisher) -> None:
    shutil.rmtree(publisher.root / ".campaigner")
    publisher.write(".campaigner", "in the way")
    with pytest.raises(WorkspaceError) as error:
        publisher.build()
    assert str(error.value).startswith(".campaigner")


def test_a_damaged_manifest_means_a_build_from_nothing(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    (manifest,) = (publisher.root / ".campaigner/manifests").glob("*.sqlite")
    whole = manifest.read_bytes()
    for content in (b"no database", whole[:4096] + b"\xff" * (len(whole) - 4096)):
        manifest.write_bytes(content)
        assert publisher.build().changes
        check_whole()


#: what somebody may do to a manifest
DAMAGE = [
    *(f"update facts set value = 'x' where name = '{name}'" for name in ("looked_at", "shared", "templates")),
    *(f"delete from facts where name = '{name}'" for name in ("options", "notes", "looked_at")),
    "update facts set value = '{}' where name in ('templates', 'shared')",
    "update campaigns set card = 'x'",
    "update campaigns set card = '{}'",
    "update campaigns set card = replace(card, '\"title\"', '\"titel\"')",
    "update campaigns set pictures = '1'",
    "update inputs set path = path || char(0)",
    "update directories set path = path || char(0)",
    "delete from fragments",
    *(f"drop table {table}" for table in ("facts", "inputs", "campaigns", "units", "outputs", "fragments")),
    *(f"drop table {table}" for table in ("directories", "doubtful")),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_manifest_that_says_what_no_build_wrote_changes_nothing(
    publisher: Publisher, check_whole: Callable[[], None], damage: str
) -> None:
    (file,) = (publisher.root / ".campaigner/manifests").glob("*.sqlite")
    with closing(sqlite3.connect(file)) as manifest:
        manifest.execute(damage)
        manifest.commit()
    publisher.edit("campaigns/second/article.md", "Hello", "Good day")
    publisher.build()
    check_whole()


@pytest.mark.parametrize("content", [b"x", b"no database" * 1_000])
def test_a_lock_that_is_none_is_emptied(
    publisher: Publisher, check_whole: Callable[[], None], content: bytes
) -> None:
    (publisher.root / ".campaigner/build.lock").write_bytes(content)
    publisher.edit("campaigns/second/article.md", "Hello", "Good day")
    publisher.build()
    check_whole()


def test_a_disk_that_is_full_is_no_damage() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    assert not is_damage(full)
    assert is_damage(Damaged("facts"))
