"""The newsletter as one file that a mail program opens: the `.eml`.

Written by hand: the standard library's generator takes several times as long, and what its headers
mean is not always what was put into them.
"""

import hashlib
import re
from binascii import b2a_qp
from datetime import datetime
from email.header import Header
from email.utils import format_datetime
from functools import lru_cache
from urllib.parse import quote

from campaigner.audience.addresses import AddressRefused, read_address, with_ascii_domain
from campaigner.model.text import LONGEST_LOCAL, ascii_domain

#: an address that can stand in a header; a merge tag cannot
PLAIN_ADDRESS = re.compile(r"https://[\w.~:/?#\[\]@!$&'()*+,;=%-]{1,900}", re.ASCII)
#: what a server takes without quotes (RFC 5321 section 4.1.2, dot-string)
DOT_STRING = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
#: an address of a token, on a site or on this machine
ONE_CLICK_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+/[\w.~/%-]{1,900}", re.ASCII)
#: Unicode's categories Cc, Cs, Zl and Zp: they could begin another header, or cannot be written
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

#: of a header, which may have more where a word is longer (RFC 5322 section 2.1.1)
LINE = 78
#: a word with the space before it, where a line may be broken
SPACED_WORD = re.compile(r" *[^ ]+")
#: words of a name that needs no quotes (RFC 5322 section 3.2.3)
ATOMS = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+( [\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
#: a word that is not ASCII, that would be taken for an encoded one, or that leaves no room for "Subject: "
ODD_WORD = r"(?<![^ ])(?:[^ ]*(?:[^ -~]|=\?)[^ ]*|[^ ]{70,})"
#: odd words in a row: the space between encoded words is not shown, so it must be in them
ODD = re.compile(rf"{ODD_WORD}(?: {ODD_WORD})*")

#: where the library makes a line of quoted-printable longer than 76 (RFC 2045 section 6.7): before a last space
TOO_LATE = re.compile(rb"=(?=(?:20|09)$)(?<=.{74}=)", re.MULTILINE)


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
    to: str | None = None,
    unsubscribe_address: str = "",
) -> bytes:
    """Give a mail of two parts, text first (RFC 2046 section 5.1.4), with CRLF and in ASCII.

    `date` has a zone; `domain` is the right side of the Message-ID. The same values give the same bytes:
    Message-ID and boundary are hashes of the content, and the boundary stands in neither part, since
    quoted-printable writes `=_` as `=3D_` (RFC 2045 section 6.7).

    Without `to` there is no To: whoever sends it knows the reader. `X-Unsent` makes Outlook open it as a draft
    that can be sent and not as a mail that was received; all others ignore it. `unsubscribe_url` becomes
    List-Unsubscribe (RFC 2369) where it is an https address and no merge tag; one-click (RFC 8058) is
    left to the sender, whose signature has to cover it.

    With `to` it is a mail of a program to one reader, which no absence is to be answered to (RFC 3834);
    List-Unsubscribe then has one-click, and `unsubscribe_address` beside it, and may be http on loopback.

    Raises ValueError where a header holds a control character or an address is none.
    """
    seal = _seal(
        *(subject, html, text, from_name, from_address, reply_to or "", date.isoformat(), domain),
        *((to,) if to else ()),
    )
    headers = [
        *(
            _one_click(unsubscribe_url or "", unsubscribe_address)
            if to
            else _list_unsubscribe(unsubscribe_url or "")
        ),
        _subject(subject),
        _mailbox("From", from_name, from_address),
        *([f"To: {_recipient(to)}"] if to else []),
        *([_mailbox("Reply-To", "", reply_to)] if reply_to else []),
        f"Date: {format_datetime(_with_zone(date))}",
        f"Message-ID: <{seal}@{_ascii_domain(domain)}>",
        "Auto-Submitted: auto-generated" if to else "X-Unsent: 1",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/alternative;\r\n boundary="=_{seal}"',
    ]
    head = "\r\n".join(headers).encode()  # a recipient may have other letters (RFC 6532), all else is ASCII
    delimiter = f"\r\n--=_{seal}".encode()
    parts = (_part("plain", text), _part("html", html))
    return b"".join([head, b"\r\n", *(delimiter + part for part in parts), delimiter, b"--\r\n"])


def _part(subtype: str, text: str) -> bytes:
    head = f'\r\nContent-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable'
    return head.encode() + b"\r\n\r\n" + _quoted_printable(text)


def _quoted_printable(text: str) -> bytes:
    """A text in quoted-printable, in lines of at most 76 characters that end in CRLF.

    No line is a dot, which ends a mail (RFC 5321 section 4.1.1.4), and none begins with `From `, which
    some write `>From ` (RFC 2049 section 3).
    """
    lines = b"\n" + b"\n".join(text.encode().splitlines()) + b"\n"
    written = TOO_LATE.sub(b"=\n=", b2a_qp(lines)).replace(b"\nFrom ", b"\nFrom=\n ")
    return written[1:].replace(b"\n", b"\r\n")


def _subject(subject: str) -> str:
    shown = _one_line("subject", subject).strip()
    return _folded("Subject", _with_odd_words_encoded(shown))


@lru_cache(maxsize=256)  # a publication has a few senders
def _mailbox(header: str, name: str, address: str) -> str:
    """A header with an address and its name, the domain in ASCII (RFC 5890)."""
    local, _, domain = _one_line("address", address).rpartition("@")
    if not DOT_STRING.fullmatch(local) or len(local) > LONGEST_LOCAL:
        raise ValueError(f'"{address}" is no e-mail address that every server takes')
    plain = f"{local}@{_ascii_domain(domain)}"
    shown = _one_line("sender's name", name).strip()
    return _folded(header, f"{_phrase(shown)} <{plain}>" if shown else plain)


def _phrase(name: str) -> str:
    """A name as it stands before an address: bare, in quotes or in encoded words, which have no quotes."""
    phrase = name if ATOMS.fullmatch(name) else '"' + re.sub(r'(["\\])', r"\\\1", name) + '"'
    return phrase if _with_odd_words_encoded(phrase) == phrase else _encoded(name)


def _with_odd_words_encoded(text: str) -> str:
    """A text in ASCII: its merge tags and most of its words as they are, and none that is too long."""
    return _encoded(text) if "  " in text else ODD.sub(lambda words: _encoded(words[0]), text)


def _encoded(text: str) -> str:
    """A text as the encoded words (RFC 2047) that mean just that text; the first has room for "Subject: "."""
    return Header(text, "utf-8", header_name="Subject").encode(linesep="")


def _folded(name: str, text: str) -> str:
    """A header with its lines broken before spaces; never after its name, where some lose the rest."""
    header = f"{name}: {text}"
    if len(header) <= LINE:
        return header
    first, second, *words = SPACED_WORD.findall(header)
    lines = [first + second]
    for word in words:
        if len(lines[-1]) + len(word) <= LINE:
            lines[-1] += word
        else:
            lines.append(word)
    return "\r\n".join(lines)


def _list_unsubscribe(url: str) -> list[str]:
    return [f"List-Unsubscribe: <{url}>"] if PLAIN_ADDRESS.fullmatch(url) else []


def _one_click(url: str, address: str) -> list[str]:
    """The two headers by which a mail program unsubscribes without a browser (RFC 8058)."""
    if not url:
        return []
    if not ONE_CLICK_ADDRESS.fullmatch(url):
        raise ValueError("the address to unsubscribe at is none")
    mailto = f"mailto:{quote(address, safe='@')}?subject=unsubscribe"
    return [
        f"List-Unsubscribe: <{url}>,\r\n <{mailto}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
    ]


def _recipient(address: str) -> str:
    """An address as it stands in To, the domain in ASCII; what is before the @ may be in any script (RFC 6532).

    What is an address is said in one place: whoever could sign up can be written to.
    """
    try:
        return with_ascii_domain(read_address(_one_line("address", address)).shown)
    except AddressRefused:
        raise ValueError("that is no e-mail address") from None


def _seal(*parts: str) -> str:
    """Hash of all parts; each is led by its length, so that no two mails run together alike."""
    seal = hashlib.blake2b(digest_size=16)
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        seal.update(f"{len(content)}\0".encode() + content)
    return seal.hexdigest()


def _one_line(name: str, text: str) -> str:
    """Refuse what could begin another header (RFC 5322 section 2.2), or could not be written."""
    control = CONTROL.search(text)
    if control:
        raise ValueError(f"the {name} holds a control character (U+{ord(control[0]):04X})")
    return text


@lru_cache(maxsize=256)
def _ascii_domain(domain: str) -> str:
    found = ascii_domain(_one_line("domain", domain))
    if not found:
        raise ValueError(f'"{domain}" is no domain')
    return found


def _with_zone(date: datetime) -> datetime:
    if date.tzinfo is None:
        raise ValueError("the date of a mail needs a zone")
    return date
