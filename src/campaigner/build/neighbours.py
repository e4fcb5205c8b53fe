"""Campaigns as they stand where a site is published, whatever became of their sources since."""

from collections.abc import Collection, Iterable, Iterator

from campaigner.model.campaign import Card
from campaigner.value import Value


class Neighbour(Value):
    """A campaign that was published: what listings, feed and pages beside it say of it."""

    card: Card
    #: digest of the picture that listings may show; empty for none
    picture: str = ""
    #: its entry of the feed; None where it was too old for one
    entry: str | None = None


def that_stay(
    neighbours: Iterable[Neighbour],
    *,
    selected: Collection[str],
    slugs: Collection[str],
    there: Collection[str],
) -> Iterator[Neighbour]:
    """Give those that others do not replace: campaigns in the folders `selected`, with these slugs.

    One of the same slug is the same campaign where its folder is not `there` any more: it was renamed.
    """
    for one in neighbours:
        card = one.card
        if card.folder not in selected and (card.slug not in slugs or card.folder in there):
            yield one
