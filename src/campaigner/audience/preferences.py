"""What a subscriber sees and changes on the page of their preferences."""

from datetime import datetime

from sqlalchemy import Connection, update

from campaigner.audience.consent import Event, Origin
from campaigner.audience.ledger import add_entry
from campaigner.audience.storage.schema import subscribers
from campaigner.audience.subscribers import Subscriber, add_tags, by_id, remove_tags


def set_preferences(
    connection: Connection,
    id: str,  # noqa: A002
    *,
    name: str,
    language: str | None = None,
    lists: tuple[str, ...],
    offered: tuple[str, ...],
    now: datetime,
    origin: Origin,
) -> Subscriber | None:
    """Change name, language and lists, and give the subscriber as they are then; None where nobody has the id.

    A list is a tag that the page offers: of these they have what they chose. Other tags are not theirs to see, and
    stay. What changed of the lists is in the ledger, for it is what they agree to get.
    """
    person = by_id(connection, id)
    if person is None:
        return None
    chosen = [each for each in offered if each in lists and each not in person.tags]
    left = [each for each in offered if each not in lists and each in person.tags]
    connection.execute(
        update(subscribers)
        .where(subscribers.c.id == id)
        .values(name=name, language=person.language if language is None else language)
    )
    add_tags(connection, id, chosen)
    remove_tags(connection, id, left)
    if chosen or left:
        add_entry(
            connection,
            Event.PREFERENCES,
            subscriber=id,
            address=person.address,
            at=now,
            origin=origin,
            method="preferences",
            note=" ".join([*(f"+{each}" for each in chosen), *(f"-{each}" for each in left)]),
        )
    return by_id(connection, id)
