"""A Chromium, and the example campaign with a German neighbour, served as a host would serve it."""

import shutil
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from campaigner.build.options import Options
from campaigner.build.run import build
from campaigner.content.workspace import find_workspace
from conftest import NOW
from lacking import lacking

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY / "tools"))
#: no inline style, no script, nothing from elsewhere
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'"
#: of the example campaign
SLUG = "unlicensed-botulinum-toxin"
#: the newsletter's web version is a mail, and mails have their styles inline
MAIL = f"{SLUG}/newsletter/"
#: stands between the campaigns of the repository, so that their pages name it
GERMAN = "kapitaene"
GERMAN_ARTICLE = """\
---
title: "Donaudampfschifffahrtsgesellschaftskapitäne"
date: 2026-11-10
lang: de
tags: [Patient safety]
---

Ein Wort, das länger ist als der Bildschirm eines Telefons.
"""


class Host(SimpleHTTPRequestHandler):
    """A host with a strict content security policy, and a 404 page of the site's own."""

    def end_headers(self) -> None:
        if not self.path.endswith("/newsletter/"):
            self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *arguments: Any) -> None:
        """Be quiet."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the example campaign's site."""
    folder = tmp_path_factory.mktemp("workspace")
    for name in ("campaigner.toml", "sources.yaml", "privacy.md"):
        shutil.copy(REPOSITORY / name, folder / name)
    shutil.copytree(REPOSITORY / "campaigns", folder / "campaigns")
    (folder / "campaigns" / GERMAN).mkdir()
    (folder / "campaigns" / GERMAN / "article.md").write_text(GERMAN_ARTICLE, encoding="utf-8")
    workspace = find_workspace(folder)
    build(workspace, Options(output=workspace.output, jobs=1), now=NOW)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(workspace.output / "site")))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; where there is none the test is skipped, and fails in CI."""
    from packages import on_path, playwrights_own

    found = on_path() or playwrights_own()
    if found is None:
        lacking("there is no Chromium on the PATH, and none could be installed")
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(
                executable_path=found,
                chromium_sandbox=False,
                args=["--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
            )
        except PlaywrightError as error:
            lacking(f"the Chromium at {found} does not start: {error.message.splitlines()[0]}")
        yield chromium
        chromium.close()
