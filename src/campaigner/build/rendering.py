"""Renders the units of campaigns into the staging folder."""

from dataclasses import dataclass, field

from campaigner.build.staging import Staging
from campaigner.build.units import ENTRY, LANDING, NEWSLETTER, POST
from campaigner.content.articles import read_campaign
from campaigner.content.cards import Reading, read_card
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, ContentError, Fault
from campaigner.model.campaign import Card, State
from campaigner.model.output import OutputFile
from campaigner.render.body.markdown import Converter
from campaigner.render.feeds import render_entry
from campaigner.render.landing import render_landing
from campaigner.render.newsletter import render_newsletter
from campaigner.render.pages import CampaignPages
from campaigner.render.post import render_post
from campaigner.render.press import campaign_pages
from campaigner.render.publication import Publication


@dataclass(frozen=True, kw_only=True)
class Task:
    """A campaign to be rendered."""

    folder: str
    kinds: tuple[str, ...]
    state: State
    previous: Card | None
    following: Card | None
    #: digests of the files that the output folder has of it
    known: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Made:
    """What became of a task."""

    folder: str
    #: by kind: the digests of its files
    outputs: dict[str, dict[str, str]] = field(default_factory=dict)
    #: by kind: what other units use
    fragments: dict[str, str] = field(default_factory=dict)
    #: the pictures it uses: digests of what was read, by path in the workspace
    pictures: dict[str, str] = field(default_factory=dict)
    #: ids of the sources it cites that may come from sources.yaml
    cites: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What a process needs to read and render campaigns."""

    workspace: Workspace
    publication: Publication
    staging: Staging


class Renderer:
    """Renders campaigns one after the other."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.converter = Converter()

    def read(self, folder: str) -> Reading:
        """Read what listings know about one campaign."""
        largest = self.bench.publication.settings.content.largest_article
        return read_card(self.bench.workspace, folder, largest=largest)

    def render(self, task: Task) -> Made:
        """Render the units of one campaign; what is wrong with it is in the result."""
        faults: list[Fault] = []
        pages = self._pages(task, faults)
        if pages is None:
            return Made(folder=task.folder, faults=tuple(faults))
        campaign = pages.campaign
        outputs: dict[str, dict[str, str]] = {}
        fragments: dict[str, str] = {}
        for kind in task.kinds:
            pages.illustrations.files.clear()
            try:
                files = self._files(kind, task, pages, fragments)
            except CampaignerError as error:
                faults += error.faults
                continue
            if not pages.illustrations.faults and not faults:
                copied = sorted(pages.illustrations.files.values(), key=lambda file: file.path)
                outputs[kind] = self.bench.staging.put([*files, *copied], task.known)
        return Made(
            folder=task.folder,
            outputs=outputs,
            fragments=fragments,
            pictures=self.bench.publication.pictures.read_digests(pages.illustrations.used),
            cites=tuple(one for one in pages.body.cited if one not in campaign.front_matter.sources),
            faults=tuple(dict.fromkeys([*faults, *pages.illustrations.faults])),
        )

    def _pages(self, task: Task, faults: list[Fault]) -> CampaignPages | None:
        """The campaign with its text, as far as they can be understood; what is wrong goes to `faults`."""
        publication = self.bench.publication
        largest = publication.settings.content.largest_article
        try:
            campaign = read_campaign(self.bench.workspace, task.folder, largest=largest)
        except ContentError as error:
            faults += error.faults
            campaign = error.rest
        if campaign is None:
            return None
        try:
            return campaign_pages(publication, campaign, state=task.state, converter=self.converter)
        except ContentError as error:
            faults += error.faults
            rest: CampaignPages | None = error.rest
            return rest

    def _files(
        self, kind: str, task: Task, pages: CampaignPages, fragments: dict[str, str]
    ) -> list[OutputFile]:
        if kind == POST:
            return render_post(pages, previous=task.previous, following=task.following)
        if kind == LANDING:
            return render_landing(pages)
        if kind == NEWSLETTER:
            return render_newsletter(pages)
        assert kind == ENTRY  # noqa: S101
        fragments[ENTRY] = str(render_entry(pages))
        return []
