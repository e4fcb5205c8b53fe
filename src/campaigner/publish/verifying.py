"""Asks a web server for what was published, and holds its answers against it."""

import gzip
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from campaigner.errors import Fault

AT_ONCE = 8
SECONDS = 20
#: a server may need a moment to see the new release
PAUSES = (0.3, 1.0)
#: a host that shows a branch builds pages of it first: seconds that all of them may take, and between two looks
PATIENCE_WITH_BRANCHES = 300.0
LOOK_AGAIN = 5.0
INDEX = "index.html"
#: of a path that somebody wrote: all that a path may have (RFC 3986 section 3.3)
KEPT = "/%:@!$&'()*+,;=~"
#: what answers for addresses that do not exist
NOT_FOUND = "404.html"


def pages_of(uploads: Iterable[str], redirects: Iterable[str]) -> list[str]:
    """The pages that were brought there; instead of a page of `redirects` a server may lead elsewhere itself."""
    others = {NOT_FOUND, *redirects}
    return [path for path in uploads if path.endswith(".html") and path not in others]


def patience_with(to: str) -> float:
    """Seconds after which a host shows what was published to an address, at the latest."""
    return PATIENCE_WITH_BRANCHES if to.startswith("git+") else 0


def verify(
    pages: Iterable[str],
    url: str,
    folder: Path,
    progress: Callable[[int, int], None],
    *,
    patience: float = 0,
) -> tuple[Fault, ...]:
    """Ask for pages below `url`; give those that are not as they are in `folder`, after so many seconds."""
    wanted, until = list(pages), time.monotonic() + patience

    def check(page: str) -> str:
        return _wrong(_address(url, page), (folder / page).read_bytes(), until)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return tuple(_faults(wanted, url, threads.map(check, wanted), progress))


def _faults(
    pages: list[str], url: str, found: Iterable[str], progress: Callable[[int, int], None]
) -> Iterator[Fault]:
    for number, (page, wrong) in enumerate(zip(pages, found, strict=True), start=1):
        progress(number, len(pages))
        if wrong:
            hint = "See that the server shows the folder that was published to, and that no cache keeps old pages"
            yield Fault(path=_address(url, page), message=wrong, hint=hint)


def _address(url: str, page: str) -> str:
    """Where a page is, as it is asked for: of the host alone every library knows how that is written in ASCII."""
    scheme, netloc, path = urlsplit(url)[:3]
    return f"{scheme}://{netloc}{quote(path, safe=KEPT)}{quote(page.removesuffix(INDEX))}"


def _pauses(until: float) -> Iterator[float]:
    """Seconds to wait before each look."""
    yield from (0.0, *PAUSES)
    while time.monotonic() < until:
        yield LOOK_AGAIN


def _wrong(address: str, content: bytes, until: float) -> str:
    """What is wrong with what is answered; empty for nothing."""
    wrong = ""
    for pause in _pauses(until):
        time.sleep(pause)
        try:
            answered = _fetched(address)
        except HTTPError as error:
            wrong = f"the server answers {error.code}"
        except (URLError, OSError, ValueError, EOFError, zlib.error) as error:
            wrong = f"no server answers: {getattr(error, 'reason', error)}"
        else:
            if answered == content:
                return ""
            wrong = "the server answers with another page than was published"
    return wrong


def _fetched(address: str) -> bytes:
    asking = Request(address, headers={"Cache-Control": "no-cache", "Accept-Encoding": "identity"})  # noqa: S310
    with urlopen(asking, timeout=SECONDS) as answer:  # noqa: S310
        content: bytes = answer.read()
        # what lies in a bucket in one form only is sent as it is
        return gzip.decompress(content) if answer.headers.get("Content-Encoding") == "gzip" else content
