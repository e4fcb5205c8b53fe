"""The workspace as it is now: its campaigns, how they stand to each other, and what is wrong with them."""

from collections.abc import Callable, Collection, Iterable
from hashlib import blake2b

from campaigner.build.engine import engine_digest
from campaigner.build.lineup import Lineup, shown_campaigns
from campaigner.build.manifest import CampaignRow, Damaged
from campaigner.build.remembered import remembered
from campaigner.build.survey import Survey, Surveyed, next_change, survey, surveyed
from campaigner.content.cards import Reading, read_card, shared_faults
from campaigner.content.readers import LONG_NAMES, NOBODY, SampleReader, read_readers
from campaigner.content.settings import read_settings
from campaigner.content.workspace import ARTICLE_FILE, READERS_FILE, Workspace, campaign_folders, may_be_there
from campaigner.errors import CampaignerError, ContentError, Fault, WorkspaceError
from campaigner.model.campaign import Position, State
from campaigner.model.settings import Content, Settings
from campaigner.preview.condition import condition_of
from campaigner.render.merge_fields import KNOWN
from campaigner.render.press import open_publication
from campaigner.render.publication import Publication
from campaigner.value import Value, replace

CAMPAIGNS = "campaigns"


class Changes(Value):
    """What a look at the workspace found to be different."""

    #: settings, templates, sources or anything else that all pages may show
    everything: bool = False
    #: campaigns whose article or pictures changed, by folder
    folders: frozenset[str] = frozenset()
    #: whether listings and neighbours show something else
    lineup: bool = False

    def __bool__(self) -> bool:
        return self.everything or self.lineup or bool(self.folders)


class Desk:
    """A workspace in memory. Not for several threads at once."""

    def __init__(
        self,
        workspace: Workspace,
        *,
        drafts: bool = False,
        slugs: Collection[str] = (),
        now: Callable[[], str],
    ) -> None:
        """Read a workspace; `slugs` are shown even as drafts; `now` gives the time, UTC in RFC 3339.

        Raises CampaignerError where there is nothing that could be shown.
        """
        self.workspace = workspace
        #: its files just before they were read
        self.before = condition_of(workspace.root)
        self.drafts = drafts
        self.slugs = frozenset(slugs)
        self._now = now
        self.publication: Publication
        #: whether nothing was wrong with what the publication was opened from
        self.is_whole = False
        self.readers: tuple[SampleReader, ...] = ()
        #: of settings, sources and templates
        self.site_faults: tuple[Fault, ...] = ()
        self.reader_faults: tuple[Fault, ...] = ()
        #: of front matter, by folder
        self.card_faults: dict[str, tuple[Fault, ...]] = {}
        #: what those may be called of which nobody can read it, by folder
        self._names: dict[str, frozenset[str]] = {}
        self.campaigns: dict[str, Surveyed] = {}
        self.shared_faults: tuple[Fault, ...] = ()
        self._inputs, self._rows = remembered(self.workspace)
        self._program = engine_digest(self._inputs)
        self._open()
        if not hasattr(self, "publication"):
            raise CampaignerError(self.site_faults)
        self._survey()
        self._line_up()

    # ---- what is on it -------------------------------------------------------------------------------

    @property
    def folders(self) -> dict[str, str]:
        """The folders of the campaigns that are shown, by slug."""
        return self._by_slug

    @property
    def unread(self) -> frozenset[str]:
        """What campaigns may be called of which nobody can read it."""
        return frozenset(name for folder in self.card_faults for name in self._names.get(folder, ()))

    @property
    def today(self) -> str:
        """The day it is: "2026-11-26"."""
        return self._now()[:10]

    @property
    def hidden_drafts(self) -> int:
        """How many drafts are not shown."""
        return sum(1 for one in self.campaigns.values() if one.card.draft) - sum(
            1 for one in self.lineup.shown.values() if one.state is State.DRAFT
        )

    def faults_of(self, folder: str) -> tuple[Fault, ...]:
        """What is wrong with the front matter of a campaign, and with what all share."""
        return (*self.site_faults, *self.own_faults_of(folder), *self.reader_faults)

    def own_faults_of(self, folder: str) -> tuple[Fault, ...]:
        """What is wrong with the front matter of a campaign, by itself and beside the others."""
        own = self.campaigns[folder].card.path if folder in self.campaigns else ""
        shared = tuple(fault for fault in self.shared_faults if fault.path == own)
        return (*self.card_faults.get(folder, ()), *shared)

    @property
    def lost(self) -> tuple[Fault, ...]:
        """Faults of campaigns of which nothing can be understood, so that no page could tell them."""
        return tuple(
            fault
            for folder, faults in self.card_faults.items()
            if folder not in self.campaigns
            for fault in faults
        )

    # ---- what changes --------------------------------------------------------------------------------

    def look(self, paths: Iterable[str]) -> Changes:
        """Look again at files and folders of the workspace, given by their paths in it."""
        paths = set(paths)
        if READERS_FILE in paths:
            self._read_readers()
        inside = {path for path in paths if path == CAMPAIGNS or path.startswith(f"{CAMPAIGNS}/")}
        everything = bool(paths - inside - {READERS_FILE})
        if everything:
            self._open()
        folders = {path.split("/")[1] for path in inside if "/" in path}
        if CAMPAIGNS in inside:
            folders |= {*self.campaigns, *self._folders_there()}
        changed = {folder for folder in folders if self._read(folder)}
        if folders:
            self.publication.pictures.forget()
        if changed:
            self._line_up()
        return Changes(
            everything=everything or READERS_FILE in paths, folders=frozenset(folders), lineup=bool(changed)
        )

    def time_passed(self) -> bool:
        """Whether a campaign has begun or ended since the last look; the lineup is right afterwards."""
        if self._now() < self._next_change:
            return False
        self._line_up()
        return True

    def _open(self) -> None:
        """Open the publication; where it cannot be, the last one stays."""
        faults: list[Fault] = []
        settings: Settings | None
        unread: frozenset[str] = frozenset()
        try:
            settings = read_settings(self.workspace)
        except CampaignerError as error:
            faults += error.faults
            settings, unread = getattr(error, "rest", None), getattr(error, "without", unread)
        if settings:
            try:
                self.publication = open_publication(
                    self.workspace,
                    settings,
                    base_url=settings.site.url.rstrip("/") + "/",
                    dialect="campaigner",
                    program=self._program,
                    unread=unread,
                )
                self.is_whole = not faults
            except CampaignerError as error:
                faults += error.faults
                rest = getattr(error, "rest", None)
                if rest is not None:
                    self.publication, self.is_whole = rest, False
        self.site_faults = tuple(faults)
        if hasattr(self, "publication"):
            self._read_readers()

    def _read_readers(self) -> None:
        known = (*KNOWN, *self.publication.settings.reader.fields)
        self.reader_faults = ()
        own: tuple[SampleReader, ...]
        try:
            own = read_readers(self.workspace, known=known)
        except ContentError as error:
            self.reader_faults = error.faults
            own = error.rest or ()
        self.readers = (*own, NOBODY, LONG_NAMES)

    def _survey(self) -> None:
        """Know all campaigns: those that did not change since the last build from what it kept."""
        try:
            found = self._surveyed(self._rows)
        except Damaged:
            found = self._surveyed(())
        self.campaigns = found.campaigns

    def _surveyed(self, rows: Iterable[CampaignRow]) -> Survey:
        return survey(
            self.workspace,
            self._inputs,
            rows,
            slugs=(),
            read=lambda folders: [self._reading(folder) for folder in folders],
            largest=self._largest,
            was_whole=True,
        )

    @property
    def _largest(self) -> int:
        return (
            self.publication.settings.content.largest_article
            if hasattr(self, "publication")
            else (Content().largest_article)
        )

    def _reading(self, folder: str) -> Reading:
        reading = read_card(self.workspace, folder, largest=self._largest)
        if reading.faults:
            self.card_faults[folder] = reading.faults
            self._names[folder] = reading.names
        return replace(reading, card=None) if reading.is_text_only else reading

    def _read(self, folder: str) -> bool:
        """Read a campaign again; give whether anything that others show of it is different."""
        before = self.campaigns.get(folder)
        had_faults = self.card_faults.pop(folder, ())
        if not may_be_there(self.workspace.campaigns / folder / ARTICLE_FILE):
            self.campaigns.pop(folder, None)
            return before is not None or bool(had_faults)
        reading = self._reading(folder)
        if reading.card is None:
            return bool(reading.faults) != bool(had_faults)
        if before and reading.faults:
            return False  # the last card that was right stands until the article is mended
        after = surveyed(reading.card)
        if before and before.seal == after.seal:
            return False
        self.campaigns[folder] = after
        return True

    def _folders_there(self) -> Iterable[str]:
        try:
            return campaign_folders(self.workspace)
        except WorkspaceError:
            return ()

    def _line_up(self) -> None:
        now = self._now()
        states = {State.LIVE, State.SCHEDULED, State.EXPIRED, State.DRAFT}
        there = (
            (folder, one)
            for folder, one in self.campaigns.items()
            if self.drafts or not one.card.draft or one.card.slug in self.slugs
        )
        self.lineup = Lineup(shown_campaigns(there, states=states, now=now))
        self._by_slug = {one.card.slug: folder for folder, one in self.lineup.shown.items()}
        self.aliases = {
            alias: folder for folder, one in self.lineup.shown.items() for alias in one.card.aliases
        }
        self._next_change = next_change(self.campaigns.values(), now)
        self.shared_faults = tuple(
            shared_faults(
                (one.card for one in self.campaigns.values()), lambda card, key: Position(line=1, column=1)
            )
        )


def digest(content: bytes) -> str:
    """A short hash, for a browser to know whether it has this already."""
    return blake2b(content, digest_size=12).hexdigest()
