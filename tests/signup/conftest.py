"""The whole app on a real database of either kind, with a Maildir that its mails lie in."""

import itertools
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from alone import run_alone
from audience.conftest import Place, database, empty_postgresql, place, server, sqlite
from campaigner.audience.addresses import read_address
from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import Known, data_of
from campaigner.content.settings import settings_of
from campaigner.content.workspace import find_workspace
from campaigner.errors import Fault
from campaigner.render.press import open_publication
from campaigner.signup.house import PublishedHouse
from campaigner.signup.requests import networks
from campaigner.signup.service import Service
from campaigner.signup.surroundings import Surroundings
from campaigner.signup.tokens import Keys
from campaigner.transport.carrier import Carrier
from campaigner.transport.outbox import Outbox
from campaigner.value import replace
from conftest import NOW

__all__ = ("Place", "database", "empty_postgresql", "place", "server", "sqlite")

SITE = "https://gazette.example/"
SETTINGS = """\
[site]
name = "The Gazette"
url = "https://gazette.example"

[sender]
name = "The Gazette"
address = "letters@gazette.example"
postal_address = "The Gazette, 1 Example Street, Exampletown"

[signup]
policy = "2026-11"

[signup.lists.weekly]
label = "The weekly letter"

[signup.lists.courses]
label = "News of courses"

[reader.fields.profession]
label = "Profession"
"""
CAMPAIGN = """\
---
title: Spring offer
date: 2026-11-01
landing:
  headline: A letter worth opening
  form:
    consent: Yes, send me the Gazette’s letters. I can unsubscribe at any time.
    fields:
      - {name: profession, label: Profession, type: select, options: [Nurse, Doctor]}
      - {name: remarks, label: Remarks, type: textarea}
      - {name: beds, label: Beds, type: number}
---

Hello.
"""
FILES = {
    "campaigner.toml": SETTINGS,
    "campaigns/spring-offer/article.md": CAMPAIGN,
    "campaigns/angebot/article.md": "---\ntitle: Angebot\ndate: 2026-11-01\nlang: de\n---\n\nHallo.\n",
    "campaigns/over/article.md": (
        "---\ntitle: Over\ndate: 2026-11-01\nexpiry_date: 2026-11-10\n---\n\nIt has ended.\n"
    ),
    "campaigns/draft/article.md": "---\ntitle: Draft\ndate: 2026-11-01\ndraft: true\n---\n\nNot yet.\n",
}
KEYS = Keys(secrets={"1": "of-a-test-and-of-nothing-else-1234567890"})
AMINA = "amina@clinic.example"


def house_of(folder: Path, files: dict[str, str]) -> PublishedHouse:
    """The campaigns of a workspace that is made of these files."""
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    workspace = find_workspace(folder)
    settings = settings_of(files["campaigner.toml"])
    base_url = settings.site.url.rstrip("/") + "/"
    publication = open_publication(
        workspace, settings, base_url=base_url, dialect="campaigner", program="test"
    )
    return PublishedHouse(workspace, publication, now=lambda: "2026-11-22T12:00:00Z")


@pytest.fixture(scope="session")
def house() -> Iterator[PublishedHouse]:
    """The campaigns of a workspace that all tests share."""
    with tempfile.TemporaryDirectory() as folder:
        yield house_of(Path(folder), FILES)


class Browser:
    """Somebody's browser, which follows nothing by itself."""

    def __init__(self, app: Any, client: str = "192.0.2.7") -> None:
        self.headers: dict[str, str] = {}
        # what fails is an answer, and not an exception here
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(client, 1234))

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """Give the answer to one request."""

        async def ask() -> httpx.Response:
            client = httpx.AsyncClient(transport=self._transport, base_url=SITE, headers=self.headers)
            async with client:
                return await client.request(method, path, **options)

        return run_alone(ask())

    def get(self, path: str, **options: Any) -> httpx.Response:
        """Look at a page."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """Send a form."""
        return self.request("POST", path, **options)


@dataclass(kw_only=True)
class App:
    """An app, somebody's browser, and the mailboxes of all."""

    service: Service
    browser: Browser
    database: Database
    outbox: Outbox
    #: what it said that goes wrong
    told: list[Fault]
    clock: list[datetime]
    seen: set[str] = field(default_factory=set)

    def join(self, email: str = AMINA, slug: str = "spring-offer", **fields: str) -> httpx.Response:
        """Send the form."""
        return self.browser.post(f"/signup/{slug}", data={"email": email, "consent": "yes", **fields})

    def mails(self) -> list[EmailMessage]:
        """Let all mails leave that are due, and give those that came since this was asked last."""
        run_alone(self.service.postman.deliver())
        new = [each for each in reversed(self.outbox.kept()) if each.name not in self.seen]
        self.seen |= {each.name for each in new}
        found = [self.outbox.message(each.name) for each in new]
        return [each for each in found if each is not None]

    def mail(self) -> EmailMessage:
        """The one mail that came."""
        (one,) = self.mails()
        return one

    def confirmed(self, email: str = AMINA, **fields: str) -> EmailMessage:
        """Sign up and confirm, and give the welcome mail."""
        self.join(email, **fields)
        self.browser.post(link(self.mail(), "confirm"))
        return self.mail()

    def known(self, email: str = AMINA) -> Known | None:
        """What is known of an address."""
        with self.database.reading() as connection:
            return data_of(connection, read_address(email).digest)

    def status(self, email: str = AMINA) -> str | None:
        """The status of a subscriber; None where there is none."""
        found = self.known(email)
        return str(found.subscriber.status) if found and found.subscriber else None

    def later(self, **time: int) -> None:
        """Let time pass."""
        self.clock[0] += timedelta(**time)


def app_of(
    house: PublishedHouse,
    database: Database,
    folder: Path,
    *,
    carrier: Carrier | None = None,
    holder: str = "id",
    **surroundings: Any,
) -> App:
    """An app of its own."""
    outbox, told, clock = Outbox(folder / "outbox"), list[Fault](), [NOW]
    numbers = itertools.count()
    place = Surroundings(base_url=SITE, root="/")
    if "trusted" in surroundings:
        surroundings["trusted"] = networks(surroundings["trusted"])
    service = Service(
        database=database,
        house=house,
        carrier=carrier or outbox,
        keys=KEYS,
        surroundings=replace(place, **surroundings),
        now=lambda: clock[0],
        new_id=lambda: f"{holder}-{next(numbers):020}",
        tell=told.append,
    )
    browser = Browser(service.app("/"))
    return App(service=service, browser=browser, database=database, outbox=outbox, told=told, clock=clock)


@pytest.fixture
def app(house: PublishedHouse, database: Database, tmp_path: Path) -> App:
    """An app on a database of either kind."""
    return app_of(house, database, tmp_path)


@pytest.fixture
def sqlite_app(house: PublishedHouse, sqlite: Database, tmp_path: Path) -> App:
    """An app for what no database makes a difference to."""
    return app_of(house, sqlite, tmp_path)


def text_of(mail: EmailMessage) -> str:
    """The text part of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def html_of(mail: EmailMessage) -> str:
    """The HTML of a mail."""
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content())


def link(mail: EmailMessage, kind: str) -> str:
    """The path of a link in a mail."""
    found = re.search(rf"https?://\S+/{kind}/\S+", text_of(mail))
    assert found, text_of(mail)
    return urlsplit(found[0]).path
