"""A point in time as a marketer writes it: a day, or an instant with its zone."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from campaigner.model.schema import Before
from campaigner.model.text import Unfit, shortened
from campaigner.value import Value

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
CLOCK = r"(\d{4}-\d{2}-\d{2})[Tt ]+(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
INSTANT = re.compile(rf"{CLOCK} *([Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)", re.ASCII)
WITHOUT_ZONE = re.compile(CLOCK, re.ASCII)
HOW = "Write 2026-11-01 or 2026-11-01T09:00:00+01:00"


class Moment(Value, order=True):
    """What `2026-11-01` or `2026-11-01T09:00:00+01:00` means."""

    #: in UTC; midnight where only a day was written
    at: datetime
    #: the day as it was written, in its own zone
    day: date
    #: whether a time of day was written
    has_time: bool = False

    def __str__(self) -> str:
        """The moment for machines: a day, or an instant (RFC 3339)."""
        return self.rfc3339 if self.has_time else self.day.isoformat()

    @property
    def rfc3339(self) -> str:
        """The instant as Atom wants it (RFC 4287 section 3.3)."""
        return self.at.isoformat(timespec="seconds").replace("+00:00", "Z")


def as_moment(value: Any) -> Moment:
    """Read a moment; a day is its midnight in UTC, so that it means the same on every machine.

    Raises ValueError where it is no date, or a time without a zone.
    """
    if isinstance(value, Moment):
        return value
    if isinstance(value, datetime) and value.tzinfo is not None:
        return Moment(at=value.astimezone(UTC), day=value.date(), has_time=True)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Moment(at=datetime(value.year, value.month, value.day, tzinfo=UTC), day=value)
    if not isinstance(value, str):
        raise Unfit("this must be a date", HOW)
    text = value.strip()
    try:
        if DAY.fullmatch(text):
            return as_moment(date.fromisoformat(text))
        if INSTANT.fullmatch(text):
            return as_moment(datetime.fromisoformat(INSTANT.sub(r"\1T\2\3", text).upper()))
    except (ValueError, OverflowError) as error:
        raise Unfit(f'"{shortened(text)}" is no date: {error}', HOW) from None
    if WITHOUT_ZONE.fullmatch(text):
        raise Unfit(
            f'"{shortened(text)}" has no time zone', "Write Z for UTC or an offset such as +01:00 behind it"
        )
    raise Unfit(f'"{shortened(text)}" is no date', HOW)


DateOrTime = Annotated[Moment, Before(as_moment)]
