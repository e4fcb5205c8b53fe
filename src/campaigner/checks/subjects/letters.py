"""A newsletter and all who are to get it."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain

from campaigner.checks.article import Article
from campaigner.checks.spots import Spot
from campaigner.model.finding import Output
from campaigner.render.merge_tags import MergeField
from campaigner.render.reader_mail import Letter
from campaigner.value import Value


class Reader(Value):
    """Somebody who is to get the newsletter."""

    #: values of merge fields by name
    fields: Mapping[str, str]
    spot: Spot


class Letters(Value):
    """The newsletter with its merge fields, and all who are to get it."""

    article: Article
    letter: Letter
    readers: Sequence[Reader]

    output = Output.NEWSLETTER

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """Names of the merge fields that it has."""
        pieces = chain(self.letter.html, *self.letter.subjects)
        return tuple(sorted({piece.name for piece in pieces if isinstance(piece, MergeField)}))
