"""What strangers send to harm: none of it does, and all of it is answered in order."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import Subscriber
from campaigner.model.settings import SignUpLimits
from campaigner.signup.house import PublishedHouse
from campaigner.signup.limiting import Limiter, Verdict, mailbox_of
from signup.conftest import AMINA, App, Browser, app_of, html_of, link, text_of

CONTROLS = ["\r\n", "\r", "\n", "\0", "\u2028", "\u2029", "\x85", "\x1b"]


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
@pytest.mark.parametrize("name", ["email", "name", "profession", "beds"])
def test_no_field_takes_a_line_break(sqlite_app: App, name: str, control: str) -> None:
    fields = {"email": AMINA, name: f"amina{control}Bcc: victim@clinic.example", "consent": "yes"}
    if name == "email":
        fields["email"] = f"amina{control}@clinic.example"
    answer = sqlite_app.browser.post("/signup/spring-offer", data=fields)
    assert answer.status_code == 422
    assert f'id="field-{name}-error"' in answer.text
    assert "\0" not in answer.text
    assert sqlite_app.known() is None


@pytest.mark.parametrize("control", ["\0", "\u2028", "\u2029", "\x85", "\x1b"], ids=ascii)
def test_a_text_of_several_lines_takes_no_control_character(sqlite_app: App, control: str) -> None:
    assert sqlite_app.join(remarks=f"One{control}two").status_code == 422
    assert sqlite_app.known() is None


def test_a_text_of_several_lines_has_the_line_ends_of_any_system(sqlite_app: App) -> None:
    sqlite_app.join(remarks="One\r\ntwo\rthree\nfour")
    assert subscriber(sqlite_app).fields == {"remarks": "One\ntwo\nthree\nfour"}


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_what_machines_send_is_kept_on_one_line(sqlite_app: App, control: str) -> None:
    if control.isascii() and control not in "\r\n\0":
        sqlite_app.browser.headers["user-agent"] = f"Agent{control}Bcc: victim@clinic.example"
    sqlite_app.join(utm_source=f"a{control}b", utm_term="Zoe\u0308")
    known = sqlite_app.known()
    assert known is not None
    assert subscriber(sqlite_app).utm == {"source": "a b", "term": "Zo\u00eb"}
    assert not any(character in str(known.consent[0].agent) for character in CONTROLS)


@pytest.mark.parametrize("control", CONTROLS, ids=ascii)
def test_preferences_take_no_line_break_either(sqlite_app: App, control: str) -> None:
    path = link(sqlite_app.confirmed(), "preferences")
    answer = sqlite_app.browser.post(
        path, data={"do": "save", "name": f"Amina{control}Bcc: x@clinic.example"}
    )
    assert answer.status_code == 422
    assert 'id="field-name-error"' in answer.text
    assert subscriber(sqlite_app).name == ""


def test_preferences_know_no_lists_but_those_that_are_offered(sqlite_app: App) -> None:
    path = link(sqlite_app.confirmed(), "preferences")
    wanted = ["weekly", "admin", "'; DROP TABLE subscribers; --", "courses\r\nx"]
    assert sqlite_app.browser.post(path, data={"do": "save", "list": wanted}).status_code == 200
    assert set(subscriber(sqlite_app).tags) == {"weekly"}


HEADERS = {
    *("Return-Path", "Delivered-To", "From", "To", "Subject", "Date", "Message-ID", "MIME-Version"),
    *("Content-Type", "Auto-Submitted", "Reply-To"),
}


@pytest.mark.parametrize(
    "address",
    [
        "amina+bcc:victim=clinic.example@clinic.example",
        "=?utf-8?q?a=0aBcc=3a_b?=@clinic.example",
        "amina%0aBcc%3avictim@clinic.example",
        "\u0623\u0645\u064a\u0646\u0629@clinic.example",
        "amina@\u0645\u062b\u0627\u0644.example",
        "zo\u00eb@clinic.example",
        "a" * 64 + "@clinic.example",
        "{{7*7}}@clinic.example",
        "'or'1'='1@clinic.example",
    ],
)
def test_an_address_adds_no_header_to_a_mail(sqlite_app: App, address: str) -> None:
    answer = sqlite_app.join(address)
    if answer.status_code == 422:
        assert 'id="field-email-error"' in answer.text
        assert sqlite_app.mails() == []
        return
    mail = sqlite_app.mail()
    assert set(mail.keys()) <= HEADERS
    assert len(mail.get_all("To", [])) == 1
    assert "victim" not in text_of(mail) + html_of(mail)


def test_one_address_in_two_spellings_of_unicode_is_one_subscriber(sqlite_app: App) -> None:
    sqlite_app.join("zoe\u0308@clinic.example", name="Zoe\u0308", profession="Nurse")
    sqlite_app.join("zo\u00eb@clinic.example")
    known = sqlite_app.known("zo\u00eb@clinic.example")
    assert known is not None
    assert known.subscriber is not None
    assert (known.subscriber.address, known.subscriber.name) == ("zo\u00eb@clinic.example", "Zo\u00eb")
    assert len(known.consent) == 2
    with sqlite_app.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM subscribers").scalar() == 1


SQL = "x'); DELETE FROM subscribers; --"


def test_no_field_no_header_and_no_path_is_sql(sqlite_app: App) -> None:
    app = sqlite_app
    app.browser.headers["user-agent"] = SQL
    app.join(name=SQL, remarks=SQL, utm_source=SQL, utm_campaign=SQL)
    for path in (f"/signup/{SQL}", f"/confirm/{SQL}", f"/unsubscribe/{SQL}", f"/preferences/{SQL}"):
        assert app.browser.post(path, data={"email": AMINA, "consent": "yes"}).status_code == 404
    known = app.known()
    assert known is not None
    assert (subscriber(app).name, subscriber(app).fields["remarks"]) == (SQL, SQL)
    assert subscriber(app).utm["source"] == known.consent[0].agent == SQL
    assert app.told == []


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(sqlite_app: App, elsewhere: str) -> None:
    app = sqlite_app
    app.browser.headers.update(
        {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    )
    names = ("next", "redirect", "redirect_uri", "return_to", "url", "continue", "thanks")
    fields = dict.fromkeys(names, elsewhere)
    query = {**fields, "utm_source": elsewhere}
    form = {"email": AMINA, "consent": "yes", **fields}
    answer = app.browser.post("/signup/spring-offer", params=query, data=form)
    assert answer.headers["location"] == "/spring-offer/join/thanks/"
    looked = app.browser.get("/signup/spring-offer", params=query)
    assert looked.headers["location"] == "/spring-offer/join/"
    mail = app.mail()
    assert "evil.example" not in text_of(mail) + html_of(mail)
    confirmed = app.browser.post(link(mail, "confirm"), params=query, data=fields)
    assert confirmed.headers["location"] == "/spring-offer/join/confirmed/"
    back = app.browser.post("/signup/spring-offer", params=query, data=fields)
    assert "evil.example" not in back.text


def subscriber(app: App) -> Subscriber:
    """The one who signs up in these tests."""
    known = app.known()
    assert known is not None
    assert known.subscriber is not None
    return known.subscriber


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "\u202eevil\u202c مرحبا",
        "A" * 200,
        "'; DROP TABLE subscribers; --",
        "=HYPERLINK(0)",
        "{{ reader.email }} {% raw %}",
        "Zoe\u0308",
    ],
)
def test_a_strange_name_is_only_a_name(sqlite_app: App, name: str) -> None:
    app = sqlite_app
    welcome = app.confirmed(name=name)
    assert name not in text_of(welcome) + html_of(welcome)
    page = app.browser.get(link(welcome, "preferences")).text
    assert "<script" not in page
    assert "<img src=x" not in page
    known = app.known()
    assert known is not None
    assert known.subscriber is not None
    assert known.subscriber.name == {"Zoe\u0308": "Zoë"}.get(name, name)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", "A" * 201),
        ("profession", "Emperor"),
        ("beds", "many"),
        ("beds", "1e9"),
        ("remarks", "x" * 4001),
        ("email", "a@b.example, c@d.example"),
        ("email", "Amina <amina@clinic.example>"),
        ("email", "x" * 65 + "@clinic.example"),
    ],
)
def test_what_a_field_does_not_take_is_told_beside_it(sqlite_app: App, name: str, value: str) -> None:
    fields = {"email": AMINA, "consent": "yes", name: value}
    answer = sqlite_app.browser.post("/signup/spring-offer", data=fields)
    assert answer.status_code == 422
    assert f'id="field-{name}-error"' in answer.text


def test_what_a_program_sends_without_escaping_it_is_utf_8(sqlite_app: App) -> None:
    body = f"name=Zoë&email={AMINA}&consent=yes".encode()
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert sqlite_app.browser.post("/signup/spring-offer", content=body, headers=kind).status_code == 303
    known = sqlite_app.known()
    assert known is not None
    assert known.subscriber is not None
    assert known.subscriber.name == "Zoë"


def test_more_fields_than_a_form_can_have_are_refused(sqlite_app: App) -> None:
    assert (
        sqlite_app.browser.post("/signup/spring-offer", data={f"a{n}": "" for n in range(300)}).status_code
        == 400
    )


def test_a_file_is_no_field(sqlite_app: App) -> None:
    files = {"email": ("a.txt", b"amina@clinic.example")}
    answer = sqlite_app.browser.post("/signup/spring-offer", data={"consent": "yes"}, files=files)
    assert answer.status_code == 400


@pytest.mark.parametrize("kind", ["text/plain", "application/json", ""])
def test_what_is_no_form_is_refused(sqlite_app: App, kind: str) -> None:
    answer = sqlite_app.browser.post("/signup/spring-offer", content=b"{}", headers={"content-type": kind})
    assert answer.status_code == 415


@pytest.mark.parametrize("charset", ["undefined", "punycode", "idna", "hex", "utf-7", "no-such", "utf-16"])
def test_a_form_in_an_odd_coding_is_a_form_or_none(sqlite_app: App, charset: str) -> None:
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    body = b'--x\r\nContent-Disposition: form-data; name="email"\r\n\r\nxn--\xff-\r\n--x--\r\n'
    answer = sqlite_app.browser.post("/signup/spring-offer", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 422)
    assert sqlite_app.told == []


def test_a_body_that_is_no_form_is_worth_no_line(sqlite_app: App, caplog: pytest.LogCaptureFixture) -> None:
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = sqlite_app.browser.post("/signup/spring-offer", content=b"email=a", headers=kind)
    assert answer.status_code == 400
    assert caplog.records == []


def test_a_body_has_at_most_a_megabyte(sqlite_app: App) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    large = b"email=" + b"a" * 1_000_001
    assert sqlite_app.browser.post("/signup/spring-offer", content=large, headers=form).status_code == 413

    async def in_pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"a" * 100_000

    answer = sqlite_app.browser.post("/signup/spring-offer", content=in_pieces(), headers=form)
    assert answer.status_code == 413
    welcome = sqlite_app.confirmed()
    path = link(welcome, "unsubscribe")
    assert sqlite_app.browser.post(path, content=large, headers=form).status_code == 413


def test_fields_of_others_are_left_out(sqlite_app: App) -> None:
    sqlite_app.join(status="confirmed", id="1", tags="admin", _method="DELETE")
    known = sqlite_app.known()
    assert known is not None
    assert known.subscriber is not None
    assert known.subscriber.status == "pending"
    assert known.subscriber.fields == {}


@pytest.mark.parametrize("route", ["confirm", "unsubscribe", "preferences"])
@pytest.mark.parametrize("token", ["x", "1", "1.2.3", "..", "%00", "é", "a" * 5000, "1.a.b.c.d.e.f", "1..."])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_of_nobody_s_is_not_found(sqlite_app: App, route: str, token: str, method: str) -> None:
    answer = sqlite_app.browser.request(method, f"/{route}/{token}")
    assert answer.status_code == 404
    assert sqlite_app.told == []


def test_a_token_of_one_route_opens_no_other(sqlite_app: App) -> None:
    welcome = sqlite_app.confirmed()
    token = link(welcome, "preferences").rpartition("/")[2]
    assert sqlite_app.browser.get(f"/unsubscribe/{token}").status_code == 404
    assert sqlite_app.browser.get(f"/confirm/{token}").status_code == 404


def test_a_slash_too_many_leads_nowhere(sqlite_app: App) -> None:
    for path in ("/signup/spring-offer/", "//evil.example/", "/unsubscribe/x/"):
        answer = sqlite_app.browser.get(path, headers={"host": "evil.example"})
        assert (answer.status_code, answer.headers.get("location")) == (404, None)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_do_nothing(sqlite_app: App, method: str) -> None:
    assert sqlite_app.browser.request(method, "/signup/spring-offer").status_code == 405


def test_every_answer_keeps_its_address_to_itself(sqlite_app: App) -> None:
    app = sqlite_app
    welcome = app.confirmed()
    answers = [
        app.join("second@clinic.example"),
        app.browser.post("/signup/spring-offer", data={}),
        app.browser.get(link(welcome, "preferences")),
        app.browser.get(link(welcome, "unsubscribe")),
        app.browser.post(link(welcome, "preferences"), data={"do": "download"}),
        app.browser.post(link(welcome, "unsubscribe")),
        app.browser.get("/confirm/nothing"),
        app.browser.get("/elsewhere"),
    ]
    for answer in answers:
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-robots-tag"] == "noindex"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "set-cookie" not in answer.headers
        assert not re.search("<script|<style|style=|onclick", answer.text)


def test_more_than_an_address_may_have_is_answered_alike_and_not_kept(sqlite_app: App) -> None:
    answers = {(one.status_code, one.headers["location"]) for one in (sqlite_app.join() for _ in range(7))}
    assert answers == {(303, "/spring-offer/join/thanks/")}
    known = sqlite_app.known()
    assert known is not None
    assert len(known.consent) == 5


def test_more_than_an_ip_address_may_send_is_told(sqlite_app: App) -> None:
    answers = [sqlite_app.join(f"a{number}@clinic.example") for number in range(31)]
    assert [answer.status_code for answer in answers] == [303] * 30 + [429]
    assert answers[-1].headers["retry-after"] == "3600"
    assert sqlite_app.known("a30@clinic.example") is None


def test_networks_and_the_whole_have_limits_of_their_own(database: Database) -> None:
    limiter = Limiter(SignUpLimits(address=9, ip=2, network=3, total=4))

    def judged_of(digest: str, client: str) -> Verdict:
        with database.writing() as connection:
            return limiter.judge(connection, digest, client)

    judged = [
        judged_of(f"digest-{number}", client)
        for number, client in enumerate(
            ["192.0.2.1", "192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.3", "2001:db8::1", "2001:db8::2"]
        )
    ]
    taken, told = Verdict.TAKEN, Verdict.TOO_MANY
    assert judged == [taken, taken, told, taken, told, taken, told]


def test_nobody_forwards_for_others_but_a_trusted_proxy(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    app = app_of(house, sqlite, tmp_path, trusted=["192.0.2.0/24", "10.0.0.0/8"])
    routes = app.service.app("/")

    def ip(client: str, forwarded: str, email: str) -> str | None:
        browser = Browser(routes, client)
        browser.post(
            "/signup/spring-offer",
            data={"email": email, "consent": "yes"},
            headers={"x-forwarded-for": forwarded},
        )
        known = app.known(email)
        assert known is not None
        return known.consent[0].ip

    assert ip("192.0.2.7", "203.0.113.9", "a@clinic.example") == "203.0.113.9"
    assert ip("192.0.2.7", "1.2.3.4, 203.0.113.9, 10.1.1.1", "b@clinic.example") == "203.0.113.9"
    assert ip("198.51.100.1", "203.0.113.9", "c@clinic.example") == "198.51.100.1"
    assert ip("192.0.2.7", "nonsense", "d@clinic.example") == "192.0.2.7"
    assert ip("192.0.2.7", "::ffff:203.0.113.9", "e@clinic.example") == "203.0.113.9"
    # some proxies write the port too
    assert ip("192.0.2.7", "203.0.113.9:54321", "f@clinic.example") == "203.0.113.9"
    assert ip("192.0.2.7", "[2001:db8::9]:54321", "g@clinic.example") == "2001:db8::9"
    assert ip("192.0.2.7", "2001:db8::9", "h@clinic.example") == "2001:db8::9"
    assert ip("192.0.2.7", "203.0.113.9:port", "i@clinic.example") == "192.0.2.7"


def test_a_proxy_of_one_s_own_that_nobody_named_is_told_once(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    """Or else all readers would count as one, and the 31st of an hour be turned away."""
    app = app_of(house, sqlite, tmp_path)
    routes = app.service.app("/")
    data = {"email": AMINA, "consent": "yes"}
    passed_on = {"x-forwarded-for": "203.0.113.9"}
    Browser(routes, "127.0.0.1").post("/signup/spring-offer", data=data)
    Browser(routes, "8.8.8.8").post("/signup/spring-offer", data=data, headers=passed_on)
    assert app.told == []
    for _ in range(3):
        Browser(routes, "127.0.0.1").post("/signup/spring-offer", data=data, headers=passed_on)
    (fault,) = app.told
    assert 'trusted_proxies = ["127.0.0.1"]' in str(fault)
    named = app_of(house, sqlite, tmp_path, trusted=["127.0.0.1"])
    Browser(named.service.app("/"), "127.0.0.1").post("/signup/spring-offer", data=data, headers=passed_on)
    assert named.told == []


def test_where_the_database_fails_it_is_503_and_nothing_is_told_of_anybody(sqlite_app: App) -> None:
    with sqlite_app.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE outgoing")
    answer = sqlite_app.join()
    assert answer.status_code == 503
    assert "outgoing" not in answer.text
    with sqlite_app.database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM subscribers").scalar() == 0
    assert AMINA not in str(sqlite_app.told)


def test_a_site_elsewhere_is_led_back_to_and_may_ask_for_json(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    app = app_of(
        house, sqlite, tmp_path, base_url="https://app.gazette.example/", root="https://gazette.example/"
    )
    answer = app.join()
    assert answer.headers["location"] == "https://gazette.example/spring-offer/join/thanks/"
    page = app.browser.post("/signup/spring-offer", data={}, headers={"origin": "https://gazette.example"})
    assert page.headers["access-control-allow-origin"] == "https://gazette.example"
    assert 'href="https://gazette.example/assets/' in page.text
    assert "style-src 'self' https://gazette.example;" in page.headers["content-security-policy"]
    other = app.browser.post("/signup/spring-offer", data={}, headers={"origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    assert "https://app.gazette.example/confirm/" in text_of(app.mail())


def stamped(app: App) -> str:
    """The stamp of a form that came back."""
    found = re.search(r'name="form-served" value="([^"]+)"', app.join("amina@clinic").text)
    assert found
    return found[1]


def test_a_form_that_came_back_is_not_taken_before_anybody_can_have_read_it(sqlite_app: App) -> None:
    app = sqlite_app
    stamp = stamped(app)
    app.later(milliseconds=100)
    again = app.join(**{"form-served": stamp}, name="Amina")
    assert again.status_code == 422
    assert "once more" in again.text
    assert f'value="{AMINA}"' in again.text
    assert stamp in again.text  # and not a new one: who only presses the button is not to be too quick again
    assert app.known() is None
    app.later(milliseconds=450)
    assert app.join(**{"form-served": stamp}).status_code == 303
    assert app.status() == "pending"


@pytest.mark.parametrize("stamp", ["", "x", "1.9999999999999.x", "1.2.3.4", "é"])
def test_a_stamp_of_nobody_s_keeps_nobody_out(sqlite_app: App, stamp: str) -> None:
    assert sqlite_app.join(**{"form-served": stamp}).status_code == 303


def test_the_form_of_the_site_has_no_stamp(sqlite_app: App) -> None:
    assert stamped(sqlite_app).startswith("1.")
    assert sqlite_app.join().status_code == 303


def test_a_mailbox_is_not_flooded_by_all_its_spellings(sqlite_app: App) -> None:
    app = sqlite_app
    spellings = ["amina.b@gmail.com", "a.minab@gmail.com", *(f"aminab+{n}@googlemail.com" for n in range(8))]
    assert {app.join(one).status_code for one in spellings} == {303}
    assert len(app.mails()) == 5
    assert app.join("amina.c@gmail.com").status_code == 303
    assert len(app.mails()) == 1


def test_who_has_an_address_with_a_plus_signs_up_with_it(sqlite_app: App) -> None:
    welcome = sqlite_app.confirmed("amina+letters@clinic.example")
    assert welcome["To"] == "amina+letters@clinic.example"


@pytest.mark.parametrize(
    ("key", "mailbox"),
    [
        ("amina+x+y@clinic.example", "amina@clinic.example"),
        ("a.mina@clinic.example", "a.mina@clinic.example"),
        ("a.mina+x@googlemail.com", "amina@gmail.com"),
        ("+x@clinic.example", "+x@clinic.example"),
        (".@gmail.com", ".@gmail.com"),
    ],
)
def test_addresses_of_a_mailbox_count_as_one(key: str, mailbox: str) -> None:
    assert mailbox_of(key) == mailbox


def test_one_address_gets_one_mail_an_hour_from_all_forms(sqlite_app: App) -> None:
    app = sqlite_app
    assert {app.join(slug=slug).status_code for slug in ("spring-offer", "angebot") * 2} == {303}
    assert len(app.mails()) == 1
    app.later(hours=1)
    app.join(slug="angebot")
    assert len(app.mails()) == 1


def test_a_list_of_addresses_from_one_network_is_stopped(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    app = app_of(house, sqlite, tmp_path)
    routes = app.service.app("/")
    answers = [
        Browser(routes, f"198.51.100.{client}").post(
            "/signup/spring-offer",
            data={"email": f"victim-{client}-{number}@clinic.example", "consent": "yes"},
        )
        for client in range(11)
        for number in range(30)
    ]
    assert [answer.status_code for answer in answers] == [303] * 300 + [429] * 30


def test_the_same_statements_are_run_whoever_signs_up(app: App) -> None:
    app.confirmed("confirmed@clinic.example")
    app.browser.post(link(app.confirmed("left@clinic.example"), "unsubscribe"))
    app.join("waits@clinic.example")
    app.mails()
    run: list[str] = []

    def note(*told: object) -> None:
        run.append(re.sub(r"\(\S*?[?%].*", "", str(told[2])))  # how many values there are is not told

    event.listen(app.database.engine, "before_cursor_execute", note)
    seen: dict[tuple[str, ...], list[str]] = {}
    # the one whose mail was sent a moment ago, those of whom it is an hour ago, and one who is new
    for email in ("waits", "waits", "confirmed", "left", "new"):
        run.clear()
        assert app.join(f"{email}@clinic.example").status_code == 303
        seen.setdefault(tuple(run), []).append(email)
        app.later(hours=1)
    assert [*seen.values()] == [["waits", "waits", "confirmed", "left", "new"]]
