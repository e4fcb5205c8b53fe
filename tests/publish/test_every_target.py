"""What holds of every kind of target: readers see a release whole, and there is a way back."""

import gzip
import json
import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from publish.branches import Branched, branched
from publish.conftest import InBucket, Once, Published, by_ssh, gone_back
from publish.processes import PATIENCE, publishing
from publish.ssh_server import Server
from publisher import NOW, article, picture, tree


@pytest.fixture(params=["folder", "ssh", "git over file", "git over ssh", "bucket"])
def target(unbuilt: Published, here: Path, request: pytest.FixtureRequest, build_once: Once) -> Published:
    """A workspace that was not published yet, with a target of each kind."""
    if request.param == "bucket":
        return request.getfixturevalue("bucket")  # type: ignore[no-any-return]
    if request.param == "folder":
        return build_once(unbuilt)
    server: Server | None = request.getfixturevalue("server") if "ssh" in request.param else None
    if server and request.param == "ssh":
        return build_once(by_ssh(unbuilt, server, here / "site"))
    place = here / "my site.git"
    address = server.address(place) if server else f"file://{place}"
    return build_once(branched(unbuilt.publisher, unbuilt.to.with_name(place.name), address))


def lying_there(target: Published) -> set[str]:
    """The folders of releases, where a target is a folder; a spare one is none (see test_spare.py)."""
    there = target.releases.iterdir() if target.releases.is_dir() else ()
    return {file.name for file in there if file.is_dir() and not file.name.startswith("spare-")}


def settings(target: Published, more: str) -> None:
    """Say more of the target."""
    target.publisher.edit("campaigner.toml", "[publish.production]\n", f"[publish.production]\n{more}\n")


def test_readers_see_what_a_build_makes_and_nothing_else(target: Published) -> None:
    assert "Nothing was published yet" in target.publish("status").out
    told = target.published()
    assert f"Published as {target.release}." in told.out
    assert target.site() == target.built()
    # neither drafts nor what is of the future
    assert not any(path.startswith(("sketch/", "later/")) for path in target.site())
    status = target.publish("status").out
    assert f"live  {target.release}: {len(target.site())} files" in status
    assert (", since 20" in status, status.startswith("production: ")) == (True, True)


def test_nothing_changed_is_no_release(target: Published) -> None:
    target.published()
    first, before = target.release, target.everything()
    for _ in range(2):  # found out, and remembered
        assert target.published("--format", "json").told == {
            "target": "production",
            "release": first,
            "new": [],
            "changed": [],
            "removed": [],
            "unchanged": len(target.built()),
            "bytes": 0,
        }
    assert target.everything() == before
    assert len(target.publish("status", "--format", "json").told["targets"][0]["releases"]) == 1


def test_a_dry_run_and_a_diff_only_tell_what_there_is_to_do(target: Published) -> None:
    before = target.everything()
    told = target.publish("--dry-run", "--format", "json")
    assert (told.exit_code, told.told["release"]) == (0, None)
    assert target.everything() == before
    target.retitle("The title before")
    target.published()
    before = target.everything()
    target.retitle("The title after")
    shown = target.publish("--dry-run", "--diff").out
    assert "-<title>The title before" in shown
    assert "+<title>The title after" in shown
    assert target.everything() == before


def test_a_fresh_checkout_knows_what_is_published(target: Published, tmp_path: Path) -> None:
    target.published()
    told = target.copied(tmp_path / "fresh").publish("--format", "json").told
    assert (told["new"], told["changed"], told["removed"]) == ([], [], [])


def test_a_fresh_checkout_tells_how_texts_change(target: Published, tmp_path: Path) -> None:
    target.retitle("The title before")
    target.published()
    fresh = target.copied(tmp_path / "fresh")
    fresh.retitle("The title after")
    assert "-<title>The title before" in fresh.publish("--dry-run", "--diff").out


def test_hashed_assets_stay_for_one_release_more(target: Published) -> None:
    target.published()
    old = next(path for path in target.site() if path.startswith("assets/field-"))
    target.publisher.edit("campaigns/first/article.md", "![A field](field.png)", "")
    assert old in target.published("--format", "json").told["removed"]
    assert old in target.site()
    target.retitle("Another title")
    target.published()
    assert old not in target.site()


def test_an_old_asset_that_is_gone_is_in_nobodys_way(target: Published) -> None:
    target.published()
    old = sorted(path for path in target.site() if path.startswith("assets/field-"))
    target.take_away(old[0])
    target.publisher.edit("campaigns/first/article.md", "![A field](field.png)", "")
    target.published(*(["--adopt"] if isinstance(target, Branched) else []))
    assert old[0] not in target.site()
    if not isinstance(target, Branched | InBucket):  # the one adopts what is there, the other does not look
        assert target.record(target.release)["kept"].keys() == {*old[1:]}
        assert {*old[1:]} <= target.site().keys()
    assert target.publish("--format", "json").told["new"] == []


def test_what_has_no_source_any_more_is_removed_where_that_is_allowed(target: Published) -> None:
    target.published()
    (target.publisher.root / "campaigns/third/article.md").unlink()
    assert "files would be removed" in target.publish("--yes", "--max-deletes", "2").err
    assert "third/index.html" in target.site()
    assert "third/index.html" in target.published("--format", "json").told["removed"]
    assert not any(path.startswith("third/") for path in target.site())


def test_one_campaign_goes_from_a_fresh_checkout_and_the_rest_stays(
    target: Published, tmp_path: Path
) -> None:
    target.published()
    before = target.site()
    fresh = target.copied(tmp_path / "fresh")
    fresh.retitle("Another title")
    fresh.publisher.edit("campaigns/third/article.md", "title: Third", "title: The third")
    told = fresh.published("first", "--format", "json").told
    assert {"first/index.html", "index.html", "feed.xml"} <= {*told["changed"]}
    after = target.site()
    assert all(after[path] == before[path] for path in before if path.startswith(("second/", "third/")))
    assert b"Another title" in after["first/index.html"]
    # what was not published is not told either
    assert not [path for path, content in after.items() if b"The third" in content]


def test_pages_that_stay_keep_the_stylesheet_that_they_were_made_with(target: Published) -> None:
    target.published()
    before = target.site()
    looks = {
        path for path in before if path.startswith("assets/") and path.encode() in before["third/index.html"]
    }
    assert any(path.endswith(".css") for path in looks)
    target.publisher.edit("campaigner.toml", "[brand]\n", '[brand]\naccent = "#7a1040"\n')
    for title in ("One title", "Another title", "One more title"):
        target.retitle(title)
        target.published("first")
    assert target.site()["third/index.html"] == before["third/index.html"]
    assert looks <= target.site().keys()


def test_names_of_other_scripts_and_aliases_are_published(target: Published) -> None:
    aliases = "[/früher/, /Früher-auch.html, /it's-an-old_(name)!/, /-x/]"
    target.publisher.write("campaigns/übung/article.md", article("Übung", aliases=aliases))
    target.published()
    assert {
        "übung/index.html",
        "früher/index.html",
        "Früher-auch.html",
        "it's-an-old_(name)!/index.html",
        "-x/index.html",
    } <= target.site().keys()
    assert target.publish("--format", "json").told["new"] == []
    target.publisher.edit("campaigns/übung/article.md", "/Früher-auch.html", "/früher-auch.html")
    target.published()
    assert "früher-auch.html" in target.site()
    assert "Früher-auch.html" not in target.site()


def test_text_is_compressed_ahead_where_that_is_wanted(target: Published) -> None:
    if isinstance(target, InBucket):
        pytest.skip("a bucket has each file in one form only")
    target.published()
    settings(target, 'precompress = ["gzip"]')
    for title in ("Another title", "One more title"):
        target.retitle(title)
        target.published()
        site = target.site()
        packed = {path for path in site if path.endswith(".gz")}
        assert {"first/index.html.gz", "third/index.html.gz", "feed.xml.gz"} <= packed
        assert all(gzip.decompress(site[path]) == site[path.removesuffix(".gz")] for path in packed)


def test_what_is_to_be_compressed_from_now_on_is_a_release(target: Published) -> None:
    if isinstance(target, InBucket):
        pytest.skip("a bucket has each file in one form only")
    target.published()
    plain = target.site()
    assert "Nothing changed" in target.published().out
    settings(target, 'precompress = ["gzip"]')
    assert "Compressed ahead: gzip; nothing before." in target.publish("--dry-run").out
    assert "Nothing changed" in target.published("first").out
    target.published()
    site = target.site()
    assert {"first/index.html.gz", "third/index.html.gz", "feed.xml.gz"} <= site.keys()
    assert site.items() >= plain.items()
    assert all(
        gzip.decompress(site[path]) == site[path.removesuffix(".gz")] for path in site.keys() - plain.keys()
    )
    for _ in range(2):  # found out, and remembered
        assert "Nothing changed" in target.published().out
    target.publisher.edit("campaigner.toml", 'precompress = ["gzip"]', "precompress = []")
    target.published()
    assert target.site() == plain


def test_rollback_goes_back_to_the_release_before_and_what_comes_then_is_new(target: Published) -> None:
    target.published()
    first, before = target.release, target.site()
    target.retitle("Another title")
    target.published()
    after = target.site()
    assert target.publish("rollback").exit_code == 2
    assert target.publish("rollback", "--dry-run").exit_code == 0
    assert target.site() == after
    assert "first/index.html" in target.publish("rollback", "--yes", "--format", "json").told["changed"]
    assert (target.release, target.site()) == (first, before)
    assert "there is no release to go back to" in target.publish("rollback", "--yes").err
    assert target.publish("--dry-run", "--format", "json").told["changed"] != []
    target.published()
    assert target.release.endswith("-3")
    assert target.site() == after


def test_a_page_that_was_loaded_before_the_way_back_still_finds_its_assets(target: Published) -> None:
    target.published()
    first, before = target.release, target.site()
    own = tree(target.releases / first) if target.releases.is_dir() else {}
    target.publisher.write("campaigns/first/field.png", picture("maroon"))
    target.publisher.edit("campaigner.toml", "[brand]\n", '[brand]\naccent = "#7a1040"\n')
    target.published()
    second, after = target.release, target.site()
    asked_for = gone_back({}, after).keys() - before.keys()
    assert {path.rpartition(".")[2] for path in asked_for} >= {"css", "png"}
    for _ in range(2):
        assert target.publish("rollback", "--yes").exit_code == 0
        assert (target.release, target.site()) == (first, gone_back(before, after))
        assert f"Readers see {first} already" in target.publish("rollback", "--to", first, "--yes").out
        assert target.publish("rollback", "--to", second, "--yes").exit_code == 0
        assert (target.release, target.site()) == (second, after)
    assert target.publish("rollback", "--yes").exit_code == 0
    # the release itself is what it was
    assert own == (tree(target.releases / first) if own else {})
    told = target.publish("status", "--format", "json").told["targets"][0]
    assert (told["release"], [one["release"] for one in told["releases"]]) == (first, [second, first])
    assert told["releases"][1]["files"] == len(before)
    # the plan holds what is built against the site of that release, and no more
    target.publisher.write("campaigns/first/field.png", picture("green"))
    target.publisher.edit("campaigner.toml", '[brand]\naccent = "#7a1040"\n', "[brand]\n")
    for _ in range(2):  # found out, and remembered
        assert "Nothing changed" in target.published().out
    target.retitle("Another title")
    target.published()
    assert target.site() == gone_back(target.built(), before)
    # nor did the one that was left lose anything
    assert target.publish("rollback", "--to", second, "--yes").exit_code == 0
    assert target.site().items() >= after.items()


def test_five_releases_can_be_gone_back_to_from_a_fresh_checkout(target: Published, tmp_path: Path) -> None:
    sites = {}
    by_hand = {"index.html": b"by hand", "sub/page.html": b"by hand too"}
    target.lay(by_hand)
    for number in range(7):
        target.retitle(f"Title {number}")
        target.published(*(["--adopt"] if not number else []))
        sites[target.release] = target.site()
    fresh = target.copied(tmp_path / "fresh")
    told = fresh.publish("status", "--format", "json").told["targets"][0]["releases"]
    names = [one["release"] for one in told]
    # what somebody else made stays, however old it is; a branch has it in its commits
    oldest = [] if isinstance(target, Branched) else ["1"]
    assert [name.rpartition("-")[2] for name in names] == ["8", "7", "6", "5", "4", "3", *oldest]
    assert lying_there(target) == ({*names} if target.releases.is_dir() else set())
    for name in (names[5], names[2]):
        assert fresh.publish("rollback", "--to", name, "--yes").exit_code == 0
        assert (target.release, target.site()) == (name, sites[name])
    if oldest:
        assert fresh.publish("rollback", "--to", names[-1], "--yes").exit_code == 0
        assert target.site().items() >= by_hand.items()
    assert 'there is no release "20260101T000000Z-9"' in (
        fresh.publish("rollback", "--to", "20260101T000000Z-9", "--yes").err
    )


def test_a_release_that_was_not_planned_is_not_replaced(target: Published, tmp_path: Path) -> None:
    from campaigner.errors import PublishError
    from campaigner.publish.hosts import host_of
    from campaigner.publish.publishing import go_back, planned, planned_back, publish
    from campaigner.publish.site import build_site
    from campaigner.publish.targets import chosen

    for number in range(2):
        target.retitle(f"Title {number}")
        target.published()
    target.retitle("Ours")
    workspace = target.publisher.workspace
    choice = chosen(workspace, ())
    site = build_site(workspace, choice, jobs=1, now=NOW, progress=lambda done, total: None)
    plan = planned(workspace, choice, host_of(choice, workspace), site)
    back = planned_back(choice, host_of(choice, workspace), "")
    other = target.copied(tmp_path / "other")
    other.retitle("Theirs")
    other.published()
    theirs = target.everything()
    with pytest.raises(PublishError, match="somebody else published here meanwhile"):
        publish(plan, workspace, now=NOW, progress=lambda done, total: None)
    with pytest.raises(PublishError, match="somebody else published here meanwhile"):
        go_back(back, progress=lambda done, total: None)
    assert target.everything() == theirs
    assert b"Theirs" in target.site()["first/index.html"]
    assert not [name for name in lying_there(target) if name.startswith("unfinished-")]


def test_one_of_two_wins_and_the_other_is_told(target: Published, tmp_path: Path) -> None:
    target.published()
    target.retitle("Ours")
    told = [tmp_path / "told by one", tmp_path / "told by the other"]
    roots = (target.publisher.root, target.copied(tmp_path / "other").publisher.root)
    processes = [publishing(root, file) for root, file in zip(roots, told, strict=True)]
    for process in processes:
        process.join(PATIENCE)
    codes = sorted(process.exitcode or 0 for process in processes)
    # the slower one may have planned when the faster one was done: then nothing was left to do for it
    assert codes in ([0, 0], [0, 1]), [file.read_text() for file in told]
    if codes == [0, 1]:
        assert any("somebody else" in file.read_text() for file in told)
    assert target.release.endswith("-2")
    assert b"Ours" in target.site()["first/index.html"]
    assert target.publish("status").exit_code == 0
    assert not [name for name in lying_there(target) if name.startswith(("unfinished-", "campaigner"))]


def test_rollback_brings_back_what_was_removed(target: Published) -> None:
    target.published()
    first = target.site()
    shutil.rmtree(target.publisher.root / "campaigns/first")
    target.published()
    second = target.site()
    assert target.publish("rollback").exit_code == 2
    assert target.publish("rollback", "--dry-run").exit_code == 0
    assert target.site() == second
    assert target.publish("rollback", "--yes").exit_code == 0
    assert target.site() == first
    told = target.publish("rollback", "--yes")
    assert (told.exit_code, "there is no release to go back to" in told.err) == (1, True)
    assert target.publish("--yes").exit_code == 0
    assert target.site().keys() >= second.keys()
    assert "first/index.html" not in target.site()


def test_a_release_whose_publication_was_killed_after_the_switch_can_be_gone_forth_to(
    target: Published,
) -> None:
    if isinstance(target, InBucket | Branched):
        pytest.skip("a bucket has no switch, and a branch has its record before")
    for number in range(2):
        target.retitle(f"Title {number}")
        target.published()
    name, site = target.release, target.site()
    record = target.releases / f"{name}.json"
    record.rename(record.with_name(f"unfinished-{record.name}"))
    assert target.publish("rollback", "--yes").exit_code == 0
    assert name in target.publish("status").out
    target.retitle("Title 2")
    target.published()
    assert target.publish("rollback", "--to", name, "--yes").exit_code == 0
    assert (target.release, target.site()) == (name, site)


def test_what_lies_there_is_taken_over_where_that_is_asked_for(target: Published) -> None:
    by_hand = {"index.html": b"by hand", "old ü 100%.html": b"by hand too", "sub/same.html": b"x"}
    target.lay(by_hand)
    before = target.everything()
    told = target.publish("--yes")
    assert told.exit_code == 1
    assert "--adopt" in told.err
    told = target.publish("--adopt", "--dry-run")
    assert (told.exit_code, target.everything()) == (0, before)
    assert "Somebody else put there what stands there now (3 files, 19 bytes)." in told.out
    plan = target.published("--adopt", "--format", "json").told
    assert (plan["changed"], plan["removed"]) == (["index.html"], ["old ü 100%.html", "sub/same.html"])
    assert target.site() == target.built()
    assert target.publish("--format", "json").told["changed"] == []
    assert target.publish("rollback", "--yes").exit_code == 0
    assert target.site() == gone_back(by_hand, target.built())


def test_what_was_taken_over_comes_back_whatever_lies_where_assets_would(target: Published) -> None:
    by_hand = {"index.html": b"by hand", "assets": b"by hand"}
    target.lay(by_hand)
    target.published("--adopt")
    assert target.site() == target.built()
    assert target.publish("rollback", "--yes").exit_code == 0
    assert target.site().items() >= by_hand.items()


def test_a_link_in_what_was_taken_over_leads_nobody_out_of_the_site(
    target: Published, tmp_path: Path
) -> None:
    if isinstance(target, InBucket | Branched):
        pytest.skip("nothing there follows a link")
    private = tmp_path / "private"
    private.mkdir()
    target.lay({"index.html": b"by hand"})
    (target.to / "assets").symlink_to(private)
    target.published("--adopt")
    assert target.publish("rollback", "--yes").exit_code == 0
    assert (os.readlink(target.to / "assets"), os.listdir(private)) == (str(private), [])
    assert target.site() == {"index.html": b"by hand"}


def test_what_lies_there_under_a_name_that_cannot_be_written_down_is_told(target: Published) -> None:
    if isinstance(target, InBucket):
        pytest.skip("a server may have no such names")
    target.lay({"index.html": b"by hand", "a\nb.html": b"by hand"})
    before = target.everything()
    told = target.publish("--yes", "--adopt")
    assert (told.exit_code, r'"a\nb.html" cannot be written down' in told.err) == (1, True)
    assert target.everything() == before


def test_settings_for_a_web_server_are_for_what_shows_it_or_it_is_told_where_they_are(
    target: Published,
) -> None:
    target.publisher.edit(
        "campaigner.toml", "[publish.production]\n", "[publish.production]\ndefault = true\n"
    )
    text = (target.publisher.root / "campaigner.toml").read_text()
    target.publisher.write("campaigner.toml", f'{text}\n[publish.other]\nto = "/srv/www/other"\n')
    told, nginx = target.publish("config", "production"), target.publish("config", "nginx", "production")
    if isinstance(target, InBucket):
        for one in (told, nginx):
            assert (one.exit_code, "no web server of yours shows a bucket" in one.err) == (1, True)
        assert "`campaigner publish config cloudflare`" in told.err
    elif isinstance(target, Branched):
        assert (told.exit_code, "nobody can know which host shows a branch" in told.err) == (1, True)
        assert f'root "/path/to/a/checkout/of/{target.branch}";' in nginx.out
    else:
        assert (told.exit_code, told.out) == (0, nginx.out)
        place = urlsplit(target.written).path if target.written.startswith("ssh:") else target.to
        assert f'root "{place}";' in told.out
    assert "Content-Security-Policy: " in target.publish("config", "cloudflare", "production").out
    for words in (("apache",), ("nginx", "apache")):
        told = target.publish("config", *words)
        assert (told.exit_code, 'There is no target "apache" in campaigner.toml.' in told.err) == (2, True)
        assert "nginx, netlify and cloudflare" in told.err


DAMAGED = "does not say what was published"


def test_a_site_that_lies_in_another_is_refused(target: Published) -> None:
    if isinstance(target, InBucket | Branched):
        pytest.skip("sites in a bucket are in test_s3.py, and a branch holds no other")
    settings(target, "default = true")
    target.published()
    (target.to.parent / "link").symlink_to("site/first")
    before = target.everything()
    text = (target.publisher.root / "campaigner.toml").read_text()
    outer = next(line for line in text.splitlines() if line.startswith("to = "))
    for inner in ("site/blog", "site/first/blog", "link/blog", ".site.releases/20261122T120000Z-9"):
        address = outer.removesuffix('site"') + f'{inner}"'
        blog = f'\n[publish.blog]\n{address}\nurl = "https://gazette.example/blog"\n'
        target.publisher.write("campaigner.toml", text + blog)
        told = target.publish("blog", "--yes", "--adopt")
        assert told.exit_code == 1, inner
        assert f"another site is published to {target.to}, and none can lie in another" in told.err
        assert target.everything() == before
    target.retitle("Another title")
    target.published()


def test_a_folder_with_a_site_in_it_is_not_taken_over(target: Published) -> None:
    if isinstance(target, InBucket | Branched):
        pytest.skip("sites in a bucket are in test_s3.py, and a branch holds no other")
    settings(target, "default = true")
    text = (target.publisher.root / "campaigner.toml").read_text()
    outer = next(line for line in text.splitlines() if line.startswith("to = "))
    blog = f'\n[publish.blog]\n{outer[:-1]}/news/blog"\nurl = "https://gazette.example/blog"\n'
    target.publisher.write("campaigner.toml", text + blog)
    (target.to / "news").mkdir(parents=True)
    assert target.publish("blog", "--yes").exit_code == 0
    before = target.everything()
    told = target.publish("--yes", "--adopt")
    assert told.exit_code == 1
    assert "another site is published to" in told.err
    assert "/www/site/news/blog, and none can lie in another" in told.err
    assert target.everything() == before


def test_a_damaged_record_is_told(target: Published) -> None:
    target.published()
    release = target.release
    target.damage(release)
    before = target.everything()
    told = target.publish("--yes")
    assert (told.exit_code, DAMAGED in told.err, release in told.err) == (1, True, True)
    assert target.everything() == before
    if target.releases.is_dir():
        (target.releases / f"{release}.json").unlink()
        told = target.publish("--yes")
        assert (told.exit_code, DAMAGED in told.err, release in told.err) == (1, True, True)


def test_what_a_target_says_of_itself_brings_nothing_of_ours_there(target: Published, tmp_path: Path) -> None:
    private = tmp_path / "private" / "key"
    private.parent.mkdir()
    private.write_bytes(b"a private key")
    private.chmod(0o600)
    target.published()
    release, record = target.release, target.record(target.release)
    target.retitle("Another title")
    settings = target.publisher.root / "campaigner.toml"
    size = private.stat().st_size
    for path, digest in {
        str(private): f"named {size}",
        f"{private.parent}//key": "0" * 32,
        # from where the site is built, and from where it is put together
        "../../../../campaigner.toml": f"named {settings.stat().st_size}",
        "../../../../../private/key": f"named {size}",
    }.items():
        files = {**record["files"], path: [digest, size, ["other"]]}
        target.damage(release, json.dumps({**record, "files": files}).encode())
        before = target.everything()
        told = target.publish("--yes", "first")
        assert (told.exit_code, DAMAGED in told.err) == (1, True), path
        assert target.everything() == before
    assert (private.read_bytes(), private.stat().st_mode & 0o777) == (b"a private key", 0o600)
    assert not any(b"a private key" in content for content in target.site().values())


def test_a_record_of_another_release_is_told(target: Published) -> None:
    target.published()
    release, record = target.release, target.record(target.release)
    for name in ("20261126T105100Z-99", "../site", "\x1b[2J"):
        target.damage(release, json.dumps({**record, "name": name}).encode())
        for arguments in (("status",), ("--dry-run",)):
            told = target.publish(*arguments)
            assert (told.exit_code, DAMAGED in told.err, "\x1b[2J" in told.err) == (1, True, False)
