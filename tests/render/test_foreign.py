"""Text from elsewhere, made such that it builds here."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigner.render.foreign import Settled, settled
from campaigner.render.newsletter import render_newsletter
from campaigner.render.post import render_post
from desk import SOURCES, Desk, words_of

PICTURES = {"dot.gif", "my pics/a (1).png"}
#: parted by ¶
SIGNS = (
    "{{¶}}¶{%¶%}¶{# ¶#}¶{¶}¶{{ x }}¶{% raw %}¶{{% fig %}}¶{{<x>}}¶{{{ y }}}¶{{ reader.first_name }}"
    '¶{{ reader.first_name | default("you") }}¶\\¶\\{{¶`¶```\n¶\n```\n¶[@cdc-2024]¶[@smith]¶[@a; @b]¶[x](y)'
    "¶[r]: gone.png\n¶![a](dot.gif)¶![](dot.gif)¶![a](gone.png)¶![a][r]¶![r]¶<img src=gone.png>"
    "¶<img src=dot.gif alt=x>¶\n:::note\n¶\n:::\n¶\n:::info X\n¶\n::::tip\n¶\n::: blog pdf\n¶\n\n¶\n¶    ¶- ¶> "
    "¶<div>¶</div>¶<!-- ¶ -->¶<b title='¶'>¶*¶_¶word¶ ¶| a | b |\n|---|---|\n"
)
TEXTS = st.lists(st.sampled_from(SIGNS.split("¶")), max_size=14).map("".join)


def settle(text: str) -> Settled:
    return settled(text, pictures=PICTURES, reader_fields={"profession"}, source_ids=set(SOURCES))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_nothing_of_another_program_stops_a_build(desk: Desk, text: str) -> None:
    pages = desk.pages(f"{settle(text).text}\n\nThe end.")  # raises what is wrong with a text
    render_post(pages, previous=None, following=None)
    render_newsletter(pages)
    assert {fault.message for fault in pages.illustrations.faults} <= {'the picture "dot.gif" is not there'}


@pytest.mark.parametrize(
    "text",
    [
        'Hello {{ reader.first_name | default("there") }} and {{ reader.profession | default("you") }}.',
        "A claim [@cdc-2024; @fda-2025].",
        "`{{ code }}`\n\n```liquid\n{% raw %}\n```\n\n    {{ indented }}\n",
        "<pre><code>{{ x }}</code></pre>",
        r"\{{ shown }} \[@nobody]",
        "::: note Title\n*Text*\n:::\n\n::: blog newsletter\nText\n:::",
        "```\n:::info\n```",
        '![A dot](dot.gif "Caption"){.wide} ![](dot.gif){.decorative}',
        "`![a](gone.png)`",
        "<!-- more -->",
    ],
)
def test_what_means_something_here_stays_as_it_is(text: str) -> None:
    assert settle(text) == Settled(text=text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("{{ site.title }}", r"\{{ site.title }}"),
        ("{% include x.html %}", r"\{% include x.html %}"),
        ("{# a remark #}", r"\{# a remark #}"),
        ("{{< figure >}}", r"\{{< figure >}}"),
        ("{{% note %}}", r"\{\{% note %}}"),
        ("{{{ raw }}}", r"\{\{{ raw }}}"),
        ("{{ reader.first_name }}", r"\{{ reader.first_name }}"),
        ('{{ reader.shoe_size | default("42") }}', r'\{{ reader.shoe_size | default("42") }}'),
        ("`{{ a }}` {{ a }}", r"`{{ a }}` \{{ a }}"),
        ("<div>{{ raw }}</div>", "<div>&#123;{ raw }}</div>"),
        ('<b title="{{ raw }}">x</b>', '<b title="&#123;{ raw }}">x</b>'),
    ],
)
def test_braces_of_another_program_are_shown(written: str, meant: str, desk: Desk) -> None:
    text = settle(written).text
    assert text == meant
    assert desk.faults(text) == []


def test_readers_see_the_braces_as_they_were(desk: Desk) -> None:
    shown = words_of(desk.blog(settle("A {{ b }} {% c %} {# d #} {{{ e }}}.\n\n<div>{{ f }}</div>").text))
    assert shown == "A {{ b }} {% c %} {# d #} {{{ e }}}. {{ f }}"


def test_an_unknown_citation_stands_as_plain_words_and_is_named() -> None:
    assert settle("One [@smith04], two [@cdc-2024; @jones], `[@code]`.") == Settled(
        text=r"One \[@smith04], two \[@cdc-2024; @jones], `[@code]`.", unknown_sources=("jones", "smith04")
    )


def test_blocks_of_another_program_stand_as_plain_lines(desk: Desk) -> None:
    text = settle(":::info Hello\nOne.\n:::\n\n:::note\nTwo.\n:::\n\n:::\n\n::: tip\nThree.").text
    assert text == "&#58;::info Hello\nOne.\n&#58;::\n\n:::note\nTwo.\n:::\n\n&#58;::\n\n&#58;:: tip\nThree."
    assert words_of(desk.blog(text)) == ":::info Hello One. ::: Note Two. ::: ::: tip Three."


def test_a_block_of_another_program_in_one_of_ours_ends_where_it_did() -> None:
    assert (
        settle("::: note\n::: details\nOne.\n:::\nTwo.\n:::").text
        == "::: note\n&#58;:: details\nOne.\n&#58;::\nTwo.\n:::"
    )


@pytest.mark.parametrize(
    ("written", "meant", "missing"),
    [
        ('![A *plan*](img/gone.png "T"){width=50%}.', "A *plan*.", "img/gone.png"),
        ("![](gone.png) x", " x", "gone.png"),
        ("![far](https://x.org/a.png)", "[far](https://x.org/a.png)", "https://x.org/a.png"),
        ("[![far](https://x.org/a.png)](https://x.org)", "[far](https://x.org)", "https://x.org/a.png"),
        ("![the plan][p]\n\n[p]: gone.png", "the plan\n\n[p]: gone.png", "gone.png"),
        ("![p]\n\n[p]: gone.png", "p\n\n[p]: gone.png", "gone.png"),
        ('<p><img class="x" src="gone.png" alt="A & B"></p>', "<p>A &amp; B</p>", "gone.png"),
        ("![a](../dot.gif)", "a", "../dot.gif"),
        ("![a](/dot.gif)", "a", "/dot.gif"),
        ("![a [b] c](my pic (1).png)", "a [b] c", "my pic (1).png"),
    ],
)
def test_a_picture_that_is_not_there_leaves_its_words(written: str, meant: str, missing: str) -> None:
    assert settle(written) == Settled(text=meant, missing_pictures=(missing,))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("![](dot.gif)", "![](dot.gif){.decorative}"),
        ('![](dot.gif "T"){ .wide }', '![](dot.gif "T"){ .wide  .decorative}'),
        ("![a](dot.gif#left)", "![a](dot.gif)"),
        ("![a](my%20pics\\a%20(1).png)", "![a](my%20pics/a%20%281%29.png)"),
        ("<img src=dot.gif>", '<img class="decorative" src="dot.gif" alt="">'),
    ],
)
def test_a_picture_that_is_there_is_written_as_a_build_takes_it(written: str, meant: str) -> None:
    assert settle(written) == Settled(text=meant)


def test_a_text_that_markdown_could_not_read_is_left_for_the_build_to_tell() -> None:
    text = "[" * 300 + "{{ x }}"
    assert settle(text) == Settled(text=text)
