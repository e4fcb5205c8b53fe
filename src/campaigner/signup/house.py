"""What the app needs of the publication: its campaigns as pages, rendered one after the other."""

from collections.abc import Awaitable, Callable
from threading import Lock
from typing import Protocol, TypeVar

from anyio import to_thread

from campaigner.content.cards import read_card
from campaigner.content.workspace import Workspace, campaign_folders
from campaigner.errors import Fault
from campaigner.model.campaign import Card, State
from campaigner.model.pages import FormView
from campaigner.render.body.markdown import Converter
from campaigner.render.landing import form_view
from campaigner.render.pages import CampaignPages
from campaigner.render.press import open_campaign
from campaigner.render.publication import Publication
from campaigner.render.theme import Words
from campaigner.value import Value

Result = TypeVar("Result")


class House(Protocol):
    """Where the pages come from. All but `run` is to be used inside of it."""

    @property
    def publication(self) -> Publication:
        """The publication as it is now."""

    def pages(self, slug: str) -> CampaignPages | None:
        """A campaign that readers see; None where there is none of that slug."""

    async def form(self, slug: str) -> "SignUpForm | None":
        """The form of such a campaign; not to be used inside of `run`."""

    def run(self, work: Callable[[], Result]) -> Awaitable[Result]:
        """Do what reads or renders, one piece at a time."""


class SignUpForm(Value):
    """The form of a campaign's sign-up page, and what it is judged with."""

    pages: CampaignPages
    view: FormView
    words: Words


def sign_up_form(pages: CampaignPages) -> SignUpForm:
    """Give the form of a campaign."""
    return SignUpForm(pages=pages, view=form_view(pages), words=pages.words)


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
        self._forms: dict[tuple[str, State], SignUpForm | None] = {}
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
        state = self._state(slug)
        if state is None:
            return None
        if (slug, state) not in self._pages:
            folder = self._cards[slug].folder
            self._pages[slug, state], _ = open_campaign(
                self._publication, self._workspace, folder, state=state, converter=self._converter
            )
        return self._pages[slug, state]

    async def form(self, slug: str) -> SignUpForm | None:
        """The form of such a campaign, made once: no sign-up waits for a mail that is composed."""
        state = self._state(slug)
        if state is None:
            return None
        if (slug, state) not in self._forms:

            def made() -> SignUpForm | None:
                pages = self.pages(slug)
                return None if pages is None else sign_up_form(pages)

            self._forms[slug, state] = await self.run(made)
        return self._forms[slug, state]

    def _state(self, slug: str) -> State | None:
        """The state of a campaign that readers see."""
        card = self._cards.get(slug)
        state = card.state(self._now()) if card else None
        return state if state in (State.LIVE, State.EXPIRED) else None

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
