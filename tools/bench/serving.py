"""Measures the preview: its start, from a save to the bytes and to the browser, its inboxes, its memory."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil
from corpus import Article, articles, campaigner_site, hugo_site, write_campaign, write_hugo_post
from measure import ENVIRONMENT, MEBIBYTE, Command, run
from report import Row, ratio_row, seconds_row

#: campaigns in the workspace
CAMPAIGNS = 1000
#: saves that are timed, and saves over which memory must stay flat
SAVES, MANY_SAVES = 15, 1000
#: seconds until something must have happened
PATIENCE = 30.0
#: looks at the bytes each second are many, so that the time between two of them is none to speak of
LOOK_SECONDS = 0.001
OPTIONS = ("--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
INBOXES = """\
import sys, time
from pathlib import Path
from campaigner.clients.programs import PROGRAMS
from campaigner.clients.simulation import Mail, simulations
html = Path(sys.argv[1]).read_text()
for _ in range(2):
    started = time.perf_counter()
    simulations(Mail(html), PROGRAMS, dark=False)
    print(time.perf_counter() - started)
"""


@dataclass(frozen=True, kw_only=True)
class Server:
    """A server that follows what is saved."""

    url: str
    process: "subprocess.Popen[str]"
    #: from the start of its process to its first answer
    started: float


def preview_rows(root: Path, pool: Sequence[Path], *, campaigner: Command, hugo: Command) -> list[Row]:
    """Measure the preview of 1,000 campaigns, beside Hugo's server with the same articles."""
    written = articles(CAMPAIGNS)
    ours, theirs = root / "campaigner", root / "hugo"
    campaigner_site(ours, written, pool)
    hugo_site(theirs, written, pool)
    run([*campaigner, "build"], ours)
    article = written[CAMPAIGNS // 2]
    starts = []
    for _ in range(3):
        with _campaigner(campaigner, ours) as server:
            starts.append(server.started)
    rows = [seconds_row(f"preview: start with {CAMPAIGNS:,} campaigns built", median(starts), goal=1.0)]
    with _campaigner(campaigner, ours) as server, _hugo(hugo, theirs) as peer:
        rows += _saves(ours, theirs, article, server, peer)
    with _campaigner(campaigner, ours) as server:
        rows += _browser(ours, article, server)
    with _campaigner(campaigner, ours) as server:
        rows.append(_memory(ours, article, server))
    return [*rows, *_inboxes(ours / "output" / "mail" / article.slug / "newsletter.html")]


def _saves(ours: Path, theirs: Path, article: Article, server: Server, peer: Server) -> list[Row]:
    own, other = [], []
    for number in range(SAVES):
        words = f"Saved in round {number}."
        own.append(
            _until_shown(
                f"{server.url}site/{article.slug}/",
                words,
                lambda words=words: write_campaign(ours, article, further=words),  # type: ignore[misc]
            )
        )
        other.append(
            _until_shown(
                f"{peer.url}posts/{article.slug}/",
                words,
                lambda words=words: write_hugo_post(theirs, article, further=words),  # type: ignore[misc]
            )
        )
    return [
        seconds_row("preview: from a save to the rendered bytes", median(own), goal=0.05),
        ratio_row("preview: the same (no goal)", median(own), "Hugo's server", median(other), goal=None),
    ]


def _until_shown(url: str, words: str, save: Callable[[], None]) -> float:
    """Seconds from the end of a save until a page has these words."""
    save()
    started = time.perf_counter()
    while words not in _text(url):
        if time.perf_counter() - started > PATIENCE:
            raise RuntimeError(f"{url} never said: {words}")
        time.sleep(LOOK_SECONDS)
    return time.perf_counter() - started


def _browser(ours: Path, article: Article, server: Server) -> list[Row]:
    """From a save to the change of the page that a Chromium shows."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from packages import on_path, playwrights_own
    from playwright.sync_api import sync_playwright

    found = on_path() or playwrights_own()
    if found is None:
        return [Row(what="preview: from a save to the browser showing it", own="no Chromium")]
    rows = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, chromium_sandbox=False, args=[*OPTIONS])
        for what in ("post", "newsletter"):
            page = browser.new_page()
            page.goto(f"{server.url}campaign/{article.slug}/#page={what}")
            page.wait_for_function(
                "document.getElementById('frame').contentDocument?.body?.innerText.length > 99"
            )
            page.wait_for_timeout(500)
            taken = []
            for number in range(SAVES):
                words = f"Seen in round {number} of the {what}."
                page.evaluate(
                    """words => {
                        const inner = document.getElementById("frame").contentDocument;
                        window.shown = new Promise((resolve) => {
                            const look = new MutationObserver(() => {
                                if (!inner.body.textContent.includes(words)) return;
                                look.disconnect();
                                resolve(Date.now());
                            });
                            look.observe(inner, { subtree: true, childList: true, characterData: true });
                        });
                    }""",
                    words,
                )
                write_campaign(ours, article, further=words)
                saved = time.time()
                taken.append(page.evaluate("window.shown") / 1000 - saved)
                page.wait_for_timeout(200)
            rows.append(
                seconds_row(
                    f"preview: from a save to the browser showing the {what}", median(taken), goal=0.1
                )
            )
            page.close()
        browser.close()
    return rows


def _memory(ours: Path, article: Article, server: Server) -> Row:
    process = psutil.Process(server.process.pid)

    def save(first: int, count: int) -> float:
        for number in range(first, first + count):
            words = f"Kept in round {number}."
            _until_shown(
                f"{server.url}site/{article.slug}/",
                words,
                lambda words=words: write_campaign(ours, article, further=words),  # type: ignore[misc]
            )
        return float(process.memory_info().rss) / MEBIBYTE

    warm, after = save(0, 100), save(100, MANY_SAVES)
    return Row(
        what=f"preview: memory after {MANY_SAVES:,} saves",
        own=f"{after:.0f} MiB",
        peer=f"before them: {warm:.0f} MiB",
        ratio=f"{after / warm:.3f}",
        goal="flat (≤ 1.10)",
        reached=after / warm <= 1.1,
    )


def _inboxes(mail: Path) -> list[Row]:
    told = subprocess.run(
        [sys.executable, "-c", INBOXES, str(mail)],
        check=True,
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
    ).stdout.split()
    first, later = map(float, told)
    return [
        seconds_row("preview: all simulated inboxes of one newsletter", later, goal=0.15),
        seconds_row("preview: the same, the first of a process (no goal)", first, goal=None),
    ]


@contextmanager
def _campaigner(campaigner: Command, root: Path) -> Iterator[Server]:
    started = time.perf_counter()
    process = subprocess.Popen(
        [*campaigner, "preview", "--port", "0"], cwd=root, env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+/", line)
    if not found:
        raise RuntimeError(line)
    _text(found[0])
    server = Server(url=found[0], process=process, started=time.perf_counter() - started)
    try:
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


@contextmanager
def _hugo(hugo: Command, root: Path) -> Iterator[Server]:
    port = _free_port()
    started = time.perf_counter()
    process = subprocess.Popen(
        [
            *hugo,
            "server",
            "--bind",
            "127.0.0.1",
            "--port",
            str(port),
            "--baseURL",
            f"http://127.0.0.1:{port}/",
        ],
        cwd=root,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    url = f"http://127.0.0.1:{port}/"
    while not _text(url):
        if process.poll() is not None or time.perf_counter() - started > 2 * PATIENCE:
            raise RuntimeError("Hugo's server did not start")
        time.sleep(0.05)
    try:
        yield Server(url=url, process=process, started=time.perf_counter() - started)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _text(url: str) -> str:
    """What an address answers; empty where nothing does."""
    try:
        with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return ""


if __name__ == "__main__":
    # by itself, with what run.py would hand over
    import tempfile

    from corpus import draw_pictures
    from run import CAMPAIGNER, HUGO

    with tempfile.TemporaryDirectory(prefix="campaigner-bench-") as folder:
        for row in preview_rows(
            Path(folder) / "preview",
            draw_pictures(Path(folder) / "pool", 20),
            campaigner=CAMPAIGNER,
            hugo=HUGO,
        ):
            print(row.what, row.own, row.peer, row.ratio, row.goal, row.reached, sep=" | ")
    os.sync()
