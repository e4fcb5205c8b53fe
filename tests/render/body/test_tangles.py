import pytest

from campaigner.render.body.tangles import tangles


@pytest.mark.parametrize(
    "unit",
    [
        *("[", "![", "[@", "[a](", "*[A", "<a ", "</", "<!--", "[^1]: a\n", ">", "{{ x }} ", "[a](b) "),
        *("<b>x</b> ", "<a@b.cc> ", "*a* ", "_a_ ", "`a` ", "&amp; ", "\\* "),
        *("*[A]: b\n", "# a\n\n", "a\n-\n\n"),
        *(
            "a\n\n",
            "*a*\n\n",
            "- a\n",
            "1. a\n",
            "> - a\n",
            "| a | b |\n",
            "a | b\n",
            "a\n: b\n\n",
            "a \n \n",
        ),
        *(
            "[a](b)\n\n",
            "a  \n",
            "[@a]\n\n",
            "> > > > a\n",
            "::: note\na\n:::\n\n",
            "|",
        ),
    ],
)
def test_what_would_take_markdown_too_long_is_found_at_once(unit: str) -> None:
    assert list(tangles("Hi.\n\n" + unit * 60_001))


def test_a_long_article_of_closed_brackets_is_no_tangle() -> None:
    paragraph = "See [this](https://a.example), (that) and <em>those</em> [@one; @two].\n\n"
    assert list(tangles(paragraph * 900)) == []


def test_a_long_paragraph_with_little_markup_is_none() -> None:
    assert list(tangles("Words *in* a row, and no end to them. " * 1_500)) == []
    assert list(tangles("Words in a row, without any end to them. " * 40_000)) == []


def test_lines_of_blanks_are_looked_through_at_once() -> None:
    assert list(tangles(f"{'[]' * 300}\n\n{' ' * 1_000_000}x\n{' ' * 1_000_000}")) == []


def test_brackets_left_open_here_and_there_are_none() -> None:
    assert list(tangles("a ( b [ c < d\n\n" * 5_000)) == []


def test_the_place_of_the_first_open_bracket_is_told() -> None:
    ((offset, message),) = tangles("One.\n\nTwo " + "[" * 300)
    assert offset == len("One.\n\nTwo ")
    assert '"["' in message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (("*a* " * 10_000 + "\n\n") * 40, "the paragraphs up to here are too long for all the markup"),
        (("<b>a</b> " * 2_000 + "\n\n") * 100, "the paragraphs up to here are too long for all the markup"),
        (("[" * 199 + "\n\n") * 9_900, "more than 50,000 brackets up to here are never closed"),
        (("[a](b) " * 900 + "\n\n") * 100, "more than 10,000 links"),
        ("|" + " a |" * 60_000 + "\n|" + " - |" * 60_000, "more than 60,000 cells of tables"),
    ],
    ids=["emphasis", "tags", "brackets", "links", "cells"],
)
def test_what_no_paragraph_has_too_much_of_all_of_them_may_have(text: str, told: str) -> None:
    assert [told in message for _, message in tangles(text)] == [True]


def test_the_place_of_the_first_paragraph_too_many_is_told() -> None:
    ((offset, message),) = tangles("a\n\n" * 19_999 + "- b\n- c\n- d\n")
    assert offset == len("a\n\n" * 19_999 + "- b\n")
    assert message == "there are more than 20,000 paragraphs, items of lists and rows of tables"


def test_a_very_long_article_is_none() -> None:
    paragraph = f"{'Words in a row, and [one](https://a.example) that leads away. ' * 3}\n\n"
    row = "| of | a | table |\n"
    assert list(tangles(paragraph * 3_000 + "- and an item\n" * 5_000 + row * 5_000)) == []
