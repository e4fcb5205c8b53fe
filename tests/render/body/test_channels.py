"""Blocks for one channel, and the part of an article that an excerpt shows."""

import pytest

from desk import Desk, words_of

ALL = (
    "Common.\n\n::: blog\nBlog.\n:::\n\n::: newsletter\nMail.\n:::\n\n::: landing\nJoin.\n:::\n\n"
    "::: blog newsletter\nBoth.\n:::\n\n::: landing blog\nPages.\n:::\n\nEnd.\n"
)


def test_each_channel_shows_its_own_blocks(desk: Desk) -> None:
    assert words_of(desk.blog(ALL)) == "Common. Blog. Both. Pages. End."
    assert words_of(desk.mail(ALL)) == "Common. Mail. Both. End."
    assert desk.text(ALL).text.split() == ["Common.", "Mail.", "Both.", "End."]


def test_the_landing_page_shows_only_what_is_written_for_it(desk: Desk) -> None:
    assert words_of(desk.landing(ALL)) == "Join. Pages."
    assert desk.landing("Only common text.") == ""


def test_a_mail_has_no_places_and_no_words_under_the_mouse(desk: Desk) -> None:
    text = '## Heading\n\n[a](https://x.example/ "Words")\n\n<p id="here" title="Words">b</p>\n'
    assert ' id="' in desk.blog(text)
    assert ' title="Words"' in desk.blog(text)
    assert " id=" not in desk.mail(text)
    assert " title=" not in desk.mail(text)


@pytest.mark.parametrize(
    ("text", "blog", "landing", "mail"),
    [
        ("::: blog landing\nA\n\n::: landing\nB\n:::\n\nC\n:::\n", "A C", "A B C", ""),
        ("::: blog\nA\n\n::: landing\nB\n:::\n:::\n", "A", "", ""),
        ("::: note\nA\n\n::: newsletter\nB\n:::\n\nC\n:::\n", "Note A C", "", "Note A B C"),
        ("::: landing\n::: tip Try it\nA\n:::\n:::\n", "", "Tip Try it A", ""),
    ],
)
def test_blocks_within_blocks_show_where_all_of_them_do(
    desk: Desk, text: str, blog: str, landing: str, mail: str
) -> None:
    assert words_of(desk.blog(text)) == blog
    assert words_of(desk.landing(text)) == landing
    assert words_of(desk.mail(text)) == mail


LONG = "Above.\n\n<!-- more -->\n\nBelow [@book].\n\n<!-- more -->\n\nFurther.\n"


def test_the_newsletter_has_the_whole_article_unless_told_otherwise(desk: Desk) -> None:
    assert words_of(desk.mail(LONG)) == "Above. Below[1]. Further."
    assert "Read the whole article" not in desk.mails(LONG)["newsletter.html"]


def test_an_excerpt_ends_at_the_more_line_and_links_to_the_rest(desk: Desk) -> None:
    mails = desk.mails(LONG, "newsletter: {body: excerpt}")
    assert "Above." in mails["newsletter.html"]
    assert "Below" not in mails["newsletter.html"]
    assert "Read the whole article" in mails["newsletter.html"]
    assert (
        "Read the whole article:\nhttps://gazette.example/spring-offer/?utm_source="
        in mails["newsletter.txt"]
    )
    assert "A book" not in mails["newsletter.html"] + mails["newsletter.txt"]


def test_an_excerpt_of_an_article_without_a_more_line_is_all_of_it(desk: Desk) -> None:
    mails = desk.mails("All of it.", "newsletter: {body: excerpt}")
    assert "All of it." in mails["newsletter.html"]
    assert "Read the whole article" not in mails["newsletter.html"]


def test_the_blog_shows_all_and_no_divider(desk: Desk) -> None:
    assert words_of(desk.blog(LONG)) == "Above. Below[1]. Further."
    assert "<div" not in desk.blog(LONG)
