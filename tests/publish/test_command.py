"""`campaigner publish` asks, plans, refuses, and says what it did."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from campaigner.publish.releases import Release
from publish.conftest import TARGET, Published
from publisher import article


def test_without_a_terminal_it_wants_a_yes(published: Published) -> None:
    told = published.publish()
    assert told.exit_code == 2
    assert "--yes" in told.err
    assert not os.path.lexists(published.to)


def test_a_dry_run_tells_the_plan_and_writes_nothing(published: Published) -> None:
    told = published.publish("--dry-run")
    assert told.exit_code == 0
    assert "first/index.html" in told.out
    assert list(published.to.parent.iterdir()) == []
    published.published()
    published.retitle("Another title")
    before = published.release
    told = published.publish("--dry-run", "--format", "json")
    assert (told.exit_code, published.release) == (0, before)
    assert "first/index.html" in told.told["changed"]
    assert told.told["release"] == before


def test_that_nothing_is_to_be_done_is_remembered_until_something_is(published: Published) -> None:
    def counts() -> tuple[int, int]:
        told = published.publish("--dry-run", "--format", "json").told
        return len(told["changed"]), told["unchanged"]

    published.retitle("One title")
    published.published()
    held, remembered = counts(), counts()
    assert held == remembered
    assert held[0] == 0 < held[1]
    for file in published.to.parent.glob(".site.releases/*.json"):
        file.write_text("")  # it was not read again
    assert counts() == held
    published.retitle("Another title")
    assert published.publish("--dry-run").exit_code == 1


def test_what_was_remembered_of_one_release_is_not_true_of_another(published: Published) -> None:
    for title in ("One title", "Another title"):
        published.retitle(title)
        published.published()
        assert published.publish("--dry-run").out.endswith("Nothing changed since it was published.\n")
    published.publish("rollback", "--yes")
    assert "first/index.html" in published.publish("--dry-run").out


def test_a_diff_shows_how_texts_change(published: Published) -> None:
    published.retitle("The title before")
    published.published()
    published.retitle("The title after")
    told = published.publish("--dry-run", "--diff").out
    assert "+<title>The title after" in told
    assert "-<title>The title before" in told
    assert "The title before" not in published.publish("--dry-run").out


def test_more_removals_than_are_allowed_stop_it(published: Published) -> None:
    published.published()
    before = published.site()
    (published.publisher.root / "campaigns/third/article.md").unlink()
    told = published.publish("--yes", "--max-deletes", "2")
    assert told.exit_code == 1
    assert "files would be removed, more than --max-deletes allows (2). Nothing was published." in told.err
    assert published.site() == before
    published.published("--max-deletes", "50")
    assert "third/index.html" not in published.site()


def test_an_error_of_a_check_stops_it(published: Published) -> None:
    published.publisher.write(
        "campaigns/first/article.md", article("First", "There is more in [our letters](/letters/).")
    )
    told = published.publish("--yes")
    assert told.exit_code == 1
    assert "campaigns/first/article.md:6:1: the link to" in told.err
    assert "(link-broken)" in told.err
    assert not os.path.lexists(published.to)


def test_a_form_that_goes_nowhere_is_a_warning(published: Published) -> None:
    told = published.published()
    assert "Warning: The sign-up form posts to /signup/SLUG" in told.err


def test_an_address_that_is_but_an_example_is_a_warning(published: Published) -> None:
    warning = "Warning: Absolute links lead to https://example.com/, which is an example: write your own"
    assert warning not in published.publish("--dry-run").err
    published.settings('[publish.production]\nto = "{to}"\nurl = "https://example.com"\n')
    for _ in range(2):
        assert warning in published.published().err


def test_one_campaign_goes_with_the_listings_that_name_it(published: Published) -> None:
    published.published()
    before = published.site()
    published.retitle("Another title")
    published.publisher.edit("campaigns/third/article.md", "title: Third", "title: The third")
    told = published.published("first", "--format", "json").told
    assert {"first/index.html", "index.html", "feed.xml"} <= {*told["changed"]}
    after = published.site()
    assert {path: after[path] for path in before if path.startswith("third/")} == {
        path: content for path, content in before.items() if path.startswith("third/")
    }
    assert b"Third" in after["index.html"]
    assert b"The third" not in after["index.html"]


def test_a_fault_of_another_campaign_does_not_stop_one(published: Published) -> None:
    published.published()
    published.retitle("Another title")
    published.publisher.write("campaigns/third/article.md", "---\ntitle: [\n---\n")
    published.published("production", "first")
    assert b"Another title" in published.site()["first/index.html"]
    assert "third/index.html" in published.site()


@pytest.mark.parametrize(
    ("targets", "words", "told"),
    [
        ("", (), "nothing says where the site goes"),
        ('[publish.a]\nto = "/srv/a"\n[publish.b]\nto = "/srv/b"\n', (), "none of them is the default"),
        (
            '[publish.a]\nto = "/srv/a"\ndefault = true\n[publish.b]\nto = "/srv/b"\ndefault = true\n',
            (),
            "2 targets say that they are the default",
        ),
        ('[publish.status]\nto = "/srv/a"\n', (), "means something else"),
        ('[publish."A b"]\nto = "/srv/a"\n', (), "is no name of a target"),
        ('[publish.a]\nto = "public"\n', (), "is no place that can be published to"),
        ('[publish.a]\nto = "/srv/../etc"\n', (), "cannot be the folder of a site"),
        ('[publish.a]\nto = "/"\n', (), "cannot be the folder of a site"),
        ('[publish.a]\nto = "file:///srv/%2e%2e/etc"\n', (), "cannot be the folder of a site"),
        ('[publish.a]\nto = "file:///srv/a%00"\n', (), "cannot be the folder of a site"),
        ('[publish.a]\nto = "/srv/a"\nurl = "example"\n', (), "It must begin with https://"),
    ],
)
def test_a_target_that_nobody_can_know_is_told_at_its_line(
    published: Published, targets: str, words: tuple[str, ...], told: str
) -> None:
    published.settings(targets)
    outcome = published.publish("--yes", *words)
    assert outcome.exit_code == 1
    assert outcome.err.startswith("campaigner.toml:")
    assert told in outcome.err


def test_a_word_that_is_neither_target_nor_campaign_is_wrong_usage(published: Published) -> None:
    told = published.publish("--yes", "frist")
    assert told.exit_code == 2
    assert 'Did you mean "first"?' in told.err


def test_a_target_that_is_misspelt_is_told_as_one(published: Published) -> None:
    told = published.publish("--yes", "prodction")
    assert told.exit_code == 2
    assert 'there is neither a target nor a campaign "prodction". Did you mean "production"?' in told.err


def test_a_campaign_that_is_misspelt_behind_a_target_is_told_as_one(published: Published) -> None:
    told = published.publish("--yes", "production", "frist")
    assert told.exit_code == 2
    assert told.err.startswith('campaigns:1:1: there is no campaign "frist". Did you mean "first"?')


def test_a_target_behind_a_campaign_is_told_where_it_belongs(published: Published) -> None:
    told = published.publish("--yes", "first", "production")
    assert told.exit_code == 2
    assert '"production" is a target and no campaign' in told.err
    assert "Name it first: campaigner publish production first." in told.err


def test_a_word_of_its_own_behind_options_is_told_where_it_belongs(published: Published) -> None:
    for word in ("status", "rollback", "config"):
        told = published.publish("--yes", word)
        assert (told.exit_code, f"campaigner publish {word} …" in told.err) == (2, True)


def test_a_folder_may_be_written_as_an_address(published: Published) -> None:
    published.settings('[publish.production]\nto = "file://{to}"\n')
    published.published()
    assert (published.to / "index.html").is_file()


def test_status_says_what_is_where_since_when_and_from_which_commit(published: Published) -> None:
    assert "Nothing was published yet" in published.publish("status").out
    root = published.publisher.root
    published.publisher.write(".gitignore", ".campaigner/\n")
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "All"],
    ):
        subprocess.run(["git", "-C", root, *command], check=True)
    commit = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    published.published()
    published.retitle("Another title")
    published.published()
    told = published.publish("status", "production").out
    assert f"live  {published.release}" in told
    assert f"commit {commit[:10]}+, since 20" in told
    (one,) = published.publish("status", "--format", "json").told["targets"]
    assert (one["target"], one["url"], one["to"]) == (
        "production",
        "https://gazette.example/",
        str(published.to),
    )
    assert one["release"] == published.release
    assert [release["commit"] for release in one["releases"]] == [f"{commit}+", commit]


def test_status_tells_of_all_targets_though_one_cannot_be_asked(published: Published) -> None:
    published.published()
    other = published.to.with_name("other")
    other.mkdir()
    published.settings(
        f'[publish.alone]\nto = "{other}"\n[publish.wrong]\nto = "{published.publisher.root}"\n' + TARGET
    )
    told = published.publish("status")
    assert told.exit_code == 1
    assert f"live  {published.release}" in told.out
    assert [line for line in told.out.splitlines() if line.endswith("this cannot be told")] == [
        "alone: this cannot be told",
        "wrong: this cannot be told",
    ]
    assert f"{other}:1:1: a folder stands here that campaigner did not make" in told.err
    assert "lie in each other" in told.err
    told = published.publish("status", "--format", "json")
    alone, wrong, production = told.told["targets"]
    assert told.exit_code == 1
    assert (alone["target"], wrong["target"], production["release"]) == ("alone", "wrong", published.release)
    assert "a folder stands here" in alone["error"]
    assert "lie in each other" in wrong["error"]
    assert published.publish("status", "production").exit_code == 0


def test_rollback_goes_back_to_the_release_before(published: Published) -> None:
    published.published()
    first = published.site()
    published.retitle("Another title")
    published.published()
    second = published.site()
    assert published.publish("rollback").exit_code == 2
    assert published.publish("rollback", "--dry-run").exit_code == 0
    assert published.site() == second
    told = published.publish("rollback", "--yes", "--format", "json")
    assert (told.exit_code, told.told["target"]) == (0, "production")
    assert "first/index.html" in told.told["changed"]
    assert published.site() == first
    told = published.publish("rollback", "--yes")
    assert told.exit_code == 1
    assert "there is no release to go back to" in told.err


def test_rollback_goes_to_any_release_that_is_there(published: Published) -> None:
    sites = {}
    for number in range(3):
        published.retitle(f"Title {number}")
        published.published()
        sites[published.release] = published.site()
    for name, site in sites.items():
        assert published.publish("rollback", "production", "--to", name, "--yes").exit_code == 0
        assert published.site() == site
    told = published.publish("rollback", "--to", "20260101T000000Z-9", "--yes")
    assert told.exit_code == 1
    assert 'there is no release "20260101T000000Z-9"' in told.err


def test_a_release_that_was_gone_back_from_is_not_gone_back_to(published: Published) -> None:
    sites = []
    for title in ("Good", "Bad", "As bad"):
        published.retitle(title)
        published.published()
        sites.append((published.release, published.site()))
        if title == "Bad":
            assert published.publish("rollback", "--yes").exit_code == 0
    (good, site), (bad, _), _ = sites
    assert published.publish("rollback", "--yes").exit_code == 0
    assert (published.release, published.site()) == (good, site)
    assert published.publish("rollback", "--to", bad, "--yes").exit_code == 0


def test_what_was_shown_once_is_shown_again_where_nothing_is(published: Published) -> None:
    published.published()
    release, site = published.release, published.site()
    published.to.unlink()
    assert "there is no release to go back to" in published.publish("rollback", "--yes").err
    told = published.publish("rollback", "--to", release, "--yes")
    assert (told.exit_code, f"\nTo {release}: {len(site)} new" in told.out) == (0, True)
    assert (published.release, published.site()) == (release, site)


def test_what_comes_after_a_rollback_is_a_release_of_its_own(published: Published) -> None:
    for number in range(2):
        published.retitle(f"Title {number}")
        published.published()
    newest = published.release
    published.publish("rollback", "--yes")
    told = published.published("--format", "json").told
    assert told["release"] not in {newest}
    assert b"Title 1" in published.site()["first/index.html"]
    assert told["release"].endswith("-3")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": 2}', '{"version":1,"files":{"a":[1,2]}}'])
def test_what_is_no_release_is_not_read_as_one(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Release.read(text, "20261126T105100Z-7")


RECORD: dict[str, Any] = {
    "version": 1,
    "name": "20261126T105100Z-7",
    "made": "2026-11-26T10:51:00Z",
    "url": "https://gazette.example/",
    "commit": "",
    "files": {"index.html": ["0" * 32, 10, []]},
    "kept": {"assets/a.0123.css": ["named 5", 5, ["first", "übung"]]},
}


@pytest.mark.parametrize(
    "path", ["it's-an-old_(name)!/index.html", "-x", "ü 100%.html", "...", ".well-known/x", "a/..b/c.", "~"]
)
def test_a_path_in_a_site_is_read_as_one(path: str) -> None:
    release = Release.read(json.dumps({**RECORD, "files": {path: ["-", 0, ["first"]]}}), RECORD["name"])
    assert release.digests == {path: "-"}


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/etc/passwd", "a//b", "a/", "//a", ".", "..", "./a", "../a", "a/..", "a/../b", "a/./b"),
        *("a\0b", "a\nb", "a\x1b[2Jb", "a\x7f", "a\x85b", "a\u2028b", "a\udc80b"),
    ],
)
def test_a_record_with_a_path_that_is_in_no_site_is_not_read(path: str) -> None:
    for key in ("files", "kept"):
        with pytest.raises(ValueError):  # noqa: PT011
            Release.read(json.dumps({**RECORD, key: {path: ["0" * 32, 4, []]}}), RECORD["name"])


WRONG_FILES: tuple[object, ...] = (
    *(["0" * 31, 4, []], ["0" * 31 + "G", 4, []], ["named x", 4, []], ["named -1", 4, []]),
    *(["named", 4, []], [f"{'0' * 32}\n", 4, []], [7, 4, []], [None, 4, []]),
    *(["0" * 32, -1, []], ["0" * 32, 1.5, []], ["0" * 32, True, []], ["0" * 32, "4", []]),
    *(["0" * 32, 4, [["x"]]], ["0" * 32, 4, [7]], ["0" * 32, 4, ["a\nb"]], ["0" * 32, 4, "first"]),
    *(["0" * 32, 4, 7], ["0" * 32, 4, None], ["0" * 32, 4, {}]),
    *([], ["0" * 32, 4], ["0" * 32, 4, [], []], "abc", 7, None, {}),
)
WRONG_TEXTS = ("a\nb", "\x1b[2J", "\ud800", 7, None)


@pytest.mark.parametrize(
    "changed",
    [
        *({"name": name} for name in ("", "20261126T105100Z-8", "../x", 7)),
        *({key: text} for key in ("made", "url", "commit") for text in WRONG_TEXTS),
        {"more": "x"},
        *({"files": {"index.html": file}} for file in WRONG_FILES),
        *({"files": []}, {"files": ""}, {"files": 7}, {"files": None}),
    ],
)
def test_a_record_that_campaigner_would_not_write_is_not_read(changed: dict[str, Any]) -> None:
    assert Release.read(json.dumps(RECORD), RECORD["name"]).size == 10
    with pytest.raises(ValueError):  # noqa: PT011
        Release.read(json.dumps({**RECORD, **changed}), RECORD["name"])


def test_help_names_what_belongs_to_it(published: Published) -> None:
    told = published.publish("--help").out
    for word in ("status [TARGET]", "rollback [TARGET]", "config SERVER", "--max-deletes", "--adopt"):
        assert word in told
    assert "publish site" not in told


@pytest.mark.parametrize(
    ("key", "address", "told"),
    [
        *(
            ("to", f"{scheme}user:geheim@host.example/srv/site", "is no place that can be published to")
            for scheme in ("https://", "ftp://", "sftp://", "file://", "rsync://", "")
        ),
        ("to", "user:geheim@host.example:/srv/site", "is no place that can be published to"),
        ("to", "geheim@host.example:/srv/site", "is no place that can be published to"),
        ("to", "https://host.example/site?token=geheim", "is no place that can be published to"),
        ("to", "https://host.example/site#token=geheim", "is no place that can be published to"),
        ("to", "/srv/../site?token=geheim", "cannot be the folder of a site"),
        ("to", "ssh://user:geheim@host.example/srv/site", "a password has no place in an address"),
        ("to", "ssh://geheim@host.example", "is no address that ssh knows"),
        ("to", "ssh://geheim@host.example/", "cannot be the folder of a site"),
        ("to", "ssh://host.example/../site?token=geheim", "cannot be the folder of a site"),
        ("to", "git+ssh://user:geheim@host.example/r", "a password has no place in an address"),
        ("to", "git+ssh://geheim@host.example/r", "says no branch"),
        ("to", "git+user:geheim@host.example:r#main", "is no way to publish to a branch"),
        ("to", "git+file://geheim@host.example/r#main", "is no place that can be published to"),
        ("to", "git+file:///r#a..b@geheim", "is no name of a branch"),
        ("to", "s3://KEY:geheim@gazette/site", "is no address of a bucket"),
        ("to", "s3://gazette/site?secret=geheim", "is no address of a bucket"),
        ("to", "s3://gazette/../geheim@site", "cannot be the place of a site"),
        ("url", "https://user:geheim@example.com/", "cannot be the address of a site"),
        ("url", "https://geheim@example.com/", "cannot be the address of a site"),
        ("url", "https://example.com/?token=geheim", "cannot be the address of a site"),
        ("url", "https://example.com/#token=geheim", "cannot be the address of a site"),
        ("url", "ftp://user:geheim@example.com/", "is no web address"),
        ("url", "https://user:ge heim@example.com/", "is no web address"),
        ("url", "https://example.com:x/?token=geheim", "is no web address"),
        ("url", "https://example.com/../?token=geheim", "cannot be the address of a site"),
        ("endpoint", "ftp://user:geheim@example.com", "is no web address"),
        ("endpoint", "https://user:geheim@example.com", "cannot be the address of a server"),
        ("endpoint", "http://example.com?token=geheim", "cannot be the address of a server"),
    ],
)
def test_a_secret_in_an_address_is_refused_and_not_shown(
    published: Published, key: str, address: str, told: str
) -> None:
    to = "s3://gazette/site" if key == "endpoint" else "/srv/site"
    settings = {"to": to, "url": "https://gazette.example", key: address}
    lines = "".join(f'{name} = "{value}"\n' for name, value in settings.items())
    published.settings(f"[publish.production]\n{lines}")
    for arguments in (("--dry-run",), ("status",)):
        outcome = published.publish(*arguments)
        assert outcome.exit_code == 1
        assert outcome.err.startswith("campaigner.toml:")
        assert told in outcome.err
        assert "heim" not in outcome.out + outcome.err


def test_an_address_without_a_secret_is_shown_where_it_is_wrong(published: Published) -> None:
    published.settings('[publish.production]\nto = "ftp://host.example/site"\n')
    assert '"ftp://host.example/site" is no place' in published.publish("status").err


def test_one_campaign_goes_from_a_fresh_checkout_and_the_rest_stays(
    published: Published, tmp_path: Path
) -> None:
    published.published()
    before = published.site()
    clone = Published(publisher=published.publisher.copied(tmp_path / "clone"), to=published.to)
    clone.retitle("Another title")
    clone.publisher.edit("campaigns/third/article.md", "title: Third", "title: The third")
    told = clone.published("first", "--format", "json").told
    assert "first/index.html" in told["changed"]
    assert not any(path.startswith(("second/", "third/")) for path in told["changed"] + told["removed"])
    after = clone.site()
    assert all(after[path] == before[path] for path in before if path.startswith(("second/", "third/")))
    assert b"Another title" in after["index.html"]


def test_what_a_named_campaign_no_longer_has_is_removed(published: Published) -> None:
    published.published()
    published.publisher.edit("campaigns/second/article.md", "aliases: [/older-name/]\n", "")
    published.published("first")
    assert "older-name/index.html" in published.site()
    published.published("second")
    assert "older-name/index.html" not in published.site()


def test_the_first_publication_of_one_campaign_has_the_listings(published: Published) -> None:
    published.published("first")
    assert {"first/index.html", "index.html", "feed.xml"} <= published.site().keys()
