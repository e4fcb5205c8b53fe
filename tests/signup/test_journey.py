"""Sign-up, confirmation, welcome, preferences and unsubscribing, on both databases."""

import json
from pathlib import Path

import pytest

from campaigner.audience.storage.database import Database
from campaigner.signup.house import PublishedHouse
from signup.conftest import AMINA, FILES, App, app_of, house_of, html_of, link, text_of

CONSENT = "Yes, send me the Gazette’s letters. I can unsubscribe at any time."


def test_the_whole_journey(app: App) -> None:
    answer = app.join(name="Amina", profession="Nurse")
    assert (answer.status_code, answer.headers["location"]) == (303, "/spring-offer/join/thanks/")
    assert app.status() == "pending"

    confirmation = app.mail()
    path = link(confirmation, "confirm")
    page = app.browser.get(path)
    assert page.status_code == 200
    assert '<form method="post">' in page.text
    assert app.status() == "pending"  # a program that follows links changes nothing

    answer = app.browser.post(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/spring-offer/join/confirmed/")
    assert app.status() == "confirmed"

    welcome = app.mail()
    page = app.browser.get(link(welcome, "preferences"))
    assert page.status_code == 200
    assert AMINA in page.text
    assert 'value="Amina"' in page.text

    path = link(welcome, "unsubscribe")
    assert app.browser.get(path).status_code == 200
    assert app.status() == "confirmed"
    assert app.browser.post(path).status_code == 200
    assert app.status() == "unsubscribed"
    assert app.mails() == []
    assert app.told == []


def test_the_ledger_says_what_was_shown_and_from_where(app: App) -> None:
    app.browser.headers["user-agent"] = "Firefox/140"
    app.confirmed()
    known = app.known()
    assert known is not None
    signed_up, sent, confirmed = known.consent
    assert (signed_up.event, sent.event, confirmed.event) == ("signed-up", "confirmation-sent", "confirmed")
    assert (signed_up.wording, signed_up.box, signed_up.policy) == (CONSENT, "ticked", "2026-11")
    assert (signed_up.page, signed_up.form) == ("https://gazette.example/spring-offer/join/", "join")
    assert (signed_up.agent, signed_up.language, signed_up.method) == ("Firefox/140", "en", "form")


def test_fields_lists_and_campaign_are_kept(app: App) -> None:
    app.browser.post(
        "/signup/spring-offer?utm_source=poster",
        data={
            "email": AMINA,
            "name": " Amina ",
            "profession": "Doctor",
            "remarks": "two\r\nlines",
            "beds": "12",
            "consent": "yes",
        },
    )
    known = app.known()
    assert known is not None
    assert known.subscriber is not None
    assert known.subscriber.name == "Amina"
    assert known.subscriber.fields == {"profession": "Doctor", "remarks": "two\nlines", "beds": 12}
    assert known.subscriber.utm == {"source": "poster"}
    assert known.subscriber.tags == ("courses", "weekly")


def test_the_form_works_as_multipart_too(app: App) -> None:
    parts = {name: (None, value) for name, value in {"email": AMINA, "name": "Zoë", "consent": "yes"}.items()}
    assert app.browser.post("/signup/spring-offer", files=parts).status_code == 303
    assert app.status() == "pending"


def test_json_is_answered_where_it_is_asked_for(app: App) -> None:
    app.browser.headers["accept"] = "application/json"
    answer = app.join()
    assert (answer.status_code, answer.json()) == (200, {"next": "/spring-offer/join/thanks/"})
    answer = app.browser.post("/signup/spring-offer", data={"email": "amina"})
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"email", "consent"}


def test_json_says_what_went_wrong_too(app: App) -> None:
    app.browser.headers["accept"] = "application/json"
    answers = [app.join(slug="over"), app.join(slug="nothing"), app.browser.post("/signup/spring-offer")]
    assert [(one.status_code, one.json()) for one in answers] == [
        (410, {"error": "Gone"}),
        (404, {"error": "Not Found"}),
        (415, {"error": "Unsupported Media Type"}),
    ]


def test_a_form_comes_back_with_its_values_and_each_error_beside_its_field(app: App) -> None:
    answer = app.browser.post(
        "/signup/spring-offer",
        data={"email": "amina@clinic", "name": "<b>Amina</b>", "profession": "King", "consent": "yes"},
    )
    assert answer.status_code == 422
    assert 'value="amina@clinic"' in answer.text
    assert 'value="&lt;b&gt;Amina&lt;/b&gt;"' in answer.text
    assert 'id="field-email-error"' in answer.text
    assert 'id="field-profession-error"' in answer.text
    assert 'id="field-name-error"' not in answer.text
    assert 'name="consent" value="yes" required checked' in answer.text
    assert '<link rel="stylesheet" href="/assets/' in answer.text
    assert app.known() is None


def test_without_the_consent_nothing_is_kept(app: App) -> None:
    answer = app.browser.post("/signup/spring-offer", data={"email": AMINA})
    assert answer.status_code == 422
    assert 'id="field-consent-error"' in answer.text
    assert app.known() is None


def test_a_form_in_german_answers_in_german(app: App) -> None:
    assert "Bitte setzen Sie das Häkchen" in app.browser.post("/signup/angebot", data={"email": AMINA}).text
    app.join(slug="angebot")
    confirmation = app.mail()
    assert confirmation["Subject"] == "Bitte bestätigen: E-Mails von The Gazette"


def test_all_pages_speak_the_language_that_somebody_signed_up_in(app: App) -> None:
    app.join(slug="angebot")
    confirmation = link(app.mail(), "confirm")
    assert "Ein Klick fehlt noch" in app.browser.get(confirmation).text
    app.browser.post(confirmation)
    welcome = app.mail()
    leaving, preferences = link(welcome, "unsubscribe"), link(welcome, "preferences")
    assert "Ihre Einstellungen" in app.browser.get(preferences).text
    assert "<h1>Abmelden</h1>" in app.browser.get(leaving).text
    assert "Sie sind abgemeldet" in app.browser.post(leaving).text
    assert "Dieser Link gilt nicht mehr" in app.browser.post(confirmation).text
    app.later(days=61)
    assert "Dieser Link gilt nicht mehr" in app.browser.get(confirmation).text
    app.browser.post(preferences, data={"do": "erase", "sure": "yes"})
    assert "<h1>Unsubscribe</h1>" in app.browser.get(leaving).text  # nothing is known of them any more


def test_who_fills_the_hidden_field_is_answered_and_not_kept(app: App) -> None:
    answer = app.join(website="https://spam.example")
    assert (answer.status_code, answer.headers["location"]) == (303, "/spring-offer/join/thanks/")
    assert app.known() is None


def test_the_answer_does_not_say_who_is_known(app: App) -> None:
    app.confirmed()
    app.confirmed("left@clinic.example")
    app.browser.post(link_of_unsubscribing(app, "left@clinic.example"))
    app.join("waits@clinic.example")
    answers = {
        (answer.status_code, answer.headers["location"], answer.content)
        for answer in map(
            app.join, (AMINA, "left@clinic.example", "waits@clinic.example", "new@clinic.example")
        )
    }
    assert len(answers) == 1


def link_of_unsubscribing(app: App, email: str) -> str:
    from campaigner.audience.addresses import read_address
    from campaigner.signup.tokens import unsubscribe_token
    from signup.conftest import KEYS

    return f"/unsubscribe/{unsubscribe_token(KEYS, read_address(email).digest)}"


def test_who_is_confirmed_already_gets_a_mail_that_says_so(app: App) -> None:
    app.confirmed()
    app.later(hours=2)
    app.join(name="Somebody else")
    mail = app.mail()
    assert mail["Subject"] == "You are already on the list of The Gazette"
    assert app.status() == "confirmed"
    known = app.known()
    assert known is not None
    assert known.subscriber is not None
    assert known.subscriber.name == ""


def test_who_unsubscribed_must_confirm_anew(app: App) -> None:
    welcome = app.confirmed()
    app.browser.post(link(welcome, "unsubscribe"))
    app.later(hours=2)
    app.join()
    assert app.status() == "unsubscribed"
    app.browser.post(link(app.mail(), "confirm"))
    assert app.status() == "confirmed"


def test_a_confirmation_is_sent_again_after_an_hour_and_not_before(app: App) -> None:
    app.join()
    first = app.mail()
    app.join()
    assert app.mails() == []
    app.later(hours=1)
    app.join()
    again = app.mail()
    assert link(again, "confirm").split(".")[:3] == link(first, "confirm").split(".")[:3]


def test_a_second_click_on_the_link_sends_no_second_welcome(app: App) -> None:
    app.join()
    path = link(app.mail(), "confirm")
    assert [app.browser.post(path).status_code for _ in range(3)] == [303, 303, 303]
    assert len(app.mails()) == 1


def test_a_confirmation_that_waited_too_long_is_over(app: App) -> None:
    app.join()
    path = link(app.mail(), "confirm")
    app.later(days=60)
    assert app.browser.get(path).status_code == 410
    assert app.browser.post(path).status_code == 410
    assert app.status() == "pending"


def test_who_confirms_after_the_campaign_was_taken_away_is_told_here(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    app = app_of(house, sqlite, tmp_path)
    app.join(slug="angebot")
    confirmation = link(app.mail(), "confirm")
    without = {name: text for name, text in FILES.items() if "angebot" not in name}
    later = app_of(house_of(tmp_path / "later", without), sqlite, tmp_path)
    answer = later.browser.post(confirmation)
    assert answer.status_code == 200
    assert "Ihre Adresse ist bestätigt" in answer.text
    assert later.status() == "confirmed"


def test_the_link_of_somebody_who_left_since_is_over(app: App) -> None:
    app.join()
    path = link(app.mail(), "confirm")
    app.browser.post(link_of_unsubscribing(app, AMINA))
    answer = app.browser.post(path)
    assert answer.status_code == 410
    assert 'href="/spring-offer/join/"' in answer.text
    assert app.status() == "unsubscribed"


@pytest.mark.parametrize("kind", ["urlencoded", "multipart"])
def test_a_mail_program_unsubscribes_with_one_click(app: App, kind: str) -> None:
    welcome = app.confirmed()
    path = link(welcome, "unsubscribe")
    for _ in range(2):
        if kind == "urlencoded":
            answer = app.browser.post(path, data={"List-Unsubscribe": "One-Click"})
        else:
            answer = app.browser.post(path, files={"List-Unsubscribe": (None, "One-Click")})
        assert answer.status_code == 200
    known = app.known()
    assert known is not None
    assert [entry.method for entry in known.consent if entry.event == "unsubscribed"] == ["one-click"]


def test_unsubscribing_works_for_ever_and_after_an_erasure(app: App) -> None:
    welcome = app.confirmed()
    app.later(days=3650)
    path = link(welcome, "unsubscribe")
    app.browser.post(link(welcome, "preferences"), data={"do": "erase", "sure": "yes"})
    assert app.browser.get(path).status_code == 200
    assert app.browser.post(path).status_code == 200


def test_preferences_change_name_and_lists(app: App) -> None:
    path = link(app.confirmed(name="Amina"), "preferences")
    page = app.browser.get(path).text
    assert page.count(" checked") == 2
    answer = app.browser.post(path, data={"do": "save", "name": "Dr Amina", "list": ["courses", "other"]})
    assert answer.status_code == 200
    assert 'role="status"' in answer.text
    known = app.known()
    assert known is not None
    assert known.subscriber is not None
    assert (known.subscriber.name, known.subscriber.tags) == ("Dr Amina", ("courses",))
    assert known.consent[-1].note == "-weekly"


def test_a_name_that_cannot_be_is_told_and_not_kept(app: App) -> None:
    path = link(app.confirmed(name="Amina"), "preferences")
    answer = app.browser.post(path, data={"do": "save", "name": "Amina\r\nBcc: x@y.example"})
    assert answer.status_code == 422
    assert 'id="field-name-error"' in answer.text
    known = app.known()
    assert known is not None
    assert known.subscriber is not None
    assert known.subscriber.name == "Amina"


def test_ones_data_can_be_downloaded(app: App) -> None:
    path = link(app.confirmed(name="Amina"), "preferences")
    answer = app.browser.post(path, data={"do": "download"})
    assert answer.headers["content-disposition"] == 'attachment; filename="my-data.json"'
    data = json.loads(answer.content)
    assert (data["subscriber"]["address"], data["subscriber"]["name"]) == (AMINA, "Amina")
    assert [entry["event"] for entry in data["consent"]] == ["signed-up", "confirmation-sent", "confirmed"]


def test_ones_data_are_erased_once_the_box_is_ticked(app: App) -> None:
    path = link(app.confirmed(), "preferences")
    answer = app.browser.post(path, data={"do": "erase"})
    assert answer.status_code == 422
    assert 'id="erase-error"' in answer.text
    assert app.status() == "confirmed"
    assert app.browser.post(path, data={"do": "erase", "sure": "yes"}).status_code == 200
    known = app.known()
    assert known is not None
    assert known.subscriber is None
    assert known.suppression is not None
    assert app.browser.get(path).status_code == 410


def test_a_campaign_that_has_ended_takes_no_sign_ups(app: App) -> None:
    assert app.join(slug="over").status_code == 410
    assert app.known() is None


@pytest.mark.parametrize("slug", ["draft", "nothing", "..%2f..", "spring-offer%00"])
def test_there_is_no_form_where_readers_see_none(app: App, slug: str) -> None:
    assert app.join(slug=slug).status_code == 404


def test_who_looks_at_the_form_s_address_is_led_to_the_page(app: App) -> None:
    answer = app.browser.get("/signup/spring-offer")
    assert (answer.status_code, answer.headers["location"]) == (303, "/spring-offer/join/")


def test_a_confirmation_carries_nothing_that_was_typed(app: App) -> None:
    app.join(name="Click evil.example now", remarks="evil.example")
    mail = app.mail()
    assert "evil.example" not in mail.as_string()
    assert "evil" not in text_of(mail) + html_of(mail)
    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None


def test_a_welcome_can_be_ended_by_the_mail_program(app: App) -> None:
    welcome = app.confirmed()
    path = link(welcome, "unsubscribe")
    assert welcome["List-Unsubscribe"] == (
        f"<https://gazette.example{path}>, <mailto:letters@gazette.example?subject=unsubscribe>"
    )
    assert welcome["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert welcome["To"] == AMINA
    assert welcome["Auto-Submitted"] == "auto-generated"
    assert f"https://gazette.example{path}" in html_of(welcome)
