import pytest

from campaigner.render.body.tangles import tangles


@pytest.mark.parametrize(
    "unit",
    [
        *("[", "![", "[@", "[a](", "*[A", "<a ", "</", "<!--", "[^1]: a\n", ">", "{{ x }} ", "[a](b) "),
        *("<b>x</b> ", "<a@b.cc> ", "*a* ", "_a_ ", "`a` ", "&amp; ", "\\* "),
        *("*[A]: b\n", "# a\n\n", "a\n-\n\n"),
    ],
)
def test_what_would_take_markdown_too_long_is_found_at_once(unit: str) -> None:
    assert list(tangles("Hi.\n\n" + unit * 20_000))


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
