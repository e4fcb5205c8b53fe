"""What whoever runs the campaigns does for one subscriber; the ledger says who it was."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from campaigner.audience import outgoing
from campaigner.audience.addresses import Address
from campaigner.audience.consent import Event
from campaigner.audience.ledger import add_entry
from campaigner.audience.lists.incoming import Incoming
from campaigner.audience.lists.merging import Merged, NewIds, Source, merge
from campaigner.audience.subscribers import Subscriber, add_tags, by_digest, remove_tags
from campaigner.audience.suppressions import Cause, suppress

#: how, in the ledger
METHOD = "by-hand"


def added(
    connection: Connection, incoming: Incoming, *, now: datetime, new_ids: NewIds, operator: str
) -> Merged:
    """Add somebody who agreed elsewhere, unless they left or are suppressed."""
    source = Source(id="", event=Event.ADDED, method=METHOD, operator=operator)
    (came,) = merge(connection, [incoming], source, now=now, new_ids=new_ids)
    return came


def change_tags(
    connection: Connection,
    address: Address,
    *,
    more: Sequence[str],
    fewer: Sequence[str],
    now: datetime,
    operator: str,
) -> Subscriber | None:
    """Give a subscriber tags, take others away, and give them as they are then; None where nobody has the address.

    What changed is in the ledger, since a tag may be a list, and so something that they get.
    """
    person = by_digest(connection, address.digest)
    if person is None:
        return None
    added = [tag for tag in dict.fromkeys(more) if tag not in person.tags]
    taken = [tag for tag in dict.fromkeys(fewer) if tag in person.tags]
    add_tags(connection, person.id, added)
    remove_tags(connection, person.id, taken)
    if added or taken:
        add_entry(
            connection,
            Event.PREFERENCES,
            subscriber=person.id,
            address=person.address,
            at=now,
            method=METHOD,
            operator=operator,
            note=" ".join([*(f"+{tag}" for tag in added), *(f"-{tag}" for tag in taken)]),
        )
    return by_digest(connection, address.digest)


def keep_away(connection: Connection, address: Address, *, now: datetime) -> None:
    """Write to an address no more, whoever has it; their status stays, and mails that they are owed do not leave."""
    person = by_digest(connection, address.digest)
    suppress(connection, address.digest, Cause.BY_HAND, now=now)
    if person is not None:
        outgoing.drop(connection, [person.id])
