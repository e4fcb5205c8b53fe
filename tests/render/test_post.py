"""The blog post."""

import dataclasses
import json
from typing import Any

import pytest
from lxml import html as lxml_html

from campaigner.content.cards import card_of
from campaigner.model.campaign import State
from campaigner.render.post import render_post
from campaigner.value import replace
from desk import Desk, parse_strictly, words_of

LONG_TITLE = "A title of one hundred and forty characters " * 3 + "is long 12"


def meta(html: str) -> dict[str, str]:
    tree = lxml_html.document_fromstring(html)
    return {
        str(one.get("property") or one.get("name")): str(one.get("content"))
        for one in tree.iter("meta")
        if one.get("content")
    }


def data(html: str) -> dict[str, Any]:
    (script,) = lxml_html.document_fromstring(html).iter("script")
    read: dict[str, Any] = json.loads(script.text or "")
    return read


def test_title_and_date_alone_make_a_whole_post(desk: Desk) -> None:
    html = desk.post("Hello.")
    parse_strictly(html)
    found = meta(html)
    assert found["og:title"] == "Spring offer"
    assert found["og:type"] == "article"
    assert found["og:url"] == "https://gazette.example/spring-offer/"
    assert found["og:image:width"] == "1200"
    assert found["og:image"].startswith("https://gazette.example/assets/card.")
    assert found["twitter:card"] == "summary_large_image"
    assert "robots" not in found
    assert '<link rel="canonical" href="https://gazette.example/spring-offer/">' in html
    assert "1 min read" in words_of(html)
    assert 'href="join/"' in html


def test_without_a_description_the_first_sentences_stand_for_the_article(desk: Desk) -> None:
    text = (
        "::: newsletter\nDear reader. This is a letter.\n:::\n\n## A heading\n\n"
        'Hello, {{ reader.first_name | default("you") }}: *this* is it [@book].[^a] Here is "more". And more.'
        "\n\n[^a]: A note."
    )
    expected = "Hello, you: this is it. Here is “more”."
    html = desk.post(text)
    assert meta(html)["description"] == meta(html)["og:description"] == expected
    assert data(html)["description"] == expected
    assert 'class="standfirst"' not in html
    described = desk.post(text, "description: In short.")
    assert meta(described)["description"] == data(described)["description"] == "In short."


def test_an_article_of_a_list_alone_is_described_too(desk: Desk) -> None:
    assert meta(desk.post("::: blog\n- One thing.\n- Another.\n:::"))["description"] == "One thing."


def test_search_engines_get_an_article(desk: Desk) -> None:
    front_matter = (
        "description: In short.\nupdated: 2026-11-03T09:00:00+01:00\ntags: [One, Two]\n"
        "authors:\n  - name: Ada\n    role: Editor\n    url: https://ada.example\n"
    )
    found = data(desk.post("Hello.", front_matter))
    assert found["@type"] == "Article"
    assert found["headline"] == "Spring offer"
    assert found["datePublished"] == "2026-11-01"
    assert found["dateModified"] == "2026-11-03T08:00:00Z"
    assert found["author"] == [
        {"@type": "Person", "name": "Ada", "url": "https://ada.example", "jobTitle": "Editor"}
    ]
    assert found["keywords"] == ["One", "Two"]
    assert len(found["image"]) == 1
    assert "citation" not in found


def test_an_author_that_is_no_person_is_an_organisation(desk: Desk) -> None:
    front_matter = "authors:\n  - name: Editorial desk\n    person: false\n    role: Writes for us\n  - Ada\n"
    assert data(desk.post("Hello.", front_matter))["author"] == [
        {"@type": "Organization", "name": "Editorial desk", "description": "Writes for us"},
        {"@type": "Person", "name": "Ada"},
    ]


def test_a_role_that_is_the_sites_name_is_not_said_again(desk: Desk) -> None:
    author = "authors: [{name: Editorial desk, person: false, role: The Gazette}]"
    html = desk.post("Hello.", author)
    assert data(html)["author"][0]["description"] == "The Gazette"
    assert "By Editorial desk</li>" in html
    (landing, _, _) = desk.landing_pages("Hello.", author)
    assert "<p><strong>Editorial desk</strong></p>" in landing


def test_an_author_of_the_sites_name_is_the_publication(desk: Desk) -> None:
    found = data(desk.post("Hello.", "author: The Gazette"))
    assert found["author"] == [found["publisher"]]
    assert found["publisher"]["@type"] == "Organization"


def test_nothing_in_the_front_matter_becomes_markup(desk: Desk) -> None:
    evil = "</script><script>alert(1)</script>&<!--"
    html = desk.post("Hello.", f'description: "{evil}"\ntags: ["{evil[:40]}"]\nauthor: "{evil[:40]}"')
    tree = lxml_html.document_fromstring(html)
    assert len([*tree.iter("script")]) == 1
    assert data(html)["author"][0]["name"].startswith("</script>")
    parse_strictly(html)


def test_another_original_is_named(desk: Desk) -> None:
    html = desk.post("Hello.", "canonical_url: https://elsewhere.example/first")
    assert '<link rel="canonical" href="https://elsewhere.example/first">' in html
    assert data(html)["mainEntityOfPage"] == "https://elsewhere.example/first"


def test_neighbours_are_linked_with_their_titles_well_set(desk: Desk) -> None:
    card = card_of(desk.pages("Hello.").campaign)
    other = replace(card, title='The "other" one', slug="other")
    html = render_post(desk.pages("Hello."), previous=other, following=None)[0].content.decode()
    assert "The “other” one" in html
    assert 'href="../other/"' in html
    assert 'rel="prev"' in html
    assert 'rel="next"' not in html


def test_a_neighbour_in_another_language_says_which(desk: Desk, german_desk: Desk) -> None:
    german = replace(card_of(desk.pages("Hello.").campaign), title="Straßenbahn", lang="de")
    html = render_post(desk.pages("Hello."), previous=german, following=None)[0].content.decode()
    assert '<span>Previous</span> <cite lang="de">Straßenbahn</cite>' in html
    html = render_post(german_desk.pages("Hallo."), previous=german, following=None)[0].content.decode()
    assert "<cite>Straßenbahn</cite>" in html


def test_earlier_addresses_lead_here(desk: Desk) -> None:
    pages = desk.pages("Hello.", "aliases: [/old/place/, older.html, /x/y]")
    files = {file.path: file.content.decode() for file in render_post(pages, previous=None, following=None)}
    redirects = {
        "site/old/place/index.html": "../../spring-offer/",
        "site/older.html": "spring-offer/",
        "site/x/y/index.html": "../../spring-offer/",
    }
    assert {*files} == {"site/spring-offer/index.html", *redirects}
    for path, href in redirects.items():
        assert f'content="0; url={href}"' in files[path]
        assert "noindex" in files[path]
        parse_strictly(files[path])


@pytest.mark.parametrize("state", [State.DRAFT, State.SCHEDULED])
def test_what_is_not_live_is_hidden_from_search_and_lists_no_tags(desk: Desk, state: State) -> None:
    html = desk.post("Hello.", "tags: [One]", state)
    assert meta(html)["robots"] == "noindex"
    assert "tags/one/" not in html
    assert 'href=""' not in html
    parse_strictly(html)


def test_an_ended_campaign_says_so(desk: Desk) -> None:
    html = desk.post("Hello.", "expiry_date: 2026-11-10", State.EXPIRED)
    assert "This campaign ended on November 10, 2026." in words_of(html)
    assert 'href="join/"' not in html


def test_contents_references_and_tags_are_there(desk: Desk) -> None:
    html = desk.post("## One\n\nA [@book].\n\n## Two\n\n## Three\n", "tags: [Safety first]")
    assert words_of(html).count("Contents") == 2
    assert '<section class="references"' in html
    assert 'href="../tags/safety-first/"' in html
    parse_strictly(html)


def test_a_title_of_140_characters_is_whole_everywhere(desk: Desk) -> None:
    pages = desk.pages("Hello.")
    meant = dataclasses.replace(pages.campaign.front_matter, title=LONG_TITLE)
    long = replace(pages, campaign=replace(pages.campaign, front_matter=meant))
    html = render_post(long, previous=None, following=None)[0].content.decode()
    assert len(LONG_TITLE) >= 140
    assert meta(html)["og:title"] == LONG_TITLE
    assert '<h1 class="long">' in html
    parse_strictly(html)


def test_a_post_in_german_speaks_german(german_desk: Desk) -> None:
    html = german_desk.post("Hallo.", "updated: 2026-11-03")
    assert '<html lang="de" dir="ltr">' in html
    assert "1. November 2026" in html
    assert "1 Min. Lesezeit" in words_of(html)
