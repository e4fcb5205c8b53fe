"""Links to elsewhere are asked for, kindly and never in private networks. The hosts are real, on this machine."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from campaigner.checks.hosts import ascii_host, is_public
from campaigner.checks.online import MOST_REDIRECTS, NOT_PUBLIC, Answer, answers
from checks.examples import SLUG, workspace_with
from publisher import Publisher

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


class Host(ThreadingHTTPServer):
    """A host that does what an address says: /200, /to/404, /no-head/200, /slow/200."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: Counter[str] = Counter()
        self.at_once = self.most_at_once = 0
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answering(BaseHTTPRequestHandler):
    server: Host

    def answer(self) -> None:
        with self.server.lock:
            self.server.asked[self.path] += 1
            self.server.at_once += 1
            self.server.most_at_once = max(self.server.at_once, self.server.most_at_once)
        *said, status = self.path.strip("/").split("/")
        if "slow" in said:
            time.sleep(0.1)
        if "no-head" in said and self.command == "HEAD":
            self.send_response(405)
        elif "to" in said:
            self.send_response(302)
            self.send_header("Location", f"/{status}")
        elif "away" in said:
            self.send_response(302)
            self.send_header("Location", unquote(status))
        elif "round" in said:
            self.send_response(301)
            self.send_header("Location", self.path)
        else:
            self.send_response(int(status))
        with self.server.lock:
            self.server.at_once -= 1
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = answer  # noqa: N815  what the standard library calls

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def ask(host: Host, folder: Path, *paths: str, now: datetime = NOW) -> list[Answer]:
    found = answers(
        [f"{host.address}{path}" for path in paths], cache=folder / "links.json", now=now, is_local=True
    )
    return [found[f"{host.address}{path}"] for path in paths]


@pytest.mark.parametrize(
    ("path", "status"),
    [("/200", 200), ("/404", 404), ("/410", 410), ("/503", 503), ("/to/200", 200), ("/to/404", 404)],
)
def test_the_answer_is_that_of_the_page_in_the_end(
    host: Host, tmp_path: Path, path: str, status: int
) -> None:
    assert ask(host, tmp_path, path) == [Answer(status=status)]


def test_a_host_that_knows_no_head_is_asked_again(host: Host, tmp_path: Path) -> None:
    assert ask(host, tmp_path, "/no-head/200") == [Answer(status=200)]
    assert host.asked["/no-head/200"] == 2


def test_a_link_that_leads_round_and_round_ends(host: Host, tmp_path: Path) -> None:
    (answer,) = ask(host, tmp_path, "/round/301")
    assert answer.status == 0
    assert "leads on" in answer.reason
    assert host.asked["/round/301"] == MOST_REDIRECTS + 1


def test_what_was_answered_is_kept_for_a_day(host: Host, tmp_path: Path) -> None:
    for now, times in ((NOW, 1), (NOW + timedelta(hours=23), 1), (NOW + timedelta(hours=25), 2)):
        assert ask(host, tmp_path, "/200", now=now) == [Answer(status=200)]
        assert host.asked["/200"] == times


def test_a_damaged_cache_is_none(host: Host, tmp_path: Path) -> None:
    (tmp_path / "links.json").write_text('{"a": 1')
    assert ask(host, tmp_path, "/200") == [Answer(status=200)]


def test_no_more_than_two_are_asked_at_once_of_a_host(host: Host, tmp_path: Path) -> None:
    ask(host, tmp_path, *(f"/slow/{number}/200" for number in range(8)))
    assert host.most_at_once == 2


def test_private_addresses_are_never_asked(host: Host, tmp_path: Path) -> None:
    found = answers([f"{host.address}/200"], cache=tmp_path / "links.json", now=NOW)
    assert [*found.values()] == [Answer(status=0, reason=NOT_PUBLIC)]
    assert not host.asked


@pytest.mark.parametrize(
    "number",
    [
        *("10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1"),
        *("127.1", "0", "2130706433", "0x7f000001", "0177.0.0.1", "10.0.0.1.", "%31%30.0.0.1", "a@127.1"),
        *(
            "[::1]",
            "[::]",
            "[fd00::1]",
            "[fe80::1]",
            "[fe80::1%25lo]",
            "[fe80::1%lo]",
            "[ff02::1]",
            "[fec0::1]",
        ),
        *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]"),
        *("localhost", "LOCALHOST.", "a.localhost", "printer.local", "ＬＯＣＡＬＨＯＳＴ", "①②⑦.⓪.⓪.①"),
        *("127。0。0。1", "%E2%91%A0%E2%91%A1%E2%91%A6.0.0.1"),
    ],
)
def test_no_spelling_of_a_private_address_is_asked(tmp_path: Path, number: str) -> None:
    (answer,) = answers([f"http://{number}/"], cache=tmp_path / "links.json", now=NOW).values()
    assert answer == Answer(status=0, reason=NOT_PUBLIC)


@pytest.mark.parametrize("number", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_a_public_number_is_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        ("b%C3%BCcher.example", "xn--bcher-kva.example"),
        ("BÜCHER.example.", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("a_b.example", "a_b.example"),
    ],
)
def test_a_host_is_asked_for_as_a_browser_asks(host: str, asked: str) -> None:
    assert ascii_host(host) == asked


def test_a_number_in_odd_signs_is_asked_for_by_its_own(host: Host, tmp_path: Path) -> None:
    address = f"http://%E2%91%A0②⑦.0.0.1.:{host.server_address[1]}/200"
    assert answers([address], cache=tmp_path / "links.json", now=NOW, is_local=True) == {
        address: Answer(status=200)
    }


@pytest.mark.parametrize("onward", ["http://[", "http://a b/", "http://a%0d%0ab/"])
def test_a_link_that_leads_on_to_no_address_is_told(host: Host, tmp_path: Path, onward: str) -> None:
    (answer,) = ask(host, tmp_path, f"/away/{quote(onward, safe='')}")
    assert answer == Answer(status=0, reason="it is no web address")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.1/",
        "http://[::ffff:127.0.0.1]/list",
        "https://10.0.0.1./",
        "HTTPS://10.0.0.1/?a=1&amp;b=2",
        "https://①②⑦.0.0.1/list",
        "https://printer.local/?utm_source=mine",
    ],
)
def test_a_link_to_no_public_host_is_told_at_its_line(address: str, tmp_path: Path) -> None:
    publisher = Publisher(root=workspace_with(tmp_path).root)
    path = f"campaigns/{SLUG}/article.md"
    text = (tmp_path / path).read_text(encoding="utf-8")
    publisher.write(path, f"{text}\n\nSee\n[the list of vials]({address}).\n")
    publisher.write(
        "sources.yaml", (tmp_path / "sources.yaml").read_text().replace("https://www.", "https://127.1/")
    )
    found = publisher.review(is_online=True, only=("link-dead", "link-unanswered")).findings
    told = {(one.check, one.path, one.line) for one in found if one.path != "sources.yaml"}
    assert told == {("link-unanswered", path, text.count("\n") + 4)}
    assert all(NOT_PUBLIC in one.message and "everybody can open" in one.hint for one in found)


@pytest.mark.parametrize(
    "address", ["http://", "https://[", "http://a:99999/", "ftp://a.example/", "http://a b/"]
)
def test_what_is_no_web_address_is_told(tmp_path: Path, address: str) -> None:
    (answer,) = answers([address], cache=tmp_path / "links.json", now=NOW).values()
    assert answer.status == 0
    assert answer.reason


def test_a_host_that_is_not_there_is_dead(tmp_path: Path) -> None:
    (answer,) = answers(["https://no-such-host.invalid/"], cache=tmp_path / "links.json", now=NOW).values()
    assert answer.is_dead
