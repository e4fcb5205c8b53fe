"""What becomes of somebody who comes in with a list, or is added by hand: they may be known already.

Who left stays away, whatever a list says: only they themselves come back, by the form. Who is suppressed is not even
kept. A list may say that somebody left elsewhere, and that counts here too.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from campaigner.audience.consent import Event
from campaigner.audience.lists.incoming import Incoming
from campaigner.audience.subscribers import FieldValue, Status, Subscriber
from campaigner.audience.suppressions import Cause, Suppression
from campaigner.value import Value, field

LEFT = frozenset({Status.UNSUBSCRIBED, Status.BOUNCED, Status.COMPLAINED})
#: what suppresses, and is told in the ledger, by the status that it comes to
CAUSES = {
    Status.UNSUBSCRIBED: (Cause.UNSUBSCRIBED, Event.UNSUBSCRIBED),
    Status.BOUNCED: (Cause.BOUNCED, Event.BOUNCED),
    Status.COMPLAINED: (Cause.COMPLAINED, Event.COMPLAINED),
}


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    #: they were subscribed, and left elsewhere
    LEFT = "left"
    #: nobody here had the address, and it is not written to from now on
    SUPPRESSED = "suppressed"
    #: they left before, or are suppressed
    KEPT_AWAY = "kept_away"
    #: the address stood further up
    REPEATED = "repeated"
    #: no row, or no address, or a value that cannot be
    REFUSED = "refused"


class Merged(Value):
    """What is to be done about a row."""

    outcome: Outcome
    #: columns of the subscriber that get another value
    changed: Mapping[str, object] = field(default_factory=dict)
    #: further tags of somebody who is known
    tags: tuple[str, ...] = ()
    #: why it is kept away
    reason: str = ""


def merged(
    found: Incoming, person: Subscriber | None, suppression: Suppression | None, *, now: datetime
) -> Merged:
    """Say what is to be done about somebody who comes in, by what is known of them."""
    if found.status in LEFT:
        return _leaving(found, person, suppression, now=now)
    if person is not None and person.status in LEFT:
        when = f" on {person.ended_at:%Y-%m-%d}" if person.ended_at else ""
        return Merged(outcome=Outcome.KEPT_AWAY, reason=f"{_LEFT_WORDS[person.status]}{when}")
    if suppression is not None:
        reason = f"this address is suppressed since {suppression.since:%Y-%m-%d} ({suppression.reason})"
        return Merged(outcome=Outcome.KEPT_AWAY, reason=reason)
    if person is None:
        return NEW
    return _updated(found, person, now=now)


#: of all of a list, mostly
NEW = Merged(outcome=Outcome.NEW)
_LEFT_WORDS = {
    Status.UNSUBSCRIBED: "they unsubscribed",
    Status.BOUNCED: "mail to them came back",
    Status.COMPLAINED: "they complained",
}


def _leaving(
    found: Incoming, person: Subscriber | None, suppression: Suppression | None, *, now: datetime
) -> Merged:
    if suppression is not None:  # they are not written to anyway
        return Merged(outcome=Outcome.UNCHANGED)
    if person is not None and person.status not in LEFT:
        changed = {
            "status": found.status,
            "ended_at": found.left or now,
            "request": None,  # a link that waits to be confirmed is over too
            "asked_at": None,
        }
        return Merged(outcome=Outcome.LEFT, changed=changed)
    return Merged(outcome=Outcome.SUPPRESSED)


def _updated(found: Incoming, person: Subscriber, *, now: datetime) -> Merged:
    texts = {"name": found.name, "language": found.language, "campaign": found.campaign}
    changed: dict[str, object] = {
        name: text for name, text in texts.items() if text and text != getattr(person, name)
    }
    for name, more in (("fields", found.fields), ("utm", found.utm)):
        both: dict[str, FieldValue] = {**getattr(person, name), **more}
        if both != getattr(person, name):
            changed[name] = both
    if person.status == Status.PENDING and found.status == Status.CONFIRMED:
        changed |= {
            "status": Status.CONFIRMED,
            "confirmed_at": found.confirmed or found.signed_up or now,
            "asked_at": None,
        }
    tags = tuple(tag for tag in found.tags if tag not in person.tags)
    is_changed = bool(changed or tags)
    return Merged(outcome=Outcome.UPDATED if is_changed else Outcome.UNCHANGED, changed=changed, tags=tags)
