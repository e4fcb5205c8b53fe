"""What listings know about a campaign, and what campaigns may not have in common."""

import pytest

from campaigner.content.articles import campaign_of
from campaigner.content.cards import (
    alias_path,
    card_of,
    picture_path,
    reading_minutes,
    shared_faults,
    tag_slug,
)
from campaigner.model.campaign import Campaign, Card, Position, State
from campaigner.model.text import MOST_BYTES_IN_NAME


def campaign(folder: str = "spring-offer", *lines: str) -> Campaign:
    text = "\n".join(["---", "title: x", "date: 2026-11-01", *lines, "---", "", "Text.", ""])
    return campaign_of(text, folder=folder, path=f"campaigns/{folder}/article.md")


def faults(*campaigns: Campaign) -> list[tuple[str, int, str]]:
    places = {one.path: one for one in campaigns}

    def place_of(card: Card, key: str) -> Position:
        return places[card.path].position(key)

    found = shared_faults(map(card_of, campaigns), place_of)
    return [(fault.path, fault.line, fault.message) for fault in found]


def test_campaigns_with_places_of_their_own_are_left_in_peace() -> None:
    assert faults(campaign("one"), campaign("two", "aliases: [/old/, three.html]")) == []


def test_two_campaigns_with_one_slug_are_told_both() -> None:
    assert faults(campaign("one"), campaign("two", "slug: one")) == [
        ("campaigns/one/article.md", 1, 'the slug "one" is taken by campaigns/two/article.md too'),
        ("campaigns/two/article.md", 4, 'the slug "one" is taken by campaigns/one/article.md too'),
    ]


def test_slugs_that_some_file_system_takes_for_one_are_one() -> None:
    assert len(faults(campaign("one"), campaign("One"))) == 2
    assert len(faults(campaign("strasse"), campaign("straße"))) == 2


def test_an_alias_of_one_is_not_the_address_of_another() -> None:
    assert faults(campaign("one", "aliases: [/two]"), campaign("two")) == [
        ("campaigns/one/article.md", 4, 'the alias "two" is taken by campaigns/two/article.md too'),
        ("campaigns/two/article.md", 1, 'the slug "two" is taken by campaigns/one/article.md too'),
    ]


@pytest.mark.parametrize("alias", ["/spring-offer/", "spring-offer", "[/a/, a]"])
def test_an_alias_is_not_the_campaigns_own_address(alias: str) -> None:
    (fault,) = faults(campaign("spring-offer", f"aliases: {alias}"))
    assert "own address, or here twice" in fault[2]


def test_an_alias_does_not_stand_among_the_campaigns_own_pages() -> None:
    (fault,) = faults(campaign("spring-offer", "aliases: [/old/, /spring-offer/join/thanks/]"))
    assert "own address, or here twice" in fault[2]


@pytest.mark.parametrize(
    ("alias", "path"),
    [("/old", "old/"), ("old/", "old/"), ("/a/b.html", "a/b.html"), ("//a", "a/"), (" /a ", "a/")],
)
def test_an_alias_is_a_folder_or_an_html_file(alias: str, path: str) -> None:
    assert alias_path(alias) == path


@pytest.mark.parametrize(
    ("tag", "slug"),
    [
        ("Injection safety", "injection-safety"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        ("Q&A", "q-and-a"),
        ("It's", "its"),
        ("Größe", "größe"),
        ("e\u0301te\u0301", "été"),
        ("../../x", "x"),
        ("日本 語", "日本-語"),
        ("_", "tag"),
        ("😀", "tag"),
    ],
)
def test_a_tag_is_one_folder(tag: str, slug: str) -> None:
    assert tag_slug(tag) == slug


@pytest.mark.parametrize("letters", ["\U00010400" * 100, "#" * 100, "\U00010400" * 50 + "-" + "a" * 200])
def test_a_tag_that_no_folder_could_be_called_has_a_shorter_one_of_its_own(letters: str) -> None:
    slug, other = tag_slug(letters), tag_slug(letters + "x")
    assert slug != other
    assert len(slug.encode()) <= MOST_BYTES_IN_NAME
    assert slug[:20] == other[:20] == tag_slug(letters[:30])[:20]


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (220, 1), (440, 2), (2200, 10)])
def test_reading_takes_a_minute_for_220_words(words: int, minutes: int) -> None:
    assert reading_minutes("word " * words) == minutes


def test_addresses_of_links_are_not_read() -> None:
    assert reading_minutes("[a](https://example.com/a-b-c-d) " * 220) == 1


def test_the_state_of_a_campaign_is_that_of_the_moment() -> None:
    card = card_of(campaign("one", "publish_date: 2026-11-10", "expiry_date: 2026-11-20"))
    moments = ("2026-11-09T23:59:59Z", "2026-11-10T00:00:00Z", "2026-11-19T23:59:59Z", "2026-11-20T00:00:00Z")
    assert [card.state(moment) for moment in moments] == [
        State.SCHEDULED,
        State.LIVE,
        State.LIVE,
        State.EXPIRED,
    ]
    assert card_of(campaign("one", "draft: true")).state("2030-01-01T00:00:00Z") is State.DRAFT


def test_a_picture_is_found_from_its_article() -> None:
    assert picture_path(campaign(), "a.png") == "campaigns/spring-offer/a.png"
    assert picture_path(campaign(), "../shared/a.png") == "campaigns/shared/a.png"
    assert picture_path(campaign(), "../../../a.png").startswith("..")


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("/shared/a.png", "shared/a.png"),
        ("my%20pic.png", "campaigns/spring-offer/my pic.png"),
        ("a.png?v=1", "campaigns/spring-offer/a.png"),
        ("%2Fa.png", "a.png"),
    ],
)
def test_a_picture_is_named_by_an_address(written: str, path: str) -> None:
    assert picture_path(campaign(), written) == path


def test_a_card_was_changed_when_it_was_published_or_updated_whichever_is_later() -> None:
    assert card_of(campaign("one", "updated: 2026-11-05")).changed_at == "2026-11-05T00:00:00Z"
    assert card_of(campaign("one", "updated: 2026-10-05")).changed_at == "2026-11-01T00:00:00Z"
