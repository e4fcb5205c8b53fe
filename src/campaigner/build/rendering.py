"""Renders the units of campaigns into the staging folder."""

from campaigner.build.kinds import ENTRY, LANDING, NEWSLETTER, POST
from campaigner.build.staging import Staging
from campaigner.content.cards import Reading, read_card
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import Card, State
from campaigner.model.output import OutputFile
from campaigner.render.body.markdown import Converter
from campaigner.render.feeds import render_entry
from campaigner.render.landing import render_landing
from campaigner.render.newsletter import render_newsletter
from campaigner.render.pages import CampaignPages
from campaigner.render.post import render_post
from campaigner.render.press import open_campaign
from campaigner.render.publication import Publication
from campaigner.value import Value, field


class Task(Value):
    """A campaign to be rendered."""

    folder: str
    kinds: tuple[str, ...]
    state: State
    previous: Card | None
    following: Card | None
    #: digests of the files that the output folder has of it
    known: dict[str, str]


class Made(Value):
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


class Bench(Value):
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
        bench = self.bench
        pages, found = open_campaign(
            bench.publication, bench.workspace, task.folder, state=task.state, converter=self.converter
        )
        if pages is None:
            return Made(folder=task.folder, faults=found)
        faults = [*found]
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
                outputs[kind] = bench.staging.put([*files, *copied], task.known)
        return Made(
            folder=task.folder,
            outputs=outputs,
            fragments=fragments,
            pictures=bench.publication.pictures.read_digests(pages.illustrations.used),
            cites=tuple(one for one in pages.body.cited if one not in campaign.front_matter.sources),
            faults=tuple(dict.fromkeys([*faults, *pages.illustrations.faults])),
        )

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
