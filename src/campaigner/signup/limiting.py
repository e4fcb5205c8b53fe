"""How many sign-ups are taken: for an address, from an IP address, from its network, and in all."""

from enum import StrEnum

from limits import RateLimitItemPerHour
from limits.strategies import FixedWindowRateLimiter

from campaigner.audience.database import Database
from campaigner.audience.limits_store import LimitsStore
from campaigner.model.settings import SignUpLimits
from campaigner.signup.requests import network_of

#: who has IPv6 has a /64 of it, and an organisation a /48
OWN = {"ipv4": 32, "ipv6": 64}
NETWORK = {"ipv4": 24, "ipv6": 48}


class Verdict(StrEnum):
    """Whether one more is taken."""

    TAKEN = "taken"
    #: the sender is told
    TOO_MANY = "too-many"
    #: nobody is told: it would say that others signed this address up
    UNTOLD = "untold"


class Limiter:
    """Counts in the database, so that several processes count as one."""

    def __init__(self, database: Database, limits: SignUpLimits) -> None:
        """Take the limits of the settings, of an hour each."""
        self.store = LimitsStore(database)
        self._strategy = FixedWindowRateLimiter(self.store)
        self._limits = {
            name: RateLimitItemPerHour(getattr(limits, name), namespace="sign-up")
            for name in ("address", "ip", "network", "total")
        }

    def judge(self, digest: str, client: str) -> Verdict:
        """Count a sign-up for an address, by its hash, from a client; raises AudienceError."""
        told = (
            ("ip", network_of(client, **OWN)),
            ("network", network_of(client, **NETWORK)),
            ("total", ""),
        )
        for name, whose in told:
            if not self._strategy.hit(self._limits[name], name, whose):
                return Verdict.TOO_MANY
        if not self._strategy.hit(self._limits["address"], "address", digest):
            return Verdict.UNTOLD
        return Verdict.TAKEN
