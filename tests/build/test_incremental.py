"""A build after an edit renders what the edit touches and no more, and is what a build from nothing is.

`check_whole` compares the two byte for byte.
"""

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from campaigner.errors import CampaignerError
from campaigner.render.feeds import LATEST
from publisher import NOW, Publisher, article, campaign, dropped, picture, rendered

FIRST = "campaigns/first/article.md"
SECOND = "campaigns/second/article.md"
THIRD = "campaigns/third/article.md"
#: every page of a campaign, for a campaign that others list
SITE = {
    "feed",
    "home 1",
    "not-found",
    "privacy",
    "robots",
    "shared",
    "sitemap",
    "tag alone 1",
    "tag shared 1",
}
ALL = SITE | campaign("first", "second", "third")
LISTINGS_OF_FIRST = {"home 1", "tag alone 1", "tag shared 1"}
LISTINGS_OF_SECOND = {"home 1", "tag shared 1"}

Edit = Callable[[Publisher], object]


def front_matter(path: str, old: str, new: str) -> Edit:
    return lambda publisher: publisher.edit(path, old, new)


def settings(added: str) -> Edit:
    return lambda publisher: publisher.write(
        "campaigner.toml", (publisher.root / "campaigner.toml").read_text() + added
    )


def test_a_second_build_renders_nothing(publisher: Publisher) -> None:
    report = publisher.build()
    assert not report.changes
    assert not report.written
    assert not report.removed
    assert report.unchanged == len(publisher.tree())
    assert report.campaigns == 3


@pytest.mark.parametrize(
    ("edit", "touched"),
    [
        pytest.param(
            front_matter(FIRST, "Hello", "Good morning"), campaign("first") | {"feed"}, id="the text"
        ),
        pytest.param(
            front_matter(SECOND, "Hello", "Hello " * 600),
            campaign("second") | {"feed"} | LISTINGS_OF_SECOND,
            id="a text so long that its reading time, which listings show, is another",
        ),
        pytest.param(
            front_matter(SECOND, "title: Second", "title: Changed"),
            campaign("second") | {"feed", "post first", "post third"} | LISTINGS_OF_SECOND,
            id="a title, which stands on the pages before and after",
        ),
        pytest.param(
            front_matter(SECOND, "[shared]", "[shared, new]"),
            campaign("second") | {"feed", "sitemap", "tag new 1"} | LISTINGS_OF_SECOND,
            id="a new tag",
        ),
        pytest.param(
            front_matter(THIRD, "2026-11-01", "2026-11-04"),
            campaign("third") | {"feed", "home 1", "sitemap", "post first", "post second"},
            id="a date that puts it first",
        ),
        pytest.param(
            front_matter(SECOND, "title: Second", "title: Second\nlang: de"),
            campaign("second") | {"post first", "post third", "feed"} | LISTINGS_OF_SECOND,
            id="a language, which neighbours name",
        ),
        pytest.param(
            front_matter(SECOND, "older-name", "oldest-name"),
            campaign("second") | {"feed"} | LISTINGS_OF_SECOND,
            id="an alias",
        ),
        pytest.param(
            front_matter("campaigns/sketch/article.md", "Hello", "Good morning"), set(), id="a draft's text"
        ),
        pytest.param(
            lambda publisher: publisher.write("campaigns/first/notes.txt", "Nothing for readers."),
            set(),
            id="a file that nobody names",
        ),
        pytest.param(
            lambda publisher: publisher.write("campaigns/notes/idea.txt", "Nothing for readers."),
            set(),
            id="a folder without an article",
        ),
        pytest.param(
            lambda publisher: publisher.write("campaigns/first/field.png", picture("lime")),
            campaign("first") | {"feed"},
            id="a picture of the text, with the same number of bytes",
        ),
        pytest.param(
            lambda publisher: publisher.write("campaigns/first/cover.png", picture("lime", (20, 10))),
            campaign("first") | {"feed"} | LISTINGS_OF_FIRST,
            id="the cover, which listings show",
        ),
        pytest.param(
            lambda publisher: publisher.edit("sources.yaml", "that is cited", "of importance"),
            campaign("first") | {"feed"},
            id="a source that one cites",
        ),
        pytest.param(
            lambda publisher: publisher.edit("sources.yaml", "that nobody cites", "of no importance"),
            set(),
            id="a source that nobody cites",
        ),
        pytest.param(
            lambda publisher: publisher.edit("privacy.md", "safe", "very safe"),
            {"privacy"},
            id="the privacy page",
        ),
        pytest.param(
            lambda publisher: publisher.write("logo.png", picture("black")), ALL, id="the logo in all heads"
        ),
        pytest.param(settings("# a remark\n"), set(), id="a remark in the settings"),
        pytest.param(
            lambda publisher: publisher.edit("campaigner.toml", "Gazette", "Herald"), ALL, id="[site]"
        ),
        pytest.param(settings('accent = "#803020"\n'), ALL, id="[brand]"),
        pytest.param(settings('[sender]\npostal_address = "1 Example Street"\n'), ALL, id="[sender]"),
        pytest.param(settings('[signup]\nendpoint = "/in/{slug}"\n'), ALL, id="[signup]"),
        pytest.param(settings('[reader.fields.city]\nlabel = "City"\n'), ALL, id="[reader]"),
        pytest.param(settings('[content]\nraw_html = "refuse"\n'), ALL, id="[content]"),
        pytest.param(settings('[utm]\nsource = "mail"\n'), ALL, id="[utm]"),
        pytest.param(settings('[[navigation]]\nlabel = "Home"\nurl = "/"\n'), ALL, id="[[navigation]]"),
        pytest.param(
            settings('[[social]]\nlabel = "Elsewhere"\nurl = "https://social.example/"\n'),
            ALL,
            id="[[social]]",
        ),
        pytest.param(
            lambda publisher: publisher.write("campaigns/new/article.md", article("New", date="2026-11-20")),
            campaign("new") | {"feed", "home 1", "sitemap", "post first"},
            id="a new campaign",
        ),
    ],
)
def test_an_edit_renders_what_it_touches(
    publisher: Publisher, check_whole: Callable[[], None], edit: Edit, touched: set[str]
) -> None:
    edit(publisher)
    report = publisher.build()
    assert rendered(report) == touched
    assert not dropped(report)
    check_whole()


@pytest.mark.parametrize(
    ("edit", "touched", "gone"),
    [
        pytest.param(
            front_matter(FIRST, "[shared, alone]", "[shared]"),
            campaign("first") | {"feed", "home 1", "sitemap", "tag shared 1"},
            {"tag alone 1"},
            id="a tag that nobody has any more",
        ),
        pytest.param(
            front_matter(SECOND, "title: Second", "title: Second\nslug: another"),
            campaign("second") | {"feed", "home 1", "sitemap", "tag shared 1", "post first", "post third"},
            set(),
            id="a slug",
        ),
        pytest.param(
            front_matter(SECOND, "title: Second", "title: Second\ndraft: true"),
            {"feed", "home 1", "sitemap", "tag shared 1", "post first", "post third"},
            campaign("second"),
            id="a campaign that becomes a draft",
        ),
        pytest.param(
            front_matter("campaigns/sketch/article.md", "draft: true", "draft: false"),
            campaign("sketch") | {"feed", "home 1", "sitemap", "post first"},
            set(),
            id="a draft that is published",
        ),
        pytest.param(
            lambda publisher: shutil.rmtree(publisher.root / "campaigns/first"),
            {"feed", "home 1", "sitemap", "tag shared 1", "post second"},
            campaign("first") | {"tag alone 1"},
            id="a campaign that is removed",
        ),
        pytest.param(
            lambda publisher: (publisher.root / "campaigns/second").rename(
                publisher.root / "campaigns/renamed"
            ),
            campaign("renamed") | {"feed", "home 1", "sitemap", "tag shared 1", "post first", "post third"},
            campaign("second"),
            id="a folder that is renamed",
        ),
        pytest.param(
            lambda publisher: publisher.edit("campaigner.toml", 'privacy = "privacy.md"\n', ""),
            ALL - {"privacy"},
            {"privacy"},
            id="no privacy page any more",
        ),
    ],
)
def test_what_has_no_source_any_more_is_removed(
    publisher: Publisher, check_whole: Callable[[], None], edit: Edit, touched: set[str], gone: set[str]
) -> None:
    edit(publisher)
    report = publisher.build()
    assert rendered(report) == touched
    assert dropped(report) == gone
    check_whole()


def test_a_folder_that_is_renamed_with_the_same_slug_keeps_its_pages(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    (publisher.root / "campaigns/second").rename(publisher.root / "campaigns/renamed")
    publisher.edit("campaigns/renamed/article.md", "title: Second", "title: Second\nslug: second")
    report = publisher.build()
    assert not report.removed
    assert dropped(report) == campaign("second")
    check_whole()


def test_two_folders_that_change_places_change_their_pages(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    campaigns = publisher.root / "campaigns"
    (campaigns / "second").rename(campaigns / "between")
    (campaigns / "third").rename(campaigns / "second")
    (campaigns / "between").rename(campaigns / "third")
    publisher.build()
    check_whole()


@pytest.mark.parametrize(
    ("template", "touched"),
    [
        ("blog/post.html", {"post first", "post second", "post third"}),
        ("blog/index.html", {"home 1"}),
        ("blog/tag.html", {"tag alone 1", "tag shared 1"}),
        ("landing/thanks.html", {"landing first", "landing second", "landing third"}),
        ("page/404.html", {"not-found"}),
        ("page/privacy.html", {"privacy"}),
        ("page/redirect.html", {"post first", "post second", "post third"}),
        ("newsletter/subject.txt", {"newsletter first", "newsletter second", "newsletter third"}),
        ("_parts/email/button.html", {"newsletter first", "newsletter second", "newsletter third"}),
        ("styles/email.css", {"newsletter first", "newsletter second", "newsletter third"}),
        ("styles/site.css", ALL),
        ("feeds/entry.xml", {"feed", "entry first", "entry second", "entry third"}),
        ("feeds/sitemap.xml", {"sitemap"}),
        ("feeds/robots.txt", {"robots"}),
        ("words/en.toml", ALL),
    ],
)
def test_a_template_of_ones_own_is_taken_and_given_up(
    publisher: Publisher, check_whole: Callable[[], None], template: str, touched: set[str]
) -> None:
    from campaigner.resources import theme_folder

    theirs = (theme_folder() / template).read_text()
    publisher.write(f"templates/{template}", theirs)
    taken = publisher.build()
    assert not taken.changes, "it says what the theme's says"
    before = publisher.tree()

    publisher.write(f"templates/{template}", theirs + "\n# a remark\n")
    assert rendered(publisher.build()) == touched
    if template in {"page/redirect.html", "styles/site.css", "feeds/sitemap.xml", "feeds/robots.txt"}:
        assert publisher.tree() != before, "elsewhere a remark leaves no trace"
    check_whole()

    shutil.rmtree(publisher.root / "templates")
    assert rendered(publisher.build()) == touched
    assert publisher.tree() == before


def test_a_part_is_a_part_of_every_page_that_loads_it(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    publisher.write(
        "templates/_parts/page/callout.html",
        "{% macro callout(kind, title, content, words) %}<aside>{{ content }}</aside>{% endmacro %}",
    )
    touched = rendered(publisher.build())
    assert {"post first", "landing first", "privacy", "entry first"} <= touched
    assert not touched & {"newsletter first", "home 1", "robots"}
    check_whole()


def test_a_publish_date_that_comes_publishes(publisher: Publisher, check_whole: Callable[[], None]) -> None:
    publisher.now = datetime(2027, 2, 28, 23, 59, 59, tzinfo=UTC)
    publisher.build()
    assert not (publisher.output / "site/later").exists()
    publisher.now = datetime(2027, 3, 1, tzinfo=UTC)
    report = publisher.build()
    assert rendered(report) == campaign("later") | {"feed", "home 1", "sitemap", "post first"}
    check_whole()


def test_an_expiry_date_that_comes_takes_it_out_of_listings(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    publisher.now = datetime(2026, 12, 24, tzinfo=UTC)
    report = publisher.build()
    assert rendered(report) == {
        *("post third", "landing third", "newsletter third", "post second"),
        *("feed", "home 1", "sitemap"),
    }
    assert dropped(report) == {"entry third"}
    check_whole()


def test_a_clock_that_is_set_back_takes_back_what_it_brought(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    publisher.now = datetime(2027, 3, 1, tzinfo=UTC)
    publisher.build()
    publisher.now = NOW
    publisher.build()
    assert not (publisher.output / "site/later").exists()
    check_whole()


@pytest.mark.parametrize(
    "options",
    [
        {"drafts": True},
        {"future": True},
        {"base_url": "https://staging.example/sub"},
        {"merge_tags": "mailchimp"},
    ],
)
def test_other_options_make_another_site_and_back_again(
    publisher: Publisher, check_whole: Callable[[], None], options: dict[str, object]
) -> None:
    before = publisher.tree()
    publisher.options = options
    publisher.build()
    assert publisher.tree() != before
    check_whole()
    publisher.options = {}
    publisher.build()
    assert publisher.tree() == before


def test_drafts_and_scheduled_campaigns_are_in_the_output_only_while_their_flag_is_given(
    publisher: Publisher,
) -> None:
    def hidden() -> list[str]:
        return [
            path
            for path, content in publisher.tree().items()
            if "later" in path or "sketch" in path or b"Sketch" in content or b">Later" in content
        ]

    assert not hidden()
    publisher.build(drafts=True, future=True)
    shown = [path for path in hidden() if not path.startswith("site/assets/")]
    assert {path.split("/")[1] for path in shown} == {"later", "sketch"}, "only their own pages name them"
    for path in shown:
        if path.endswith(".html") and path.startswith("site/"):
            assert b"noindex" in publisher.tree()[path]
    publisher.build()
    assert not hidden()


def test_a_file_that_is_touched_renders_nothing(publisher: Publisher) -> None:
    for file in publisher.root.rglob("*"):
        if not file.is_relative_to(publisher.output) and ".campaigner" not in file.parts:
            os.utime(file)
    assert not publisher.build().changes


def test_an_edit_with_its_time_set_back_is_noticed(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    file = publisher.root / FIRST
    before = file.stat()
    text = file.read_bytes()
    with file.open("r+b") as opened:
        opened.write(text.replace(b"Hello", b"HELLO"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    after = file.stat()
    assert (after.st_mtime_ns, after.st_size, after.st_ino) == (
        before.st_mtime_ns,
        before.st_size,
        before.st_ino,
    )
    assert rendered(publisher.build()) == campaign("first") | {"feed"}
    check_whole()


def test_edits_right_after_a_build_are_noticed(publisher: Publisher) -> None:
    words = ["AAAAA", "BBBBB", "CCCCC", "DDDDD", "EEEEE"]
    file = publisher.root / SECOND
    for before, word in zip(["Hello", *words], words, strict=False):
        with file.open("r+b") as opened:
            opened.write(file.read_bytes().replace(before.encode(), word.encode()))
        publisher.build()
        assert word.encode() in publisher.tree()["site/second/index.html"]


def test_an_edit_that_is_taken_back_takes_back_what_it_made(publisher: Publisher) -> None:
    before = publisher.tree()
    publisher.edit(SECOND, "title: Second", "title: Second\nslug: another")
    publisher.build()
    publisher.write(SECOND, article("Second", date="2026-11-02", tags="[shared]", aliases="[/older-name/]"))
    publisher.build()
    assert publisher.tree() == before


def test_a_file_that_becomes_a_folder_and_back(publisher: Publisher, check_whole: Callable[[], None]) -> None:
    publisher.edit(SECOND, "/older-name/", "/older.html")
    publisher.build()
    assert (publisher.output / "site/older.html").is_file()
    publisher.edit(SECOND, "/older.html", "/older.html/")
    publisher.build()
    assert (publisher.output / "site/older.html/index.html").is_file()
    check_whole()
    publisher.edit(SECOND, "/older.html/", "/older.html")
    publisher.build()
    assert (publisher.output / "site/older.html").is_file()
    check_whole()


def test_the_last_live_campaign_leaves_an_empty_site(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    for name in ("first", "second", "third"):
        shutil.rmtree(publisher.root / "campaigns" / name)
    report = publisher.build()
    assert report.campaigns == 0
    assert b"<entry>" not in publisher.tree()["site/feed.xml"]
    check_whole()


def test_a_build_says_why_it_rendered_a_piece(publisher: Publisher) -> None:
    publisher.edit(SECOND, "title: Second", "title: Changed")
    reasons = {change.unit: change.reason for change in publisher.build().changes}
    assert reasons["post second"] == "article changed"
    assert reasons["post first"] == "neighbours changed"
    assert reasons["home 1"] == "listing changed"
    assert reasons["feed"] == "entries changed"


def test_a_build_says_why_it_dropped_a_piece(publisher: Publisher) -> None:
    publisher.write("campaigns/tagged/article.md", article("Tagged", tags="[lone]"))
    publisher.build(drafts=True, future=True)
    publisher.edit(FIRST, "date:", "draft: true\ndate:")
    publisher.edit(SECOND, "date: 2026-11-02", "date: 2026-11-02\nexpiry_date: 2026-11-03")
    publisher.edit("campaigner.toml", 'privacy = "privacy.md"', "")
    shutil.rmtree(publisher.root / "campaigns/tagged")
    told = {change.unit: change.reason for change in publisher.build().changes if change.is_dropped}
    assert told == {
        **dict.fromkeys(campaign("tagged"), "its source is gone"),
        **dict.fromkeys(campaign("first"), "it is a draft, see --drafts"),
        **dict.fromkeys(campaign("sketch") - {"entry sketch"}, "it is a draft, see --drafts"),
        **dict.fromkeys(campaign("later") - {"entry later"}, "it is scheduled, see --future"),
        "entry second": "it has expired",
        **dict.fromkeys(("tag lone 1", "tag shared 1", "tag alone 1"), "there is nothing to list on it"),
        "privacy": "the settings name no text for it",
    }


def test_a_draft_of_what_was_live_leaves_the_feed(publisher: Publisher) -> None:
    publisher.edit(FIRST, "date:", "draft: true\ndate:")
    told = {change.unit: change.reason for change in publisher.build(drafts=True).changes}
    assert told["entry first"] == "it is a draft, and in no listing"


def test_the_feed_makes_room_for_newer_entries(publisher: Publisher) -> None:
    for number in range(LATEST):
        publisher.write(f"campaigns/no-{number}/article.md", article(f"No. {number}", date="2026-11-04"))
    told = {change.unit: change.reason for change in publisher.build().changes if change.is_dropped}
    assert told == dict.fromkeys(
        ("entry first", "entry second", "entry third"), "20 newer ones are in the feed"
    )


def test_a_build_says_why_it_kept_a_piece_where_it_is_asked(publisher: Publisher) -> None:
    unchanged = "nothing that it is made from changed"
    assert not publisher.build().kept
    units = {change.unit: change.reason for change in publisher.build(explain=True).kept}
    assert units["post first"] == units["home 1"] == unchanged
    assert set(units.values()) == {unchanged}
    publisher.edit(SECOND, "Hello", "Good morning")
    assert not publisher.build(slugs=("second",)).kept
    publisher.edit(SECOND, "Good morning", "Good day")
    report = publisher.build(slugs=("second",), explain=True)
    told = {change.unit: change.reason for change in report.kept}
    assert told["post first"] == "it was not asked for"
    assert told["home 1"] == unchanged
    assert {*told} == {*units} - rendered(report)


def test_a_build_of_some_campaigns_leaves_the_others_and_the_next_one_makes_up_for_it(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    publisher.edit(FIRST, "title: First", "title: First edited")
    publisher.edit(SECOND, "title: Second", "title: Second edited")
    report = publisher.build(slugs=("second",))
    assert {name for name in rendered(report) if name.startswith("post")} == {"post second"}
    home = publisher.tree()["site/index.html"]
    assert b"Second edited" in home
    assert b"First edited" not in home
    publisher.build()
    check_whole()


def test_a_build_of_some_campaigns_lists_none_that_is_not_built(publisher: Publisher) -> None:
    publisher.now = datetime(2027, 3, 1, tzinfo=UTC)
    publisher.build(slugs=("second",))
    assert b"later" not in publisher.tree()["site/index.html"]
    publisher.build()
    assert b"later" in publisher.tree()["site/index.html"]


def test_a_renamed_folder_can_be_built_alone(publisher: Publisher, check_whole: Callable[[], None]) -> None:
    (publisher.root / "campaigns/second").rename(publisher.root / "campaigns/renamed")
    publisher.edit("campaigns/renamed/article.md", "title: Second", "title: Second\nslug: second")
    publisher.build(slugs=("second",))
    publisher.build()
    check_whole()


def swap_slugs(publisher: Publisher) -> None:
    publisher.edit(FIRST, "title: First", "title: First\nslug: second")
    publisher.edit(SECOND, "title: Second", "title: Second\nslug: first")


def test_of_two_campaigns_that_swap_their_slugs_each_can_be_built_alone(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    swap_slugs(publisher)
    publisher.build(slugs=("first",))
    assert b"<title>Second" in publisher.tree()["site/first/index.html"]
    publisher.build(slugs=("second",))
    publisher.build()
    check_whole()


def test_a_campaign_that_lost_its_place_to_another_one_gets_it_back(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    first, second = ((publisher.root / path).read_text() for path in (FIRST, SECOND))
    swap_slugs(publisher)
    publisher.build(slugs=("first",))
    publisher.write(FIRST, first)
    publisher.write(SECOND, second)
    publisher.build(slugs=("second",))
    assert b"<title>Second" in publisher.tree()["site/second/index.html"]
    publisher.build()
    check_whole()


def test_a_place_that_one_campaign_took_and_another_one_wants_back_is_told(publisher: Publisher) -> None:
    first = (publisher.root / FIRST).read_text()
    swap_slugs(publisher)
    publisher.build(slugs=("first",))
    publisher.write(FIRST, first)
    with pytest.raises(CampaignerError, match='the slug "first" is taken'):
        publisher.build()


def test_of_some_campaigns_only_their_own_clashes_are_told(publisher: Publisher) -> None:
    publisher.edit(FIRST, "title: First", "title: First\nslug: third")
    publisher.edit(SECOND, "Hello", "Good morning")
    assert "post second" in rendered(publisher.build(slugs=("second",)))
    with pytest.raises(CampaignerError) as error:
        publisher.build(slugs=("third",))
    assert {fault.path for fault in error.value.faults} <= {FIRST, "campaigns/third/article.md"}


def test_a_campaign_that_is_asked_for_and_left_out_is_named(publisher: Publisher) -> None:
    notes = publisher.build(slugs=("sketch", "later")).notes
    assert any("sketch was not built" in note and "--drafts" in note for note in notes)
    assert any("later was not built" in note and "--future" in note for note in notes)


def test_a_broken_neighbour_of_what_is_asked_for_is_told_and_stops_nothing(publisher: Publisher) -> None:
    publisher.write("campaigns/third/article.md", "---\ntitle: [\n---\n")
    publisher.edit(SECOND, "Hello", "Good morning")
    for output in ("output", "another"):
        report = publisher.build(slugs=("second",), output=publisher.root / output)
        assert "post second" in rendered(report)
        assert any("campaigns/third/article.md:" in note for note in report.notes)


def test_two_outputs_of_one_workspace_know_nothing_of_each_other(
    publisher: Publisher, check_whole: Callable[[], None]
) -> None:
    other = publisher.root / "mailchimp"
    publisher.build(output=other, merge_tags="mailchimp")
    publisher.edit(FIRST, "Hello", "Good morning")
    assert rendered(publisher.build(output=other, merge_tags="mailchimp")) == campaign("first") | {"feed"}
    assert rendered(publisher.build()) == campaign("first") | {"feed"}
    shutil.rmtree(other)
    check_whole()
