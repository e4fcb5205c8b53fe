"""The subject line is short enough for readers with long names too.

With a merge field in it a subject is as long as the name that takes its place; what is cut is the end, which
often is the point.

Source: https://www.activecampaign.com/glossary/subject-line-length
"""

from collections.abc import Iterator, Mapping

from campaigner.checks.check import Example, Problem
from campaigner.checks.merge_fields.reader_value_blank import people
from campaigner.checks.subjects import Letters
from campaigner.model.finding import Severity
from campaigner.render.newsletter import Pieces

SEVERITY = Severity.NOTE
BAD = Example(
    of="readers",
    text="Maximiliane: {first_name: Maximiliane-Alexandra Wilhelmina von und zu Hohenlohe-Langenburg}",
)
GOOD = Example(of="readers", text="Ada: {first_name: Ada}")


def check(letters: Letters) -> Iterator[Problem]:
    """Yield each subject line that is too long for somebody, and not for all."""
    most = letters.article.settings.check.limits.subject
    for subject in letters.letter.subjects:
        if _length(subject, {}) > most:
            continue
        lengths = [_length(subject, one.fields) for one in letters.readers]
        longest = max(lengths, default=0)
        if longest > most:
            count = sum(length > most for length in lengths)
            yield Problem(
                message=f"the subject line has up to {longest} characters, more than {most}, for {people(count)}",
                hint="Put the name at its end, or leave it out",
                at=letters.readers[lengths.index(longest)].spot,
            )


def _length(pieces: Pieces, values: Mapping[str, str]) -> int:
    return sum(
        len(piece if isinstance(piece, str) else values.get(piece.name) or piece.fallback) for piece in pieces
    )
