"""The dialect that articles are written in, as the blog shows it."""

import re

import pytest
from lxml import html as lxml_html

from desk import Desk, parse_strictly, words_of


def test_tables_have_a_head_and_aligned_cells(desk: Desk) -> None:
    html = desk.blog("| Name | Count |\n| :-- | --: |\n| Ada | 3 |\n")
    table = lxml_html.fragment_fromstring(html).find(".//table")
    assert table is not None
    assert [cell.text for cell in table.iter("th")] == ["Name", "Count"]
    assert [cell.get("class") for cell in table.iter("td")] == ["align-left", "align-right numeral"]
    assert "style=" not in html


def test_a_wide_table_can_be_reached_and_scrolled_by_keyboard(desk: Desk) -> None:
    html = desk.blog("| a |\n| - |\n| b |\n")
    assert '<div class="table" role="group" aria-label="Table" tabindex="0">' in html


def test_definition_lists_attributes_and_abbreviations_are_taken(desk: Desk) -> None:
    html = desk.blog("CDC\n:   An agency.\n\nA word{.x}\n{.small lang=la}\n\n*[CDC]: Centers for Control\n")
    assert '<dt><abbr title="Centers for Control">CDC</abbr></dt>' in html
    assert "<dd>An agency.</dd>" in html
    assert '<p class="small" lang="la">' in html


def test_a_list_with_another_marker_is_another_list(desk: Desk) -> None:
    assert desk.blog("- a\n- b\n\n1. c\n").count("<li>") == 3
    assert "<ol>" in desk.blog("- a\n- b\n\n1. c\n")


def test_heading_ids_are_their_words_in_any_script(desk: Desk) -> None:
    html = desk.blog("## Don't panic!\n\n## Über Größe\n\n## 価格 2026\n\n## …\n")
    for name in ("dont-panic", "über-größe", "価格-2026", "section"):
        assert f'id="{name}"' in html


def test_a_heading_id_does_not_depend_on_how_an_umlaut_was_typed(desk: Desk) -> None:
    assert 'id="über"' in desk.blog("## U\u0308ber\n")


def test_two_headings_of_one_name_have_two_ids(desk: Desk) -> None:
    html = desk.blog("## Price\n\n## Price\n")
    ids = [
        heading.get("id") for heading in lxml_html.fragment_fromstring(html, create_parent=True).iter("h2")
    ]
    assert len({*ids}) == 2
    assert ids[0] == "price"


def test_ids_are_there_once_and_none_of_them_is_the_pages_own(desk: Desk) -> None:
    text = "## Source 1\n\n## A {#page-main}\n\n## B {#x}\n\nb\n{#x}\n\n<p id='two words'>c</p>\n\n<p id=''>d</p>\n"
    tree = lxml_html.fragment_fromstring(desk.blog(text), create_parent=True)
    ids = [element.get("id") for element in tree.iter() if element.get("id") is not None]
    assert ids == ["text-source-1", "text-page-main", "x", "x-2", "two-words"]


def test_links_follow_a_heading_whose_id_had_to_change(desk: Desk) -> None:
    assert 'href="#text-source-1"' in desk.blog("## Source 1\n\n[there](#source-1)\n")


def test_contents_need_three_headings_and_stop_at_the_third_level(desk: Desk) -> None:
    text = "## One\n\n### *Two* & more\n\n#### Deep\n"
    assert desk.web(text).contents == ()
    contents = desk.web(f"{text}\n## Three\n").contents
    assert [(entry.id, entry.text, entry.level) for entry in contents] == [
        ("one", "One", 2),
        ("two-more", "Two & more", 3),
        ("three", "Three", 2),
    ]


def test_contents_show_no_number_of_a_source_or_a_footnote_and_each_fields_fallback(desk: Desk) -> None:
    text = "## One [@cdc-2024]\n\n## Two[^n]\n\n## For {{ reader.name | default('you') }}\n\n[^n]: Note.\n"
    contents = desk.web(text).contents
    assert [entry.text for entry in contents] == ["One", "Two", "For you"]
    assert [entry.id for entry in contents] == ["one", "two", "for"]


def test_the_title_stays_the_pages_only_first_heading(desk: Desk) -> None:
    html = desk.blog("# Spring offer\n\n# One\n\n## Two\n")
    assert "<h1" not in html
    assert "Spring offer" not in html
    assert html.index("<h2") < html.index("<h3")


@pytest.mark.parametrize("written", ["## ", "##", "<h2></h2>", "## <!-- later -->"])
def test_a_heading_without_words_is_dropped(desk: Desk, written: str) -> None:
    text = f"One.\n\n{written}\n\nTwo.\n\n## Three\n"
    assert re.findall("<h.*?>", desk.blog(text)) == ['<h2 id="three">']
    assert desk.mail(text).count("<h2") == 1


def test_a_heading_may_be_a_picture(desk: Desk) -> None:
    (heading,) = desk.pages("## ![Spring](a.png)").body.tree.iter("h2")
    assert heading.find("img") is not None


@pytest.mark.parametrize("kind", ["note", "tip", "important", "warning", "caution"])
def test_a_callout_is_named_by_its_kind_or_its_title(desk: Desk, kind: str) -> None:
    assert f'aria-label="{kind.capitalize()}"' in desk.blog(f"::: {kind}\nText.\n:::\n")
    titled = f"::: {kind} Before you buy\nText.\n:::\n"
    assert 'aria-label="Before you buy"' in desk.blog(titled)
    for shown in (desk.blog(titled), desk.mail(titled)):
        assert words_of(shown) == f"{kind.capitalize()} Before you buy Text."


def test_a_callout_holds_any_markdown(desk: Desk) -> None:
    html = desk.blog("Before.\n::: tip\n- a *b*\n- c\n\n| d |\n| - |\n| e |\n:::\nAfter.\n")
    assert "<li>a <em>b</em></li>" in html
    assert "<table>" in html
    assert words_of(html) == "Before. Tip a b c d e After."


def test_a_block_within_a_block_is_closed_first(desk: Desk) -> None:
    html = desk.blog("::: note\nOuter.\n\n::: tip\nInner.\n:::\n\nOuter again.\n:::\n\nOutside.\n")
    tree = lxml_html.fragment_fromstring(html, create_parent=True)
    inner = next(block for block in tree.iter("div") if block.get("class") == "callout tip")
    assert "Inner." in inner.text_content()
    assert "again" not in inner.text_content()
    assert tree[-1].text == "Outside."


def test_a_pull_quote_is_set_apart_without_a_name(desk: Desk) -> None:
    html = desk.blog("::: pullquote\nSay it once.\n:::\n")
    assert '<blockquote class="pullquote">' in html
    assert "callout" not in html


def test_a_button_is_a_link_alone_in_its_paragraph(desk: Desk) -> None:
    html = desk.blog("[Sign *up*](join/){.button}\n\nA [link](join/){.button} in a line.\n")
    assert html.count('<p class="action">') == 1
    assert '<a class="button" href="join/">Sign <em>up</em></a>' in html


def test_a_fault_in_a_block_names_its_line(desk: Desk) -> None:
    (unknown,) = desk.faults("a\n\n::: warnin\nText.\n:::\n")
    assert (unknown.line, unknown.hint) == (3, 'Did you mean "warning"?')
    (unclosed,) = desk.faults("a\n\n::: note\nText.\n")
    assert (unclosed.line, unclosed.message) == (3, "the block `::: note` is never closed")
    (unopened,) = desk.faults("a\n\n:::\n")
    assert unopened.line == 3
    (channel,) = desk.faults("::: blog mail\nText.\n:::\n")
    assert 'no block "mail"' in channel.message


CODE = """`{{ now() }}` and `[@nobody]` and `::: note` and `{% if %}`

```html
{{ now() }}
[@nobody]
::: note
<!-- more -->
![a](b.png)
\\{{ x }}
"quotes" -- and...
```

    {{ later() }} [@nobody]
    ::: note
"""
SHOWN = [
    '{{ now() }}\n[@nobody]\n::: note\n<!-- more -->\n![a](b.png)\n\\{{ x }}\n"quotes" -- and...',
    "{{ later() }} [@nobody]\n::: note",
]


def test_code_is_plain_text_in_every_channel(desk: Desk) -> None:
    assert desk.faults(CODE) == []
    for html in (desk.blog(CODE), desk.mail(CODE)):
        tree = lxml_html.fragment_fromstring(html, create_parent=True)
        assert [block.text_content().strip() for block in tree.iter("pre")] == SHOWN
        inline = [code.text_content() for code in tree.iter("code") if code.getparent().tag == "p"]
        assert inline == ["{{ now() }}", "[@nobody]", "::: note", "{% if %}"]
    text = desk.text(CODE).text
    for block in SHOWN:
        assert "\n".join(f"    {line}" for line in block.split("\n")) in text


def test_a_code_block_knows_its_language(desk: Desk) -> None:
    assert '<code class="language-python">' in desk.blog("```python\nx = 1\n```\n")


def test_a_converter_remembers_nothing_of_the_article_before(desk: Desk) -> None:
    first = "## A[^1]\n\n[^1]: Note.\n\n*[AB]: Alpha\n"
    desk.blog(first)
    assert desk.blog("## A\n\nAB\n") == '<h2 id="a">A</h2>\n<p>AB</p>'


@pytest.mark.parametrize(
    "text",
    [
        "see ![one](without an end",
        "see ![one][nowhere] and ![two] too",
        "<div>\n<!-- more -->\n</div>\n\nText.",
        '[a](b "![c](d)")',
        "a\n\n<!-- more -->\n\nb\n\n<!-- more -->\n\nc",
        "> a\n\n<!-- more -->\n\nb",
        "- a\n\n    <!-- more -->\n\n- b",
        "<div data-callout='nothing' data-channels='blog newsletter'>\n\ntext\n\n</div>",
        "para\n{data-callout=note data-channels=landing data-more=1 data-mark=9}",
    ],
)
def test_what_only_looks_like_a_mark_is_text(desk: Desk, text: str) -> None:
    web, mail, plain = desk.blog(text), desk.mail(text), desk.text(text).text
    for written in (web, mail, plain):
        assert not any("\ufdd0" <= character <= "\ufdef" for character in written)
        assert "data-" not in written
    parse_strictly(desk.post(text))


@pytest.mark.parametrize(
    ("text", "name", "column"),
    [
        ("a \ufdd00\ufdd1", "U+FDD0", 3),
        ("a &#xFDD0;0&#64977; b", "U+FDD0", 3),
        ("[a](x%EF%B7%9099%ef%b7%91)", "U+FDD0", 6),
        ("a \x01", "U+0001", 3),
        ("a &#1;", "U+0001", 3),
        ("a \x0b'b'", "U+000B", 3),
        ("a \uffff", "U+FFFF", 3),
        ("a \U0001fffe", "U+1FFFE", 3),
        ("a &#x99999999999;", "U+99999999999", 3),
    ],
)
def test_a_character_that_no_text_may_have_is_told_with_its_place(
    desk: Desk, text: str, name: str, column: int
) -> None:
    fault = desk.faults(f"First line.\n\n{text}")[0]
    assert (fault.line, fault.column) == (3, column)
    assert fault.message == f"{name} is not a character of any text"


def test_references_to_real_characters_are_no_fault(desk: Desk) -> None:
    assert words_of(desk.blog("&#8364; &#x20AC; &#128; &euro; %EF%BF%BC")) == "€ € € € %EF%BF%BC"


@pytest.mark.parametrize(
    "text",
    [
        ">" * 200 + " x",
        "\n".join("    " * level + "- x" for level in range(90)),
        "<div>" * 400 + "x" + "</div>" * 400,
        "*" * 500 + "x" + "*" * 500,
        "::: note\n" * 120 + "x\n" + ":::\n" * 120,
    ],
)
def test_an_article_that_is_nested_without_end_is_refused(desk: Desk, text: str) -> None:
    (fault,) = desk.faults(text)
    assert "nested too deeply" in fault.message


def test_ten_levels_of_lists_and_quotes_are_fine(desk: Desk) -> None:
    text = "\n".join("    " * level + "- x" for level in range(10)) + "\n\n" + "> " * 10 + "y"
    assert desk.faults(text) == []
    assert "> " * 10 + "y" in desk.text(text).text


def test_emphasis_that_markdown_cannot_disentangle_is_told_and_not_shown_torn(desk: Desk) -> None:
    (fault,) = desk.faults("First.\n\nSome **5*6** snake_case &amp; **words** here.")
    assert fault.line == 3
    assert "too tangled" in fault.message


def test_a_line_that_asks_for_contents_is_left_out_since_a_post_has_its_own(desk: Desk) -> None:
    text = "One.\n\n[TOC]\n\n## A\n\n## B\n\n## C\n\nTwo: [TOC].\n\n\\[TOC]\n\n    [TOC]\n"
    html = desk.blog(text)
    assert words_of(html) == "One. A B C Two: [TOC]. [TOC] [TOC]"
    assert "<ul" not in html
    assert html.count("<p>") == 3
    assert desk.post(text).count('href="#a"') == desk.post(text.replace("[TOC]\n\n## A", "## A")).count(
        'href="#a"'
    )
    assert desk.text("One.\n\n[TOC]\n\n## A\n").text == "One.\n\nA\n-"
