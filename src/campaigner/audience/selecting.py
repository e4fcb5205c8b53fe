"""Which subscribers are meant, and how they are read: however many they are, some at a time."""

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from campaigner.audience.consent import Entry
from campaigner.audience.ledger import COLUMNS
from campaigner.audience.storage.bulk import among
from campaigner.audience.storage.schema import (
    consent_ledger,
    subscriber_tags,
    subscribers,
    suppressions,
    wordings,
)
from campaigner.audience.subscribers import Known, subscriber_of
from campaigner.audience.suppressions import Suppression
from campaigner.value import Value

#: subscribers in memory at once
SOME = 1000
SUPPRESSED = [suppressions.c[name].label(f"suppression_{name}") for name in Suppression.__struct_fields__]
#: the id is the first of them
PERSON = tuple(subscribers.c.keys())
JOINED = subscribers.outerjoin(
    suppressions, and_(suppressions.c.digest == subscribers.c.digest, suppressions.c.lifted.is_(None))
)


class Selection(Value):
    """Those who are meant: with one of the statuses, languages and campaigns, and all of the tags; all where empty."""

    statuses: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    campaigns: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def condition(self) -> ColumnElement[bool]:
        """The same for the database."""
        columns = subscribers.c
        found: list[ColumnElement[bool]] = []
        if self.statuses:
            found.append(columns.status.in_(self.statuses))
        if self.languages:
            found.append(columns.language.in_(self.languages))
        if self.campaigns:
            found.append(columns.campaign.in_(self.campaigns))
        return and_(true(), *found, *map(has_tag, self.tags))


def has_tag(*tags: str) -> ColumnElement[bool]:
    """Give the condition that somebody has a tag, or one of several."""
    return (
        select(subscriber_tags.c.tag)
        .where(subscriber_tags.c.subscriber == subscribers.c.id, subscriber_tags.c.tag.in_(tags))
        .exists()
    )


def count(connection: Connection, condition: ColumnElement[bool]) -> int:
    """Give how many there are."""
    return connection.execute(select(func.count()).select_from(JOINED).where(condition)).scalar_one()


def people(
    connection: Connection,
    condition: ColumnElement[bool],
    *,
    with_consent: bool = False,
    most: int | None = None,
) -> Iterator[Known]:
    """Give subscribers in the order of their addresses, with their trail of consent where it is asked for."""
    wanted = select(subscribers, *SUPPRESSED).select_from(JOINED).where(condition).order_by(subscribers.c.key)
    found = connection.execute(wanted.limit(most).execution_options(stream_results=True))
    rows = iter(found.yield_per(SOME))
    while some := list(islice(rows, SOME)):
        ids = [row[0] for row in some]
        tags = _tags(connection, ids)
        consent = _trails(connection, ids) if with_consent else {}
        for id, row in zip(ids, some, strict=True):  # noqa: A001
            person = dict(zip(PERSON, row, strict=False))
            suppression = dict(zip(Suppression.__struct_fields__, row[len(PERSON) :], strict=True))
            yield Known(
                subscriber=subscriber_of(person, tags.get(id, ())),
                consent=tuple(consent.get(id, ())),
                suppression=Suppression(**suppression) if suppression["digest"] else None,
            )


def field_names(connection: Connection) -> tuple[str, ...]:
    """Give the names of all own fields that somebody has, sorted."""
    each = func.json_each if connection.dialect.name == "sqlite" else func.jsonb_each
    pairs = each(subscribers.c.fields).table_valued("key")
    found = connection.execute(select(pairs.c.key).select_from(subscribers.join(pairs, true())).distinct())
    return tuple(sorted(found.scalars()))


def _tags(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    table = subscriber_tags
    wanted = select(table).where(among(connection, table.c.subscriber, ids)).order_by(table.c.tag)
    found: dict[str, list[str]] = {}
    for subscriber, tag in connection.execute(wanted):
        found.setdefault(subscriber, []).append(tag)
    return found


def _trails(connection: Connection, ids: Sequence[str]) -> dict[str, list[Entry]]:
    wanted = (
        select(consent_ledger.c.subscriber, *COLUMNS)
        .select_from(consent_ledger.outerjoin(wordings))
        .where(among(connection, consent_ledger.c.subscriber, ids))
        .order_by(consent_ledger.c.number)
    )
    found: dict[str, list[Entry]] = {}
    for row in connection.execute(wanted).mappings():
        values = dict(row)
        found.setdefault(values.pop("subscriber"), []).append(Entry(**values))
    return found
