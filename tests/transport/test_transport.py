"""How mail leaves: into a Maildir, and to a real mail server on this machine."""

import mailbox
import socket
import stat
import threading
import time
from pathlib import Path

import pytest

from campaigner.transport.carrier import Envelope, Undelivered, carrier_of
from campaigner.transport.outbox import Outbox
from campaigner.transport.smtp import MailServer
from transport.smtp_server import PASSWORD, USER, serving

MESSAGE = b"Subject: Hello\r\nTo: amina@clinic.example\r\n\r\nA line.\r\n.\r\n..two dots\r\n"
MAIL = Envelope(sender="letters@gazette.example", recipient="amina@clinic.example", message=MESSAGE)


def test_the_outbox_is_a_maildir_that_any_program_reads(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.send(MAIL)
    (message,) = mailbox.Maildir(tmp_path / "outbox", create=False)
    assert message["Subject"] == "Hello"
    assert message["Delivered-To"] == "amina@clinic.example"
    assert message["Return-Path"] == "<letters@gazette.example>"
    assert message.get_payload() == "A line.\n.\n..two dots\n"
    (file,) = (tmp_path / "outbox" / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list((tmp_path / "outbox" / "tmp").iterdir()) == []


def test_the_same_mail_lies_in_the_outbox_once(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox")
    outbox.send(MAIL)
    outbox.send(MAIL)
    assert len(outbox.kept()) == 1
    (file,) = (tmp_path / "outbox" / "new").iterdir()
    file.rename(tmp_path / "outbox" / "cur" / f"{file.name}:2,S")  # somebody has read it
    outbox.send(MAIL)
    (kept,) = outbox.kept()
    assert (kept.subject, kept.recipient) == ("Hello", "amina@clinic.example")
    found = outbox.message(kept.name)
    assert found is not None
    assert found["Subject"] == "Hello"


@pytest.mark.parametrize("name", ["../new/x", "nothing", "", ".", "/etc/passwd"])
def test_what_is_no_mail_of_the_outbox_is_none(tmp_path: Path, name: str) -> None:
    outbox = Outbox(tmp_path / "outbox")
    assert outbox.message(name) is None
    outbox.send(MAIL)
    assert outbox.message(name) is None


def test_an_outbox_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(Undelivered, match="the outbox cannot be written") as error:
        Outbox(tmp_path / "outbox").send(MAIL)
    assert not error.value.for_good


@pytest.mark.parametrize("mode", ["plain", "starttls", "tls"])
@pytest.mark.parametrize("wants_password", [False, True])
def test_a_mail_server_gets_the_mail_as_it_is(tmp_path: Path, mode: str, wants_password: bool) -> None:
    with serving(tmp_path, mode=mode, wants_password=wants_password) as server:
        MailServer(
            host="localhost" if mode != "plain" else "127.0.0.1",
            port=server.port,
            is_tls=mode == "tls",
            user=USER if wants_password else "",
            password=PASSWORD,
            trust=server.trust,
        ).send(MAIL)
        (got,) = server.handler.got
    assert (got.mail_from, got.rcpt_tos) == ("letters@gazette.example", ["amina@clinic.example"])
    assert got.content == MESSAGE


def test_an_address_in_another_script_is_sent_as_it_is(tmp_path: Path) -> None:
    mail = Envelope(sender="letters@gazette.example", recipient="zoë@clinic.example", message=MESSAGE)
    with serving(tmp_path) as server:
        MailServer(host="127.0.0.1", port=server.port, is_tls=False).send(mail)
        assert server.handler.got[0].rcpt_tos == ["zoë@clinic.example"]


@pytest.mark.parametrize(
    ("domain", "sent"),
    [
        ("bücher.example", "xn--bcher-kva.example"),
        # as IDNA 2008 has it: strasse.example is somebody else's
        ("straße.example", "xn--strae-oqa.example"),
    ],
)
def test_a_domain_in_another_script_is_sent_as_every_server_takes_it(
    tmp_path: Path, domain: str, sent: str
) -> None:
    mail = Envelope(sender=f"letters@{domain}", recipient=f"Amina@{domain}", message=MESSAGE)
    with serving(tmp_path, is_ascii=True) as server:
        MailServer(host="127.0.0.1", port=server.port, is_tls=False).send(mail)
        (got,) = server.handler.got
    assert (got.mail_from, got.rcpt_tos) == (f"letters@{sent}", [f"Amina@{sent}"])


def test_an_address_that_a_server_cannot_take_is_given_up(tmp_path: Path) -> None:
    mail = Envelope(sender="letters@gazette.example", recipient="zoë@clinic.example", message=MESSAGE)
    with serving(tmp_path, is_ascii=True) as server, pytest.raises(Undelivered, match="ASCII") as error:
        MailServer(host="127.0.0.1", port=server.port, is_tls=False).send(mail)
    assert error.value.for_good


@pytest.mark.parametrize(
    ("answer", "for_good"), [("451 later", False), ("552 full: AMINA@clinic.example", True)]
)
def test_what_a_server_refuses_for_good_is_not_tried_again(
    tmp_path: Path, answer: str, for_good: bool
) -> None:
    with serving(tmp_path, answer=answer) as server, pytest.raises(Undelivered) as error:
        MailServer(host="127.0.0.1", port=server.port, is_tls=False).send(MAIL)
    assert error.value.for_good is for_good
    assert "amina" not in str(error.value).lower()


@pytest.mark.parametrize(
    ("command", "answer", "for_good"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "550 no such user", True),
        ("DATA", "554 5.7.1 this is spam", True),
        ("RCPT", "450 4.7.1 greylisted", False),
        # what the settings do is mended by somebody, and all mails wait for that
        ("RCPT", "554 5.7.1 relay access denied", False),
        ("RCPT", "530 authentication required", False),
        ("MAIL", "530 5.7.0 authentication required", False),
        ("MAIL", "553 you may not send as letters@gazette.example", False),
    ],
)
def test_a_mail_is_given_up_only_where_its_reader_is_refused(
    tmp_path: Path, command: str, answer: str, for_good: bool
) -> None:
    with (
        serving(tmp_path, answer=answer, command=command) as server,
        pytest.raises(Undelivered) as error,
    ):
        MailServer(host="127.0.0.1", port=server.port, is_tls=False).send(MAIL)
    assert error.value.for_good is for_good
    assert answer[:3] in str(error.value)


def test_a_server_that_takes_nobody_s_mail_is_asked_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:

        def refuse() -> None:
            connection, _ = closed.accept()
            with connection:
                connection.sendall(b"554 no service here\r\n")

        thread = threading.Thread(target=refuse)
        thread.start()
        with pytest.raises(Undelivered, match="554 no service here") as error:
            MailServer(host="127.0.0.1", port=closed.getsockname()[1], is_tls=False).send(MAIL)
        thread.join()
    assert not error.value.for_good


def test_a_mail_that_was_taken_has_left_whatever_the_server_says_at_the_end(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.handler.farewell = "421 not so fast"
        MailServer(host="127.0.0.1", port=server.port, is_tls=False).send(MAIL)
        assert len(server.handler.got) == 1


def test_a_wrong_password_is_told_and_tried_again(tmp_path: Path) -> None:
    with serving(tmp_path, mode="tls", wants_password=True) as server:
        carrier = MailServer(
            host="localhost", port=server.port, is_tls=True, user=USER, password="wrong", trust=server.trust
        )
        with pytest.raises(Undelivered, match="refuses user and password") as error:
            carrier.send(MAIL)
    assert not error.value.for_good


def test_a_password_that_cannot_be_sent_is_told(tmp_path: Path) -> None:
    with serving(tmp_path, mode="tls", wants_password=True) as server:
        carrier = MailServer(
            host="localhost", port=server.port, is_tls=True, user=USER, password="wörd", trust=server.trust
        )
        with pytest.raises(Undelivered, match="other letters than ASCII") as error:
            carrier.send(MAIL)
    assert not error.value.for_good


@pytest.mark.parametrize("mode", ["starttls", "tls"])
def test_a_server_that_cannot_prove_its_name_gets_nothing(tmp_path: Path, mode: str) -> None:
    with serving(tmp_path, mode=mode) as server:
        with pytest.raises(Undelivered, match="cannot prove its name"):
            MailServer(host="localhost", port=server.port, is_tls=mode == "tls").send(MAIL)
        assert server.handler.got == []


def test_a_server_that_says_nothing_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        carrier = MailServer(host="127.0.0.1", port=silent.getsockname()[1], is_tls=False, patience=0.2)
        with pytest.raises(Undelivered, match=r"took longer than 0\.2 seconds"):
            carrier.send(MAIL)


def test_a_server_that_is_not_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Undelivered, match="cannot be reached"):
        MailServer(host="127.0.0.1", port=port, is_tls=False).send(MAIL)


def test_a_server_that_hangs_up_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as rude:

        def hang_up() -> None:
            connection, _ = rude.accept()
            connection.close()
            time.sleep(0)

        thread = threading.Thread(target=hang_up)
        thread.start()
        with pytest.raises(Undelivered):
            MailServer(host="127.0.0.1", port=rude.getsockname()[1], is_tls=False).send(MAIL)
        thread.join()


def test_another_machine_without_starttls_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path) as server:
        carrier = MailServer(host="127.0.0.1", port=server.port, is_tls=False)
        monkeypatch.setattr(MailServer, "_is_here", False)  # there is no other machine in a test
        with pytest.raises(Undelivered, match="offers no STARTTLS"):
            carrier.send(MAIL)
        assert server.handler.got == []


def test_the_settings_name_a_carrier(tmp_path: Path) -> None:
    assert isinstance(carrier_of("outbox", {}, outbox=tmp_path), Outbox)
    server = carrier_of("smtp://me%40x@mail.example", {"CAMPAIGNER_SMTP_PASSWORD": "p"}, outbox=tmp_path)
    assert server == MailServer(host="mail.example", port=587, is_tls=False, user="me@x", password="p")
    server = carrier_of("smtps://mail.example:4650", {}, outbox=tmp_path)
    assert server == MailServer(host="mail.example", port=4650, is_tls=True)
