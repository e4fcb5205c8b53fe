"""Which campaigns are shown, and how they stand to each other: by date, side by side, under their tags."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import NamedTuple

from campaigner.build.survey import Surveyed
from campaigner.content.cards import tag_slug
from campaigner.model.campaign import Card, State
from campaigner.render.feeds import LATEST
from campaigner.value import Value


class Shown(NamedTuple):
    """A campaign that is to be shown. A tuple, since there may be thousands."""

    folder: str
    state: State
    card: Card
    #: see Surveyed
    seal: str
    name_seal: str


class Tagged(Value):
    """A tag with what is filed under it, the newest first."""

    name: str
    shown: tuple[Shown, ...]


class Lineup:
    """The campaigns that are shown, the newest first."""

    def __init__(self, shown: Iterable[Shown]) -> None:
        ordered = sorted(shown, key=lambda one: one.card.order, reverse=True)
        self.shown = {one.folder: one for one in ordered}
        #: those that listings show
        self.listed = tuple(one for one in ordered if one.state is State.LIVE)
        self._place = {one.folder: place for place, one in enumerate(self.listed)}

    @property
    def latest(self) -> tuple[Shown, ...]:
        """Those that the feed has."""
        return self.listed[:LATEST]

    def place(self, folder: str) -> int | None:
        """The place of a campaign in listings: 0 for the newest, 1 for all others; None where it has ended.

        One that is still to come will be the newest.
        """
        if self.shown[folder].state is State.EXPIRED:
            return None
        return min(self._place.get(folder, 0), 1)

    def beside(self, one: Shown) -> tuple[Shown | None, Shown | None]:
        """The live campaigns before and after one, by date."""
        place = self._place.get(one.folder)
        if place is None:
            return None, None
        previous = self.listed[place + 1] if place + 1 < len(self.listed) else None
        return previous, self.listed[place - 1] if place else None

    @cached_property
    def tags(self) -> dict[str, Tagged]:
        """All tags by slug; a tag is called what its newest campaign calls it."""
        names: dict[str, str] = {}
        filed: dict[str, list[Shown]] = defaultdict(list)
        for one in self.listed:
            # the first name wins where an article has two for one tag
            own = {tag_slug(tag): tag for tag in reversed(one.card.tags)}
            for slug, tag in own.items():
                names.setdefault(slug, tag)
                filed[slug].append(one)
        return {slug: Tagged(name=names[slug], shown=tuple(filed[slug])) for slug in sorted(filed)}


def shown_campaigns(
    campaigns: Iterable[tuple[str, Surveyed]], *, states: Collection[State], now: str
) -> Iterable[Shown]:
    """Give the campaigns, by folder, that are in one of these states at `now`."""
    for folder, one in campaigns:
        state = one.card.state(now)
        if state in states:
            yield Shown(folder, state, one.card, one.seal, one.name_seal)
