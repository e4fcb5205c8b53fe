"""Dates and times as marketers write them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.model.moment import as_moment
from campaigner.model.text import Unfit


def test_a_day_is_its_midnight_in_utc_on_every_machine() -> None:
    moment = as_moment("2026-11-01")
    assert moment.at == datetime(2026, 11, 1, tzinfo=UTC)
    assert (str(moment), moment.rfc3339, moment.has_time) == ("2026-11-01", "2026-11-01T00:00:00Z", False)


@pytest.mark.parametrize(
    "written",
    [
        "2026-11-01T09:00:00+01:00",
        "2026-11-01 09:00:00+01:00",
        "2026-11-01 09:00 +01:00",
        "2026-11-01  09:00:00.000  +01:00",
        "2026-11-01t08:00z",
        " 2026-11-01T08:00:00Z ",
    ],
)
def test_an_instant_has_a_zone_and_is_kept_in_utc(written: str) -> None:
    moment = as_moment(written)
    assert moment.rfc3339 == "2026-11-01T08:00:00Z"
    assert moment.has_time


def test_the_day_of_an_instant_is_that_of_its_own_zone() -> None:
    assert as_moment("2026-11-01T00:30:00+02:00").day == date(2026, 11, 1)


@pytest.mark.parametrize("written", ["2026-11-01 09:00", "2026-11-01T09:00:00"])
def test_a_time_without_a_zone_is_refused(written: str) -> None:
    with pytest.raises(Unfit, match="no time zone") as raised:
        as_moment(written)
    assert "+01:00" in raised.value.hint


@pytest.mark.parametrize(
    "written",
    [
        "2024-13-45",
        "2026-02-29",
        "soon",
        "",
        "1.11.2026",
        "2026-1-1",
        "20261101",
        "2026-11-01T25:00Z",
        "0000-01-01",
        "2026-11-01T09:00:61Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "２０２６-11-01",
        "2026-W01-1",
    ],
)
def test_what_is_no_date_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(Unfit, match="is no date") as raised:
        as_moment(written)
    assert "2026-11-01" in raised.value.hint


@pytest.mark.parametrize("zone", ["+99:99", "+24:00", "-01:60"])
def test_a_zone_that_is_none_is_told_in_our_words(zone: str) -> None:
    with pytest.raises(Unfit) as raised:
        as_moment(f"2026-11-01T09:00{zone}")
    assert raised.value.args[0] == f'"2026-11-01T09:00{zone}" is no date'


@pytest.mark.parametrize("written", [None, ("2026-11-01",), {"a": "b"}, 20261101, True])
def test_a_date_is_one_text(written: object) -> None:
    with pytest.raises(Unfit, match="must be a date"):
        as_moment(written)


def test_years_before_1000_have_four_digits_everywhere() -> None:
    assert as_moment("0033-04-03").rfc3339 == "0033-04-03T00:00:00Z"


ZONES = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(
    st.datetimes(
        min_value=datetime(2, 1, 1),  # noqa: DTZ001  the zone comes beside
        max_value=datetime(9998, 1, 1),  # noqa: DTZ001
        timezones=ZONES,
    )
)
def test_any_instant_is_read_as_it_was_written(instant: datetime) -> None:
    moment = as_moment(instant.isoformat())
    assert moment.at == instant
    assert as_moment(moment.rfc3339).at == instant.replace(microsecond=0)


@given(st.text())
def test_any_text_is_a_date_or_refused(written: str) -> None:
    try:
        moment = as_moment(written)
    except Unfit:
        return
    assert moment.at.tzinfo is UTC
