"""The kinds of text that front matter and settings are made of, each with what it refuses.

Used as annotations on the schema's fields; pydantic turns the ValueError of a kind into a
fault at the exact line of the file.
"""

import re
import unicodedata
from typing import Annotated
from urllib.parse import urlsplit

from campaigner.model.schema import After, Before

#: names that mean something else in the site's address space, or to a file system
RESERVED_SLUGS = frozenset(
    {
        *("assets", "tags", "page", "privacy", "index", "404", "feed", "sitemap", "robots"),
        *("signup", "confirm", "unsubscribe", "preferences", "healthz", "metrics"),
    }
)
WINDOWS_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
SLUG = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
LONGEST_SLUG = LONGEST_TAG = 100
#: of a file's or folder's name: most file systems take 255, and while a file waits its name has an ending more
MOST_BYTES_IN_NAME = 240
LONGEST_QUOTE = 80
MERGE_FIELD = "{{"
#: before an @ and in a query may stand what is none of the screen's business, nor of a log's
SECRETIVE = re.compile(r"[@?]|#.*=", re.DOTALL)
#: a dot-atom of ASCII (RFC 5322 section 3.4.1) at a domain, which may have other scripts
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
MAILBOX = re.compile(rf"{ATOM}(?:\.{ATOM})*@[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
#: of what is before the @: servers need not take more than 64 characters, but some do, and no line of a
#: mail has more than 998 (RFC 5322 section 2.1.1)
LONGEST_LOCAL = 700
#: a domain in ASCII; an underscore is in no mail domain (RFC 5321), but it is in the names of some hosts
DOMAIN = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
#: RFC 1035 section 2.3.4
LONGEST_DOMAIN = 255
FIELD_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Unfit(ValueError):
    """A value that its field cannot have; `hint` says what to write instead."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint

    def __str__(self) -> str:
        """What is wrong, and what to do."""
        return f"{self.args[0]}. {self.hint}"


def shortened(text: str) -> str:
    """A text as a message quotes it."""
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1]}…"


def quoted(text: str) -> str:
    """An address as a message names it: nothing of it is shown where it may hold a password or a token."""
    return "this" if SECRETIVE.search(text) else f'"{shortened(text)}"'


def without_control_characters(text: str) -> str:
    """Give `text` trimmed; refuse line breaks and other control characters.

    A control character in a one-line field could start a new mail header (RFC 5322 section
    2.2) or hide part of a link, so it is refused and not silently dropped.
    """
    trimmed = text.strip()
    if trimmed.isprintable():  # as almost all are; the others are looked at sign by sign
        return trimmed
    for position, character in enumerate(trimmed):
        if unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}:
            if character == "\n":
                raise Unfit(
                    "this must be one line", "Write it on one line, or fold it with `>` and not with `|`"
                )
            raise Unfit(
                f"a control character (U+{ord(character):04X}) is at position {position + 1}",
                "Take it out: this must be one line of plain text",
            )
        if "\ufdd0" <= character <= "\ufdef" or ord(character) & 0xFFFE == 0xFFFE:
            raise Unfit(f"U+{ord(character):04X} is not a character of any text", "Take it out")
    return trimmed


def without_merge_fields(text: str) -> str:
    """Refuse `{{`: only the article, the subject, the preheader and the mail's button are personal."""
    if MERGE_FIELD in text:
        raise Unfit(
            "merge fields do not work here",
            "They work in the article, newsletter.subject, newsletter.preheader and newsletter.cta",
        )
    return text


def as_wording(text: str) -> str:
    """Refuse what has no letter and no digit: as words that are looked for, it stands everywhere or nowhere."""
    if not any(character.isalnum() for character in text):
        raise Unfit(f'"{shortened(text)}" has no letter or digit', "Write the words, or take it out")
    return text


def as_slug(text: str) -> str:
    """Give `text` if it can be one folder of an address; letters, digits and hyphens of any script."""
    if text.lower() in RESERVED_SLUGS or WINDOWS_DEVICES.fullmatch(text):
        raise Unfit(f'"{shortened(text)}" is a reserved name', "Choose another slug")
    if len(text) > LONGEST_SLUG:
        message = f"a slug has at most {LONGEST_SLUG} characters, this one has {len(text)}"
        raise Unfit(message, "Choose a shorter slug")
    if len(text.encode()) > MOST_BYTES_IN_NAME:
        message = f"a slug has at most {MOST_BYTES_IN_NAME} bytes, this one has {len(text.encode())} in UTF-8"
        raise Unfit(message, "Choose a shorter slug: no folder can have such a name")
    if not SLUG.fullmatch(text) or text != unicodedata.normalize("NFC", text):
        raise Unfit(
            f'"{shortened(text)}" is no slug', 'Use letters, digits and hyphens, such as "spring-offer"'
        )
    return text


def as_tag(text: str) -> str:
    """Give `text` if it is no longer than the name of a subject is."""
    if len(text) > LONGEST_TAG or len(text.encode()) > MOST_BYTES_IN_NAME:
        message = f'the tag "{shortened(text)}" is too long: it has at most {LONGEST_TAG} characters'
        raise Unfit(message, "Write tags as a list, each a word or two")
    return text


def as_field_name(text: str) -> str:
    """Give `text` if it can be the name of a merge field, in every dialect."""
    if not FIELD_NAME.fullmatch(text):
        raise Unfit(
            f'"{shortened(text)}" is no name of a merge field',
            "Use letters from a to z, digits and underscores, such as first_visit",
        )
    return text


def as_web_address(text: str) -> str:
    """Give `text` if it is an absolute http or https address."""
    hint = "It must begin with https:// or http://"
    try:
        parts = urlsplit(text)
        valid = parts.scheme in {"http", "https"} and parts.port != 0
        if valid and not is_host(parts.hostname or ""):
            valid, hint = False, "Behind https:// comes the name of a host, such as example.com"
    except ValueError:
        valid = False
    if not valid or re.search(r'[\s<>"\\^`{|}]', text):
        raise Unfit(f"{quoted(text)} is no web address", hint)
    return text


def is_host(name: str) -> bool:
    """Whether a name can be one of a host: a domain or an address of numbers."""
    return ":" in name or bool(ascii_domain(name))


def ascii_domain(name: str) -> str:
    """Give a domain as it stands in mails and in the DNS (RFC 1035, IDNA), or nothing where it can be none."""
    try:
        domain = name.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return domain if DOMAIN.fullmatch(domain) and len(domain) <= LONGEST_DOMAIN else ""


def as_base_address(text: str) -> str:
    """Give `text` if pages can stand below it: a web address without query, fragment and password."""
    parts = urlsplit(as_web_address(text))
    if parts.query or parts.fragment or "@" in parts.netloc or "?" in text or "#" in text:
        raise Unfit(
            f"{quoted(text)} cannot be the address of a site",
            "Write it without ?, # and password, such as https://example.com/blog/",
        )
    if {".", ".."} & set(parts.path.split("/")):
        raise Unfit(f"{quoted(text)} has dots for folders", "Write the folder itself")
    return text


def as_link(text: str) -> str:
    """Give `text` if it is a web address, a mailto or tel link, or a path on this site."""
    if re.match(r"(mailto|tel):[^\s<>\"]+$", text):
        return text
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", text) or text.startswith("//"):
        return as_web_address(text)
    if re.search(r'[\s<>"\\]', text) or not text:
        raise Unfit(f"{quoted(text)} is no link", "Write https://…, mailto:… or a path such as /privacy/")
    return text


def as_endpoint(text: str) -> str:
    """Give `text` if it is a link in which `{slug}` may stand for a campaign's slug."""
    as_link(text.replace("{slug}", "slug"))
    return text


def as_mail_transport(text: str) -> str:
    """Give `text` if it says how mail leaves: "outbox", or the address of a mail server without a password."""
    if text == "outbox":
        return text
    hint = "Write outbox, smtp://user@host:587 or smtps://user@host:465"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise Unfit("this is no address of a mail server", hint) from None
    if parts.password is not None:  # what it is is not shown
        raise Unfit(
            "there is a password in the address of the mail server",
            "Take it out, and set CAMPAIGNER_SMTP_PASSWORD in the environment or in .env",
        )
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or port == 0:
        raise Unfit(f'"{shortened(text)}" is no way for mail to leave', hint)
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise Unfit(f'"{shortened(text)}" has more behind the host than a mail server has', hint)
    return text


def as_network(text: str) -> str:
    """Give `text` if it is an IP address or a network of them."""
    from ipaddress import ip_network

    try:
        return str(ip_network(text))
    except ValueError:
        raise Unfit(
            f'"{shortened(text)}" is no IP address and no network', "Write it such as 10.0.0.0/8 or 127.0.0.1"
        ) from None


def as_colour(text: str) -> str:
    """Give `text` as #rrggbb in lower case."""
    short = re.fullmatch(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", text)
    if short:
        text = "#" + "".join(digit * 2 for digit in short.groups())
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise Unfit(f'"{shortened(text)}" is no colour', "Write it as #rrggbb, such as #0f5257")
    return text.lower()


def as_language(text: str) -> str:
    """Give `text` if it is a language tag (BCP 47) such as `en`, `de` or `en-GB`."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise Unfit(f'"{shortened(text)}" is no language tag', 'Write "en", "de" or "en-GB"')
    return text


def as_font_stack(text: str) -> str:
    """Give `text` if it is a CSS font-family list and nothing that could leave its declaration."""
    if not re.fullmatch(r"[\w \-,'\"]+", text) or text.count('"') % 2 or text.count("'") % 2:
        raise Unfit(
            f"{shortened(text)!r} is no list of font names", "Write Georgia, 'Times New Roman', serif"
        )
    return text.replace('"', "'")


def as_mailbox_address(text: str) -> str:
    """Give `text` if it is a plain e-mail address."""
    local, _, domain = text.rpartition("@")
    if not MAILBOX.fullmatch(text) or len(local) > LONGEST_LOCAL or not ascii_domain(domain):
        raise Unfit(f'"{shortened(text)}" is no e-mail address', "Write name@example.com")
    return text


def as_text(value: object) -> object:
    """Take numbers and dates for text too: `title: 2024` is a fine title."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return str(value)


def as_list(value: object) -> object:
    """Take one word for a list of one: `tags: safety` is `tags: [safety]`."""
    return (value,) if isinstance(value, str | int | float) else value


#: one line, may hold merge fields
PersonalLine = Annotated[str, Before(as_text), After(without_control_characters)]
#: one line of plain text
Line = Annotated[PersonalLine, After(without_merge_fields)]
#: of a check, which no number is
CheckName = Annotated[str, After(without_control_characters), After(without_merge_fields)]
#: several lines of plain text
Paragraphs = Annotated[str, Before(as_text), After(without_merge_fields)]
Slug = Annotated[Line, After(as_slug)]
Tag = Annotated[Line, After(as_tag)]
FieldName = Annotated[Line, After(as_field_name)]
WebAddress = Annotated[Line, After(as_web_address)]
BaseAddress = Annotated[Line, After(as_base_address)]
Link = Annotated[Line, After(as_link)]
Endpoint = Annotated[Line, After(as_endpoint)]
MailTransport = Annotated[Line, After(as_mail_transport)]
Network = Annotated[Line, After(as_network)]
Colour = Annotated[Line, After(as_colour)]
Language = Annotated[Line, After(as_language)]
FontStack = Annotated[Line, After(as_font_stack)]
MailboxAddress = Annotated[Line, After(as_mailbox_address)]
Lines = Annotated[tuple[Line, ...], Before(as_list)]
#: words that are looked for
Wordings = Annotated[tuple[Annotated[Line, After(as_wording)], ...], Before(as_list)]
Tags = Annotated[tuple[Tag, ...], Before(as_list)]
