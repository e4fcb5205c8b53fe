"""Who is in a segment, as a condition for the database."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, true

from campaigner.audience.consent import Event
from campaigner.audience.selecting import has_tag
from campaigner.audience.storage.schema import consent_ledger, subscribers, suppressions
from campaigner.audience.subscribers import Status
from campaigner.model.segment import FieldRule, Rule, Segment, Span

#: what people do themselves
ACTIVITY = (Event.SIGNED_UP, Event.CONFIRMED)
#: what else they do themselves where it is done so, and their host does by hand otherwise
BY_THEMSELVES = (Event.PREFERENCES, "preferences")
HERE = (Status.PENDING, Status.CONFIRMED)
Condition = ColumnElement[bool]


def segment_condition(connection: Connection, segment: Segment, *, now: datetime) -> Condition:
    """Give the condition that somebody is in a segment, for `selecting.people` and `selecting.count`."""
    reading = _Reading(connection, now)
    kept_away = and_(suppressions.c.digest.is_not(None), subscribers.c.status.in_(HERE))
    found = [subscribers.c.status.in_(segment.status), ~kept_away, *reading.rule(segment)]
    if segment.any_of:
        found.append(or_(*(and_(true(), *reading.rule(rule)) for rule in segment.any_of)))
    return and_(*found)


class _Reading:
    """Reads rules for one kind of database, at one time."""

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._is_sqlite = connection.dialect.name == "sqlite"
        self._now = now

    def rule(self, rule: Rule) -> Iterator[Condition]:
        columns = subscribers.c
        yield from map(has_tag, rule.tags)
        if rule.any_tags:
            yield has_tag(*rule.any_tags)
        if rule.without_tags:
            yield ~has_tag(*rule.without_tags)
        if rule.languages:
            language = func.lower(columns.language)
            yield or_(
                *(or_(language == one.lower(), language.like(f"{one.lower()}-%")) for one in rule.languages)
            )
        if rule.campaigns:
            yield columns.campaign.in_(rule.campaigns)
        for name in ("source", "medium", "campaign", "content", "term"):
            wanted = getattr(rule.utm, name)
            if wanted:
                yield columns.utm[name].as_string().in_(wanted)
        for name, wanted in rule.fields.items():
            yield from self._field(name, wanted)
        yield from self._span(columns.created_at, rule.signed_up)
        yield from self._span(columns.confirmed_at, rule.confirmed)
        yield from self._span(columns.ended_at, rule.left)
        yield from self._span(func.coalesce(_last_activity(), columns.created_at), rule.active)

    def _field(self, name: str, rule: FieldRule) -> Iterator[Condition]:
        if rule.one_of:  # all of one kind, that of the field
            yield self._value(name, rule.one_of[0]).in_(rule.one_of)
        if rule.none_of:
            yield ~func.coalesce(self._value(name, rule.none_of[0]).in_(rule.none_of), False)
        if rule.at_least is not None:
            yield self._value(name, rule.at_least) >= rule.at_least
        if rule.at_most is not None:
            yield self._value(name, rule.at_most) <= rule.at_most
        if rule.known is not None:
            is_known = self._type(name).is_not(None)
            yield is_known if rule.known else ~is_known

    def _value(self, name: str, like: object) -> ColumnElement[Any]:
        """Give what is kept of a field where it is of the kind of `like`, and null where it is of another one.

        What a form or a list said before the field got another type is no reason to fail.
        """
        if name == "name":
            return subscribers.c.name
        value = subscribers.c.fields[name]
        if isinstance(like, bool):
            return case((self._type(name).in_(("true", "false", "boolean")), value.as_boolean()))
        if isinstance(like, int | float):
            return case((self._type(name).in_(("integer", "real", "number")), value.as_float()))
        return case((self._type(name).in_(("text", "string")), value.as_string()))

    def _type(self, name: str) -> ColumnElement[str | None]:
        if name == "name":
            return case((subscribers.c.name != "", "text"))
        if self._is_sqlite:
            return func.json_type(subscribers.c.fields, f"$.{name}")
        return func.jsonb_typeof(subscribers.c.fields[name])

    def _span(self, at: ColumnElement[Any], span: Span) -> Iterator[Condition]:
        if span.since is not None:
            yield at >= span.since.at
        if span.before is not None:
            yield at < span.before.at
        if span.within_days is not None:
            yield at >= self._now - timedelta(days=span.within_days)
        if span.not_within_days is not None:
            yield at < self._now - timedelta(days=span.not_within_days)


def _last_activity() -> ColumnElement[Any]:
    ledger = consent_ledger.c
    event, method = BY_THEMSELVES
    is_theirs = or_(ledger.event.in_(ACTIVITY), and_(ledger.event == event, ledger.method == method))
    wanted = select(func.max(ledger.at)).where(ledger.subscriber == subscribers.c.id, is_theirs)
    return wanted.scalar_subquery()
