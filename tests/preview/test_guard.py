"""Who may see the preview."""

import asyncio
import threading
from typing import Any

import pytest

from campaigner.preview.guard import Guard
from campaigner.preview.server import addresses, is_loopback, new_token


async def _inside(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


def asked(
    guard: Guard, *, host: str = "127.0.0.1:8000", query: str = "", cookie: str = "", path: str = "/"
) -> tuple[int, dict[str, str]]:
    """Status and headers of the guard's answer."""
    headers = [(b"host", host.encode()), *([(b"cookie", cookie.encode())] if cookie else [])]
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": query.encode(),
        "server": ("127.0.0.1", 8000),
        "headers": headers,
    }
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    # in a thread of its own: where a browser is driven, one is running in this one
    thread = threading.Thread(target=lambda: asyncio.run(guard(scope, receive, send)))  # type: ignore[arg-type]
    thread.start()
    thread.join()
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}


LOCAL = Guard(_inside, host="127.0.0.1")
OPEN = Guard(_inside, host="0.0.0.0", token="secret-token")


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "localhost:8000", "localhost", "[::1]:8000", "192.168.1.4:8000"]
)
def test_this_machine_is_answered_by_its_names_and_numbers(host: str) -> None:
    assert asked(LOCAL, host=host)[0] == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "", "localhost.evil.example"]
)
def test_a_name_that_another_site_made_to_lead_here_is_refused(host: str) -> None:
    assert asked(LOCAL, host=host)[0] == 421


def test_where_others_may_come_the_token_is_asked_for() -> None:
    assert asked(OPEN)[0] == 403
    assert asked(OPEN, query="token=wrong")[0] == 403
    assert asked(OPEN, cookie="campaigner-preview-8000=wrong")[0] == 403


def test_the_token_leaves_the_address_bar_for_a_cookie() -> None:
    status, headers = asked(OPEN, query="token=secret-token&x=1", path="/campaign/first/")
    assert (status, headers["location"]) == (303, "/campaign/first/?x=1")
    assert "httponly" in headers["set-cookie"].lower()
    assert "samesite=strict" in headers["set-cookie"].lower()
    assert asked(OPEN, cookie="campaigner-preview-8000=secret-token")[0] == 200


def test_the_token_leads_to_no_other_host() -> None:
    assert asked(OPEN, query="token=secret-token", path="//evil.example/")[1]["location"] == "/evil.example/"


def test_only_loopback_needs_no_token() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "::", "192.168.1.4", "example.com")] == [False] * 4
    assert new_token("127.0.0.1") == ""
    assert len(new_token("0.0.0.0")) > 20
    assert new_token("0.0.0.0") != new_token("0.0.0.0")


def test_the_addresses_to_open_carry_the_token() -> None:
    assert addresses("127.0.0.1", 8000, "") == ("http://127.0.0.1:8000/",)
    assert addresses("::1", 8000, "") == ("http://[::1]:8000/",)
    assert addresses("192.168.1.4", 8000, "t") == ("http://192.168.1.4:8000/?token=t",)
    assert addresses("0.0.0.0", 8000, "t")[0] == "http://127.0.0.1:8000/?token=t"


def test_cookies_of_others_on_this_host_do_no_harm() -> None:
    assert asked(OPEN, cookie='prefs={"a": 1}; campaigner-preview-8000=secret-token')[0] == 200
    assert asked(OPEN, cookie="campaigner-preview-8001=secret-token")[0] == 403
