"""Whatever is sent to whatever route: an answer in order, and never a failure of ours."""

import string
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaigner.audience.database import open_database
from campaigner.signup.house import PublishedHouse
from signup.conftest import App, app_of

METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH")
KINDS = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "multipart/form-data",
    "multipart/form-data; boundary=\u00e9",
    "application/json",
    "text/plain; charset=\u00ff",
    "",
)
NAMES = (
    "email",
    "name",
    "consent",
    "profession",
    "remarks",
    "beds",
    "website",
    "do",
    "list",
    "sure",
    "utm_source",
)
LEADS = {"/spring-offer/join/", "/spring-offer/join/thanks/", "/over/join/"}
TOKEN = st.text(string.ascii_letters + string.digits + "-_.=~%", max_size=80)
PATHS = st.one_of(
    st.sampled_from(
        [
            "/signup/spring-offer",
            "/signup/spring-offer/",
            "/signup/over",
            "/signup/",
            "/healthz",
            "/metrics",
            "/",
            "//x",
        ]
    ),
    st.builds(
        lambda route, token: f"/{route}/{token}",
        st.sampled_from(["signup", "confirm", "unsubscribe", "preferences"]),
        TOKEN,
    ),
)
PIECE = st.binary(max_size=60) | st.sampled_from(
    [b"amina@clinic.example", b"yes", b"%00", b"%ff%fe", b"\xf0\x9f", b"&", b"="]
)
PART = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    """A form, or nearly one."""
    pairs = draw(st.lists(st.tuples(st.sampled_from(NAMES), PIECE), max_size=6))
    if draw(st.booleans()):
        return b"&".join(name.encode() + b"=" + value for name, value in pairs)
    end = draw(st.sampled_from([b"--b--\r\n", b"", b"--b"]))
    return b"".join(PART % (name.encode(), value) for name, value in pairs) + end


@pytest.fixture(scope="module")
def fuzzed(house: PublishedHouse) -> Iterator[App]:
    """An app that all examples share."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "campaigner.db", {})
        yield app_of(house, database, Path(folder))
        database.close()


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(METHODS),
    path=PATHS,
    kind=st.sampled_from(KINDS),
    body=bodies(),
    accept=st.sampled_from(["text/html", "application/json", "*/*", ""]),
    forwarded=st.text(string.printable.replace("\r", "").replace("\n", ""), max_size=20),
)
def test_nothing_that_is_sent_makes_it_fail(
    fuzzed: App, method: str, path: str, kind: str, body: bytes, accept: str, forwarded: str
) -> None:
    headers = {
        b"content-type": kind.encode("latin-1"),
        b"accept": accept.encode(),
        b"x-forwarded-for": forwarded.strip().encode("latin-1", "replace"),
    }
    answer = fuzzed.browser.request(method, path, content=body, headers=list(headers.items()))
    assert answer.status_code < 500, answer.text
    assert fuzzed.told == []
    if answer.is_redirect:
        assert answer.headers["location"] in LEADS
