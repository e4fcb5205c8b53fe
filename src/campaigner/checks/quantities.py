"""Amounts of money and days, as texts name them, English and German."""

import re
from collections.abc import Iterator
from datetime import date

SIGN = r"[£$€¥]|\b(?:GBP|EUR|USD|CHF|CAD|AUD)\b"
NUMBER = r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
AMOUNT = re.compile(rf"({SIGN})\s?({NUMBER})|(?<![\d.,])({NUMBER})\s?({SIGN}|\bEuro\b)", re.IGNORECASE)
CENTS = re.compile(r"[.,](\d{1,2})$")
CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD", "¥": "JPY", "EURO": "EUR"}
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *(
                "january januar jan",
                "february februar feb",
                "march märz mar",
                "april apr",
                "may mai",
                "june juni jun",
            ),
            *("july juli jul", "august aug", "september sep sept", "october oktober oct okt", "november nov"),
            "december dezember dec dez",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY = (
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s(?:of\s)?(?P<month>{MONTH})\b\.?(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{MONTH})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d\d-\d\d)|(?P<day3>\d{1,2})\.(?P<month3>\d{1,2})\.(?P<year3>\d{4})"
)


def amounts(text: str) -> Iterator[tuple[tuple[str, float], int, int]]:
    """Currency and amount of each price in a text, and where it begins and ends."""
    for found in AMOUNT.finditer(text):
        sign = (found[1] or found[4]).upper()
        number = re.sub(r"[' ]", "", found[2] or found[3])
        cents = CENTS.search(number)
        whole = number[: cents.start()] if cents else number
        amount = float(f"{re.sub('[.,]', '', whole)}.{cents[1] if cents else 0}")
        yield (CURRENCIES.get(sign, sign), amount), found.start(), found.end()


def day_of(found: re.Match[str], year: int) -> date | None:
    """The day that a pattern with DAY in it found; without a year it is in `year`."""
    parts = found.groupdict()
    try:
        if parts["iso"]:
            return date.fromisoformat(parts["iso"])
        if parts["day3"]:
            return date(int(parts["year3"]), int(parts["month3"]), int(parts["day3"]))
        month = MONTHS[(parts["month"] or parts["month2"]).lower()]
        return date(int(parts["year"] or parts["year2"] or year), month, int(parts["day"] or parts["day2"]))
    except ValueError:
        return None
