"""Asks whether links are answered: never at addresses that are not public, and kindly to each host."""

import json
import os
import socket
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from campaigner.checks.hosts import ascii_host, is_public
from campaigner.value import Value, asdict

if TYPE_CHECKING:
    from urllib3 import HTTPConnectionPool

SECONDS = 10.0
AT_ONCE, AT_ONCE_OF_A_HOST = 16, 2
MOST_REDIRECTS = 5
#: how long an answer is believed
REMEMBERED = timedelta(hours=24)
NOT_FOUND, GONE = 404, 410
SAYS_WHO_ASKS = "campaigner-check (looks whether links are answered)"
#: hosts that do not know HEAD say one of these
NO_HEAD = frozenset((400, 403, 404, 405, 406, 429, 500, 501, 503))


class Answer(Value):
    """What a host said."""

    #: of HTTP; 0 for none
    status: int
    #: why there is none; empty where there is one
    reason: str = ""

    @property
    def is_dead(self) -> bool:
        """Whether there is certainly nothing."""
        return self.status in (NOT_FOUND, GONE) or self.reason == NO_HOST

    @property
    def is_right(self) -> bool:
        """Whether a reader gets something."""
        return 200 <= self.status < 400


#: how names end that are only known on one machine or in one network (RFC 6761, RFC 6762, RFC 8375)
PRIVATE = (".localhost", ".local", ".home.arpa", ".internal")
NO_HOST = "there is no such host"
NOT_PUBLIC = "its host is not on the public internet"


def answers(
    addresses: Iterable[str], *, cache: Path, now: datetime, is_local: bool = False
) -> dict[str, Answer]:
    """Ask for web addresses; `cache` is a file that keeps what was answered in the last day.

    `is_local` asks hosts of this machine and this network too.
    """
    from concurrent.futures import ThreadPoolExecutor

    wanted = sorted({address.partition("#")[0] for address in addresses})
    known = _remembered(cache, now)
    asker = _Asker(is_local=is_local)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        unknown = [address for address in wanted if address not in known]
        fresh = dict(zip(unknown, threads.map(asker.ask, unknown), strict=True))
    _remember(cache, known | {address: (now, answer) for address, answer in fresh.items() if answer.status})
    return {address: known[address][1] for address in wanted if address in known} | fresh


class _Asker:
    def __init__(self, *, is_local: bool) -> None:
        self._is_local = is_local
        self._lock = Lock()
        self._hosts: dict[str, BoundedSemaphore] = {}

    def ask(self, address: str) -> Answer:
        """Ask for one address, and for those that it leads on to."""
        for _ in range(MOST_REDIRECTS + 1):
            try:
                host = ascii_host(urlsplit(address).hostname or "")
                with self._turn(host):
                    answer, onward = self._asked(address, host)
                if not onward:
                    return answer
                address = urljoin(address, onward)
            except ValueError:
                return Answer(status=0, reason="it is no web address")
        return Answer(status=0, reason=f"it leads on more than {MOST_REDIRECTS} times")

    def _turn(self, host: str) -> BoundedSemaphore:
        with self._lock:
            return self._hosts.setdefault(host, BoundedSemaphore(AT_ONCE_OF_A_HOST))

    def _asked(self, address: str, host: str) -> tuple[Answer, str]:
        """The answer, and where it leads on to; empty for nowhere."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not host:
            return Answer(status=0, reason="it is no web address"), ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            number = self._number(host, port)
        except OSError:
            return Answer(status=0, reason=NO_HOST), ""
        if not number:
            return Answer(status=0, reason=NOT_PUBLIC), ""
        from urllib3.exceptions import HTTPError

        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        named = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port else "")
        try:
            with closing(_connection(parts.scheme, number, port, host)) as connection:
                status, onward = _said(connection, "HEAD", path, named)
                if status in NO_HEAD:
                    status, onward = _said(connection, "GET", path, named)
        except (HTTPError, OSError) as error:
            return Answer(status=0, reason=_why(error)), ""
        return Answer(status=status), onward

    def _number(self, host: str, port: int) -> str:
        """The first number of a host; empty where one of them is not public, so that none may be asked."""
        if not self._is_local and _is_private(host):
            return ""
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
        if not self._is_local and not all(map(is_public, found)):
            return ""
        return found[0]


def _is_private(host: str) -> bool:
    """Whether a host says by itself that it is none of the public internet, so that nobody need be asked for it."""
    try:
        return not is_public(host)
    except ValueError:  # a name, or a number in a spelling of its own
        return host == "localhost" or host.endswith(PRIVATE)


def _connection(scheme: str, number: str, port: int, host: str) -> "HTTPConnectionPool":
    """A connection to the very number that was looked at: a name may mean another one a moment later."""
    from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout

    timeout = Timeout(total=SECONDS)
    if scheme == "http":
        return HTTPConnectionPool(number, port, timeout=timeout, retries=False)
    return HTTPSConnectionPool(
        number, port, timeout=timeout, retries=False, server_hostname=host, assert_hostname=host
    )


def _said(connection: "HTTPConnectionPool", method: str, path: str, host: str) -> tuple[int, str]:
    """Status and where it leads on to; what it holds is not read."""
    answer = connection.urlopen(
        method,
        path,
        headers={"Host": host, "User-Agent": SAYS_WHO_ASKS, "Accept": "*/*"},
        redirect=False,
        preload_content=False,
        assert_same_host=False,
    )
    onward = answer.headers.get("Location", "") if 300 <= answer.status < 400 else ""
    answer.close()
    return answer.status, onward


def _why(error: Exception) -> str:
    name = type(error).__name__
    if "Timeout" in name:
        return f"nothing came within {SECONDS:.0f} seconds"
    if "SSL" in name:
        return "its certificate cannot be trusted"
    return "nobody answers there"


def _remembered(cache: Path, now: datetime) -> dict[str, tuple[datetime, Answer]]:
    try:
        kept = json.loads(cache.read_text(encoding="utf-8"))
        found = {
            address: (datetime.fromisoformat(one["asked"]), Answer(**one["answer"]))
            for address, one in kept.items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
    return {address: one for address, one in found.items() if timedelta(0) <= now - one[0] < REMEMBERED}


def _remember(cache: Path, known: Mapping[str, tuple[datetime, Answer]]) -> None:
    """Keep answers; where that cannot be they are asked for again."""
    text = json.dumps(
        {
            address: {"asked": asked.isoformat(), "answer": asdict(answer)}
            for address, (asked, answer) in known.items()
        },
        indent=1,
        sort_keys=True,
    )
    waiting = cache.with_name(f"{cache.name}.{os.getpid()}")
    with suppress(OSError):
        cache.parent.mkdir(parents=True, exist_ok=True)
        waiting.write_text(text, encoding="utf-8")
        waiting.replace(cache)
