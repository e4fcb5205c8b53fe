"""Liveness, readiness and figures: details for this machine or a token, and nobody's address."""

import pytest
from starlette.applications import Starlette

from campaigner.audience.storage.database import Database
from campaigner.signup.watching import Watching
from signup.conftest import AMINA, App, Browser

TOKEN = "a-token-of-a-test"


def seen(database: Database, path: str, *, client: str, **headers: str) -> tuple[int, str]:
    app = Starlette(routes=Watching(database, TOKEN).routes())
    answer = Browser(app, client).get(
        path, headers={name.replace("_", "-"): text for name, text in headers.items()}
    )
    return answer.status_code, answer.text


def test_figures_count_who_is_there(app: App) -> None:
    app.confirmed()
    app.join("waits@clinic.example")
    status, text = seen(app.database, "/metrics", client="127.0.0.1")
    assert status == 200
    assert 'campaigner_subscribers{status="confirmed"} 1.0' in text
    assert 'campaigner_subscribers{status="pending"} 1.0' in text
    assert "campaigner_mails_waiting 1.0" in text
    assert "campaigner_mails_stuck 0.0" in text
    assert AMINA not in text


@pytest.mark.parametrize(
    ("client", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"x_forwarded_for": "192.0.2.7"}, 404),
        ("127.0.0.1", {"x_forwarded_for": "127.0.0.1"}, 404),
        ("192.0.2.7", {"authorization": f"Bearer {TOKEN}"}, 200),
        ("192.0.2.7", {"authorization": "Bearer wrong"}, 404),
        ("192.0.2.7", {"authorization": "Bearer "}, 404),
    ],
)
def test_figures_are_shown_here_or_for_the_token(
    sqlite: Database, client: str, headers: dict[str, str], status: int
) -> None:
    assert seen(sqlite, "/metrics", client=client, **headers)[0] == status


def test_without_a_token_set_no_token_is_right(sqlite: Database) -> None:
    browser = Browser(Starlette(routes=Watching(sqlite, "").routes()), "192.0.2.7")
    assert browser.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_health_is_told_to_everybody_and_details_are_not(sqlite: Database) -> None:
    assert seen(sqlite, "/healthz", client="192.0.2.7") == (200, "ok\n")
    assert '"mails_stuck":0' in seen(sqlite, "/healthz", client="127.0.0.1")[1]
    with sqlite.writing() as connection:
        connection.exec_driver_sql("DROP TABLE suppressions")
    assert seen(sqlite, "/healthz", client="192.0.2.7") == (503, "the database does not answer\n")
    assert seen(sqlite, "/healthz/ready", client="127.0.0.1")[0] == 503
    assert seen(sqlite, "/healthz/live", client="192.0.2.7") == (200, "ok\n")
