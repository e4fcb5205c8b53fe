"""Mails leave after everybody was answered, once each, and what does not leave is tried again."""

import asyncio
import threading
import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import anyio.to_thread
import pytest

from alone import run_alone
from audience.test_waiting import LEAVING, Leaving, meanwhile
from campaigner.audience import outgoing
from campaigner.audience.storage.database import VARIABLE, Database, open_database
from campaigner.render.letters import KINDS, letter_templates
from campaigner.signup.house import PublishedHouse
from campaigner.transport.carrier import Envelope, Undelivered
from campaigner.transport.outbox import Outbox
from campaigner.transport.smtp import MailServer
from signup.conftest import AMINA, FILES, App, app_of, house_of, html_of, link, text_of
from transport.smtp_server import PASSWORD, USER, serving


class Careless:
    """A way for mail to leave that fails a few times."""

    def __init__(self, outbox: Outbox, *failures: Undelivered) -> None:
        self.outbox = outbox
        self.failures = list(failures)
        self.tried: list[Envelope] = []

    def send(self, envelope: Envelope) -> None:
        self.tried.append(envelope)
        if self.failures:
            raise self.failures.pop(0)
        self.outbox.send(envelope)


def careless(
    house: PublishedHouse, database: Database, folder: Path, *failures: Undelivered
) -> tuple[App, Careless]:
    carrier = Careless(Outbox(folder / "outbox"), *failures)
    return app_of(house, database, folder, carrier=carrier), carrier


def stuck(app: App) -> tuple[outgoing.Mail, ...]:
    with app.database.reading() as connection:
        return outgoing.stuck(connection)


def test_a_mail_that_did_not_leave_is_tried_again_with_the_same_bytes(
    house: PublishedHouse, database: Database, tmp_path: Path
) -> None:
    app, carrier = careless(house, database, tmp_path, Undelivered("busy"), Undelivered("busy"))
    app.join()
    assert app.mails() == []
    app.later(seconds=59)
    assert app.mails() == []
    app.later(seconds=1)
    assert app.mails() == []
    assert len(carrier.tried) == 2
    app.later(minutes=5)
    assert app.mail()["To"] == AMINA
    assert len({envelope.message for envelope in carrier.tried}) == 1
    assert [fault.message for fault in app.told] == ["busy"]


def test_what_a_server_refuses_for_good_is_given_up_and_listed(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    app, _ = careless(house, sqlite, tmp_path, Undelivered("the mail server refuses: 550 no", for_good=True))
    app.join()
    app.mails()
    (mail,) = stuck(app)
    assert (mail.recipient, mail.next_at, mail.last_error) == (AMINA, None, "the mail server refuses: 550 no")
    app.later(days=30)
    assert app.mails() == []


class Killed(BaseException):
    """What a kill is in a test: nothing of ours catches it."""


def test_a_postman_that_dies_after_the_mail_left_sends_no_other_mail(
    house: PublishedHouse, database: Database, tmp_path: Path
) -> None:
    class Deadly(Outbox):
        def send(self, envelope: Envelope) -> None:
            super().send(envelope)
            raise Killed

    first = app_of(house, database, tmp_path, carrier=Deadly(tmp_path / "outbox"), holder="first")
    second = app_of(house, database, tmp_path, holder="second")
    first.join()
    with pytest.raises(Killed):
        run_alone(first.service.postman.deliver())
    assert len(second.mails()) == 1  # it lies there, and the second one may not touch it yet
    assert len(waiting(second)) == 1
    second.later(minutes=5)
    assert second.mails() == []  # sent again with the same bytes: still one
    assert waiting(second) == ()
    known = second.known()
    assert known is not None
    assert [entry.event for entry in known.consent] == ["signed-up", "confirmation-sent"]


@LEAVING
def test_mails_leave_though_somebody_unsubscribes_at_that_moment(
    house: PublishedHouse, empty_postgresql: str, tmp_path: Path, leaving: Leaving
) -> None:
    """Whoever leaves has their person and wants the mail that they are owed; the postman has the mail."""
    database = open_database(tmp_path / "c.db", {VARIABLE: empty_postgresql})
    app = app_of(house, database, tmp_path)
    app.join()
    assert not meanwhile(database, leaving, lambda: run_alone(app.service.postman.deliver())).result()
    assert app.told == []
    assert waiting(app) == ()
    known = app.known()
    assert known is not None
    assert [entry.event for entry in known.consent] == ["signed-up", "unsubscribed"]
    database.close()


def test_a_mail_server_that_is_slow_gets_no_mail_from_two_postmen(
    house: PublishedHouse, database: Database, tmp_path: Path
) -> None:
    tried = []

    class Slow(Outbox):
        def send(self, envelope: Envelope) -> None:
            tried.append(envelope.recipient)
            for app in (first, second):
                app.later(minutes=2)
            if len(tried) == 3:  # by now the others are not held any more
                run_alone(second.service.postman.deliver())

    carrier = Slow(tmp_path / "outbox")
    first = app_of(house, database, tmp_path, carrier=carrier, holder="first")
    second = app_of(house, database, tmp_path, carrier=carrier, holder="second")
    for number in range(5):
        first.join(f"a{number}@clinic.example")
    run_alone(first.service.postman.deliver())
    assert sorted(tried) == [f"a{number}@clinic.example" for number in range(5)]


def waiting(app: App) -> tuple[outgoing.Mail, ...]:
    known = app.known()
    assert known is not None
    return known.mails


def test_who_left_before_the_mail_did_gets_none(sqlite_app: App) -> None:
    app = sqlite_app
    app.join()
    from signup.test_journey import link_of_unsubscribing

    app.browser.post(link_of_unsubscribing(app, AMINA))
    assert app.mails() == []


def test_a_template_that_is_broken_keeps_the_mail_until_it_is_mended(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    own = "templates/mails/confirmation/body.html"
    broken = house_of(tmp_path / "broken", {**FILES, own: "\n{{ nothing }}\n"})
    app = app_of(broken, sqlite, tmp_path)
    app.join()
    assert app.mails() == []
    assert (app.told[0].path, app.told[0].line) == (own, 2)
    mended = app_of(house, sqlite, tmp_path)
    mended.later(minutes=1)
    assert mended.mail()["To"] == AMINA


def test_a_mail_that_fails_by_a_bug_keeps_no_other_back(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    class Buggy(Outbox):
        def send(self, envelope: Envelope) -> None:
            if envelope.recipient == AMINA:
                raise KeyError(envelope.recipient)
            super().send(envelope)

    app = app_of(house, sqlite, tmp_path, carrier=Buggy(tmp_path / "outbox"))
    app.join()
    app.join("zoe@clinic.example")
    assert app.mail()["To"] == "zoe@clinic.example"
    (fault,) = app.told
    assert "KeyError" in fault.message
    assert AMINA not in str(fault)
    known = app.known()
    assert known is not None
    assert known.mails[0].attempts == 1


def test_a_mail_in_hand_leaves_before_the_end(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    class Slow(Outbox):
        def send(self, envelope: Envelope) -> None:
            begun.set()
            time.sleep(0.3)
            super().send(envelope)

    begun = threading.Event()
    app = app_of(house, sqlite, tmp_path, carrier=Slow(tmp_path / "outbox"))
    app.join()

    async def begin_and_end() -> None:
        async with app.service.posting():
            await anyio.to_thread.run_sync(begun.wait)

    run_alone(begin_and_end())
    assert len(app.outbox.kept()) == 1
    assert waiting(app) == ()


def test_mails_that_have_not_begun_to_leave_at_the_end_are_others_at_once(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    """Or a slow mail server would cut the end short, and one that left in that moment would leave once more."""

    class Slow(Outbox):
        def send(self, envelope: Envelope) -> None:
            first.service.postman.end()
            super().send(envelope)

    first = app_of(house, sqlite, tmp_path, carrier=Slow(tmp_path / "outbox"), holder="first")
    second = app_of(house, sqlite, tmp_path, holder="second")
    for number in range(3):
        first.join(f"a{number}@clinic.example")
    run_alone(first.service.postman.run())
    assert len(first.outbox.kept()) == 1
    assert len(second.mails()) == 3


def test_what_goes_wrong_is_told_once_until_a_mail_leaves(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    app, carrier = careless(house, sqlite, tmp_path, *(Undelivered("busy") for _ in range(3)))
    app.join()
    postman = app.service.postman

    async def until_it_left() -> None:
        async with app.service.posting():
            for tries in range(1, 5):
                while len(carrier.tried) < tries:
                    await asyncio.sleep(0.02)
                await asyncio.sleep(0.2)  # what came of it is noted
                app.later(hours=1)
                postman.wake()

    run_alone(until_it_left())
    assert len(app.outbox.kept()) == 1
    assert [fault.message for fault in app.told] == ["busy"]


def test_old_things_are_erased_meanwhile(sqlite_app: App) -> None:
    app = sqlite_app
    app.join()
    app.mails()
    run_alone(app.service.postman._sweep())
    assert app.status() == "pending"
    app.later(days=31)
    run_alone(app.service.postman._sweep())
    assert app.known() is None


@pytest.mark.parametrize("email", ["zoë@clinic.example", "o'hara+x@clinic.example", "amina@bücher.example"])
def test_addresses_of_every_kind_get_their_mail(sqlite_app: App, email: str) -> None:
    welcome = sqlite_app.confirmed(email)
    assert welcome["Delivered-To"] == email
    assert link(welcome, "unsubscribe")


def test_mails_are_written_in_the_words_of_their_campaign(sqlite_app: App) -> None:
    app = sqlite_app
    app.join(slug="angebot")
    confirmation = app.mail()
    assert "Ein Klick fehlt noch" in text_of(confirmation)
    assert 'lang="de"' in html_of(confirmation)
    app.browser.post(link(confirmation, "confirm"))
    assert app.mail()["Subject"] == "Willkommen bei The Gazette"


def test_each_kind_of_mail_has_its_templates(house: PublishedHouse) -> None:
    names = house.publication.theme.loader.list_templates()
    assert {name for kind in KINDS for name in letter_templates(kind)} == {
        name for name in names if name.startswith("mails/")
    }
    assert {*outgoing.Kind} == {*KINDS}


def test_a_mail_s_html_is_ascii_and_loads_nothing(sqlite_app: App) -> None:
    welcome = sqlite_app.confirmed()
    html = html_of(welcome)
    assert html.isascii()
    assert "<script" not in html
    assert "<img" not in html
    assert all(len(line) <= 998 for line in welcome.as_bytes().splitlines())


def test_a_mail_server_gets_the_mails_of_the_journey(
    house: PublishedHouse, sqlite: Database, tmp_path: Path
) -> None:
    with serving(tmp_path, mode="starttls", wants_password=True) as server:
        carrier = MailServer(
            host="localhost",
            port=server.port,
            is_tls=False,
            user=USER,
            password=PASSWORD,
            trust=server.trust,
        )
        app = app_of(house, sqlite, tmp_path, carrier=carrier)
        app.join()
        app.mails()
        (first,) = server.handler.got
        assert isinstance(first.content, bytes)
        app.browser.post(link(read(first.content), "confirm"))
        app.mails()
        _, second = server.handler.got
    assert (second.mail_from, second.rcpt_tos) == ("letters@gazette.example", [AMINA])
    assert isinstance(second.content, bytes)
    welcome = read(second.content)
    assert welcome["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert app.browser.post(link(welcome, "unsubscribe")).status_code == 200
    assert app.status() == "unsubscribed"


def read(content: bytes) -> EmailMessage:
    found: EmailMessage = message_from_bytes(content, policy=policy.default)
    return found
