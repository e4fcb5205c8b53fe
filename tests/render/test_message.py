import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from campaigner.render.message import message

HTML = "<!doctype html>\n<html><body><p>Gr&#252;&#223;e</p></body></html>\n"
TEXT = "Grüße\n=====\n\nEine Zeile.\n"


def mail(**changes: Any) -> bytes:
    values: dict[str, Any] = {
        "subject": "A subject",
        "html": HTML,
        "text": TEXT,
        "from_name": "Cosmetic Medical Training",
        "from_address": "news@example.com",
        "reply_to": None,
        "date": datetime(2026, 11, 22, 9, 30, tzinfo=timezone(timedelta(hours=1))),
        "domain": "example.com",
    }
    return message(**(values | changes))


def read(raw: bytes) -> EmailMessage:
    parsed = message_from_bytes(raw, policy=default)
    assert isinstance(parsed, EmailMessage)
    assert not parsed.defects
    return parsed


def test_a_mail_program_finds_the_text_first_and_then_the_html() -> None:
    parsed = read(mail())
    assert parsed.get_content_type() == "multipart/alternative"
    text, html = parsed.iter_parts()
    assert isinstance(text, EmailMessage)
    assert isinstance(html, EmailMessage)
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().replace("\r\n", "\n") == HTML


def test_headers_say_who_when_and_what() -> None:
    parsed = read(mail(reply_to="answers@example.com"))
    assert parsed["Subject"] == "A subject"
    assert parsed["From"] == "Cosmetic Medical Training <news@example.com>"
    assert parsed["Reply-To"] == "answers@example.com"
    assert parsed["Date"] == "Sun, 22 Nov 2026 09:30:00 +0100"
    assert parsed["MIME-Version"] == "1.0"
    assert parsed["To"] is None


def test_outlook_opens_it_as_a_draft_that_can_be_sent() -> None:
    assert read(mail())["X-Unsent"] == "1"


def test_the_same_mail_has_the_same_bytes_and_another_mail_another_id() -> None:
    assert mail() == mail()
    ids = {
        read(mail(**change))["Message-ID"] for change in ({}, {"text": "x"}, {"html": "x"}, {"subject": "x"})
    }
    assert len(ids) == 4
    assert all(re.fullmatch(r"<[0-9a-f]{32}@example\.com>", one) for one in ids)


def test_lines_end_in_crlf_are_ascii_and_short_enough() -> None:
    raw = mail(html=f"<p>{'ä' * 3000}</p>", text="x" * 3000, subject="Ein Betreff 🎉 " * 20)
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_the_boundary_stands_in_neither_part_even_when_a_part_holds_it() -> None:
    boundary = read(mail()).get_boundary()
    parsed = read(mail(text=f"--{boundary}\n", html=f"<p>--{boundary}--</p>"))
    assert len(list(parsed.iter_parts())) == 2


def test_the_boundary_is_escaped_inside_the_parts() -> None:
    raw = mail()
    boundary = read(raw).get_boundary()
    assert boundary is not None
    assert raw.count(boundary.encode()) == 4
    assert raw.count(b"MIME-Version") == 1
    assert boundary.startswith("=_")


@pytest.mark.parametrize(
    "subject", ["Über Fälschungen", "🎉 Party", "x" * 300, "ein langes Wort " * 20 + "ß", 'a: b, <c> "d" (e)']
)
def test_a_subject_of_any_script_and_length_comes_back(subject: str) -> None:
    assert read(mail(subject=subject))["Subject"] == subject.strip()


@pytest.mark.parametrize("name", ['Müller, "Ada"', "Dr. O'Hara (Leeds)", "a@b <c>", "株式会社", ""])
def test_a_senders_name_stays_a_name(name: str) -> None:
    (sender,) = read(mail(from_name=name))["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, "news@example.com")


def test_domains_of_any_script_are_written_in_ascii() -> None:
    parsed = read(mail(from_address="news@müller.example", domain="müller.example"))
    assert parsed["From"].addresses[0].addr_spec == "news@xn--mller-kva.example"
    assert parsed["Message-ID"].endswith("@xn--mller-kva.example>")


def test_a_real_unsubscribe_address_becomes_a_header_on_one_line() -> None:
    url = "https://example.com/unsubscribe?token=" + "a" * 400
    assert f"List-Unsubscribe: <{url}>\r\n".encode() in mail(unsubscribe_url=url)


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "{{ unsubscribe_url }}",
        "*|UNSUB|*",
        "https://x.example/>\r\nBcc: a@b.example",
        "https://x.example/ä",
    ],
)
def test_what_is_no_plain_address_becomes_no_header(url: str | None) -> None:
    assert b"List-Unsubscribe" not in mail(unsubscribe_url=url)


@pytest.mark.parametrize("field", ["subject", "from_name", "from_address", "reply_to", "domain"])
@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x00", "\u2028", "\u0085"])
def test_a_header_cannot_be_injected(field: str, break_: str) -> None:
    value = {"from_address": "a@b.example", "reply_to": "a@b.example", "domain": "b.example"}.get(field, "a")
    with pytest.raises(ValueError, match="control character"):
        mail(**{field: f"{value}{break_}Bcc: x@example.com"})


@pytest.mark.parametrize(
    "address", ["", "a", "@b.example", "a@", "a b@c.example", "a@b c", 'a"@b.example', "ä@b.example"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is no"):
        mail(from_address=address)


def test_a_date_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        mail(date=datetime(2026, 11, 22))  # noqa: DTZ001


def test_lines_that_begin_with_a_dot_or_from_stay_as_they_are() -> None:
    text = ".\nFrom here\n..\n"
    part = next(iter(read(mail(text=text)).iter_parts()))
    assert isinstance(part, EmailMessage)
    assert part.get_content().replace("\r\n", "\n") == text


@given(subject=st.text(max_size=80), name=st.text(max_size=80))
def test_any_text_is_a_harmless_header_or_refused(subject: str, name: str) -> None:
    assume("=?" not in subject + name)
    refused = any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in subject + name)
    if refused:
        with pytest.raises(ValueError, match="control character"):
            mail(subject=subject, from_name=name)
        return
    raw = mail(subject=subject, from_name=name)
    assert raw.isascii()
    head = raw.partition(b"\r\n\r\n")[0]
    names = re.findall(rb"^([^\s:]+):", head, re.MULTILINE)
    assert names == [
        b"Subject",
        b"From",
        b"Date",
        b"Message-ID",
        b"X-Unsent",
        b"MIME-Version",
        b"Content-Type",
    ]
    parsed = message_from_bytes(raw, policy=SMTP)
    assert "".join(str(parsed["Subject"]).split()) == "".join(subject.split())
    assert datetime(2026, 11, 22, 8, 30, tzinfo=UTC) == parsed["Date"].datetime
