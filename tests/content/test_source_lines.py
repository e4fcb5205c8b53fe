"""The line that a block was made from, found by its words."""

from campaigner.content.source_lines import excerpt, line_of

SOURCE = """\
---
title: "Know what is in the vial"
---

A *first* paragraph -- with "quotes".

## Five questions {#five}

1. **Who** is the seller?
2. Is it approved [@cap]?
"""


def test_a_block_is_found_whatever_markdown_and_typography_made_of_its_signs() -> None:
    assert line_of(SOURCE, "A first paragraph – with “quotes”.") == 5
    assert line_of(SOURCE, "Five questions") == 7
    assert line_of(SOURCE, "Who is the seller?") == 9
    assert line_of(SOURCE, "Is it approved [1]?") == 10


def test_the_title_is_found_in_the_front_matter() -> None:
    assert line_of(SOURCE, "Know what is in the vial") == 2


def test_words_of_the_theme_are_in_no_line() -> None:
    assert line_of(SOURCE, "Read this in your browser") is None
    assert line_of(SOURCE, "…") is None


def test_an_excerpt_has_the_lines_around() -> None:
    found = excerpt("a\nb\nc\nd\ne", 1, around=1)
    assert (found.line, found.lines) == (1, ((1, "a"), (2, "b")))
    assert [number for number, _ in excerpt("a\nb\nc\nd\ne", 3, around=1).lines] == [2, 3, 4]
