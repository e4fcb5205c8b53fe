"""How many sign-ups are taken: for an address, from an IP address, from its network, and in all."""

import time
from collections.abc import Mapping, Sequence
from enum import StrEnum

from limits import RateLimitItem, RateLimitItemPerHour
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Connection

from campaigner.audience.storage.limits_store import Clock, CountsWithin
from campaigner.model.settings import SignUpLimits
from campaigner.signup.requests import network_of

#: who has IPv6 has a /64 of it, and an organisation a /48
OWN = {"ipv4": 32, "ipv6": 64}
NETWORK = {"ipv4": 24, "ipv6": 48}
KINDS = ("address", "ip", "network", "total")


#: whose mailboxes have all spellings of a name with dots (https://support.google.com/mail/answer/7436150)
DOTLESS = ("gmail.com", "googlemail.com")


def mailbox_of(key: str) -> str:
    """Give what the addresses of one mailbox have in common, by the key of one of them.

    To count them only, never to tell people apart: what is behind a plus is a mailbox of its own somewhere, and its
    owner may sign up. But who sends a thousand of them floods the one mailbox that most hosts put them into.
    """
    local, _, domain = key.rpartition("@")
    name = local.partition("+")[0] or local
    if domain in DOTLESS:
        name, domain = name.replace(".", "") or name, DOTLESS[0]
    return f"{name}@{domain}"


class Verdict(StrEnum):
    """Whether one more is taken."""

    TAKEN = "taken"
    #: the sender is told
    TOO_MANY = "too-many"
    #: nobody is told: it would say that others signed this address up
    UNTOLD = "untold"


class Limiter:
    """Counts in the database, so that several processes count as one."""

    def __init__(self, limits: SignUpLimits, *, clock: Clock = time.time) -> None:
        """Take the limits of the settings, of an hour each."""
        self._clock = clock
        self._limits: dict[str, RateLimitItem] = {
            kind: RateLimitItemPerHour(getattr(limits, kind), namespace="sign-up") for kind in KINDS
        }

    def judge(self, connection: Connection, key: str, client: str) -> Verdict:
        """Count a sign-up for an address, by its key, from a client.

        In the transaction that keeps it: so it is counted and kept together, and waits for the disk once.
        """
        return self.judge_all(connection, [(key, client)])[0]

    def judge_all(self, connection: Connection, sign_ups: Sequence[tuple[str, str]]) -> list[Verdict]:
        """Count several, each after the one before, by two statements."""
        counts = CountsWithin(connection, clock=self._clock)
        strategy = FixedWindowRateLimiter(counts)
        asked = [_counted(key, client) for key, client in sign_ups]
        counts.read({self._limits[kind].key_for(kind, whose) for one in asked for kind, whose in one.items()})
        verdicts = [self._judged(strategy, one) for one in asked]
        counts.write()
        return verdicts

    def _judged(self, strategy: FixedWindowRateLimiter, asked: Mapping[str, str]) -> Verdict:
        for kind, whose in asked.items():
            if not strategy.hit(self._limits[kind], kind, whose):
                return Verdict.UNTOLD if kind == "address" else Verdict.TOO_MANY
        return Verdict.TAKEN


def _counted(key: str, client: str) -> dict[str, str]:
    """What a sign-up counts for; who is beyond a limit of their own takes nothing from what comes after it."""
    return {
        "ip": network_of(client, **OWN),
        "network": network_of(client, **NETWORK),
        "total": "",
        "address": mailbox_of(key),
    }
