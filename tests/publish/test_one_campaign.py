"""Campaigns that are published alone: listings, feed and sitemap are of what stands at the target beside them."""

import json
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

from publish.conftest import Published
from publisher import article, picture

#: of tests/publish/conftest.py
BASE = "https://gazette.example/"


def dead_links(site: dict[str, bytes]) -> set[str]:
    """Pages of the site that feed and sitemap name and that are not there."""
    found = set()
    for path in ("feed.xml", "sitemap.xml"):
        found |= {*re.findall(rf"<(?:id|loc)>{BASE}([^<]*)<", site[path].decode())}
    for path, content in site.items():
        if path.endswith("index.html"):
            found |= {
                (Path("/", path).parent / one).resolve().as_posix()[1:] + "/"
                for one in re.findall(r'<a[^>]* href="([^"#:]+/)"', content.decode())
            }
    files = {"index.html" if link in {"", "/"} else f"{unquote(link)}index.html" for link in found}
    return files - site.keys()


def names(site: dict[str, bytes], text: str) -> set[str]:
    """The files in which a text stands."""
    return {path for path, content in site.items() if text.encode() in content}


def test_what_was_gone_back_from_is_not_listed(published: Published) -> None:
    published.published()
    published.publisher.write(
        "campaigns/fourth/article.md", article("Fourth", date="2026-11-10", tags="[new]")
    )
    published.published()
    assert published.publish("rollback", "--yes").exit_code == 0
    published.retitle("Another title")
    published.published("first")
    site = published.site()
    assert names(site, "Another title") >= {"first/index.html", "index.html", "feed.xml"}
    assert (dead_links(site), names(site, "Fourth"), "tags/new/index.html" in site) == (set(), set(), False)


def test_what_was_edited_and_not_published_stays_here(published: Published, tmp_path: Path) -> None:
    published.published()
    before = published.site()
    fresh = published.copied(tmp_path / "fresh")
    for one in (published, fresh):
        one.publisher.edit("campaigns/third/article.md", "title: Third", "title: Embargoed title")
        one.publisher.edit("campaigns/third/article.md", "Hello, *readers*.", "An embargoed text.")
        one.publisher.write("campaigns/third/field.png", picture("red"))
        one.publish("--dry-run")
        one.retitle("Another title")
        one.published("first")
        site = one.site()
        assert "Another title" in site["index.html"].decode()
        assert names(site, "mbargoed") == set()
        assert site["third/index.html"] == before["third/index.html"]
        one.retitle("One more title")


def test_what_has_no_source_any_more_stays_and_stays_listed(published: Published) -> None:
    published.published()
    shutil.rmtree(published.publisher.root / "campaigns/third")
    published.publish("--dry-run")
    published.retitle("Another title")
    published.published("first")
    site = published.site()
    assert {"index.html", "feed.xml", "sitemap.xml"} <= names(site, "third/")
    assert ("third/index.html" in site, dead_links(site)) == (True, set())
    published.published()
    assert names(published.site(), "third/") == set()


def test_the_pages_beside_it_are_those_that_readers_see(published: Published) -> None:
    published.published()
    published.publisher.edit("campaigns/third/article.md", "title: Third", "title: Embargoed title")
    published.publisher.write("campaigns/fourth/article.md", article("Fourth", date="2026-11-02"))
    published.publish("--dry-run")
    published.publisher.edit("campaigns/second/article.md", "Hello", "Good morning")
    published.published("second")
    page = published.site()["second/index.html"].decode()
    assert ("Good morning" in page, "Third" in page, "Fourth" in page) == (True, True, False)


def test_the_first_of_all_goes_alone(published: Published) -> None:
    published.published("first")
    site = published.site()
    assert "first/index.html" in site
    assert not [path for path in site if path.startswith(("second/", "third/"))]
    assert dead_links(site) == set()
    published.published("second")
    site = published.site()
    assert {"first/index.html", "second/index.html"} <= site.keys()
    assert {"index.html", "feed.xml", "sitemap.xml"} <= names(site, "first/") & names(site, "second/")
    published.published()
    assert published.site() == published.built()


def test_what_takes_over_a_folder_goes_alone(published: Published) -> None:
    published.lay({"index.html": b"by hand", "assets/by-hand.css": b""})
    published.published("first", "--adopt")
    site = published.site()
    assert dead_links(site) == set()
    assert not [path for path in site if path.startswith("second/")]


def test_a_broken_neighbour_is_told_and_stops_nothing(published: Published, tmp_path: Path) -> None:
    published.published()
    fresh = published.copied(tmp_path / "fresh")
    for number, one in enumerate((published, fresh)):
        one.publisher.write("campaigns/third/article.md", "---\ntitle: [\n---\n")
        one.retitle(f"Title {number}")
        told = one.published("first")
        assert "Warning: campaigns/third/article.md:" in told.err
        site = one.site()
        assert f"Title {number}" in site["index.html"].decode()
        assert "index.html" in names(site, "third/")


def test_a_neighbour_that_cannot_be_rendered_is_told_and_stops_nothing(published: Published) -> None:
    published.published()
    published.publisher.edit("campaigns/third/article.md", "Hello, *readers*.", "![A field](nowhere.png)")
    published.publisher.write("campaigns/broken/article.md", "---\ntitle: [\n---\n")
    for number in range(2):
        published.retitle(f"Title {number}")
        told = published.published("first").err.splitlines()
        for broken in ("third", "broken"):
            assert any(line.startswith(f"Warning: campaigns/{broken}/article.md:") for line in told), told
        assert len(told) == len({*told})


def test_errors_that_checks_find_in_a_neighbour_are_told_in_a_line_and_stop_nothing(
    published: Published, tmp_path: Path
) -> None:
    published.published()
    fresh = published.copied(tmp_path / "fresh")
    for number, one in enumerate((published, fresh)):
        one.publisher.edit("campaigns/third/article.md", "Hello, *readers*.", "Our [letters](#).")
        one.publisher.write("campaigns/broken/article.md", "---\ntitle: [\n---\n")
        one.retitle(f"Title {number}")
        for _ in range(2):
            told = one.published("first")
            (line,) = (line for line in told.err.splitlines() if "`campaigner check`" in line)
            assert "in another campaign" in line
            assert "campaigns/third/article.md:" in line
        assert one.publish("--yes").exit_code != 0
    # nor is it said where there is nothing to say
    (published.publisher.root / "campaigns/broken/article.md").unlink()
    published.publisher.write("campaigns/third/article.md", article("Third", expiry_date="2026-12-24"))
    assert "`campaigner check`" not in published.published("first").err


def test_what_may_not_leave_yet_is_told_without_a_flag_that_is_none_here(published: Published) -> None:
    published.published()
    told = published.published("sketch", "later")
    assert "Warning: sketch was not published: it is a draft." in told.err
    assert "Warning: later was not published: it is scheduled." in told.err


def test_a_campaign_that_moves_takes_its_pages_along(published: Published) -> None:
    published.published()
    published.publisher.edit("campaigns/third/article.md", "title: Third", "title: Third\nslug: moved")
    published.published("moved")
    site = published.site()
    # the page beside it stays byte for byte
    assert ("moved/index.html" in site, names(site, "third/")) == (True, {"second/index.html"})
    (published.publisher.root / "campaigns/third").rename(published.publisher.root / "campaigns/renamed")
    published.publisher.edit("campaigns/renamed/article.md", "Hello", "Good morning")
    published.published("moved")
    assert published.site()["index.html"].count(b'href="moved/"') == site["index.html"].count(
        b'href="moved/"'
    )


def test_the_place_of_a_neighbour_is_not_taken(published: Published) -> None:
    published.published()
    before = published.everything()
    published.publisher.edit("campaigns/second/article.md", "title: Second", "title: Second\nslug: two")
    published.publisher.edit("campaigns/third/article.md", "title: Third", "title: Third\nslug: second")
    told = published.publish("--yes", "second")
    assert told.exit_code == 1
    assert 'second/index.html:1:1: at the target this is of "second". Publish that one too.' in told.err
    assert published.everything() == before
    published.published("second", "two")
    site, built = published.site(), published.built()
    assert site.keys() == built.keys()
    assert {path for path in site if site[path] != built[path]} == {"first/index.html"}


def test_a_picture_of_two_goes_with_the_last_of_them(published: Published) -> None:
    text = "![A field](field.png)"
    for name in ("second", "third"):
        published.publisher.write(f"campaigns/{name}/field.png", picture("red", (20, 10)))
        published.publisher.edit(f"campaigns/{name}/article.md", "Hello, *readers*.", f"Hello.\n\n{text}")
    published.published("second", "third")
    shown = {path for path in published.site() if path.startswith("assets/field-")}
    assert shown
    for name in ("third", "second"):
        published.publisher.edit(f"campaigns/{name}/article.md", text, "No picture.")
        published.published(name)
        # what no page shows any more stays for one release
        assert shown <= published.site().keys()
        published.retitle(f"After {name}")
        published.published("first")
        there = shown & published.site().keys()
        assert there == (shown if name == "third" else set())


def test_a_picture_that_changed_is_not_shown_for_what_stays(published: Published) -> None:
    published.published()
    cover = published.publisher.root / "campaigns/first/cover.png"
    before = published.site()
    covers = set(re.findall(r"assets/cover-[^\s\"]*", before["index.html"].decode()))
    assert covers
    published.publisher.edit("campaigns/second/article.md", "title: Second", "title: The second")
    published.published("second")
    assert covers == set(re.findall(r"assets/cover-[^\s\"]*", published.site()["index.html"].decode()))
    for number, content in enumerate((picture("red"), None)):
        cover.unlink()
        if content:
            cover.write_bytes(content)
        published.publisher.edit("campaigns/second/article.md", "title: The", "title: Now the")
        published.published("second")
        site = published.site()
        assert ("Now the" in site["index.html"].decode(), "assets/cover-" in site["index.html"].decode()) == (
            True,
            False,
        ), number
        assert site["first/index.html"] == before["first/index.html"]
        published.publisher.edit("campaigns/second/article.md", "title: Now the", "title: The")


def test_what_moves_up_into_the_feed_has_no_entry_until_it_is_published(published: Published) -> None:
    for day in range(1, 20):
        published.publisher.write(
            f"campaigns/one-{day}/article.md", article(f"Number {day}", date=f"2026-10-{day:02}")
        )
    published.published()
    assert published.site()["feed.xml"].count(b"<entry") == 20
    assert b"Number 3" in published.site()["feed.xml"]
    published.publisher.edit("campaigns/first/article.md", "title: First", "title: First\ndraft: true")
    published.published("first")
    feed = published.site()["feed.xml"]
    assert (feed.count(b"<entry"), b"Second" in feed, b"Number 2<" in feed) == (19, True, False)
    published.published()
    assert published.site()["feed.xml"].count(b"<entry") == 20


def test_what_an_earlier_version_published_has_to_be_published_once(published: Published) -> None:
    published.published()
    record = published.releases / f"{published.release}.json"
    written = json.loads(record.read_text())
    del written["campaigns"]
    record.write_text(json.dumps(written | {"version": 1}))
    before = published.everything()
    published.retitle("Another title")
    told = published.publish("--yes", "first")
    assert (told.exit_code, "an earlier version of campaigner published this" in told.err) == (1, True)
    assert published.everything() == before
    published.retitle("First")
    published.published()
    published.retitle("Another title")
    published.published("first")
    assert "Another title" in published.site()["index.html"].decode()
