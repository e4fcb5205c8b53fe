"""What all targets have in common: a folder, one of another machine, and a bucket."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from publish.conftest import InBucket, Published
from publish.ssh_server import ssh_server
from publisher import NOW, article, tree

SSH_TARGET = '[publish.production]\nto = "{address}"\nurl = "https://gazette.example"\n'


@pytest.fixture(params=["folder", "ssh", "bucket"])
def anywhere(
    request: pytest.FixtureRequest, published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Published]:
    """A workspace that was not published yet."""
    if request.param == "ssh":
        with ssh_server(tmp_path / "server") as server:
            monkeypatch.setenv("CAMPAIGNER_SSH_CONFIG", str(server.config))
            published.settings(SSH_TARGET.format(address=server.address(published.to)))
            yield published
    else:
        yield request.getfixturevalue("bucket") if request.param == "bucket" else published


def everything(target: Published) -> dict[str, bytes]:
    """All that lies at a target, for readers and not."""
    return target.everything() if isinstance(target, InBucket) else tree(target.to.parent)


def lay(target: Published, files: dict[str, bytes]) -> None:
    """Put files where the site is to be, as somebody does who has no campaigner."""
    for path, content in files.items():
        if isinstance(target, InBucket):
            target.storage.put(target.bucket, f"{target.prefix}/{path}", content)
        else:
            file = target.to / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def elsewhere(target: Published, clone: Path) -> Published:
    """The same target, from a checkout of its own."""
    if isinstance(target, InBucket):
        return target.elsewhere(clone)
    return Published(publisher=target.publisher.copied(clone), to=target.to)


def built(target: Published) -> dict[str, bytes]:
    """What a build makes of the same workspace."""
    target.publisher.build(output=target.publisher.root / "output")
    return tree(target.publisher.root / "output" / "site")


def test_readers_see_what_a_build_makes_and_nothing_else(anywhere: Published) -> None:
    told = anywhere.published()
    assert "Published as" in told.out
    assert anywhere.site() == built(anywhere)


def test_nothing_changed_is_no_release(anywhere: Published) -> None:
    anywhere.published()
    before = everything(anywhere)
    told = anywhere.publish("--yes", "--format", "json").told
    assert (told["new"], told["changed"], told["removed"], told["bytes"]) == ([], [], [], 0)
    assert everything(anywhere) == before


def test_a_dry_run_writes_nothing(anywhere: Published) -> None:
    before = everything(anywhere)
    told = anywhere.publish("--dry-run", "--format", "json")
    assert (told.exit_code, told.told["release"]) == (0, None)
    assert everything(anywhere) == before
    anywhere.retitle("The title before")
    anywhere.published()
    anywhere.retitle("The title after")
    before = everything(anywhere)
    shown = anywhere.publish("--dry-run", "--diff").out
    assert "-<title>The title before" in shown
    assert "+<title>The title after" in shown
    assert everything(anywhere) == before


def test_an_edit_and_a_removal_are_a_release(anywhere: Published) -> None:
    anywhere.published()
    anywhere.retitle("Another title")
    shutil.rmtree(anywhere.publisher.root / "campaigns/third")
    assert "more than --max-deletes allows (2)" in anywhere.publish("--yes", "--max-deletes", "2").err
    told = anywhere.published("--format", "json").told
    assert "first/index.html" in told["changed"]
    assert "third/index.html" in told["removed"]
    site = anywhere.site()
    assert b"Another title" in site["first/index.html"]
    assert site.items() >= built(anywhere).items()
    assert not [path for path in site if path.startswith("third/")]


def test_hashed_assets_stay_for_one_release_more(anywhere: Published) -> None:
    anywhere.published()
    old = next(path for path in anywhere.site() if path.startswith("assets/field-"))
    anywhere.publisher.edit("campaigns/first/article.md", "![A field](field.png)", "")
    anywhere.published()
    assert old in anywhere.site()
    anywhere.retitle("Another title")
    anywhere.published()
    assert old not in anywhere.site()


def test_five_releases_can_be_gone_back_to(anywhere: Published) -> None:
    sites = {}
    for number in range(7):
        anywhere.retitle(f"Title {number}")
        anywhere.published()
        sites[anywhere.release] = anywhere.site()
    told = anywhere.publish("status", "--format", "json").told["targets"][0]["releases"]
    names = [one["release"] for one in told]
    assert [name.rpartition("-")[2] for name in names] == ["7", "6", "5", "4", "3", "2"]
    for name in (names[2], names[5], names[0], names[1]):
        assert anywhere.publish("rollback", "--to", name, "--yes").exit_code == 0
        assert (anywhere.release, anywhere.site()) == (name, sites[name])
    anywhere.retitle("Title 8")
    anywhere.published()
    assert anywhere.release.endswith("-8")
    assert b"Title 8" in anywhere.site()["first/index.html"]


def test_rollback_brings_back_what_was_removed(anywhere: Published) -> None:
    anywhere.published()
    first = anywhere.site()
    shutil.rmtree(anywhere.publisher.root / "campaigns/first")
    anywhere.published()
    second = anywhere.site()
    assert anywhere.publish("rollback").exit_code == 2
    assert anywhere.publish("rollback", "--dry-run").exit_code == 0
    assert anywhere.site() == second
    assert anywhere.publish("rollback", "--yes").exit_code == 0
    assert anywhere.site() == first
    told = anywhere.publish("rollback", "--yes")
    assert (told.exit_code, "there is no release to go back to" in told.err) == (1, True)
    assert anywhere.publish("--yes").exit_code == 0
    assert anywhere.site().keys() >= second.keys()
    assert "first/index.html" not in anywhere.site()


def test_one_campaign_goes_and_the_rest_stays_byte_for_byte(anywhere: Published, tmp_path: Path) -> None:
    anywhere.published()
    before = anywhere.site()
    clone = elsewhere(anywhere, tmp_path / "clone")
    clone.retitle("Another title")
    clone.publisher.edit("campaigns/third/article.md", "title: Third", "title: The third")
    told = clone.published("first", "--format", "json").told
    assert {"first/index.html", "index.html", "feed.xml"} <= {*told["changed"]}
    after = clone.site()
    assert all(after[path] == before[path] for path in before if path.startswith(("second/", "third/")))
    assert b"Another title" in after["first/index.html"]


def test_names_of_all_kinds_are_published(anywhere: Published) -> None:
    anywhere.publisher.write(
        "campaigns/übung/article.md", article("Übung", aliases="[/früher/, /Früher-auch.html]")
    )
    anywhere.published()
    assert {"übung/index.html", "früher/index.html", "Früher-auch.html"} <= anywhere.site().keys()
    assert anywhere.publish("--format", "json").told["new"] == []
    anywhere.publisher.edit("campaigns/übung/article.md", "/Früher-auch.html", "/früher-auch.html")
    anywhere.published()
    assert "früher-auch.html" in anywhere.site()
    assert "Früher-auch.html" not in anywhere.site()


def test_what_lies_there_is_taken_over_where_that_is_asked_for(anywhere: Published) -> None:
    by_hand = {"index.html": b"by hand", "old ü 100%.html": b"by hand too", "sub/same.html": b"x"}
    lay(anywhere, by_hand)
    before = everything(anywhere)
    told = anywhere.publish("--yes")
    assert told.exit_code == 1
    assert "--adopt" in told.err
    assert anywhere.publish("--adopt", "--dry-run").exit_code == 0
    assert everything(anywhere) == before
    plan = anywhere.published("--adopt", "--format", "json").told
    assert (plan["changed"], plan["removed"]) == (["index.html"], ["old ü 100%.html", "sub/same.html"])
    assert anywhere.site() == built(anywhere)
    assert anywhere.publish("--format", "json").told["changed"] == []
    assert anywhere.publish("rollback", "--yes").exit_code == 0
    assert anywhere.site() == by_hand


def test_a_release_that_was_not_planned_is_not_replaced(anywhere: Published) -> None:
    from campaigner.errors import PublishError
    from campaigner.publish.hosts import host_of
    from campaigner.publish.publishing import go_back, planned, planned_back, publish
    from campaigner.publish.site import build_site
    from campaigner.publish.targets import chosen

    for number in range(2):
        anywhere.retitle(f"Title {number}")
        anywhere.published()
    anywhere.retitle("Ours")
    workspace = anywhere.publisher.workspace
    choice = chosen(workspace, ())
    site = build_site(workspace, choice, jobs=1, now=NOW, progress=lambda done, total: None)
    plan = planned(workspace, choice, host_of(choice, workspace), site)
    back = planned_back(choice, host_of(choice, workspace), "")
    anywhere.published()
    theirs = everything(anywhere)
    with pytest.raises(PublishError, match="somebody else published here meanwhile"):
        publish(plan, workspace, now=NOW, progress=lambda done, total: None)
    with pytest.raises(PublishError, match="somebody else published here meanwhile"):
        go_back(back)
    assert everything(anywhere) == theirs


def test_of_two_who_publish_at_once_one_is_told(anywhere: Published, tmp_path: Path) -> None:
    import campaigner

    anywhere.published()
    anywhere.retitle("Ours")
    source = str(Path(campaigner.__file__).parent.parent)
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "campaigner", "-C", root, "publish", "--yes", "--jobs", "1"],
            env=os.environ | {"PYTHONPATH": source, "SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for root in (anywhere.publisher.root, elsewhere(anywhere, tmp_path / "clone").publisher.root)
    ]
    told = [process.communicate(timeout=120) for process in processes]
    codes = sorted(process.returncode for process in processes)
    # the slower one may have planned when the faster one was done: then nothing was left to do for it
    assert codes in ([0, 0], [0, 1]), told
    if codes == [0, 1]:
        assert any("somebody else" in err for _, err in told), told
    assert b"Ours" in anywhere.site()["first/index.html"]
    assert anywhere.release.endswith("-2")


def test_a_damaged_record_is_told(anywhere: Published) -> None:
    anywhere.published()
    name, wrong = anywhere.release, b'{"version": 1, "files": 3}'
    if isinstance(anywhere, InBucket):
        anywhere.storage.put(anywhere.bucket, f"site.campaigner/releases/{name}.json", wrong)
    else:
        (anywhere.releases / f"{name}.json").write_bytes(wrong)
    before = everything(anywhere)
    told = anywhere.publish("--yes")
    assert told.exit_code == 1
    assert "this does not say what was published" in told.err
    assert everything(anywhere) == before
