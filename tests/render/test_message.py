import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.audience.addresses import read_address
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


def header_lines(raw: bytes) -> list[str]:
    return raw.partition(b"\r\n\r\n")[0].decode().split("\r\n")


def body_lines(raw: bytes) -> list[bytes]:
    return raw.partition(b"\r\n\r\n")[2].split(b"\r\n")


def contents(raw: bytes) -> list[str]:
    parts = [part for part in read(raw).iter_parts() if isinstance(part, EmailMessage)]
    return [part.get_content().replace("\r\n", "\n") for part in parts]


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
    "subject",
    [
        *("Über Fälschungen", "🎉 Party", "x" * 300, f"a{' ' * 300}b", "ein langes Wort " * 20 + "ß"),
        'a: b, <c> "d" (e)',
    ],
)
def test_a_subject_of_any_script_and_length_comes_back_from_short_lines(subject: str) -> None:
    raw = mail(subject=subject)
    assert read(raw)["Subject"] == subject.strip()
    assert max(map(len, header_lines(raw))) <= 78


def test_a_subject_keeps_its_merge_tags_and_plain_words_as_they_are_written() -> None:
    subject = 'Hello {{ reader.first_name | default("there") }}, “all of it” is here'
    lines = header_lines(mail(subject=subject))
    assert lines[0] == 'Subject: Hello {{ reader.first_name | default("there") }},'
    assert re.fullmatch(r" =\?utf-8\?\S+\?= of =\?utf-8\?\S+\?= is here", lines[1])
    assert read(mail(subject=subject))["Subject"] == subject


def test_a_long_subject_of_another_script_goes_on_after_one_space() -> None:
    subject = "Über Fälschungen, ihre Folgen für die Praxis, und was Ärztinnen daraus lernen " * 3
    lines = header_lines(mail(subject=subject))
    folded = lines[: lines.index("From: Cosmetic Medical Training <news@example.com>")]
    assert len(folded) > 3
    assert all(re.match(r" [^ ]", line) for line in folded[1:])
    assert read(mail(subject=subject))["Subject"] == subject.strip()


@pytest.mark.parametrize(
    ("changes", "header"),
    [
        ({"subject": f"{'x' * 69} short"}, "Subject"),
        ({"subject": "x" * 90}, "Subject"),
        ({"subject": "Straßenbahnhaltestellen" * 5}, "Subject"),
        ({"from_name": "The Association for Cosmetic Medical Training in the North of England"}, "From"),
        ({"from_name": "The Association, for Cosmetic Medical Training, in the North of England"}, "From"),
        ({"from_name": "Gesellschaft für Ästhetische Weiterbildung in Nord- und Süddeutschland"}, "From"),
        ({"from_name": "", "from_address": f"{'a' * 60}@{'b' * 60}.example"}, "From"),
        ({"reply_to": f"{'a' * 60}@{'b' * 60}.example"}, "Reply-To"),
        ({"domain": f"{'b' * 60}.{'c' * 60}.example"}, "Message-ID"),
    ],
)
def test_a_long_header_begins_beside_its_name(changes: dict[str, str], header: str) -> None:
    (line,) = (line for line in header_lines(mail(**changes)) if line.startswith(f"{header}:"))
    assert len(line) > len(header) + 20


def test_only_an_address_makes_a_header_longer_than_a_line() -> None:
    long = f"{'a' * 60}@{'b' * 60}.example"
    raw = mail(from_name="Straßenbahn, " * 20, subject="a  b " * 60, from_address=long, reply_to=long)
    assert [line.strip() for line in header_lines(raw) if len(line) > 78] == [
        f"<{long}>",
        f"Reply-To: {long}",
    ]


def test_an_address_that_is_longer_than_a_line_or_a_domain_can_be_is_refused() -> None:
    longest = f"{'a' * 700}@{'b.' * 124}example"
    assert max(map(len, header_lines(mail(from_address=longest, reply_to=longest)))) < 998
    for address in (f"a{longest}", f"a@{'b.' * 130}example"):
        with pytest.raises(ValueError, match="is no"):
            mail(from_address=address)
    with pytest.raises(ValueError, match="is no domain"):
        mail(domain=f"{'b.' * 130}example")


@pytest.mark.parametrize(
    "name",
    [
        *('Müller, "Ada"', "Dr. O'Hara (Leeds)", "a@b <c>", "株式会社", "", "C:\\Temp", "=?utf-8?q?x?="),
        "The Association, for Cosmetic Medical Training, in the North of England",
        "Gesellschaft für Ästhetische Weiterbildung",
    ],
)
def test_a_senders_name_stays_a_name(name: str) -> None:
    (sender,) = read(mail(from_name=name))["From"].addresses
    assert (sender.display_name, sender.addr_spec) == (name, "news@example.com")


def test_a_long_name_of_another_script_stays_a_name() -> None:
    name = "Gesellschaft für Ästhetische Medizin, Forschung und Weiterbildung 日本語の文章です" * 3
    raw = mail(from_name=name)
    # the library's parser of addresses leaves a space between encoded words, which mean none
    phrase, address = " ".join(header_lines(raw)[1:-6]).removeprefix("From: ").rsplit(maxsplit=1)
    assert str(make_header(decode_header(phrase))) == name
    assert address == "<news@example.com>"


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


@pytest.mark.parametrize("length", range(70, 80))
def test_no_line_is_a_dot_or_begins_with_from(length: int) -> None:
    text = f".\nFrom here\n..\n{'x' * length}.\n{'x' * length}From here\nFrom {'x' * length}\n"
    raw = mail(text=text)
    assert contents(raw)[0] == text
    assert not any(line == b"." or line.startswith(b"From ") for line in body_lines(raw))
    assert max(map(len, body_lines(raw))) <= 76


@pytest.mark.parametrize("length", range(70, 80))
def test_a_space_at_the_end_of_a_line_is_kept_and_the_line_short(length: int) -> None:
    text = f"{'x' * length} \n{'=' * length}\t\n"
    raw = mail(text=text)
    assert contents(raw)[0] == text
    assert not any(line.endswith((b" ", b"\t")) for line in body_lines(raw))
    assert max(map(len, body_lines(raw))) <= 76


@pytest.mark.parametrize(
    ("text", "kept"), [("", "\n"), ("a", "a\n"), ("a\r\nb\rc\n", "a\nb\nc\n"), ("\n\na\n\n", "\n\na\n\n")]
)
def test_lines_may_end_in_any_way_and_the_last_one_ends_too(text: str, kept: str) -> None:
    assert contents(mail(text=text, html=text)) == [kept, kept]


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=300))
def test_any_text_comes_back_from_short_lines(text: str) -> None:
    raw = mail(text=text, html=f"{text}\n")
    assert raw.isascii()
    assert max(map(len, body_lines(raw))) <= 76
    assert contents(raw) == [text if text.endswith("\n") else f"{text}\n", f"{text}\n"]


#: what means something in a header, beside words and any other text
IN_HEADERS = st.lists(
    st.one_of(
        st.sampled_from(
            [*'"\\()<>,;:@.=_', " ", "  ", "=?", "?=", "=?utf-8?q?a=0D=0ABcc:_b?=", "x" * 69, "ß" * 90]
        ),
        st.text(max_size=12),
    ),
    max_size=14,
).map("".join)


@given(subject=IN_HEADERS, name=IN_HEADERS)
def test_any_text_is_a_harmless_header_or_refused(subject: str, name: str) -> None:
    refused = any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in subject + name)
    if refused:
        with pytest.raises(ValueError, match="control character"):
            mail(subject=subject, from_name=name)
        return
    raw = mail(subject=subject, from_name=name)
    assert raw.isascii()
    lines = header_lines(raw)
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == [
        "Subject",
        "From",
        "Date",
        "Message-ID",
        "X-Unsent",
        "MIME-Version",
        "Content-Type",
    ]
    assert all(line.strip() and len(line) <= 78 for line in lines)
    parsed = read(raw)
    assert parsed["Subject"] == subject.strip()
    (sender,) = parsed["From"].addresses
    assert sender.addr_spec == "news@example.com"
    assert "".join(sender.display_name.split()) == "".join(name.split())
    assert datetime(2026, 11, 22, 8, 30, tzinfo=UTC) == parsed["Date"].datetime


def test_a_mail_to_one_reader_says_so_and_can_be_ended_with_one_click() -> None:
    written = mail(
        to="amina@bücher.example",
        unsubscribe_url="https://gazette.example/unsubscribe/1.ab.cd",
        unsubscribe_address="answers+x@gazette.example",
    )
    found = read(written)
    assert found["To"] == "amina@xn--bcher-kva.example"
    assert found["List-Unsubscribe"] == (
        "<https://gazette.example/unsubscribe/1.ab.cd>, "
        "<mailto:answers%2Bx@gazette.example?subject=unsubscribe>"
    )
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert found["Auto-Submitted"] == "auto-generated"
    assert found["X-Unsent"] is None
    assert mail(to="another@gazette.example") != mail(to="amina@gazette.example")


def test_a_recipient_in_another_script_stands_in_to_as_it_is() -> None:
    assert "\r\nTo: zoë@clinic.example\r\n".encode() in mail(to="zoë@clinic.example")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("o´hara@clinic.example", "o´hara@clinic.example"),
        ("a·b§@clinic.example", "a·b§@clinic.example"),
        ("\U0001f33b@clinic.example", "\U0001f33b@clinic.example"),
        ("𠮷@clinic.example", "𠮷@clinic.example"),
        # as IDNA 2008 has it: strasse.example is somebody else's
        ("amina@straße.example", "amina@xn--strae-oqa.example"),
        ("amina@bücher.example", "amina@xn--bcher-kva.example"),
    ],
)
def test_what_is_an_address_can_be_written_to(typed: str, written: str) -> None:
    assert f"\r\nTo: {written}\r\n".encode() in mail(to=read_address(typed).shown)


@pytest.mark.parametrize(
    "recipient",
    [
        "a@b.example\r\nBcc: c@d.example",
        "a\0@b.example",
        "a\u2028@b.example",
        "a b@c.example",
        "<a@b.example>",
        "a,b@c.example",
    ],
)
def test_a_recipient_begins_no_other_header(recipient: str) -> None:
    with pytest.raises(ValueError, match=r"control character|no e-mail address|no domain"):
        mail(to=recipient)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x.example/a>\r\nBcc: c@d.example", "https://x.example/a b"]
)
def test_what_is_no_address_to_unsubscribe_at_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="address to unsubscribe"):
        mail(to="a@b.example", unsubscribe_url=url)
