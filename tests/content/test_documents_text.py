"""Plain text, as people write and wrap it."""

import os
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from campaigner.content.documents import Document, read_document

SHARED = Path(os.environ.get("CAMPAIGNER_SHARED") or Path(__file__).parents[3] / "shared")
ARTICLE = SHARED / "seeds" / "unlicensed-botox.txt"
#: reads a text as a .txt file
Read = Callable[[str], Document]
LONG = (
    "This paragraph says quite a lot about the matter, and it takes more than one line of a screen to do so."
)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(text: str) -> Document:
        path = tmp_path / "article.txt"
        path.write_text(text, newline="")
        return read_document(path)

    return read


@pytest.mark.skipif(not ARTICLE.is_file(), reason=f"there is no {ARTICLE.name} in {ARTICLE.parent}")
def test_a_real_article_gets_its_headings_lists_and_paragraphs() -> None:
    lines = ARTICLE.read_text().splitlines()
    document = read_document(ARTICLE)
    blocks = document.markdown.rstrip("\n").split("\n\n")
    short = [line for line in lines if len(line) < 80 and not line.startswith("- ")]
    assert document.title == ""
    assert [block for block in blocks if block.startswith("#")] == [f"## {line}" for line in short]
    assert [block.count("\n") for block in blocks if block.startswith("- ")] == [2]
    assert document.markdown.replace("## ", "").split() == " ".join(lines).split()
    assert lines[0].startswith(document.description)
    assert document.description.endswith(".")


def test_short_lines_between_paragraphs_are_headings(read: Read) -> None:
    document = read(f"{LONG}\nWhy It Matters\n{LONG}\nWhat is it?\n{LONG}\nThe end comes here")
    assert document.title == ""
    assert document.markdown == (
        f"{LONG}\n\n## Why It Matters\n\n{LONG}\n\n## What is it?\n\n{LONG}\n\nThe end comes here\n"
    )


def test_a_short_first_line_is_the_title(read: Read) -> None:
    document = read(f"Five Things to Know\n{LONG}\n")
    assert (document.title, document.markdown) == ("Five Things to Know", f"{LONG}\n")


def test_a_first_line_above_a_list_is_no_title(read: Read) -> None:
    assert read("What you need\n- a pen\n- paper\n").title == ""


@pytest.mark.parametrize("line", ["Hello there.", "You need:", "word " * 17, "{{ name }} and more"])
def test_a_sentence_is_no_title(line: str, read: Read) -> None:
    assert read(f"{line}\n\n{LONG}").title == ""


def test_a_byline_below_the_title_is_no_heading(read: Read) -> None:
    assert read(f"The Title\nBy Ada Lovelace\n\n{LONG}").markdown == f"By Ada Lovelace\n\n{LONG}\n"


@pytest.mark.parametrize(
    "line",
    ["Read this:", "Is it so.", "Sound familiar?", "“So they say”", "see below", "a@b.example", "2024"],
)
def test_a_line_that_speaks_is_no_heading(line: str, read: Read) -> None:
    assert "#" not in read(f"{LONG}\n{line}\n{LONG}").markdown


def test_an_address_is_no_row_of_headings(read: Read) -> None:
    assert "#" not in read(f"{LONG}\n\nExample Ltd\nHigh Street\nLondon\n\n{LONG}").markdown


def test_closing_lines_are_no_headings(read: Read) -> None:
    assert "#" not in read(f"{LONG}\n\nKind regards\nAda Lovelace\n").markdown


def test_underlines_tell_title_and_headings(read: Read) -> None:
    document = read(f"Title\n=====\n\nShort one\n\n{LONG}\n\nPart A\n------\n{LONG}\n")
    assert document.title == "Title"
    assert document.markdown == f"Short one\n\n{LONG}\n\n## Part A\n\n{LONG}\n"


def test_two_kinds_of_underlines_are_two_levels(read: Read) -> None:
    document = read(f"=====\nTitle\n=====\n{LONG}\n\nPart\n====\n{LONG}\n\nChapter\n-------\n{LONG}\n")
    assert [line for line in document.markdown.split("\n") if line.startswith("#")] == [
        "## Part",
        "### Chapter",
    ]


def test_capitals_stay_capitals(read: Read) -> None:
    assert "## WHY IT MATTERS\n" in read(f"{LONG}\n\nWHY IT MATTERS\n\n{LONG}").markdown


def test_a_line_of_stars_is_a_rule(read: Read) -> None:
    assert read(f"{LONG}\n* * *\n{LONG}").markdown == f"{LONG}\n\n---\n\n{LONG}\n"


@pytest.mark.parametrize("sign", ["-", "*", "•", "–", "+", "·", "\uf0b7\t"])
def test_bullets_of_any_shape_are_a_list(sign: str, read: Read) -> None:
    document = read(f"{LONG}\n{sign} Safety: it matters.\n{sign} Trust: it counts.\n{LONG}")
    assert document.markdown == f"{LONG}\n\n- Safety: it matters.\n- Trust: it counts.\n\n{LONG}\n"


@pytest.mark.parametrize("signs", ["1. 2. 3.", "1) 2) 3)", "(1) (2) (3)", "a) b) c)"])
def test_numbers_and_letters_are_an_ordered_list(signs: str, read: Read) -> None:
    text = "\n".join(f"{sign} item" for sign in signs.split())
    assert read(f"{LONG}\n\n{text}").markdown == f"{LONG}\n\n1. item\n2. item\n3. item\n"


def test_lists_nest_by_their_indentation(read: Read) -> None:
    text = "1. one\n   - deeper\n     - deepest\n   - again\n2. two\n\n   More on two.\n\n3. three"
    assert read(text).markdown == (
        "1. one\n    - deeper\n        - deepest\n    - again\n2. two\n\n    More on two.\n\n3. three\n"
    )


def test_a_list_with_blank_lines_is_one_list(read: Read) -> None:
    assert read("- one\n\n- two\n\n- three\n").markdown == "- one\n- two\n- three\n"


def test_a_number_that_counts_nothing_is_no_list(read: Read) -> None:
    assert read("40. That is the age.\n").markdown == "40\\. That is the age.\n"
    assert read(f"{LONG}\n– Hello, she said.\n{LONG}").markdown.count("– Hello") == 1


def test_numbered_headings_are_headings(read: Read) -> None:
    document = read(f"{LONG}\n1. Look around\n{LONG}\n2. Look again\n{LONG}")
    assert "## 1. Look around\n" in document.markdown.replace("\\", "")
    assert "## 2. Look again\n" in document.markdown.replace("\\", "")


def test_wrapped_paragraphs_and_items_become_one_line_each(read: Read) -> None:
    item = "Safety: " + LONG
    wrapped = textwrap.fill(item, 72, initial_indent="- ", subsequent_indent="  ")
    text = f"{textwrap.fill(LONG * 2, 72)}\n\nWhy It Matters\n\n{textwrap.fill(LONG, 72)}\n\n{wrapped}\n{wrapped}\n"
    assert read(text).markdown == f"{LONG * 2}\n\n## Why It Matters\n\n{LONG}\n\n- {item}\n- {item}\n"


def test_a_wrapped_line_may_begin_with_a_capital(read: Read) -> None:
    text = (
        "Viele Praxen Bieten Heute Behandlungen An, Die Früher Nur Wenige Kliniken Machten, Und Das Ist Gut. "
        * 2
    )
    assert read(textwrap.fill(text, 60)).markdown == f"{text.strip()}\n"


def test_a_heading_right_above_a_wrapped_paragraph_stays_a_heading(read: Read) -> None:
    text = f"{textwrap.fill(LONG, 64)}\n\nWhy It Matters\n{textwrap.fill(LONG, 64)}\n"
    assert read(text).markdown == f"{LONG}\n\n## Why It Matters\n\n{LONG}\n"


def test_paragraphs_of_one_line_are_not_joined(read: Read) -> None:
    lines = [
        "This is the first paragraph of the text, a short one.",
        "And this is the second one, not much longer.",
        "The third ends it all, which is good to know.",
    ]
    assert read("\n".join(lines)).markdown == "\n\n".join(lines) + "\n"


def test_a_word_divided_at_the_end_of_a_line_is_whole_again(read: Read) -> None:
    text = (
        f"{textwrap.fill(LONG, 60)}\n\nThe clinic checks each and every one of all the well-\n"
        "known products, as it should, before and after the pre-\n"
        "and post-treatment, and it is an Auf\u00ad\nklärung.\n"
    )
    assert "well-known products" in read(text).markdown
    assert "pre- and post-treatment" in read(text).markdown
    assert "Aufklärung" in read(text).markdown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5 * 3 and *stars* and 2*2", r"5 \* 3 and \*stars\* and 2\*2"),
        ("snake_case and _this_", r"snake_case and \_this\_"),
        ("a `tick` and [@cdc] [x](y)", r"a \`tick\` and \[@cdc] \[x](y)"),
        ("<b>x</b> 1 < 2 &amp; AT&T", r"&lt;b>x&lt;/b> 1 &lt; 2 &amp;amp; AT&T"),
        ("Hi {{ name }} {% if %}", r"Hi \{{ name }} \{% if %}"),
        ("::: note", "&#58;:: note"),
        ("#hashtag of C#", r"\#hashtag of C\#"),
        ("> said", r"\> said"),
        ("C:\\new", r"C:\\new"),
        ("~~gone~~", "&#126;~gone&#126;~"),
    ],
)
def test_signs_of_markdown_show_as_they_are(text: str, shown: str, read: Read) -> None:
    assert read(text).markdown == f"{shown}\n"


def test_web_addresses_become_links(read: Read) -> None:
    assert read("See https://example.com/a_b, please.").markdown == "See <https://example.com/a_b>, please.\n"


def test_line_ends_and_odd_spaces_do_not_matter(read: Read) -> None:
    text = "\ufeffOne\u00a0km  of\troad.\r\n\r\n\u00a0 Two\u00ad.\rThree.\fFour.\u2028Five.\n"
    assert read(text).markdown == "One\u00a0km of road.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n"
