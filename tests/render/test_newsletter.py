"""The newsletter as files: HTML, text, message, subject and web version, in every dialect."""

import dataclasses
import email
import re
from dataclasses import dataclass
from email import policy

import pytest
from lxml import html as lxml_html

from campaigner.model.settings import Sender
from campaigner.render.merge_tags import DIALECTS, MergeField
from campaigner.render.reader_mail import mail_for_reader
from desk import SETTINGS, Desk, parse_strictly, words_of

FIELD = '{{ reader.first_name | default("O\'Neill & Söhne") }}'
TEXT = f"Dear {FIELD}, [read](join/).\n\n`{{{{ code }}}}` \\*|CODE|\\* \\{{%x%}} [@book]\n"
LETTER = f"description: In short.\nnewsletter:\n  subject: 'For {FIELD.replace(chr(39), chr(39) * 2)}'\n"


@dataclass(frozen=True)
class Preheader:
    #: without the filler behind it
    text: str
    style: str


def preheader(html: str) -> Preheader:
    (hidden,) = (
        div for div in lxml_html.document_fromstring(html).iter("div") if div.get("class") == "preheader"
    )
    return Preheader((hidden.text or "").split("\u034f")[0], hidden.get("style", ""))


def test_the_html_is_ascii_with_doctype_language_and_direction(desk: Desk) -> None:
    html = desk.mails("Grüße – “schön” 日本 😀", "lang: ar")["newsletter.html"]
    assert html.isascii()
    assert html.startswith('<!doctype html>\n<html lang="ar" dir="rtl">')
    assert re.search(r'<div class="paper" lang="ar" dir="rtl"', html)
    assert "Grüße" in words_of(html)


def test_the_preheader_is_there_and_hidden(desk: Desk) -> None:
    hidden = preheader(desk.mails("Text.", "description: In short.")["newsletter.html"])
    assert hidden.text == "In short."
    assert "display:none" in hidden.style.replace(" ", "")


def test_without_a_description_the_preheader_is_how_the_letter_begins(desk: Desk) -> None:
    text = (
        "::: blog\nFor the site.\n:::\n\n::: newsletter\nDear colleague,\n\n"
        "Here, {{ reader.first_name | default('friend') }}, is a *letter* [@book]. Two. Three.\n:::\n\nMore."
    )
    assert preheader(desk.mails(text)["newsletter.html"]).text == "Here, friend, is a letter. Two."
    assert 'class="standfirst' not in desk.mails(text)["newsletter.html"]


def test_dark_and_phone_styles_keep_what_makes_them_win(desk: Desk) -> None:
    html = desk.mails("Text.")["newsletter.html"]
    head = html[: html.index("</head>")]
    (rules,) = re.findall(r"<style[^>]*>\s*(?=[^<]*prefers-color-scheme)(.*?)</style>", head, re.DOTALL)
    assert rules.count("!important") > 10
    assert len(rules) < 16 * 1024
    assert "[data-ogsc]" in rules


def test_a_raised_number_is_no_digit_of_what_stands_before_it(desk: Desk) -> None:
    html = desk.mail("In 2024[^a] it was 10<sup>6</sup> [@book].\n\n[^a]: Note.")
    raised = [mark.get("style", "") for mark in lxml_html.fromstring(html).iter("sup")]
    assert ["vertical-align:super" in style for style in raised] == [True, True, False]


def test_a_long_article_stays_below_what_mail_programs_cut_off(desk: Desk) -> None:
    section = f"## A heading\n\n{'A sentence with *emphasis* in it. ' * 16}[There](join/) [@book].\n\n- one\n- two\n\n"
    html = desk.mails(section * 33)["newsletter.html"]
    assert len(re.findall(r"\w+", words_of(html[html.index("<body") :]))) > 3000
    assert len(html.encode()) < 102 * 1024


def test_the_reader_can_leave_change_and_write(desk: Desk) -> None:
    wanted = dataclasses.replace(SETTINGS, sender=Sender(postal_address="1 Example Street"))
    html = desk.of(settings=wanted).mails("Text.")["newsletter.html"]
    for piece in (
        'href="{{ unsubscribe_url }}"',
        'href="{{ preferences_url }}"',
        'href="https://gazette.example/spring-offer/newsletter/"',
        "1 Example Street",
    ):
        assert piece in html
    assert "Unsubscribe" in words_of(html)


@pytest.mark.parametrize("dialect", [name for name, dialect in DIALECTS.items() if not dialect.address])
@pytest.mark.parametrize("ending", ["{", "{%", "{#", "*|"])
def test_an_address_of_ones_own_is_never_taken_for_a_tag(desk: Desk, dialect: str, ending: str) -> None:
    address = f"<img src=x onerror=alert(1)> Suite {ending}"
    wanted = dataclasses.replace(SETTINGS, sender=Sender(postal_address=address))
    mails = desk.of(settings=wanted, dialect=DIALECTS[dialect]).mails("Text.")
    for name in ("newsletter.html", "index.html"):
        assert "<img" not in mails[name]
        assert address in words_of(mails[name])
    if ending.startswith("{"):
        assert f"Suite {ending}" not in mails["newsletter.html"]


def test_a_title_alone_gives_subject_preheader_and_button(desk: Desk) -> None:
    mails = desk.mails("Text.")
    assert mails["subject.txt"] == "Spring offer\n"
    assert button(mails["newsletter.html"]) == (
        "Read it on the site",
        "https://gazette.example/spring-offer/",
    )


@pytest.mark.parametrize(
    ("front_matter", "label", "page"),
    [
        ("lang: de", "Auf der Website lesen", ""),
        ("newsletter: {body: excerpt}", "Read the whole article", ""),
        ("landing: {headline: A course}", "Sign up", "join/"),
        ("landing: {form: {button: Book it}}\nnewsletter: {body: excerpt}", "Book it", "join/"),
        ("newsletter: {cta: {label: Have a look}}", "Have a look", "join/"),
        ("newsletter: {cta: {label: Have a look, url: /spring-offer/}, body: excerpt}", "Have a look", ""),
    ],
)
def test_the_button_leads_where_its_reader_has_not_been(
    desk: Desk, front_matter: str, label: str, page: str
) -> None:
    mails = desk.mails("Text.\n\n<!-- more -->\n\nThe rest.", front_matter)
    assert button(mails["newsletter.html"]) == (label, f"https://gazette.example/spring-offer/{page}")
    assert f"\n{label}:\nhttps://gazette.example/spring-offer/{page}?utm_source" in mails["newsletter.txt"]
    is_excerpt = "excerpt" in front_matter
    assert ("The rest." in mails["newsletter.html"]) == (not is_excerpt)
    # one way to the rest, and not two
    calls = re.findall('href="https://gazette.example/spring-offer/\\?', mails["newsletter.html"])
    assert len(calls) == (1 if is_excerpt or not page else 0)
    assert mails["newsletter.txt"].count("https://gazette.example/spring-offer/?") == len(calls)


def test_an_articles_button_to_the_place_of_the_mails_own_is_a_link(desk: Desk) -> None:
    text = "[See *more*](join/){.button}\n\n[Elsewhere](https://x.example/){.button}\n\nThe end."
    join = "https://gazette.example/spring-offer/join/"
    html = desk.mails(text, "newsletter: {cta: {label: Come}}")["newsletter.html"]
    links = lxml_html.document_fromstring(html).iter("a")
    found = [(link.text, link.get("class")) for link in links if "button" in (link.get("class") or "")]
    assert found == [("Elsewhere", "button-link"), ("Come", "button-link")]
    assert re.search(
        rf'<p class="more"[^>]*><a href="{join}[^"]*" style="[^"]*">See <em>more</em></a></p>', html
    )
    # on the site, and where the mail's button leads elsewhere, it stays one
    assert desk.blog(text).count('class="button"') == 2
    assert desk.mail(text, "newsletter: {cta: {label: Come, url: /other/}}").count('class="button-link"') == 2


def button(html: str) -> tuple[str, str]:
    """Words and address of a mail's button."""
    (link,) = (
        one for one in lxml_html.document_fromstring(html).iter("a") if one.get("class") == "button-link"
    )
    return link.text or "", link.get("href", "").partition("?")[0]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_writes_its_own_tags_only(desk: Desk, dialect: str) -> None:
    mails = desk.of(dialect=DIALECTS[dialect]).mails(TEXT, LETTER)
    tags = DIALECTS[dialect]
    for name in ("newsletter.html", "newsletter.txt"):
        assert tags.unsubscribe_url in mails[name]
        assert tags.preferences_url in mails[name]
        assert not re.search(r"cf[0-9a-f]{16}x\d", mails[name])
        if dialect != "campaigner":
            assert "{{ reader." not in mails[name]
    if dialect != "mailchimp":
        assert "*|UNSUB|*" not in mails["newsletter.html"]
    assert mails["subject.txt"].count("\n") == 1
    assert mails["index.html"] == desk.mails(TEXT, LETTER)["index.html"] or tags.address


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_web_version_shows_no_senders_tag_but_the_address_itself(desk: Desk, dialect: str) -> None:
    wanted = dataclasses.replace(SETTINGS, sender=Sender(postal_address="1 Example Street & Söhne"))
    page = desk.of(settings=wanted, dialect=DIALECTS[dialect]).mails("Text.")["index.html"]
    assert page == desk.of(settings=wanted).mails("Text.")["index.html"]
    assert "1 Example Street & Söhne" in words_of(page)
    assert not re.search(r"\*\||\{\{|\{%", page)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_merge_field_in_a_link_stays_in_its_address(desk: Desk, dialect: str) -> None:
    speaking = desk.of(dialect=DIALECTS[dialect])
    mails = speaking.mails(
        '[Book](https://x.example/?n={{ reader.first_name | default("A & B=1") }}&last=1) now.'
    )
    field = MergeField(name="first_name", fallback="A & B=1", in_address=True)
    tag, in_text = (DIALECTS[dialect].field(field, html=html) for html in (True, False))
    if dialect != "listmonk":  # which has its comments as text
        parse_strictly(mails["newsletter.html"])
    (link,) = (
        one for one in lxml_html.document_fromstring(mails["newsletter.html"]).iter("a") if one.text == "Book"
    )
    assert link.get("href", "").startswith(f"https://x.example/?n={tag}&last=1")
    assert f"https://x.example/?n={in_text}&last=1" in mails["newsletter.txt"]
    assert 'href="https://x.example/?n=A%20%26%20B%3D1&amp;last=1' in mails["index.html"]


def test_a_sample_readers_values_are_percent_encoded_in_addresses(desk: Desk) -> None:
    pages = desk.pages('[Book](https://x.example/?n={{ reader.first_name | default("x") }}&last=1)')
    own = "https://gazette.example/me"
    mail = mail_for_reader(pages, {"first_name": 'Ann & "Bob"'}, unsubscribe_url=own, preferences_url=own)
    assert 'href="https://x.example/?n=Ann%20%26%20%22Bob%22&amp;last=1' in mail.html
    assert "https://x.example/?n=Ann%20%26%20%22Bob%22&last=1" in mail.text


@pytest.mark.parametrize("dialect", [name for name in DIALECTS if name != "mailchimp"])
def test_braces_in_an_articles_code_are_no_tags(desk: Desk, dialect: str) -> None:
    mails = desk.of(dialect=DIALECTS[dialect]).mails(TEXT)
    assert "{{ code }}" not in mails["newsletter.html"]
    assert "{{ code }}" not in mails["newsletter.txt"]
    assert "{{ code }}" in words_of(mails["newsletter.html"])


def test_stars_and_bars_in_an_articles_text_are_no_tag_of_mailchimp(desk: Desk) -> None:
    mails = desk.of(dialect=DIALECTS["mailchimp"]).mails(TEXT)
    assert "*|CODE|*" not in mails["newsletter.html"]
    assert "*|CODE|*" not in mails["newsletter.txt"]
    assert "*|CODE|*" in words_of(mails["newsletter.html"])


def test_the_web_version_shows_fallbacks_and_is_hidden_from_search(desk: Desk) -> None:
    html = desk.mails(TEXT, LETTER)["index.html"]
    assert '<meta name="robots" content="noindex">' in html
    assert "Dear O'Neill & Söhne, read." in words_of(html)
    assert "{{ code }}" in words_of(html)
    for piece in ("Unsubscribe", "View in browser", "preferences", "{{ reader", 'preheader"'):
        assert piece not in html
    assert 'href="../join/?utm_source=newsletter' in html
    parse_strictly(html)


def test_the_web_version_leaves_addresses_in_text_alone(desk: Desk) -> None:
    code = '`<a href="https://gazette.example/x/">`'
    assert '<a href="https://gazette.example/x/">' in words_of(desk.mails(code)["index.html"])


def test_the_message_has_both_parts_as_they_are(desk: Desk) -> None:
    mails = desk.mails(TEXT, LETTER)
    message = email.message_from_bytes(mails["newsletter.eml"].encode(), policy=policy.default)
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == mails["newsletter.txt"]
    assert html.get_content().replace("\r\n", "\n") == mails["newsletter.html"]
    assert message["Date"] == "Sun, 01 Nov 2026 00:00:00 +0000"
    # Python's reader of headers keeps the space before a folded line as one more
    assert " ".join(message["Subject"].split()) == mails["subject.txt"].strip()
    assert message["From"] == "The Gazette <newsletter@example.com>"


def test_the_same_article_gives_the_same_bytes(desk: Desk) -> None:
    assert desk.mails(TEXT, LETTER) == desk.mails(TEXT, LETTER)


def test_front_matter_cannot_add_markup_or_a_header(desk: Desk) -> None:
    evil = "newsletter:\n  subject: '<b>x</b> \"y\" & z'\n  preheader: '</div><script>'\n  from: 'A, B <c@d.example>'\n"
    mails = desk.mails("Text.", evil)
    assert "<b>x" not in mails["newsletter.html"]
    assert "<script>" not in mails["newsletter.html"]
    message = email.message_from_bytes(mails["newsletter.eml"].encode(), policy=policy.default)
    assert [address.addr_spec for address in message["From"].addresses] == ["newsletter@example.com"]
