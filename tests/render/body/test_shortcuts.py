"""What Python-Markdown is spared changes nothing in what it makes."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.sane_lists import SaneOListProcessor

from campaigner.render.body.markdown import Converter, extensions
from campaigner.render.body.shortcuts import BLOCK_SIGNS, INLINE_SIGNS, SparingMarkdown

ROOT = Path(__file__).parents[3]
ORIGINAL = Markdown(extensions=extensions(), output_format="html", tab_length=4)
QUICK = Converter()


def original(text: str) -> str:
    html: str = ORIGINAL.reset().convert(text)
    return html


BLOCKS = [
    *(
        "\n",
        "\n\n",
        "\n\n\n",
        "    ",
        "\t",
        "    code\n",
        "```\n",
        "~~~\n",
        "``` {.py #x}\n",
        "\n::: note X\n",
        "\n:::\n",
    ),
    *(
        "# ",
        "## ",
        "#",
        "\n===\n",
        "\n---\n",
        "- - -\n",
        "***\n",
        "___\n",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "7. ",
        "> ",
        ">> ",
    ),
    *(
        "\n: ",
        ":   ",
        "| a | b |\n|---|---|\n| c | d |\n",
        "a|b\n-|:-:\n`c|d`|e\n",
        "|a|\n|-|\n",
        "|",
        "[TOC]",
        "\n\n[TOC]\n\n",
    ),
    *(
        "\n[^1]: a *note*\n",
        "\n[r]: https://x.example 'T'\n",
        "\n[r]:\n  https://y.example\n",
        "\n*[HTML]: A language\n",
    ),
    *(
        "<div>\n",
        "</div>\n",
        "<div markdown='1'>\n",
        "<p markdown='span'>",
        "</p>\n",
        "<hr>\n",
        "<!-- a\n\nb -->\n",
        "<?php ?>",
    ),
]
MARKUP = [
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "a_b_c",
        "`",
        "``",
        "\\",
        "\\*",
        "\\`",
        "\\[",
        "  \n",
        "&",
        "&amp;",
        "&#35;",
        "!",
        "  ",
    ),
    *(
        "[a](b)",
        "[a *b*](<c> 'T')",
        "![a](b.png)",
        "![a][r]",
        "[r]",
        "[r][]",
        "[a][r]",
        "[^1]",
        "[",
        "](",
        "[^",
        "![",
        "]",
    ),
    *(
        "<https://x.example>",
        "<a@b.example>",
        "<b>",
        "</b>",
        "<br>",
        "<",
        ">",
        "{.x}",
        "{#y}",
        "{: .z }",
        "{",
        "}",
    ),
    *(
        "HTML",
        "word ",
        "Über ",
        "'",
        '"',
        "\u2028",
        "\xa0",
        "\ufdd00\ufdd1",
        "![\ufdd01\ufdd1",
        "///Footnotes Go Here///",
    ),
]
WILD = st.lists(st.sampled_from([*BLOCKS, *MARKUP]), max_size=30).map("".join)
#: what Markdown takes out of texts before it reads them, and no article has
NO_MARKS_OF_ITS_OWN = st.characters(exclude_characters="\x02\x03")


@settings(max_examples=400)
@given(text=st.one_of(WILD, st.text(NO_MARKS_OF_ITS_OWN)))
@example(text="*[HTML]: A language\n*[amp]: And\n\nPlain HTML.\n\n*HTML* &amp; more.")
@example(text="[a][r], [r], ![a][r] and ![r]\n\n[r]: https://x.example")
@example(text="- # a\n\n        - b\n\n    c\n\n: d")
@example(text="a\n:   b\n\n    - c\n\n        d")
@example(text="A note[^1].\n\n[^1]: # Note\n\n    | a | b |\n    | - | - |")
@example(text="a &#35 b")
@example(text="a\n  > b")
@example(text="<DIV>a</DIV>\n\n<hr/>\n\nb")
def test_what_is_made_is_what_the_original_makes(text: str) -> None:
    assert QUICK.convert(text).html == original(text)


@pytest.mark.parametrize(
    "path",
    [
        path
        for place in ("*.md", "docs/*.md", "campaigns/**/*.md", "templates/*.md")
        for path in ROOT.glob(place)
    ],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_text_of_this_repository_becomes_what_the_original_makes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert QUICK.convert(text).html == original(text)


def test_each_kind_of_block_and_markup_that_markdown_knows_has_its_signs() -> None:
    """A kind without signs is always tried: right, but slow. A new release may bring one."""
    blocks, markup = ORIGINAL.parser.blockprocessors, ORIGINAL.inlinePatterns
    always = {*blocks} - {blocks[name] for name in BLOCK_SIGNS}
    assert {type(kind) for kind in always} == {SaneOListProcessor, ParagraphProcessor}
    assert {*markup} == {markup[name] for name in INLINE_SIGNS}


@pytest.mark.parametrize(
    ("text", "held_against"),
    [
        ("Words.", {"olist", "paragraph"}),
        ("# Words", {"hashheader"}),
        ("a\n| b", {"table", "olist", "paragraph"}),
        ("> Words.", {"olist", "quote", "paragraph"}),
    ],
)
def test_lines_are_held_only_against_what_they_can_be(text: str, held_against: set[str]) -> None:
    markdown = SparingMarkdown(extensions())
    kinds = markdown.parser.blockprocessors
    asked = {name: listen(kinds[name], "test") for name in [*BLOCK_SIGNS, "olist", "paragraph"]}
    markdown.convert(text)
    # an article always ends in an empty line
    assert {name for name, calls in asked.items() if calls} == held_against | {"empty"}


def test_a_text_without_signs_is_searched_for_no_markup() -> None:
    markdown = SparingMarkdown(extensions())
    searches = listen(markdown.inlinePatterns["em_strong"], "getCompiledRegExp")
    markdown.convert("Words.\n\n- one\n- two\n")
    assert len(searches) == 0
    markdown.convert("Words.\n\n- one\n- *two*\n")
    assert len(searches) == 2  # for the emphasis, and behind it


def listen(owner: Any, name: str) -> list[Any]:
    """Note each call of a method."""
    method, calls = getattr(owner, name), []

    def noting(*given: Any) -> Any:
        calls.append(given)
        return method(*given)

    setattr(owner, name, noting)
    return calls


def test_an_article_that_was_given_up_leaves_nothing_to_the_next() -> None:
    converter = Converter()
    with pytest.raises(RecursionError):
        converter.convert("- " * 1_000 + "a")
    assert converter.convert("a\n\nb").html == "<p>a</p>\n<p>b</p>"


def test_markdown_does_not_load_a_highlighter_and_leaves_it_to_others() -> None:
    code = (
        "import sys, campaigner.render.body.markdown\n"
        "assert 'pygments' not in sys.modules\n"
        "import pygments.lexers\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
