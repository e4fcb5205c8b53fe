"""Which addresses are taken, which are the same, and why one is refused."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import given
from hypothesis import strategies as some

from campaigner.audience.addresses import WORDS, AddressRefused, Reason, digest_of, key_of, read_address


@pytest.mark.parametrize(
    ("typed", "shown", "key"),
    [
        ("name@example.com", "name@example.com", "name@example.com"),
        (" Anna.B+News@Example.COM ", "Anna.B+News@example.com", "anna.b+news@example.com"),
        ("jo@bücher.example", "jo@bücher.example", "jo@xn--bcher-kva.example"),
        ("jo@xn--bcher-kva.example", "jo@bücher.example", "jo@xn--bcher-kva.example"),
        ("jo@BÜCHER.example", "jo@bücher.example", "jo@xn--bcher-kva.example"),
        ("jo@faß.example", "jo@faß.example", "jo@xn--fa-hia.example"),
        ("Zoe\u0308@example.com", "Zoë@example.com", "zoë@example.com"),
        ("用户@例え.example", "用户@例え.example", "用户@xn--r8jz45g.example"),
        ("jo@例え。example", "jo@例え.example", "jo@xn--r8jz45g.example"),
        # names of RFC 2142, which the library would write in small letters
        ("Info@Example.com", "Info@example.com", "info@example.com"),
    ],
)
def test_an_address_is_kept_as_it_was_given_and_known_by_its_key(typed: str, shown: str, key: str) -> None:
    found = read_address(typed)
    assert (found.shown, found.key) == (shown, key)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("strasse@example.com", "straße@example.com"),
        ("anna@example.com", "anna+news@example.com"),
        ("anna.b@example.com", "annab@example.com"),
        ("jo@fass.example", "jo@faß.example"),
    ],
)
def test_two_mailboxes_stay_two(one: str, other: str) -> None:
    assert read_address(one).key != read_address(other).key


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", Reason.EMPTY),
        ("  ", Reason.EMPTY),
        ("name@example.com\n", Reason.CONTROL),
        ("name@example.com\r\nBcc: all@example.com", Reason.CONTROL),
        ("na\0me@example.com", Reason.CONTROL),
        ("name\u2028@example.com", Reason.CONTROL),
        ("\ud800@example.com", Reason.CONTROL),
        ("zo\ufffd@example.com", Reason.CONTROL),
        ("my name@example.com", Reason.SPACE),
        ("Anna <anna@example.com>", Reason.SPACE),
        ("anna", Reason.NO_AT),
        ("anna.example.com", Reason.NO_AT),
        ("@example.com", Reason.NO_LOCAL),
        ("anna@", Reason.NO_DOMAIN),
        ("anna@bert@example.com", Reason.SEVERAL),
        ("anna@example.com,bert@example.com", Reason.SEVERAL),
        (f"{'a' * 65}@example.com", Reason.LOCAL_LONG),
        (f"a@{'.'.join(['b' * 60] * 5)}.com", Reason.LONG),
        ("anna@example", Reason.DOMAIN_WITHOUT_DOT),
        ("anna@localhost", Reason.DOMAIN_WITHOUT_DOT),
        ("anna@mail.test", Reason.DOMAIN),
        ("anna@-example.com", Reason.DOMAIN),
        ("anna@example..com", Reason.DOMAIN),
        ("anna@[192.0.2.1]", Reason.DOMAIN),
        ("anna..b@example.com", Reason.LOCAL),
        (".anna@example.com", Reason.LOCAL),
        ("\u202eanna@example.com", Reason.LOCAL),
        ('"anna"@example.com', Reason.LOCAL),
        ("=?utf-8?q?anna=0aBcc=3a?=@example.com", Reason.LOCAL),
        ("<anna@example.com>", Reason.DOMAIN),
    ],
)
def test_what_is_no_address_is_refused_with_its_reason(typed: str, reason: Reason) -> None:
    with pytest.raises(AddressRefused) as refused:
        read_address(typed)
    assert refused.value.reason == reason
    assert str(refused.value) == WORDS[reason]


def test_every_reason_has_words() -> None:
    assert set(WORDS) == set(Reason)


def test_the_hash_of_a_suppression_is_the_same_for_ever() -> None:
    assert digest_of("anna@example.com") == "20f9c5a911d0d6123d528dc3be10c41f2065245edf4f2e7b2e00a74241f2b2ec"


LOCAL = some.text(min_size=1, max_size=20)
DOMAIN = some.sampled_from(["example.com", "bücher.example", "EXAMPLE.org", "faß.example"])


@given(some.one_of(some.text(), some.builds("{}@{}".format, LOCAL, DOMAIN)))
def test_whatever_is_typed_is_an_address_or_refused(typed: str) -> None:
    try:
        found = read_address(typed)
    except AddressRefused:
        return
    again = read_address(found.shown)
    assert again == found
    assert found.shown.isprintable()
    assert " " not in found.shown
    assert found.key.partition("@")[2].isascii()


PLAIN = some.text(alphabet="aZ9.+_-!", min_size=1, max_size=66)
NAME = some.text(alphabet="aZ9-.", min_size=1, max_size=70)


@given(
    some.builds("{}@{}.{}".format, PLAIN, NAME, some.sampled_from(["com", "test", "x", "c0m", "xn--p1ai"]))
)
def test_what_is_taken_without_asking_the_library_is_what_it_takes(typed: str) -> None:
    """Most addresses are plain, and a list of a million of them is not to take all day."""
    try:
        found = read_address(typed)
    except AddressRefused:
        found = None
    try:
        asked = validate_email(typed, check_deliverability=False, strict=True)
    except EmailNotValidError:
        asked = None
    assert (found is None) == (asked is None)
    if found is not None and asked is not None:
        assert found.shown.lower() == asked.normalized.lower()


@given(some.text(), some.text(alphabet="abcXYZ.-"))
def test_a_key_is_its_own_key(local: str, domain: str) -> None:
    key = key_of(local, domain)
    assert key_of(*key.rsplit("@", 1)) == key


@given(
    some.from_regex(r"[A-Za-z0-9]([A-Za-z0-9.+_-]{0,20}[A-Za-z0-9])?", fullmatch=True).filter(
        lambda t: ".." not in t
    )
)
def test_the_part_before_the_at_is_never_changed(local: str) -> None:
    try:
        found = read_address(f"{local}@Example.com")
    except AddressRefused:
        return
    assert found.shown == f"{local}@example.com"
    assert found.key == read_address(f"{local.swapcase()}@example.COM").key
