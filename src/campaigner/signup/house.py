"""What the app needs of the publication: its campaigns as pages, rendered one after the other."""

from collections.abc import Awaitable, Callable
from threading import Lock
from typing import Protocol, TypeVar

from anyio import to_thread

from campaigner.content.cards import read_card
from campaigner.content.workspace import Workspace, campaign_folders
from campaigner.errors import Fault
from campaigner.model.campaign import Card, State
from campaigner.render.body.markdown import Converter
from campaigner.render.pages import CampaignPages
from campaigner.render.press import open_campaign
from campaigner.render.publication import Publication

Result = TypeVar("Result")


class House(Protocol):
    """Where the pages come from. All but `run` is to be used inside of it."""

    @property
    def publication(self) -> Publication:
        """The publication as it is now."""

    def pages(self, slug: str) -> CampaignPages | None:
        """A campaign that readers see; None where there is none of that slug."""

    def run(self, work: Callable[[], Result]) -> Awaitable[Result]:
        """Do what reads or renders, one piece at a time."""


class PublishedHouse:
    """The campaigns of a workspace as they were when the app began, for `campaigner serve`."""

    def __init__(self, workspace: Workspace, publication: Publication, *, now: Callable[[], str]) -> None:
        """Read all cards; `now` gives the time, UTC in RFC 3339. What is wrong with one is in `faults`."""
        self._workspace = workspace
        self._publication = publication
        self._now = now
        self._converter = Converter()
        self._lock = Lock()
        self._cards: dict[str, Card] = {}
        self._pages: dict[tuple[str, State], CampaignPages | None] = {}
        #: of campaigns that no sign-up is taken for, since they cannot be read
        self.faults: list[Fault] = []
        for folder in campaign_folders(workspace):
            reading = read_card(workspace, folder, largest=publication.settings.content.largest_article)
            self.faults += reading.faults
            if reading.card:
                self._cards[reading.card.slug] = reading.card

    @property
    def publication(self) -> Publication:
        """The publication."""
        return self._publication

    def pages(self, slug: str) -> CampaignPages | None:
        """A campaign that is live or has ended, read once in each of its states."""
        card = self._cards.get(slug)
        if card is None:
            return None
        state = card.state(self._now())
        if state not in (State.LIVE, State.EXPIRED):
            return None
        if (slug, state) not in self._pages:
            self._pages[slug, state], _ = open_campaign(
                self._publication, self._workspace, card.folder, state=state, converter=self._converter
            )
        return self._pages[slug, state]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Slugs of all campaigns, whether readers see them or not."""
        return tuple(self._cards)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do it in a thread; Markdown's converter and the inliner know only one."""

        def alone() -> Result:
            with self._lock:
                return work()

        return await to_thread.run_sync(alone)
