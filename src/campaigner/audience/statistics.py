"""How the audience grows: sign-ups, how many of them are confirmed, who came and who left, by time."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Column, ColumnElement, Connection, Text, and_, case, func, select, true, type_coerce

from campaigner.audience.consent import Event
from campaigner.audience.storage.schema import consent_ledger, erased_sign_ups, subscribers
from campaigner.value import Value


class Step(StrEnum):
    """How long a period is. A week begins on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Period(Value):
    """What happened in one period, in UTC."""

    #: its first day
    begin: date
    #: people who signed up by a form for the first time, and how many of them have confirmed by now
    sign_ups: int
    confirmed: int
    #: people who were subscribed from then on: by their confirmation, with a list or by hand
    joined: int
    #: people who unsubscribed, complained or could not be reached any more
    left: int
    #: how many were subscribed at its end
    subscribers: int

    @property
    def rate(self) -> float | None:
        """The part of its sign-ups that is confirmed; None where there are none."""
        return self.confirmed / self.sign_ups if self.sign_ups else None

    @property
    def growth(self) -> int:
        """How many more there were at its end than at its beginning."""
        return self.joined - self.left


def periods(
    connection: Connection, *, step: Step, last: int, today: date, campaign: str = ""
) -> tuple[Period, ...]:
    """Give the `last` periods up to that of `today`, the oldest first; of one campaign where it is named.

    What was erased at somebody's wish is in no figure, and who came back counts from then on. Sign-ups that nobody
    confirmed are counted though they were erased, so that rates of long ago stay true.
    """
    begins = _begins(step, last, today)
    sign_ups, confirmed = _sign_ups(connection, campaign)
    columns = subscribers.c
    mine = columns.campaign == campaign if campaign else true()
    joined = _by_day(connection, columns.confirmed_at, mine)
    left = _by_day(connection, columns.ended_at, and_(mine, columns.confirmed_at.is_not(None)))
    counts = [_rolled(days, step) for days in (sign_ups, confirmed, joined, left)]
    total = sum(n for day, n in joined.items() if day < begins[0])
    total -= sum(n for day, n in left.items() if day < begins[0])
    found = []
    for begin in begins:
        total += counts[2][begin] - counts[3][begin]
        found.append(
            Period(
                begin=begin,
                sign_ups=counts[0][begin],
                confirmed=counts[1][begin],
                joined=counts[2][begin],
                left=counts[3][begin],
                subscribers=total,
            )
        )
    return tuple(found)


def _sign_ups(connection: Connection, campaign: str) -> tuple[Counter[date], Counter[date]]:
    """Give by day how many people signed up first then, and how many of these confirmed since."""
    ledger = consent_ledger.c
    is_sign_up = ledger.event == Event.SIGNED_UP
    each = (
        select(
            func.min(case((is_sign_up, ledger.at))).label("at"),
            func.max(case((ledger.event == Event.CONFIRMED, 1), else_=0)).label("is_confirmed"),
        )
        .where(ledger.event.in_([Event.SIGNED_UP, Event.CONFIRMED]))
        .group_by(ledger.subscriber)
    )
    if campaign:
        each = each.where(ledger.campaign == campaign)
    people = each.subquery()
    day = _day(connection, people.c.at)
    wanted = (
        select(day, func.count(), func.sum(people.c.is_confirmed))
        .where(people.c.at.is_not(None))
        .group_by(day)
    )
    sign_ups, confirmed = Counter[date](), Counter[date]()
    for name, count, done in connection.execute(wanted):
        sign_ups[date.fromisoformat(name)] = count
        confirmed[date.fromisoformat(name)] = int(done)
    erased = select(erased_sign_ups.c.day, func.sum(erased_sign_ups.c.count)).group_by(erased_sign_ups.c.day)
    if campaign:
        erased = erased.where(erased_sign_ups.c.campaign == campaign)
    for name, count in connection.execute(erased):
        sign_ups[date.fromisoformat(name)] += int(count)
    return sign_ups, confirmed


def _by_day(connection: Connection, at: Column[datetime], condition: ColumnElement[bool]) -> Counter[date]:
    day = _day(connection, at)
    wanted = select(day, func.count()).where(at.is_not(None), condition).group_by(day)
    return Counter({date.fromisoformat(name): count for name, count in connection.execute(wanted)})


def _day(connection: Connection, at: ColumnElement[datetime]) -> ColumnElement[str]:
    if connection.dialect.name == "sqlite":
        return func.substr(type_coerce(at, Text), 1, 10)
    return func.to_char(func.timezone("UTC", at), "YYYY-MM-DD")


def _rolled(days: Mapping[date, int], step: Step) -> Counter[date]:
    found = Counter[date]()
    for day, count in days.items():
        found[_begin(day, step)] += count
    return found


def _begin(day: date, step: Step) -> date:
    if step is Step.MONTH:
        return day.replace(day=1)
    return day - timedelta(days=day.weekday()) if step is Step.WEEK else day


def _begins(step: Step, last: int, today: date) -> list[date]:
    found: list[date] = []
    day = today
    for _ in range(last):
        begin = _begin(day, step)
        found.append(begin)
        if begin.toordinal() == 1:
            break
        day = begin - timedelta(days=1)
    return found[::-1]


def total_of(found: Iterable[Period]) -> tuple[int, int]:
    """Give how many signed up in all periods, and how many of them have confirmed."""
    every = tuple(found)
    return sum(one.sign_ups for one in every), sum(one.confirmed for one in every)
