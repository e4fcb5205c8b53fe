"""The whole of a review: survey, judge each campaign of which that is not known, then all of them together.

What judges is loaded only when a copy of this process has begun to render what is to be judged: see Workers.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING

from campaigner.build.engine import engine_digest
from campaigner.build.judgements import Judgements
from campaigner.build.lineup import Lineup, shown_campaigns
from campaigner.build.manifest import Damaged
from campaigner.build.proving import MailsTask, ProofTask
from campaigner.build.remembered import remembered
from campaigner.build.rendering import Bench
from campaigner.build.review import Request, Review
from campaigner.build.staging import Staging
from campaigner.build.survey import Survey, next_change, survey
from campaigner.build.units import seal
from campaigner.build.workers import Workers
from campaigner.content.settings import read_settings
from campaigner.content.workspace import (
    POLICIES_FOLDER,
    READERS_FILE,
    SETTINGS_FILE,
    SOURCES_FILE,
    Workspace,
)
from campaigner.model.campaign import State
from campaigner.model.settings import Settings
from campaigner.render.press import open_publication
from campaigner.render.publication import Publication
from campaigner.resources import PACKAGE, theme_folder

if TYPE_CHECKING:
    from campaigner.build.criteria import Criteria
    from campaigner.build.mails_review import MailsReviewed
    from campaigner.build.reviewing import Reviewed


def review_whole(
    workspace: Workspace,
    request: Request,
    *,
    jobs: int,
    now: str,
    progress: Callable[[int, int], None],
) -> tuple[Review, list[tuple[str, str, str, str]], str]:
    """Give what is found, all inputs that were looked at for it (see Inputs.rows), and when a campaign begins or ends.

    Raises CampaignerError with every fault where something cannot be rendered: PartlyReviewed where it is campaigns.
    """
    with _cache(workspace) as folder:
        return _Review(workspace, request, now=now, cache=folder).run(jobs, progress)


@contextmanager
def _cache(workspace: Workspace) -> Iterator[Path]:
    """The folder of the workspace for what need not be made again, or one for now where nothing can be written."""
    with ExitStack() as stack:
        folder = workspace.state / "cache"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(TemporaryFile(dir=folder))
        except OSError:
            folder = Path(stack.enter_context(TemporaryDirectory(prefix="campaigner-")))
        yield folder


class _Review:
    def __init__(self, workspace: Workspace, request: Request, *, now: str, cache: Path) -> None:
        self.workspace = workspace
        self.request = request
        self.now = now
        self.cache = cache
        self.inputs, self.rows = remembered(workspace)

    def run(
        self, jobs: int, progress: Callable[[int, int], None]
    ) -> tuple[Review, list[tuple[str, str, str, str]], str]:
        # whatever is read later is looked at first: see Inputs
        engine = engine_digest(self.inputs)
        looks = self._looks()
        settings = read_settings(self.workspace)
        looks += self._looks_of(settings)
        publication = open_publication(
            self.workspace,
            settings,
            base_url=settings.site.url.rstrip("/") + "/",
            dialect="campaigner",
            program=engine,
            cache=self.cache,
        )
        judgements = Judgements(
            inputs=self.inputs,
            kept=publication.kept if self.request.may_be_kept else None,
            readers=str(self.request.readers),
            common=seal((engine, looks, self.request.only, self.now[:10])),
        )
        criteria = cache(partial(self._criteria, settings))
        # nothing is put there: it is where a build would
        staging = Staging(output=self.workspace.output, build="review", afresh=False)
        bench = Bench(workspace=self.workspace, publication=publication, staging=staging)
        with Workers(bench, jobs=jobs) as workers:
            found = self._survey(settings, workers)
            lineup = self._lineup(found)
            tasks = [
                ProofTask(folder=folder, state=one.state, place=lineup.place(folder))
                for folder, one in lineup.shown.items()
                if folder in found.selected
            ]
            letters = [MailsTask(language=one, now=self.now) for one in self._languages(lineup, publication)]
            reviewed, mails = _reviewed([*tasks, *letters], workers, criteria, judgements, progress)
        from campaigner.build.judging import Judging

        judging = Judging(
            workspace=self.workspace,
            publication=publication,
            request=self.request,
            criteria=criteria(),
            lineup=lineup,
            now=self.now,
        )
        looked = judging.whole(
            reviewed, mails, judgements, faults=found.faults, unread=found.unread, cache=self.cache
        )
        return looked, self.inputs.rows(), next_change(found.campaigns.values(), self.now)

    def _looks(self) -> list[tuple[str, str]]:
        """What the workspace's campaigns have in common, and all that comes with the program."""
        readers = str(self.request.readers or READERS_FILE)
        return [
            *((path, self.inputs.look(path)) for path in (SETTINGS_FILE, SOURCES_FILE, readers)),
            *(
                look
                for folder in (str(PACKAGE), str(theme_folder()), "templates", POLICIES_FOLDER)
                for look in self.inputs.tree(folder)
            ),
        ]

    def _looks_of(self, settings: Settings) -> list[tuple[str, str]]:
        """The files that the settings name."""
        brand = settings.brand
        named = (brand.logo, *brand.font_files.values(), settings.site.privacy)
        return [(path, self.inputs.look(path)) for path in named if path and "://" not in path]

    def _criteria(self, settings: Settings) -> "Criteria":
        from campaigner.build.judging import criteria_of

        return criteria_of(self.workspace, settings, self.request, today=self.now[:10])

    def _survey(self, settings: Settings, workers: Workers) -> Survey:
        look = partial(
            survey,
            self.workspace,
            self.inputs,
            slugs=self.request.slugs,
            read=workers.read,
            largest=settings.content.largest_article,
            was_whole=False,
            others_as_built=False,
        )
        try:
            return look(rows=self.rows)
        except Damaged:
            return look(rows=())

    def _languages(self, lineup: Lineup, publication: Publication) -> list[str]:
        """The languages of those who may sign up, where all campaigns are looked at."""
        if self.request.slugs:
            return []
        return sorted({publication.language(one.card.lang) for one in lineup.shown.values()})

    def _lineup(self, found: Survey) -> Lineup:
        """The campaigns that are shown, and those that were named, drafts too."""
        named = found.selected if self.request.slugs else ()
        there = (
            (folder, one)
            for folder, one in found.campaigns.items()
            if self.request.drafts or folder in named or not one.card.draft
        )
        return Lineup(shown_campaigns(there, states={*State}, now=self.now))


def _reviewed(
    tasks: "Sequence[ProofTask | MailsTask]",
    workers: Workers,
    criteria: "Callable[[], Criteria]",
    judgements: Judgements,
    progress: Callable[[int, int], None],
) -> "tuple[list[Reviewed], list[MailsReviewed]]":
    """What is said of campaigns and of the app's mails, or was said when they were the same."""
    made: dict[ProofTask | MailsTask, Reviewed | MailsReviewed] = {}
    known = {task: judgements.known(task) for task in tasks}
    unknown = [task for task in tasks if known[task] is None]
    campaigns = sum(isinstance(task, ProofTask) for task in unknown)
    for number, (task, one) in enumerate(zip(unknown, workers.review(unknown, criteria), strict=True), 1):
        judgements.note(task, one, is_kept=not one.faults)
        made[task] = one
        if number <= campaigns:
            progress(number, campaigns)
    from campaigner.build import mails_review, reviewing

    for task, kept in known.items():
        if kept is None:
            continue
        if isinstance(task, ProofTask):
            made[task] = judgements.read(kept, reviewing.Reviewed)
        else:
            made[task] = judgements.read(kept, mails_review.MailsReviewed)
    found = [made[task] for task in tasks]
    return (
        [one for one in found if isinstance(one, reviewing.Reviewed)],
        [one for one in found if isinstance(one, mails_review.MailsReviewed)],
    )
