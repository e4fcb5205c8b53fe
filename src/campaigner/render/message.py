"""The newsletter as one file that a mail program opens: the `.eml`."""

import hashlib
import re
import unicodedata
from datetime import datetime
from email import message_from_bytes
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

#: an address that can stand in a header; a merge tag cannot
PLAIN_ADDRESS = re.compile(r"https://[\w.~:/?#\[\]@!$&'()*+,;=%-]{1,900}", re.ASCII)
#: what a server takes without quotes (RFC 5321 section 4.1.2, dot-string)
DOT_STRING = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
#: headers with other scripts are encoded words (RFC 2047), and the whole file is ASCII
POLICY = SMTP.clone(utf8=False, cte_type="7bit", max_line_length=76)


def message(
    *,
    subject: str,
    html: str,
    text: str,
    from_name: str,
    from_address: str,
    reply_to: str | None,
    date: datetime,
    domain: str,
    unsubscribe_url: str | None = None,
) -> bytes:
    """Give a mail of two parts, text first (RFC 2046 section 5.1.4), with CRLF and in ASCII.

    `date` has a zone; `domain` is the right side of the Message-ID. The same values give the same bytes:
    Message-ID and boundary are hashes of the content, and the boundary stands in neither part, since
    quoted-printable writes `=_` as `=3D_` (RFC 2045 section 6.7).

    There is no To: whoever sends it knows the reader. `X-Unsent` makes Outlook open it as a draft that
    can be sent and not as a mail that was received; all others ignore it. `unsubscribe_url` becomes
    List-Unsubscribe (RFC 2369) where it is an https address and no merge tag; one-click (RFC 8058) is
    left to the sender, whose signature has to cover it.

    Raises ValueError where a header holds a control character or an address is none.
    """
    sender = _mailbox(from_name, from_address)
    headers = {
        **({"Reply-To": _mailbox("", reply_to)} if reply_to else {}),
        "Date": format_datetime(_with_zone(date)),
    }
    lines = _subject(_one_line("subject", subject).strip()) + _from(sender)
    seal = _seal(subject, html, text, from_name, from_address, reply_to or "", date.isoformat(), domain)
    mail = EmailMessage(policy=POLICY)
    for name, value in headers.items():
        mail[name] = value
    mail["Message-ID"] = f"<{seal}@{_ascii_domain(domain)}>"
    mail["X-Unsent"] = "1"
    mail.set_content(text, subtype="plain", charset="utf-8", cte="quoted-printable")
    mail.add_alternative(html, subtype="html", charset="utf-8", cte="quoted-printable")
    mail.set_boundary(f"=_{seal}")
    for part in mail.iter_parts():
        del part["MIME-Version"]
    # written by hand: the library would fold a long address into encoded words, which nobody reads there
    return _list_unsubscribe(unsubscribe_url or "") + lines + mail.as_bytes()


def _subject(subject: str) -> bytes:
    return (
        _as_it_reads("Subject", subject, subject) or f"Subject: {_encoded('Subject', subject)}\r\n".encode()
    )


def _from(sender: Address) -> bytes:
    by_hand = f"From: {_encoded('From', sender.display_name)}\r\n <{sender.addr_spec}>\r\n"
    return _as_it_reads("From", sender, (sender,)) or by_hand.encode()


def _as_it_reads(name: str, value: str | Address, meant: object) -> bytes:
    """Give a header as the library writes it; nothing where it would be read as something else.

    It takes `=?utf-8?q?=0D=0ABcc:…?=` for an encoded word and writes what is in it, a further header; and
    long names lose their quotes, so that their commas part addresses.
    """
    written = POLICY.fold_binary(name, POLICY.header_factory(name, value))
    read = message_from_bytes(written, policy=SMTP)
    found = read[name] if name == "Subject" else read[name].addresses
    return written if read.keys() == [name] and found == meant else b""


def _encoded(name: str, text: str) -> str:
    """A text as the encoded words (RFC 2047) that mean just that text."""
    return Header(text, "utf-8", maxlinelen=POLICY.max_line_length, header_name=name).encode(linesep="\r\n")


def _list_unsubscribe(url: str) -> bytes:
    return f"List-Unsubscribe: <{url}>\r\n".encode() if PLAIN_ADDRESS.fullmatch(url) else b""


def _seal(*parts: str) -> str:
    """Hash of all parts; each is led by its length, so that no two mails run together alike."""
    seal = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        seal.update(f"{len(content)}\0".encode() + content)
    return seal.hexdigest()


def _one_line(name: str, text: str) -> str:
    """Refuse what could begin another header (RFC 5322 section 2.2), or could not be written."""
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
            raise ValueError(f"the {name} holds a control character (U+{ord(character):04X})")
    return text


def _mailbox(name: str, address: str) -> Address:
    """Give an address with its name, its domain in ASCII (RFC 5890)."""
    local, _, domain = _one_line("address", address).rpartition("@")
    if not DOT_STRING.fullmatch(local):
        raise ValueError(f'"{address}" is no e-mail address that every server takes')
    shown = _one_line("sender's name", name).strip()
    return Address(display_name=shown, username=local, domain=_ascii_domain(domain))


def _ascii_domain(domain: str) -> str:
    try:
        ascii_domain = _one_line("domain", domain).encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    # an underscore is in no mail domain (RFC 5321), but it is in the names of some hosts
    if not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", ascii_domain):
        raise ValueError(f'"{domain}" is no domain')
    return ascii_domain


def _with_zone(date: datetime) -> datetime:
    if date.tzinfo is None:
        raise ValueError("the date of a mail needs a zone")
    return date
