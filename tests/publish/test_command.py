"""`campaigner publish` asks, plans, refuses, and says what it did."""

import os
import subprocess
from pathlib import Path

import pytest

from campaigner.publish.releases import Release
from publish.conftest import Published
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
        Release.read(text)


def test_help_names_what_belongs_to_it(published: Published) -> None:
    told = published.publish("--help").out
    for word in ("status [TARGET]", "rollback [TARGET]", "config SERVER", "--max-deletes", "--adopt"):
        assert word in told
    assert "publish site" not in told


def test_secrets_of_an_address_are_refused(published: Published, tmp_path: Path) -> None:
    published.settings('[publish.a]\nto = "{to}"\nurl = "https://user:password@example.com/"\n')
    told = published.publish("--yes")
    assert told.exit_code == 1
    assert "cannot be the address of a site" in told.err


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
