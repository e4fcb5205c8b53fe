"""The sign-up page, and the two pages that a sign-up leads to."""

import dataclasses

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from campaigner.model.campaign import State
from campaigner.model.settings import SignUp
from desk import SETTINGS, Desk, parse_strictly, words_of

FORM = """landing:
  headline: "Learn it by hand"
  form:
    consent: 'Yes, send me "the letter" -- weekly.'
    button: Send it
    thanks: "It is on its way."
    fields:
      - {name: profession, label: Your profession, type: select, required: true, options: [Doctor, Nurse]}
      - {name: phone, label: Phone, type: tel, help: "With the area code."}
      - {name: wants_call, label: Call me, type: checkbox}
      - {name: message, label: Message, type: textarea}
"""


def form_of(html: str) -> HtmlElement:
    (form,) = lxml_html.document_fromstring(html).iter("form")
    return form


def test_a_title_alone_makes_a_whole_sign_up_page(desk: Desk) -> None:
    html, thanks, confirmed = desk.landing_pages("Hello.")
    for page in (html, thanks, confirmed):
        parse_strictly(page)
        assert "<h1" in page
    assert "<h1>Spring offer</h1>" in html
    form = form_of(html)
    assert (form.get("method"), form.get("action")) == ("post", "/signup/spring-offer")
    names = [one.get("name") for one in form.iter("input", "select", "textarea")]
    assert names == ["name", "email", "consent", "website"]
    assert "The Gazette may e-mail me" in words_of(html)
    assert [button.get("type") for button in form.iter("button")] == [None]


def test_consent_is_asked_in_its_exact_words_and_never_ticked(desk: Desk) -> None:
    form = form_of(desk.landing_pages("Hello.", FORM)[0])
    (box,) = [one for one in form.iter("input") if one.get("name") == "consent"]
    assert (box.get("type"), box.get("required"), box.get("checked")) == ("checkbox", "", None)
    (label,) = [one for one in form.iter("label") if one.get("for") == box.get("id")]
    assert label.text_content() == 'Yes, send me "the letter" -- weekly.'


def test_every_field_has_a_label_and_its_kind(desk: Desk) -> None:
    form = form_of(desk.landing_pages("Hello.", FORM)[0])
    labels = {one.get("for"): one.text_content() for one in form.iter("label")}
    for one in form.iter("input", "select", "textarea"):
        assert labels[one.get("id")]
    kinds = {one.get("name"): one.get("type") or one.tag for one in form.iter("input", "select", "textarea")}
    assert kinds["email"] == "email"
    assert kinds["profession"] == "select"
    assert kinds["phone"] == "tel"
    assert kinds["wants_call"] == "checkbox"
    assert kinds["message"] == "textarea"
    assert [one.text for one in form.iter("option")] == ["Please choose", "Doctor", "Nurse"]
    required = {one.get("name") for one in form.iter() if one.get("required") is not None}
    assert required == {"email", "profession", "consent"}


def test_the_trap_for_programs_is_hidden_from_people(desk: Desk) -> None:
    form = form_of(desk.landing_pages("Hello.")[0])
    (trap,) = [one for one in form.iter("input") if one.get("name") == "website"]
    around = trap.getparent()
    assert around is not None
    assert around.get("aria-hidden") == "true"
    assert (trap.get("tabindex"), trap.get("autocomplete"), trap.get("type")) == ("-1", "off", "text")


def test_the_form_posts_where_the_settings_say(desk: Desk) -> None:
    settings = dataclasses.replace(SETTINGS, signup=SignUp(endpoint="https://forms.example/{slug}?a=b"))
    form = form_of(desk.of(settings=settings).landing_pages("Hello.")[0])
    assert form.get("action") == "https://forms.example/spring-offer?a=b"


def test_only_the_sign_up_page_itself_may_be_found(desk: Desk) -> None:
    html, thanks, confirmed = desk.landing_pages("Hello.", FORM)
    assert "noindex" not in html
    assert 'name="robots" content="noindex"' in thanks
    assert 'name="robots" content="noindex"' in confirmed
    assert "It is on its way." in words_of(thanks)
    assert "confirm that the address is yours" in words_of(thanks)
    assert "Your address is confirmed." in words_of(confirmed)
    for page in (thanks, confirmed):
        assert 'href="../../"' in page
    drafts = desk.landing_pages("Hello.", FORM, State.DRAFT)
    assert all("noindex" in page for page in drafts)


def test_benefits_offer_voices_and_questions_are_shown_as_text(desk: Desk) -> None:
    html = desk.landing_pages(
        "::: landing\nOnly *here*.\n:::\n",
        "landing:\n  benefits: ['One <b>', {title: Two, text: Proof.}]\n"
        "  offer: {title: Course, text: 'All of it.', price: '£90', ends: 2026-12-24}\n"
        "  trust: [{text: Good., name: Bea, role: Nurse, url: 'https://bea.example'}]\n"
        "  faq: [{question: 'Why?', answer: \"Because.\\n\\nReally.\"}]\n",
    )[0]
    parse_strictly(html)
    words = words_of(html)
    for piece in (
        *("One <b>", "Two", "Proof.", "Course", "All of it.", "£90", "December 24, 2026", "Good.", "Bea"),
        *("Why?", "Because.", "Really.", "Only here."),
    ):
        assert piece in words
    assert '"FAQPage"' in html


def test_an_ended_campaign_takes_no_sign_ups(desk: Desk) -> None:
    html = desk.landing_pages("Hello.", "expiry_date: 2026-11-10", State.EXPIRED)[0]
    assert "<form" not in html
    assert "This campaign ended on" in words_of(html)
    assert "The article is still here" in words_of(html)
    parse_strictly(html)


@pytest.mark.parametrize(
    ("base_url", "endpoint", "action"),
    [
        ("https://example.org/", "", "/signup/spring-offer"),
        ("https://example.org/blog/", "", "/blog/signup/spring-offer"),
        ("https://example.org/my%20blog/a/", "", "/my%20blog/a/signup/spring-offer"),
        ("https://example.org/blog/", "/join?for={slug}", "/blog/join?for=spring-offer"),
        ("https://example.org/blog/", "https://forms.example/{slug}", "https://forms.example/spring-offer"),
    ],
)
def test_the_form_posts_to_the_site_in_whatever_folder_it_is(
    desk: Desk, base_url: str, endpoint: str, action: str
) -> None:
    settings = dataclasses.replace(SETTINGS, signup=SignUp(endpoint=endpoint) if endpoint else SignUp())
    page = desk.of(base_url=base_url, settings=settings).landing_pages()[0]
    assert form_of(page).get("action") == action
