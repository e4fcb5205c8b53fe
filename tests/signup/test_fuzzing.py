"""Whatever is sent to whatever route: an answer in order, and never a failure of ours.

What is held is what schemathesis holds (https://schemathesis.readthedocs.io/en/stable/reference/checks/): no server
error, only the statuses, types and headers that a route is meant to have, other methods refused with those that
there are, wrong data refused. Requests are handed over as the server does, so that no client sets them right.
"""

import json
import string
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from alone import run_alone
from campaigner.audience.storage.database import open_database
from campaigner.signup.house import PublishedHouse
from signup.conftest import App, app_of, link

#: of any answer to a body
BODY = {400, 413, 415}
#: the statuses that each route is meant to answer with, by method; HEAD is answered as GET is
MEANT: dict[str, dict[str, set[int]]] = {
    "signup": {"GET": {303, 404}, "POST": {200, 303, 404, 410, 422, 429, *BODY}},
    "confirm": {"GET": {200, 404, 410}, "POST": {303, 404, 410}},
    "unsubscribe": {"GET": {200, 404}, "POST": {200, 404, 413}},
    "preferences": {"GET": {200, 404, 410}, "POST": {200, 404, 410, 422, *BODY}},
    "healthz": {"GET": {200, 404}},
    "metrics": {"GET": {404}},
    "elsewhere": {},
}
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get")
KINDS = (
    b"application/x-www-form-urlencoded",
    b"application/x-www-form-urlencoded; charset=utf-16",
    b"multipart/form-data; boundary=b",
    b"multipart/form-data",
    b"multipart/form-data; boundary=\xe9",
    b"multipart/form-data; boundary=" + b"b" * 300,
    b"multipart/mixed; boundary=b",
    b"application/json",
    b"text/plain; charset=\xff",
    b"",
)
NAMES = (
    *("email", "name", "consent", "profession", "remarks", "beds", "website"),
    *("do", "list", "sure", "utm_source", "List-Unsubscribe", ""),
)
LEADS = {"/spring-offer/join/", "/spring-offer/join/thanks/", "/spring-offer/join/confirmed/", "/over/join/"}
TEXT_TYPES = ("text/html; charset=utf-8", "text/plain; charset=utf-8", "application/json")
#: fields that are too long for anything, in bytes
HUGE = (b"a" * 5_001, b"%C3%A9" * 2_000, b"\xf0\x9f\x98\x80" * 5_000)
LARGEST = 1_000_000
PIECE = st.binary(max_size=60) | st.sampled_from(
    [
        *(b"amina@clinic.example", b"zoe@clinic.example", b"yes", b"save", b"erase", b"download", b"weekly"),
        *(b"%00", b"%", b"%zz", b"%ff%fe", b"%ed%a0%80", b"\xf0\x9f", b"\xed\xa0\x80", b"&", b"=", b";"),
        *(b"%0d%0aBcc:%20a@b.example", b"\r\nSet-Cookie: a=b", b"+", b"9" * 400, b"1e999", b"-0", b"NaN"),
        *HUGE,
    ]
)
PART = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
FILE = (
    b'--b\r\nContent-Disposition: form-data; name="%s"; filename="a.txt"\r\nContent-Type: a/b\r\n\r\n%s\r\n'
)
BROKEN = (
    b"--b",
    b"--b\r\n\r\n",
    b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
    b"--b\r\nContent-Disposition: form-data; name*=utf-8''%ff\r\n\r\nx\r\n--b--",
    b"--b\r\nContent-Disposition\r\n\r\nx\r\n--b--",
    b'--b\r\ncontent-disposition: form-data; name="email"\r\ncontent-transfer-encoding: base64\r\n\r\n\xff\r\n--b--',
    b"\r\n" * 500,
    b"--b\r\n" * 500,
)
HEADERS: dict[bytes, tuple[bytes, ...]] = {
    b"accept": (
        *(b"text/html", b"application/json", b"*/*", b"", b",,;q=", b"application/json;q=\xff", b"image/png"),
        b"application/json, " * 300,
    ),
    b"content-length": (
        b"0",
        b"1",
        b"99",
        b"1000001",
        b"9" * 9_000,
        b"-1",
        b"1_0",
        b"\xb2",
        b"",
        b"x",
        b"0x10",
    ),
    b"cookie": (b"a=b", b"=; ;;=", b"a=\xff\x00", b'a="', b"session=" + b"x" * 9_000),
    b"host": (b"gazette.example", b"", b"evil.example:99999", b"[::1", b"\xff", b"a b"),
    b"origin": (b"null", b"https://evil.example", b"\xff"),
    b"x-forwarded-for": (b"203.0.113.9", b"[::1]:1,,", b"\xff", b"1" * 9_000, b"fe80::1%eth0"),
    b"user-agent": (b"", b"\xff\xfe", b"Mozilla " * 1_000, b"\x00"),
    b"authorization": (b"Bearer", b"Bearer \xff", b"Basic Og=="),
    b"transfer-encoding": (b"chunked", b"gzip"),
    b"content-encoding": (b"gzip", b"br"),
    b"x-http-method-override": (b"DELETE",),
}
TOKEN = st.text(string.ascii_letters + string.digits + "-_.=~%", max_size=80)


@dataclass(kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(kw_only=True)
class Fuzzed:
    """An app that all examples share, and what somebody has got from it."""

    app: App
    routes: Any
    #: by route
    tokens: dict[str, list[str]]
    number: int = 0

    def ask(
        self, method: str, path: str, *, query: bytes, headers: list[tuple[bytes, bytes]], body: bytes
    ) -> Answer:
        """Give the answer to a request, as a server hands it over: the path unquoted, all else as it came."""
        self.number += 1
        sent: list[Any] = []
        pieces = [body[:10], body[10:]]

        async def receive() -> Any:
            if not pieces:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query,
            "root_path": "",
            "headers": headers,
            # limits of one address are another matter
            "client": (f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}", 1),
            "server": ("gazette.example", 80),
        }
        run_alone(self.routes(scope, receive, send))
        begun, *rest = sent
        return Answer(
            status=begun["status"],
            headers={name.decode("latin-1"): value.decode("latin-1") for name, value in begun["headers"]},
            body=b"".join(message.get("body", b"") for message in rest),
        )


@pytest.fixture(scope="module")
def fuzzed(house: PublishedHouse) -> Iterator[Fuzzed]:
    """An app with a few subscribers."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "campaigner.db", {})
        app = app_of(house, database, Path(folder))
        tokens: dict[str, list[str]] = {"confirm": [], "unsubscribe": [], "preferences": []}
        for number in range(3):
            app.join(f"reader{number}@clinic.example")
            confirm = link(app.mail(), "confirm")
            app.browser.post(confirm)
            welcome = app.mail()
            for route, path in (
                ("confirm", confirm),
                ("unsubscribe", link(welcome, "unsubscribe")),
                ("preferences", link(welcome, "preferences")),
            ):
                tokens[route].append(path.rpartition("/")[2])
        yield Fuzzed(app=app, routes=app.service.app("/"), tokens=tokens)
        database.close()


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A form, or nearly one, or JSON, or anything."""
    kind = draw(st.sampled_from(["urlencoded", "multipart", "multipart", "json", "broken", "large", "bytes"]))
    if kind == "json":
        return json.dumps(draw(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=9)))).encode()
    if kind == "broken":
        return draw(st.sampled_from(BROKEN))
    if kind == "large":
        return b"email=" + b"a" * draw(st.sampled_from([LARGEST - 10, LARGEST + 10]))
    if kind == "bytes":
        return draw(st.binary(max_size=200))
    pairs = draw(st.lists(st.tuples(st.sampled_from(NAMES), PIECE), max_size=6))
    if kind == "urlencoded":
        return b"&".join(name.encode() + b"=" + value for name, value in pairs)
    end = draw(st.sampled_from([b"--b--\r\n", b"", b"--b"]))
    part = draw(st.sampled_from([PART, PART, PART, FILE]))
    return b"".join(part % (name.encode(), value) for name, value in pairs) + end


@st.composite
def wanted(draw: st.DrawFn) -> tuple[str, str, int]:
    """A route, what stands behind it in the path, and the number of a token that may take its place."""
    route = draw(st.sampled_from(list(MEANT)))
    if route == "signup":
        slugs = [
            "spring-offer",
            "spring-offer",
            "spring-offer",
            "over",
            "angebot",
            "draft",
            "",
            "..",
            "%2e%2e%2f",
        ]
        return route, draw(st.sampled_from(slugs) | TOKEN), -1
    if route == "healthz":
        return route, draw(st.sampled_from(["", "/live", "/ready", "/nothing", "/%ff"])), -1
    if route == "elsewhere":
        paths = [
            "/",
            "//x",
            "/%",
            "/%zz",
            "/%00",
            "/%ff%fe",
            "/signup",
            "/signup//",
            "/..%2f",
            f"/{'a' * 9_000}",
            "*",
        ]
        return route, draw(st.sampled_from(paths)), -1
    return route, draw(TOKEN), draw(st.integers(-1, 5))


def path_of(fuzzed: Fuzzed, asked: tuple[str, str, int]) -> str:
    """The path: with a token of somebody's, or with one that has another sign in it, or with none that there is."""
    route, rest, number = asked
    if route in ("elsewhere", "healthz", "metrics"):
        return rest if route == "elsewhere" else f"/{route}{rest if route == 'healthz' else ''}"
    tokens = fuzzed.tokens.get(route, [])
    if 0 <= number < len(tokens):
        rest = tokens[number]
    elif number >= len(tokens) > 0:
        token = tokens[number - len(tokens)]
        rest = token[:-5] + ("A" if token[-5] != "A" else "B") + token[-4:]
    return f"/{route}/{rest}"


@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from([*METHODS, "GET", "POST", "POST", "POST"]),
    asked=wanted(),
    query=st.sampled_from([b"", b"utm_source=a&utm_source=%ff", b"%", b"=&=&", b"\xff", b"a" * 9_000]),
    kind=st.sampled_from(KINDS),
    body=bodies(),
    more=st.lists(
        st.sampled_from([(name, value) for name, values in HEADERS.items() for value in values]), max_size=4
    ),
)
@example(
    method="POST",
    asked=("signup", "spring-offer", -1),
    query=b"",
    kind=KINDS[0],
    body=b"",
    more=[(b"content-length", b"\xb2")],
)
@example(method="POST", asked=("preferences", "", 0), query=b"", kind=KINDS[2], body=BROKEN[3], more=[])
@example(method="PUT", asked=("preferences", "", 0), query=b"", kind=KINDS[0], body=b"", more=[])
def test_nothing_that_is_sent_makes_it_fail(
    fuzzed: Fuzzed,
    method: str,
    asked: tuple[str, str, int],
    query: bytes,
    kind: bytes,
    body: bytes,
    more: list[tuple[bytes, bytes]],
) -> None:
    fuzzed.app.told.clear()
    answer = fuzzed.ask(
        method, path_of(fuzzed, asked), query=query, headers=[(b"content-type", kind), *more], body=body
    )
    hold(fuzzed, asked[0], method, answer)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    route=st.sampled_from(["signup", "signup", "preferences"]),
    number=st.integers(0, 2),
    changed=st.dictionaries(st.sampled_from(NAMES[:6] + NAMES[7:9]), PIECE, max_size=2),
    encoding=st.sampled_from(["quoted", "as it is", "multipart"]),
    accept=st.sampled_from(HEADERS[b"accept"]),
)
def test_no_value_of_a_form_makes_it_fail(
    fuzzed: Fuzzed, route: str, number: int, changed: dict[str, bytes], encoding: str, accept: bytes
) -> None:
    fuzzed.app.told.clear()
    fields = {
        "email": f"a{fuzzed.number}@clinic.example".encode(),
        "consent": b"yes",
        "do": b"save",
        **changed,
    }
    path = "/signup/spring-offer" if route == "signup" else f"/preferences/{fuzzed.tokens[route][number]}"
    kind, body = KINDS[0], b""
    if encoding == "multipart":
        kind = KINDS[2]
        body = b"".join(PART % (name.encode(), value) for name, value in fields.items()) + b"--b--\r\n"
    else:
        write = quote_from_bytes if encoding == "quoted" else lambda value: value.decode("latin-1")
        body = "&".join(f"{name}={write(value)}" for name, value in fields.items()).encode("latin-1")
    headers = [(b"content-type", kind), (b"accept", accept)]
    answer = fuzzed.ask("POST", path, query=b"", headers=headers, body=body)
    hold(fuzzed, route, "POST", answer)


def hold(fuzzed: Fuzzed, route: str, method: str, answer: Answer) -> None:
    """Hold an answer against what its route is meant to say."""
    event(f"{route} {method} {answer.status}")
    meant = MEANT[route]
    assert fuzzed.app.told == []
    assert answer.status in meant.get("GET" if method == "HEAD" else method, {404, 405}), answer.text
    assert "Traceback" not in answer.text
    assert ".py" not in answer.text
    if answer.status == 405:
        assert set(answer.headers["allow"].split(", ")) == {*meant, "HEAD"}
    if answer.status in (303, 307, 308):
        assert answer.headers["location"] in LEADS
    elif answer.body:
        assert answer.headers["content-type"] in TEXT_TYPES
    if answer.headers.get("content-type") == "application/json":
        json.loads(answer.text)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert not any("\r" in value or "\n" in value for value in answer.headers.values())
