"""Quotes, dashes and ellipses."""

import pytest

from campaigner.render.body.typography import typographic
from desk import Desk


@pytest.mark.parametrize(
    ("written", "english", "german"),
    [
        ('"Yes", she said.', "“Yes”, she said.", "„Yes“, she said."),
        ("'Yes', she said.", "‘Yes’, she said.", "‚Yes‘, she said."),
        ('("Yes")', "(“Yes”)", "(„Yes“)"),
        ("\"'Yes'\"", "“‘Yes’”", "„‚Yes‘“"),
        ("don't, readers' and o'clock", "don’t, readers’ and o’clock", "don’t, readers’ and o’clock"),
        ("'tis the '90s, rock 'n' roll", "’tis the ’90s, rock ’n’ roll", "’tis the ’90s, rock ’n’ roll"),
        ("a--b", "a–b", "a–b"),
        ("a ...", "a …", "a …"),
        ('a--b, "c" -- d...', "a–b, “c” – d…", "a–b, „c“ – d…"),
        ('yes---"no"', "yes—“no”", "yes—„no“"),
        ("5'10\"", "5’10”", "5’10“"),
    ],
)
def test_quotes_follow_the_language(written: str, english: str, german: str) -> None:
    assert typographic(written, "en-GB") == english
    assert typographic(written, "de") == german


def test_an_unknown_language_has_english_quotes() -> None:
    assert typographic('"a"', "xx") == "“a”"


def test_what_stands_before_a_text_decides_on_its_first_quote() -> None:
    assert typographic('"', "en", before="a") == "”"
    assert typographic('"a', "en", before=" ") == "“a"


def test_quotes_around_elements_and_merge_fields_are_right(desk: Desk) -> None:
    assert desk.blog('He said "*yes*".') == "<p>He said “<em>yes</em>”.</p>"
    assert desk.blog('*"yes"*, "**no**"') == "<p><em>“yes”</em>, “<strong>no</strong>”</p>"
    assert desk.blog("\"{{ reader.name | default('you') }}\"") == "<p>“you”</p>"
    assert desk.blog("{{ reader.name | default('Ada') }}'s list") == "<p>Ada’s list</p>"


def test_quotes_are_set_in_german(german_desk: Desk) -> None:
    assert german_desk.blog("Er sagte: \"Ja, *'gern'*.\"") == "<p>Er sagte: „Ja, <em>‚gern‘</em>.“</p>"


def test_each_block_begins_anew(desk: Desk) -> None:
    assert desk.blog('a\n\n"b"\n\n- c\n- "d"\n').count("“") == 2


def test_code_attributes_and_fallbacks_keep_straight_quotes(desk: Desk) -> None:
    html = desk.blog('`"a" -- b` ["c"](https://x.example/?q=\'d\'--e)\n\n    "f"...\n')
    assert '<code>"a" -- b</code>' in html
    assert "--e" in html
    assert '"f"...' in html
    assert "“c”" in html
    assert desk.blog("{{ reader.name | default('a--b...') }}") == "<p>a--b...</p>"


def test_titles_of_blocks_and_of_the_article_are_set_too(desk: Desk) -> None:
    assert "Don’t" in desk.blog("::: note Don't\nText.\n:::\n")
    assert "| NOTE: DON’T" in desk.text("::: note Don't\nText.\n:::\n").text


def test_quotes_without_end_are_set_at_once() -> None:
    assert typographic("\"a' " * 50_000, "en") == "“a’ " * 50_000
