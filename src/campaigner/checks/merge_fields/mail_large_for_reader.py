"""The mail is small enough for every reader.

Gmail cuts a mail after 102 KB, and what is cut is the end with the link to unsubscribe. Long values can push a
mail over that line for a few readers only.

Source: https://www.spamresource.com/2022/01/what-is-gmail-clipping-and-what-to-do.html
"""

from collections.abc import Iterator, Mapping
from html import escape

from campaigner.checks.check import Example, Problem
from campaigner.checks.merge_fields.reader_value_blank import people
from campaigner.checks.subjects import Letters
from campaigner.model.finding import Severity
from campaigner.render.merge_tags import MergeField

SEVERITY = Severity.ERROR
#: bytes that Gmail shows
CLIPPED = 102 * 1024
BAD = Example(of="readers", text=f"Ada: {{last_name: {'A' * CLIPPED}}}")
GOOD = Example(of="readers", text="Ada: {first_name: Ada}")


def check(letters: Letters) -> Iterator[Problem]:
    """Yield the mail if it is too large for somebody, and not for all."""
    html = letters.letter.html
    fixed = sum(len(piece) for piece in html if isinstance(piece, str))
    fields = [piece for piece in html if isinstance(piece, MergeField)]
    if fixed + _filled(fields, {}) > CLIPPED:
        return
    sizes = [fixed + _filled(fields, one.fields) for one in letters.readers]
    largest = max(sizes, default=0)
    if largest > CLIPPED:
        yield Problem(
            message=f"the mail has up to {largest / 1024:.0f} KB, of which Gmail shows 102 KB, "
            f"for {people(sum(size > CLIPPED for size in sizes))}",
            hint="Shorten the values in the list",
            at=letters.readers[sizes.index(largest)].spot,
        )


def _filled(fields: list[MergeField], values: Mapping[str, str]) -> int:
    """Bytes of all blanks when they are filled in: as HTML, in ASCII."""
    return sum(_bytes(values.get(field.name) or field.fallback) for field in fields)


def _bytes(value: str) -> int:
    return len(escape(value).encode("ascii", "xmlcharrefreplace"))
