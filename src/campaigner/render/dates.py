"""Dates and directions of writing, in the reader's language (Unicode CLDR, by Babel)."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from campaigner.model.moment import as_moment
from campaigner.model.pages import DateView


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """The locale of a language tag; English where there is none of it."""
    for tag in (language, language.partition("-")[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en")


@lru_cache(maxsize=4096)
def date_view(written: str, language: str) -> DateView | None:
    """A date as people and machines read it; None where nothing was written."""
    if not written:
        return None
    moment = as_moment(written)
    return DateView(text=format_date(moment.day, format="long", locale=locale(language)), iso=str(moment))


def direction(language: str) -> str:
    """`rtl` for languages that are written from the right, else `ltr`."""
    return str(locale(language).text_direction)
