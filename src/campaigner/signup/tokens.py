"""The links that mails carry: each is signed for one purpose, by one of our keys.

A token is `KEY.PART.PART….SIGNATURE`. The signature is HMAC-SHA256 by itsdangerous, with a key of its own for each
purpose, compared in constant time. There is one way to write each token: what means the same, but is written
otherwise, is refused, so that nobody can count or block links by their text and be passed by.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest

from itsdangerous import BadSignature, Signer

from campaigner.errors import CampaignerError, Fault
from campaigner.value import Value

#: the variable of the environment with the keys
VARIABLE = "CAMPAIGNER_SECRET"
#: characters of a secret, at least: 128 bits in hexadecimal
SHORTEST = 32
KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")
#: what random ids and hashes are made of
PART = re.compile(r"[A-Za-z0-9_-]{1,128}")
#: no token of ours is longer
LONGEST = 500
#: of CAMPAIGNER_SECRET without an id
ONLY = "1"


class Purpose(StrEnum):
    """What a token is for; it holds for nothing else."""

    CONFIRM = "confirm"
    UNSUBSCRIBE = "unsubscribe"
    PREFERENCES = "preferences"
    #: no link: when the app itself served a form
    SERVED = "served"


class Refused(Exception):
    """This is no token of ours, or not for this purpose."""


class SecretError(CampaignerError):
    """The secret that links are signed with cannot be used."""


class Keys(Value):
    """The keys that tokens are signed with, by id; the first one signs, all are known."""

    secrets: Mapping[str, str]

    def sign(self, purpose: Purpose, *parts: str) -> str:
        """Give a token of these parts."""
        key = next(iter(self.secrets))
        if not all(map(PART.fullmatch, parts)):
            raise ValueError("a part of a token has other characters than those of ids")
        return self._signer(purpose, key).sign(".".join((key, *parts))).decode()

    def read(self, purpose: Purpose, token: str, *, parts: int) -> tuple[str, ...]:
        """Give the parts of a token; raises Refused where it is none of ours, for another purpose, or altered."""
        key, *found = token.split(".") if len(token) <= LONGEST and token.isascii() else [""]
        found = found[:-1]
        if key not in self.secrets or len(found) != parts or not all(map(PART.fullmatch, found)):
            raise Refused
        signer = self._signer(purpose, key)
        try:
            signed = signer.unsign(token)
        except BadSignature:
            raise Refused from None
        # a signature in Base64 has last bits that mean nothing
        if not compare_digest(signer.sign(signed), token.encode()):
            raise Refused
        return tuple(found)

    def _signer(self, purpose: Purpose, key: str) -> Signer:
        return Signer(
            self.secrets[key],
            salt=f"campaigner {purpose}",
            key_derivation="hmac",
            digest_method=sha256,
        )


def keys_of(text: str) -> Keys:
    """Give the keys that `id:secret,id2:secret2` means, or one secret alone; raises SecretError."""
    secrets: dict[str, str] = {}
    for each in filter(None, (part.strip() for part in text.split(","))):
        before, colon, behind = each.partition(":")
        key, secret = (before.strip(), behind.strip()) if colon else (ONLY, each)
        if not KEY_ID.fullmatch(key):
            raise _unusable("the id of a key is no name", "An id has up to 16 letters, digits, - and _")
        if key in secrets:
            raise _unusable(f'two keys have the id "{key}"', "Give the new one another id: 2:NEW,1:OLD")
        if len(secret) < SHORTEST:
            message = f'the secret of the key "{key}" is too short: it has {len(secret)} characters'
            raise _unusable(message, f"Take one of {SHORTEST} or more, at random: `{RECIPE}` makes one")
        secrets[key] = secret
    if not secrets:
        raise _unusable(
            "there is no secret to sign links with",
            f"Set it in the environment, or let `{RECIPE} >> .env` write one beside campaigner.toml",
        )
    return Keys(secrets=secrets)


RECIPE = "python3 -c 'import secrets; print(\"CAMPAIGNER_SECRET=1:\" + secrets.token_urlsafe(32))'"


def _unusable(message: str, hint: str) -> SecretError:
    return SecretError(Fault(path=VARIABLE, message=message, hint=hint))


# ---- the three kinds -----------------------------------------------------------------------------


class Confirmation(Value):
    """What the link of a confirmation mail says."""

    subscriber: str
    request: str
    #: whether its time is over
    is_over: bool


def confirm_token(keys: Keys, subscriber: str, request: str, *, until: datetime) -> str:
    """Give the token of a confirmation mail, which works until then."""
    return keys.sign(Purpose.CONFIRM, subscriber, request, str(int(until.timestamp())))


def read_confirmation(keys: Keys, token: str, *, now: datetime) -> Confirmation:
    """Give what a token of a confirmation mail says; raises Refused."""
    subscriber, request, until = keys.read(Purpose.CONFIRM, token, parts=3)
    over = datetime.fromtimestamp(0, UTC) + timedelta(seconds=int(until))
    return Confirmation(subscriber=subscriber, request=request, is_over=over <= now)


def unsubscribe_token(keys: Keys, digest: str) -> str:
    """Give the token that unsubscribes an address, by its hash, for ever."""
    return keys.sign(Purpose.UNSUBSCRIBE, digest)


def read_unsubscribe(keys: Keys, token: str) -> str:
    """Give the hash of the address that a token unsubscribes; raises Refused."""
    (digest,) = keys.read(Purpose.UNSUBSCRIBE, token, parts=1)
    return digest


def served_stamp(keys: Keys, at: datetime) -> str:
    """Give the stamp of a form that is served now."""
    return keys.sign(Purpose.SERVED, str(int(at.timestamp() * 1000)))


def read_stamp(keys: Keys, stamp: str) -> datetime:
    """Give when a form was served; raises Refused."""
    (milliseconds,) = keys.read(Purpose.SERVED, stamp, parts=1)
    return datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(milliseconds))


def preferences_token(keys: Keys, subscriber: str) -> str:
    """Give the token of somebody's page of preferences."""
    return keys.sign(Purpose.PREFERENCES, subscriber)


def read_preferences(keys: Keys, token: str) -> str:
    """Give the id of the subscriber whose page a token opens; raises Refused."""
    (subscriber,) = keys.read(Purpose.PREFERENCES, token, parts=1)
    return subscriber
