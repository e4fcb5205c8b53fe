"""How many sign-ups are taken: for an address, from an IP address, from its network, and in all."""

import time
from enum import StrEnum

from limits import RateLimitItem, RateLimitItemPerHour
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import Connection

from campaigner.audience.limits_store import Clock, CountsWithin
from campaigner.model.settings import SignUpLimits
from campaigner.signup.requests import network_of

#: who has IPv6 has a /64 of it, and an organisation a /48
OWN = {"ipv4": 32, "ipv6": 64}
NETWORK = {"ipv4": 24, "ipv6": 48}
KINDS = ("address", "ip", "network", "total")


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

    def judge(self, connection: Connection, digest: str, client: str) -> Verdict:
        """Count a sign-up for an address, by its hash, from a client.

        In the transaction that keeps it: so it is counted and kept together, and waits for the disk once.
        """
        strategy = FixedWindowRateLimiter(CountsWithin(connection, clock=self._clock))
        for kind, whose in (
            ("ip", network_of(client, **OWN)),
            ("network", network_of(client, **NETWORK)),
            ("total", ""),
        ):
            if not strategy.hit(self._limits[kind], kind, whose):
                return Verdict.TOO_MANY
        if not strategy.hit(self._limits["address"], "address", digest):
            return Verdict.UNTOLD
        return Verdict.TAKEN
