"""A workspace says in its own words what pages and mails of the app say."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from campaigner.audience.storage.database import Database
from signup.conftest import FILES, App, app_of, house_of, html_of, link, text_of

#: words of a workspace, which take the place of the theme's one by one
ENGLISH = """\
mail_confirm_subject = "Nearly there: {site}"
mail_confirm_button = "Yes, that was me"
mail_welcome_preheader = "Good that you are here."
confirm_title = "Is it you?"
confirm_button = "It is me"
preferences_title = "What we may send"
unsubscribed_title = "Off you go"
error_consent = "Without a tick there is no letter."
missing_title = "Nobody is here"
"""
GERMAN = 'mail_confirm_subject = "Fast geschafft: {site}"\nerror_consent = "Ohne Haken kein Brief."\n'
#: a form that was sent as it was
NOTHING = {"name": "", "email": ""}
OWN_QUESTION = """\
{% extends "_layouts/page.html" %}
{% block main %}
<h1>{{ page.title }}, says an own template</h1>
<form method="post"><button class="button">{{ page.button }}</button></form>
{% endblock %}
"""


@pytest.fixture
def app(sqlite: Database, tmp_path: Path) -> App:
    """An app of a workspace with words and a template of its own."""
    own = {
        "templates/words/en.toml": ENGLISH,
        "templates/words/de.toml": GERMAN,
        "templates/signup/question.html": OWN_QUESTION,
        "templates/mails/welcome/subject.txt": "{{ site.name }} is pleased\n",
    }
    return app_of(house_of(tmp_path / "workspace", {**FILES, **own}), sqlite, tmp_path)


def test_a_workspace_says_in_its_own_words_what_mails_and_pages_say(app: App) -> None:
    confirmation = joined(app)
    assert confirmation["Subject"] == "Nearly there: The Gazette"
    assert "Yes, that was me" in html_of(confirmation)
    assert "One click is left" in text_of(confirmation)  # what it does not say itself the theme says
    question = app.browser.get(link(confirmation, "confirm")).text
    assert "<h1>Is it you?, says an own template</h1>" in question
    assert "It is me" in question
    app.browser.post(link(confirmation, "confirm"))
    welcome = app.mail()
    assert welcome["Subject"] == "The Gazette is pleased"
    assert "Good that you are here." in html_of(welcome)
    assert "<h1>What we may send</h1>" in app.browser.get(link(welcome, "preferences")).text
    assert "<h1>Off you go</h1>" in app.browser.post(link(welcome, "unsubscribe")).text
    assert "Without a tick there is no letter." in app.browser.post("/signup/spring-offer", data=NOTHING).text
    assert "<h1>Nobody is here</h1>" in app.browser.get("/confirm/nothing").text


def test_a_language_has_words_of_its_own(app: App) -> None:
    assert joined(app, slug="angebot")["Subject"] == "Fast geschafft: The Gazette"
    assert "Ohne Haken kein Brief." in app.browser.post("/signup/angebot", data=NOTHING).text


def joined(app: App, **fields: str) -> EmailMessage:
    """Sign up, and give the mail that asks for a confirmation."""
    app.join(**fields)
    return app.mail()
