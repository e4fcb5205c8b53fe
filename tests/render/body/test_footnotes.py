"""Footnotes, whatever a channel leaves out."""

from lxml import html as lxml_html

from desk import JOIN, Desk, parse_strictly, words_of

TWO = (
    "::: newsletter\nFor the mail.[^mail]\n:::\n\n::: landing\nFor the page.[^join]\n:::\n\n"
    "For all.[^all] Again.[^all]\n\n[^mail]: Mail note.\n[^join]: Join *note*.\n[^all]: Common note.\n"
)


def inner_links_lead_somewhere(html: str) -> bool:
    tree = lxml_html.fragment_fromstring(html, create_parent=True)
    ids = {element.get("id") for element in tree.iter()}
    return {
        link.get("href", "")[1:] for link in tree.iter("a") if link.get("href", "").startswith("#")
    } <= ids


def test_a_footnote_is_numbered_and_leads_back(desk: Desk) -> None:
    html = desk.blog("One.[^b] Two.[^a]\n\n[^a]: Note a.\n[^b]: Note b.\n")
    assert words_of(html) == "One.1 Two.2 Note b. ↩ Note a. ↩"
    assert inner_links_lead_somewhere(html)
    parse_strictly(desk.post("One.[^b] Two.[^a]\n\n[^a]: Note a.\n[^b]: Note b.\n"))


def test_footnotes_say_in_words_where_they_lead(desk: Desk) -> None:
    html = desk.blog("One.[^b] Two.[^a]\n\n[^a]: Note a.\n[^b]: Note b.\n")
    names = [link.get("aria-label") for link in lxml_html.fromstring(html).iter("a")]
    assert names == [
        *("Footnote 1", "Footnote 2"),
        *("Back to the text, footnote 1", "Back to the text, footnote 2"),
    ]
    assert "title=" not in html


def test_each_channel_has_the_notes_that_it_refers_to(desk: Desk) -> None:
    blog, landing, mail = desk.blog(TWO), desk.landing(TWO), desk.mail(TWO)
    assert words_of(blog) == "For all.1 Again.1 Common note. ↩↩"
    assert words_of(landing) == "For the page.1 Join note. ↩"
    assert words_of(mail) == "For the mail.1 For all.2 Again.2 Mail note. Common note."
    assert inner_links_lead_somewhere(blog)
    assert inner_links_lead_somewhere(landing)


def test_the_text_part_lists_its_notes_with_their_numbers(desk: Desk) -> None:
    text = desk.text(TWO).text
    assert text == "For the mail. (1)\n\nFor all. (2) Again. (2)\n\n(1) Mail note.\n(2) Common note."


def test_an_excerpt_keeps_the_notes_of_what_it_shows(desk: Desk) -> None:
    text = "One.[^a]\n\n<!-- more -->\n\nTwo.[^b]\n\n[^a]: Note a.\n[^b]: Note b.\n"
    excerpt = "newsletter: {body: excerpt}"
    assert "One.1 Note a." in words_of(desk.mail(text, excerpt))
    assert "Note b" not in desk.mail(text, excerpt)
    assert desk.text(text, excerpt).text == "One. (1)\n\n(1) Note a."


def test_a_note_may_refer_to_another_note(desk: Desk) -> None:
    html = desk.blog("One.[^a]\n\n[^a]: See[^b] there.\n[^b]: There.\n")
    assert "There." in html
    assert inner_links_lead_somewhere(html)


def test_a_note_that_nobody_refers_to_is_not_shown(desk: Desk) -> None:
    text = "::: newsletter\nMail.[^a]\n:::\n\nBlog.\n\n[^a]: Note.\n"
    assert desk.blog(text) == "<p>Blog.</p>"
    assert JOIN not in desk.landing(text)
    assert desk.landing(text) == ""


def test_what_only_looks_like_a_footnotes_arrow_is_a_link(desk: Desk) -> None:
    assert '<a class="footnote-backref" href="#q">x</a>' in desk.blog(
        '<a class="footnote-backref" href="#q">x</a>'
    )
