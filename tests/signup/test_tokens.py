"""Links that mails carry: signed for one purpose, in one spelling, by keys that rotate."""

import string
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from campaigner.signup.tokens import (
    VARIABLE,
    Keys,
    Purpose,
    Refused,
    SecretError,
    confirm_token,
    keys_of,
    preferences_token,
    read_confirmation,
    read_preferences,
    read_unsubscribe,
    unsubscribe_token,
)
from conftest import NOW

OLD, NEW = "old-" + "o" * 40, "new-" + "n" * 40
KEYS = Keys(secrets={"1": OLD})
DIGEST = "ab" * 32
BASE64 = string.ascii_letters + string.digits + "-_"


def test_a_token_says_what_was_signed() -> None:
    token = confirm_token(KEYS, "person", "request", until=NOW + timedelta(days=60))
    found = read_confirmation(KEYS, token, now=NOW)
    assert (found.subscriber, found.request, found.is_over) == ("person", "request", False)
    assert read_unsubscribe(KEYS, unsubscribe_token(KEYS, DIGEST)) == DIGEST
    assert read_preferences(KEYS, preferences_token(KEYS, "person")) == "person"


def test_a_confirmation_is_over_at_its_time() -> None:
    token = confirm_token(KEYS, "person", "request", until=NOW)
    assert read_confirmation(KEYS, token, now=NOW).is_over
    assert not read_confirmation(KEYS, token, now=NOW - timedelta(seconds=1)).is_over


def test_every_flipped_bit_is_refused() -> None:
    token = unsubscribe_token(KEYS, DIGEST)
    for place in range(len(token)):
        for bit in range(7):
            altered = token[:place] + chr(ord(token[place]) ^ 1 << bit) + token[place + 1 :]
            with pytest.raises(Refused):
                read_unsubscribe(KEYS, altered)


def test_no_other_spelling_of_a_token_is_taken() -> None:
    token = unsubscribe_token(KEYS, DIGEST)
    # 43 characters of Base64 hold two bits more than the 256 of a signature
    spellings = [token[:-1] + other for other in BASE64 if other != token[-1]]
    spellings += [
        f"{token}=",
        f"{token} ",
        f" {token}",
        f"{token}.",
        f".{token}",
        token.upper(),
        f"{token}\n",
    ]
    spellings += [token.replace(".", "..", 1), token + "A", token[:-1], "", ".", "1", "é" + token]
    for spelling in spellings:
        with pytest.raises(Refused):
            read_unsubscribe(KEYS, spelling)


def test_a_token_holds_for_its_purpose_only() -> None:
    token = preferences_token(KEYS, "person")
    with pytest.raises(Refused):
        read_unsubscribe(KEYS, token)
    assert KEYS.sign(Purpose.PREFERENCES, "x") != KEYS.sign(Purpose.UNSUBSCRIBE, "x")


def test_old_keys_go_on_to_be_known_and_the_first_one_signs() -> None:
    token = unsubscribe_token(KEYS, DIGEST)
    rotated = keys_of(f"2:{NEW},1:{OLD}")
    assert read_unsubscribe(rotated, token) == DIGEST
    assert unsubscribe_token(rotated, DIGEST).startswith("2.")
    with pytest.raises(Refused):
        read_unsubscribe(keys_of(f"2:{NEW}"), token)
    with pytest.raises(Refused):
        read_unsubscribe(keys_of(f"1:{NEW}"), token)


def test_a_secret_alone_is_a_key_too() -> None:
    assert keys_of(OLD) == KEYS
    assert keys_of(f" 1:{OLD} ,") == KEYS


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "there is no secret to sign links with"),
        (" , ", "there is no secret to sign links with"),
        ("1:short", 'the secret of the key "1" is too short: it has 5 characters'),
        (f"a b:{OLD}", "the id of a key is no name"),
        (f"1:{OLD},1:{NEW}", 'two keys have the id "1"'),
    ],
)
def test_a_secret_that_cannot_be_is_refused_and_not_shown(text: str, message: str) -> None:
    with pytest.raises(SecretError) as refused:
        keys_of(text)
    (fault,) = refused.value.faults
    assert (fault.path, fault.message) == ("CAMPAIGNER_SECRET", message)
    assert OLD not in str(fault)


def test_a_part_that_is_no_id_is_not_signed() -> None:
    with pytest.raises(ValueError, match="other characters"):
        KEYS.sign(Purpose.PREFERENCES, "a.b")


def test_whoever_has_no_secret_is_told_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(SecretError) as refused:
        keys_of("")
    _, command, _ = refused.value.faults[0].hint.split("`")
    subprocess.run(["sh", "-c", command], cwd=tmp_path, check=True)
    variable, _, secret = (tmp_path / ".env").read_text().strip().partition("=")
    assert variable == VARIABLE
    assert list(keys_of(secret).secrets) == ["1"]
