"""The text part: laid out for reading, and nothing of the article lost."""

import re
import unicodedata

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from campaigner.errors import ContentError
from campaigner.render.body.mail import PLACEHOLDER
from campaigner.render.body.text import WIDTH, columns, wrapped
from desk import Desk


def test_headings_are_underlined_and_lists_stay_lists(desk: Desk) -> None:
    text = desk.text(
        "## A heading\n\n### Lower\n\n- one\n- two\n    1. deep\n    2. deeper\n\n3. three\n4. four\n"
    ).text
    assert text == (
        "A heading\n---------\n\nLower\n.....\n\n- one\n- two\n  1. deep\n  2. deeper\n\n3. three\n4. four"
    )


def test_a_long_item_hangs_from_its_marker(desk: Desk) -> None:
    lines = desk.text(f"- {'word ' * 30}\n\n9. {'word ' * 30}\n10. short\n").text.split("\n")
    assert lines[0].startswith("- word")
    assert lines[1].startswith("  word")
    assert "   word" in "\n".join(lines)
    assert lines[-1] == "10. short"


def test_quotes_callouts_and_pull_quotes_have_a_margin(desk: Desk) -> None:
    text = desk.text("> One.\n>\n> Two.\n\n::: tip Try\nText.\n:::\n\n::: pullquote\nSaid.\n:::\n").text
    assert text == "> One.\n>\n> Two.\n\n| TIP: TRY\n|\n| Text.\n\n| Said."


def test_a_callouts_title_keeps_its_merge_field(desk: Desk) -> None:
    text = desk.mails('::: note Dear {{ reader.name | default("you") }}\nText.\n:::\n')["newsletter.txt"]
    assert '| NOTE: DEAR {{ reader.name | default("you") }}\n' in text


def test_a_small_table_is_a_table_and_a_wide_one_a_list_of_records(desk: Desk) -> None:
    assert desk.text("| Name | No |\n| - | - |\n| Ada | 1 |\n").text == "Name   No\n----   --\nAda    1"
    wide = desk.text(f"| Name | Words |\n| - | - |\n| Ada | {'word ' * 20} |\n| Bob | b |\n").text
    assert wide.startswith("- Name: Ada\n  Words: word")
    assert wide.endswith("- Name: Bob\n  Words: b")


def test_a_tables_caption_and_lists_in_its_cells_stay(desk: Desk) -> None:
    html = "<table><caption>Above</caption><tr><td>a<br>b<ul><li>c</li><li>d</li></ul></td></tr></table>"
    assert desk.text(html).text == "Above\n\na b c d"


def test_definitions_are_set_in(desk: Desk) -> None:
    assert desk.text("Term\n:   Meaning.\n\nOther\n:   More.\n").text == (
        "Term\n    Meaning.\n\nOther\n    More."
    )


def test_a_definition_of_nothing_leaves_no_gap(desk: Desk) -> None:
    html = "<ul><li><dl><dt></dt><dd></dd><dt>Term</dt><dd>Meaning</dd></dl></li></ul>"
    assert desk.text(html).text == "- Term\n      Meaning"


def test_a_list_is_as_loose_as_its_own_items(desk: Desk) -> None:
    html = "<ul><li>a</li><li>b<ul><li><p>c</p></li><li><p>d</p></li></ul></li></ul>"
    assert desk.text(html).text == "- a\n- b\n  - c\n\n  - d"


def test_emphasis_code_and_pictures_are_readable(desk: Desk) -> None:
    assert desk.text("*a* **b** `c` ~~d~~ H<sub>2</sub>O").text == "_a_ *b* c ~~d~~ H2O"
    assert desk.text("*a **b***").text == "_a *b*_"


def test_code_is_set_in_as_it_was_written(desk: Desk) -> None:
    assert desk.text("```\nif x:\n    y  \n\nz\n```\n").text == "    if x:\n        y\n\n    z"


def test_a_rule_and_a_line_break_stay(desk: Desk) -> None:
    assert desk.text("a  \nb\n\n* * *\n\nc").text == f"a\nb\n\n{'* * *'.center(WIDTH).rstrip()}\n\nc"


def test_words_are_kept_together_by_a_no_break_space() -> None:
    assert wrapped("aaa 10\u00a0mg", 8) == "aaa\n10\u00a0mg"


def test_chinese_and_japanese_break_between_characters_but_not_before_a_full_stop() -> None:
    assert wrapped("これは長い文です。", 8) == "これは長\nい文で\nす。"
    assert wrapped("漢字abc漢字", 6) == "漢字\nabc漢\n字"


def test_a_word_that_is_too_long_stays_whole() -> None:
    assert wrapped(f"a {'x' * 90} b", 72) == f"a\n{'x' * 90}\nb"


def test_white_space_is_folded_and_lines_begin_with_a_word(desk: Desk) -> None:
    assert wrapped("  a   b  \n\n c ", 72) == "a b\n\nc"
    assert wrapped("  漢   b  \n\n c ", 72) == "漢 b\n\nc"
    assert desk.text("<div>&#9;a&#9;&#9;b \n c</div>").text == "a b c"


def test_where_there_is_no_room_each_word_has_a_line() -> None:
    assert wrapped("a bc d", 0) == wrapped("a bc d", -4) == "a\nbc\nd"


def test_a_table_within_a_cell_is_read_once(desk: Desk) -> None:
    html = "<table><tr><td>a<table><tr><td>b</td></tr></table></td></tr><tr><td>c</td></tr></table>"
    assert desk.text(html).text == "a b\nc"


def test_every_character_takes_the_columns_that_unicode_says() -> None:
    characters = [chr(code) for code in range(0x30000) if not 0xD800 <= code < 0xE000]
    assert [one for one in characters if columns(one) != width(one)] == []


SPACED = st.lists(
    st.one_of(
        st.text("abcxyz.,“”é-", min_size=1, max_size=12),
        st.sampled_from(["10\u00a0mg", "e\u0301te", "한국어", "x" * 40, "é" * 40]),
    ),
    min_size=1,
    max_size=40,
)


@given(SPACED, st.integers(-2, 30), st.sampled_from([" ", "  "]))
def test_a_line_holds_as_many_words_as_fit(words: list[str], room: int, space: str) -> None:
    lines = wrapped(space.join(words), room).split("\n")
    assert " ".join(lines) == " ".join(words)
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        assert width(line) <= room or " " not in line
        assert not following or width(f"{line} {following.split(' ')[0]}") > room


def test_the_whole_text_part_reads_from_name_to_unsubscribe(desk: Desk) -> None:
    text = desk.mails("See [us](join/).", "description: In short.\nauthor: Ada")["newsletter.txt"]
    ordered = [
        *("The Gazette\n", "Spring offer\n============\n", "In short.\n", "Ada, November 1, 2026\n"),
        *(
            "See us [1].\n",
            "Read it on the site:\nhttps://gazette.example/spring-offer/?utm_source=newsletter",
        ),
        *("Links\n-----\n\n[1] https://gazette.example/spring-offer/join/?utm", "View in browser: https://"),
        *("Change your preferences: {{ preferences_url }}\n", "Unsubscribe: {{ unsubscribe_url }}\n"),
    ]
    places = [text.find(piece) for piece in ordered]
    assert -1 not in places
    assert places == sorted(places)
    assert text == "\n".join(map(str.rstrip, text.split("\n")))


WORDS = st.one_of(
    st.sampled_from(
        [
            *(
                "word",
                "Ada",
                "naïve",
                "Straße",
                "10\u00a0mg",
                "e\u0301te",
                "x" * 90,
                "日本語の文章",
                "한국어",
                "😀👩‍👩‍👧",
            ),
            *("don't", '"quoted"', "a--b", "1.", "3<4", "&amp;", "\\*", "snake_case", "5*6", "#tag", "AT&T"),
        ]
    ),
    st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=12),
)
PLAIN = st.lists(WORDS, min_size=1, max_size=30).map(" ".join)
ADDRESS = st.sampled_from(["https://x.example/a?b=c", "join/", "/privacy/", "#part", "mailto:a@b.example"])
INLINE = st.one_of(
    PLAIN,
    PLAIN.map(lambda text: f"*{text}*"),
    PLAIN.map(lambda text: f"**{text}**"),
    st.sampled_from(["`code {{ x }}`", "[@book]", "[@cdc-2024; @book]", "text[^n]", "a  \nb"]),
    st.tuples(WORDS, ADDRESS).map(lambda pair: f"[{pair[0]}]({pair[1]})"),
    st.sampled_from(['{{ reader.name | default("you") }}', "{{ reader.email | default('a\"b') }}"]),
)
PARAGRAPH = st.lists(INLINE, min_size=1, max_size=5).map(" ".join)


def indented(text: str, by: str) -> str:
    return "\n".join(by + line for line in text.split("\n"))


def blocks(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(children, min_size=1, max_size=3)
    return st.one_of(
        several.map(lambda items: "\n\n".join("-   " + indented(item, "    ")[4:] for item in items)),
        several.map(lambda items: "\n\n".join("1.  " + indented(item, "    ")[4:] for item in items)),
        several.map(lambda items: indented("\n\n".join(items), "> ")),
        several.map(lambda items: "::: note A title\n" + "\n\n".join(items) + "\n:::"),
    )


ROW = st.lists(st.one_of(WORDS, PLAIN), min_size=2, max_size=2).map(" | ".join)
BLOCK = st.recursive(
    st.one_of(
        PARAGRAPH,
        st.tuples(st.sampled_from(["##", "###", "####"]), PLAIN).map(" ".join),
        st.lists(ROW, min_size=1, max_size=3).map(
            lambda rows: "| a | b |\n| - | -: |\n" + "\n".join(f"| {row} |" for row in rows)
        ),
        st.just("```\nsome code   here\n\n    more\n```"),
        PLAIN.map(lambda text: f"Term\n:   {text}"),
        st.just("* * *"),
    ),
    blocks,
    max_leaves=5,
)
ARTICLE = st.lists(BLOCK, min_size=1, max_size=5).map(
    lambda all_of_it: "\n\n".join([*all_of_it, "[^n]: A note."])
)
MARGIN = re.compile(r"(?:[>| ]|- |-?\d+\. |\(\d+\) )*")


def width(line: str) -> int:
    return sum(
        0 if unicodedata.combining(one) else 1 + (unicodedata.east_asian_width(one) in "WF") for one in line
    )


def letters(text: str) -> str:
    """Letters and digits of a text, to compare what two layouts say."""
    return "".join(one for one in text.casefold() if one.isalnum())


@settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
@given(ARTICLE)
def test_any_article_has_a_text_part_of_72_columns_with_all_of_its_words(
    session_desk: Desk, article: str
) -> None:
    try:
        body = session_desk.text(article)
    except ContentError as error:  # Markdown loses its way in some of the emphasis
        assume("too tangled" not in str(error))
        raise
    page = lxml_html.fragment_fromstring(session_desk.blog(article), create_parent=True)
    code = {
        MARGIN.sub("", line, count=1)
        for block in page.iter("pre")
        for line in block.text_content().split("\n")
    }
    for line in PLACEHOLDER.sub("you", body.text).split("\n"):
        assert line == line.rstrip()
        words = MARGIN.sub("", line, count=1)
        assert width(line) <= WIDTH or " " not in words or words in code, line
    assert not re.search("[\ufdd0-\ufdef]", body.text)
    assert "</" not in body.text
    left_out = ("sup", "table", "hr")  # marks of sources and notes, and tables, which may turn into records
    for element in [*page.iter(*left_out), *page.find_class("footnote-backref")]:
        element.drop_tree()
    said, position = letters(body.text), 0
    for text in page.itertext():
        for word in text.replace("you", "").replace('a"b', "").split():
            position = said.find(letters(word), position)
            assert position >= 0, word
    hrefs = {link.get("href", "") for link in page.iter("a")}
    assert len(body.links) == len({href for href in hrefs if not href.startswith(("#fn", "#source"))})


def test_a_pictures_caption_follows_what_it_shows(desk: Desk) -> None:
    assert desk.text('![A dot](dot.png "A caption.")').text == "[A dot] A caption."


def test_a_link_that_shows_its_address_is_printed_once(desk: Desk) -> None:
    body = desk.text("See <https://x.example/a> and <a@b.example>, [here](https://y.example).")
    assert body.text == "See https://x.example/a and a@b.example, here [1]."
    assert body.links == ("https://y.example",)
    text = desk.mails("See <https://x.example/a>.")["newsletter.txt"]
    assert text.count("x.example") == 1, "whatever parameters the newsletter adds"
    field = '{{ reader.email | default("x") }}'
    assert desk.mails(f"See <https://x.example/?to={field}>.")["newsletter.txt"].count("x.example") == 1


def test_lines_are_broken_as_if_merge_fields_were_their_fallbacks(desk: Desk) -> None:
    def article(name: str) -> str:
        return (
            f"{'word ' * 12}{name}, and so on with {name}.\n\n| To | No |\n| - | - |\n| {name} | 1 |\n\n"
            f"## For {name}\n\n[Link](https://x.example/{name}) \U000f0000."
        )

    for fallback in ("Jo", "readers-of-this-letter", "日本の読者"):
        field = f'{{{{ reader.name | default("{fallback}") }}}}'
        mail = desk.mails(article(field))["newsletter.txt"].partition("\n[1] ")[0]
        plain = desk.mails(article(fallback))["newsletter.txt"].partition("\n[1] ")[0]
        assert field in mail
        assert mail.replace(field, fallback) == plain
