"""Citations and their references, in each channel."""

import json
import re

from lxml import html as lxml_html

from desk import Desk, parse_strictly, words_of

OWN = "sources:\n  cdc-2024:\n    title: Our own reading\n    url: https://own.example/\n"


def marks(html: str) -> list[str]:
    return re.findall(r'role="doc-noteref"[^>]*>(\d+)<', html)


def test_sources_are_numbered_in_the_order_of_their_first_citation(desk: Desk) -> None:
    html = desk.blog("One [@fda-2025]. Two [@cdc-2024]. Again [@fda-2025; @book].")
    assert marks(html) == ["1", "2", "1", "3"]


def test_a_citation_stands_close_to_its_word(desk: Desk) -> None:
    html = desk.blog("A *claim* [@fda-2025].\nAnother\n[@cdc-2024] [@book].")
    assert "</em><sup" in html
    assert "Another<sup" in html
    assert "</sup> <sup" in html


def test_several_sources_may_stand_in_one_mark(desk: Desk) -> None:
    html = desk.blog("A [@cdc-2024; @fda-2025, @book].")
    assert html.count('<sup class="cite">') == 1
    assert words_of(html) == "A[1, 2, 3]."


def test_an_unknown_source_is_told_with_its_place_and_the_nearest_name(desk: Desk) -> None:
    (fault,) = desk.faults("First line.\n\nClaim [@cdc-2024; @cdc-2023] and more.")
    assert (fault.line, fault.column) == (3, 7)
    assert fault.message == 'there is no source "cdc-2023"'
    assert "cdc-2024" in fault.hint


def test_all_unknown_sources_are_told_at_once(desk: Desk) -> None:
    assert [fault.line for fault in desk.faults("[@one]\n\n[@two]\n\n[@three]\n")] == [1, 3, 5]


def test_the_articles_own_source_beats_the_shared_one(desk: Desk) -> None:
    html = desk.post("A [@cdc-2024].", OWN)
    assert "Our own reading" in html
    assert "Harmful reactions" not in html


def test_each_mark_leads_to_its_reference_and_back(desk: Desk) -> None:
    page = desk.post("One [@fda-2025]. Two [@cdc-2024]. Again [@fda-2025].")
    tree = lxml_html.document_fromstring(page)
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    noterefs = [link for link in tree.iter("a") if link.get("role") == "doc-noteref"]
    assert {link.get("href", "")[1:] for link in noterefs} == {"source-1", "source-2"}
    returns = [link.get("href", "")[1:] for link in tree.iter("a") if link.get("role") == "doc-backlink"]
    assert returns == ["cite-1-1", "cite-1-2", "cite-2-1"]
    assert {*returns} <= ids
    assert [link.get("id") for link in noterefs] == ["cite-1-1", "cite-2-1", "cite-1-2"]


def test_a_mark_has_a_name_in_the_pages_language(desk: Desk, german_desk: Desk) -> None:
    assert 'aria-label="Source 1"' in desk.blog("A [@book].")
    assert 'aria-label="Quelle 1"' in german_desk.blog("A [@book].")


def test_search_engines_are_told_what_is_cited(desk: Desk) -> None:
    tree = lxml_html.document_fromstring(desk.post("A [@book] b [@cdc-2024]."))
    (script,) = tree.iter("script")
    assert json.loads(script.text or "")["citation"] == [
        {"@type": "CreativeWork", "name": "A book", "author": {"@type": "Organization", "name": "Ada"}},
        {
            "@type": "CreativeWork",
            "name": "Harmful reactions",
            "url": "https://cdc.example/1",
            "author": {"@type": "Organization", "name": "A Health Agency"},
        },
    ]


def test_the_mail_has_short_marks_that_lead_to_the_source_or_to_the_posts_list(desk: Desk) -> None:
    html = desk.mail("A [@cdc-2024] b [@book].")
    assert 'href="https://cdc.example/1?utm_source=newsletter' in html
    assert 'href="https://gazette.example/spring-offer/#source-2"' in html
    assert "A[1] b[2]." in words_of(html)
    assert "cite-1-1" not in html


def test_the_text_part_names_the_number_and_lists_the_source(desk: Desk) -> None:
    text = desk.mails("A [@cdc-2024; @book].")["newsletter.txt"]
    assert "A (sources 1, 2)." in text
    assert "A (source 1)." in desk.mails("A [@book].")["newsletter.txt"]
    assert "A (Quellen 1, 2)." in desk.mails("A [@cdc-2024; @book].", "lang: de")["newsletter.txt"]
    assert "1. A Health Agency: Harmful reactions." in text


def test_citations_work_in_cells_headings_footnotes_and_pull_quotes(desk: Desk) -> None:
    text = (
        "## Head [@book]\n\n| a [@fda-2025] |\n| - |\n| b [@cdc-2024] |\n\n"
        "Note.[^n]\n\n::: pullquote\nSaid [@book].\n:::\n\n[^n]: See [@own].\n"
    )
    html = desk.post(text, "sources:\n  own:\n    title: Own\n")
    assert marks(html) == ["1", "2", "3", "1", "4"]
    parse_strictly(html)


def test_a_citation_in_a_link_stands_behind_it(desk: Desk) -> None:
    html = desk.blog("[see *this* [@book]](https://x.example) now, [and [@book] that](join/).")
    tree = lxml_html.fragment_fromstring(html, create_parent=True)
    assert not [link for link in tree.iter("a") if link.find(".//a") is not None]
    assert words_of(html) == "see this[1] now, and that[1]."


def test_a_link_that_looks_like_a_citation_is_a_link(desk: Desk) -> None:
    assert '<a href="https://social.example/">@handle</a>' in desk.blog("[@handle](https://social.example/)")


def test_the_title_of_a_block_cannot_cite(desk: Desk) -> None:
    (fault,) = desk.faults("Text.\n\n::: note See [@book]\nText.\n:::\n")
    assert (fault.line, fault.column) == (3, 14)


def test_a_reference_is_listed_only_where_it_is_cited(desk: Desk) -> None:
    text = "::: newsletter\nMail [@fda-2025].\n:::\n\n::: landing\nJoin [@book].\n:::\n\nAll [@cdc-2024].\n"
    assert "Warning letters" not in desk.post(text)
    assert "A book" not in desk.post(text)
    assert "A book" not in desk.mails(text)["newsletter.html"]
    join, thanks, confirmed = desk.landing_pages(text)
    assert "A book" in join
    assert "Harmful reactions" not in join
    for page in (join, thanks, confirmed):
        tree = lxml_html.document_fromstring(page)
        ids = {element.get("id") for element in tree.iter()}
        inner = {link.get("href", "")[1:] for link in tree.iter("a") if link.get("href", "").startswith("#")}
        assert inner <= ids


def test_a_source_keeps_its_number_in_every_channel(desk: Desk) -> None:
    text = "::: newsletter\nMail [@fda-2025].\n:::\n\nAll [@cdc-2024].\n"
    assert marks(desk.blog(text)) == ["2"]
    assert "[2]" in words_of(desk.mail(text))
    assert '<li id="source-2" value="2">' in desk.post(text)
