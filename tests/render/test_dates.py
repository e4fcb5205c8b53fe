"""Dates and directions of writing."""

import pytest

from campaigner.render.dates import date_view, direction


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "November 1, 2026"),
        ("en-GB", "1 November 2026"),
        ("de", "1. November 2026"),
        ("xx", "November 1, 2026"),
        ("en-XX", "November 1, 2026"),
    ],
)
def test_a_date_is_written_as_its_readers_do(language: str, text: str) -> None:
    view = date_view("2026-11-01", language)
    assert view is not None
    assert (view.text, view.iso) == (text, "2026-11-01")


def test_a_moment_is_shown_as_the_day_it_was_written() -> None:
    view = date_view("2026-11-01T00:30:00+02:00", "en-GB")
    assert view is not None
    assert (view.text, view.iso) == ("1 November 2026", "2026-10-31T22:30:00Z")


def test_no_date_is_none() -> None:
    assert date_view("", "en") is None


def test_arabic_and_hebrew_are_written_from_the_right() -> None:
    assert [direction(language) for language in ("ar", "he", "fa-IR", "en", "de-AT", "xx")] == (
        ["rtl", "rtl", "rtl", "ltr", "ltr", "ltr"]
    )
