"""What an e-mail address can be, what makes two of them the same, and the hash that a suppression keeps."""

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256

from campaigner.value import Value

#: RFC 5321 section 4.5.3.1; 254 are left of a path's 256 without its brackets
LONGEST_LOCAL = 64
LONGEST = 254
#: nobody means the spaces that come along when an address is pasted
AROUND = " \t\u00a0"
#: told apart from every other use of SHA-256 on an address, here or elsewhere
PREFIX = b"campaigner suppression v1\0"
#: with the sign for a letter that was lost on the way
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd]")
#: a dot-atom of ASCII (RFC 5322 section 3.2.3), which is what stands before the @ of almost all addresses
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
PLAIN = re.compile(rf"({ATOM}(?:\.{ATOM})*)@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")
#: a list has few domains for its many addresses
DOMAINS_REMEMBERED = 10_000
#: begins words in another coding, which may be a line break and another header: RFC 2047 section 2
ENCODED_WORD = "=?"


class Reason(StrEnum):
    """Why an address is refused: the key of a message for a form."""

    EMPTY = "address-empty"
    CONTROL = "address-control"
    SPACE = "address-space"
    NO_AT = "address-no-at"
    SEVERAL = "address-several"
    NO_LOCAL = "address-no-local"
    NO_DOMAIN = "address-no-domain"
    LOCAL_LONG = "address-local-long"
    LONG = "address-long"
    DOMAIN_WITHOUT_DOT = "address-domain-without-dot"
    DOMAIN = "address-domain"
    LOCAL = "address-local"


#: the same in English, for whoever has no words of their own
WORDS = {
    Reason.EMPTY: "Enter your e-mail address, such as name@example.com.",
    Reason.CONTROL: "Take the line break or the invisible character out of the address.",
    Reason.SPACE: "Take the space out of the address.",
    Reason.NO_AT: "The address needs an @, as in name@example.com.",
    Reason.SEVERAL: "Enter one address, with one @ in it.",
    Reason.NO_LOCAL: "Something is missing before the @, as in name@example.com.",
    Reason.NO_DOMAIN: "Something is missing behind the @, as in name@example.com.",
    Reason.LOCAL_LONG: f"What is before the @ is too long: it can have {LONGEST_LOCAL} characters.",
    Reason.LONG: f"The address is too long: it can have {LONGEST} characters.",
    Reason.DOMAIN_WITHOUT_DOT: "The part behind the @ is not complete, as it is in example.com.",
    Reason.DOMAIN: "There can be no mailbox at what stands behind the @.",
    Reason.LOCAL: "What is before the @ has a sign that no address has, or one in the wrong place.",
}


class AddressRefused(ValueError):
    """This is no address that mail can be sent to."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(WORDS[reason])
        self.reason = reason


class Address(Value):
    """An e-mail address."""

    #: as it was given, in Unicode; only its domain is in lower case and only its accents are composed (NFC)
    shown: str
    #: what makes two addresses the same: see `key_of`
    key: str

    @property
    def digest(self) -> str:
        """The hash that a suppression keeps: see `digest_of`."""
        return digest_of(self.key)


def read_address(text: str) -> Address:
    """Give the address that somebody typed; raises AddressRefused with the reason.

    Nothing is asked of the DNS, so that no sign-up waits for it. A local part in quotes, a comment, a name
    around the address and a domain of numbers are refused: where they are typed they are typed by mistake.
    """
    text = text.strip(AROUND)
    plain = PLAIN.fullmatch(text)
    if plain is None or len(plain[1]) > LONGEST_LOCAL or len(text) > LONGEST or ENCODED_WORD in plain[1]:
        reason = _plainly_wrong(text)
        if reason:
            raise AddressRefused(reason)
    typed, _, typed_domain = text.rpartition("@")
    found = _domain_of(typed_domain)
    if found is None:
        raise AddressRefused(Reason.DOMAIN)
    domain, ascii_domain = found
    # the library would write Info@ in small letters (RFC 2142), and a local part is never changed here
    local = typed if plain else _local_of(text)
    if max(len(f"{local}@{domain}".encode()), len(f"{local}@{ascii_domain}".encode())) > LONGEST:
        raise AddressRefused(Reason.LONG)
    return Address(shown=f"{local}@{domain}", key=key_of(local, ascii_domain))


def with_ascii_domain(address: str) -> str:
    """Give an address with its domain as every mail server takes it, as IDNA 2008 has it; the rest is as it is."""
    local, _, domain = address.rpartition("@")
    found = None if domain.isascii() else _domain_of(domain)
    return f"{local}@{found[1]}" if found else address


def key_of(local: str, ascii_domain: str) -> str:
    """Give what two spellings of one address have in common.

    A domain is the same in any case (RFC 5321 section 2.4), and in Unicode as in IDNA. The case of a local part
    is its host's affair, but no host in use gives Anna@ and anna@ to two people. More is not folded: ß and ss,
    dots, and what is behind a plus are different mailboxes somewhere, and whoever owns the second one must be
    able to sign up.
    """
    return f"{unicodedata.normalize('NFC', local.lower())}@{ascii_domain.lower()}"


def digest_of(key: str) -> str:
    """Give the hash by which a suppressed address is known again: SHA-256 over a constant prefix and the key.

    It has no salt and no secret, since it must be found again after everything else was erased, in a restored
    database and in one that is imported, on any machine. So it hides an address from a glance, and from
    whoever cannot guess it. It does not protect it from somebody who has the database and asks whether a
    certain address is in it, or who tries all addresses of a list; it is personal data still.
    """
    return sha256(PREFIX + key.encode()).hexdigest()


def _plainly_wrong(text: str) -> Reason | None:
    """Give what can be told without the library."""
    if not text:
        return Reason.EMPTY
    if CONTROL.search(text):
        return Reason.CONTROL
    local, at, domain = text.rpartition("@")
    for reason, is_so in (
        (Reason.SPACE, re.search(r"\s", text)),
        (Reason.NO_AT, not at),
        (Reason.NO_LOCAL, not local),
        (Reason.NO_DOMAIN, not domain),
        (Reason.SEVERAL, "@" in local or re.search("[,;]", text)),
        (Reason.LOCAL_LONG, len(local.encode()) > LONGEST_LOCAL),
        (Reason.LONG, len(text.encode()) > LONGEST),
        # no mailbox is called so, and programs that read headers take it for other words than it says (RFC 2047)
        (Reason.LOCAL, ENCODED_WORD in local),
        (Reason.DOMAIN_WITHOUT_DOT, "." not in re.sub("[。．｡]", ".", domain)),
    ):
        if is_so:
            return reason
    return None


@lru_cache(maxsize=DOMAINS_REMEMBERED)
def _domain_of(typed: str) -> tuple[str, str] | None:
    """Give a domain in Unicode and as IDNA has it in ASCII; None where no mailbox can be at it."""
    from email_validator import EmailNotValidError, validate_email

    try:
        found = validate_email(f"name@{typed}", check_deliverability=False)
    except EmailNotValidError:
        return None
    return found.domain, found.ascii_domain


def _local_of(text: str) -> str:
    """Give what stands before the @ of an address at a domain that can be; raises AddressRefused."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).local_part
    except EmailNotValidError:
        raise AddressRefused(Reason.LOCAL) from None
