"""The whole of a review: survey, judge each campaign of which that is not known, then all of them together."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from campaigner.build.engine import engine_digest
from campaigner.build.judgements import Judgements
from campaigner.build.lineup import Lineup, shown_campaigns
from campaigner.build.manifest import Damaged
from campaigner.build.remembered import remembered
from campaigner.build.rendering import Bench
from campaigner.build.review import PartlyReviewed, Request, Review
from campaigner.build.reviewing import Reviewed, ReviewTask
from campaigner.build.site import site_places
from campaigner.build.site_review import SiteReviewed, site_reviewed
from campaigner.build.staging import Staging
from campaigner.build.survey import Survey, next_change, survey
from campaigner.build.units import seal
from campaigner.build.workers import Workers
from campaigner.checks import CHECKS, NAMES
from campaigner.checks.findings import judged
from campaigner.checks.online import Answer, answers
from campaigner.checks.packs import FOLDER as POLICIES_FOLDER
from campaigner.checks.packs import read_policies
from campaigner.checks.places import Places
from campaigner.checks.severities import severities_of
from campaigner.checks.waiving import shared_waivers, waived
from campaigner.checks.whole_site import Facts, Site
from campaigner.content.settings import read_settings
from campaigner.content.workspace import READERS_FILE, SETTINGS_FILE, SOURCES_FILE, Workspace
from campaigner.errors import CampaignerError
from campaigner.model.campaign import State
from campaigner.model.finding import Finding, Severity
from campaigner.model.settings import Settings
from campaigner.render import addresses
from campaigner.render.press import open_publication
from campaigner.render.publication import Publication
from campaigner.resources import PACKAGE, theme_folder
from campaigner.value import replace


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
    with _cache(workspace) as cache:
        return _Review(workspace, request, now=now, cache=cache).run(jobs, progress)


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
        checks = severities_of(self.workspace, settings, self.request.only)
        policies = read_policies(self.workspace, settings.check.policies)
        publication = open_publication(
            self.workspace,
            settings,
            base_url=settings.site.url.rstrip("/") + "/",
            dialect="campaigner",
            program=engine,
            cache=self.cache,
        )
        # nothing is put there: it is where a build would
        staging = Staging(output=self.workspace.output, build="review", afresh=False)
        bench = Bench(workspace=self.workspace, publication=publication, staging=staging)
        with Workers(bench, jobs=jobs) as workers:
            found = self._survey(settings, workers)
            lineup = self._lineup(found)
            shown = [one for folder, one in lineup.shown.items() if folder in found.selected]
            judgements = Judgements(
                inputs=self.inputs,
                kept=publication.kept if self.request.may_be_kept else None,
                readers=str(self.request.readers),
                common=seal((engine, looks, checks, self.now[:10])),
            )
            places = {one.folder: lineup.place(one.folder) for one in shown}
            known = {one.folder: judgements.known(one, places[one.folder]) for one in shown}
            tasks = [
                ReviewTask(
                    folder=one.folder,
                    state=one.state,
                    today=self.now[:10],
                    readers=self.request.readers,
                    checks=checks,
                    policies=policies,
                    place=places[one.folder],
                )
                for one in shown
                if known[one.folder] is None
            ]
            for number, made in enumerate(workers.review(tasks), start=1):
                judgements.note(made)
                known[made.folder] = made
                progress(number, len(tasks))
        reviewed = [made for made in known.values() if made and not made.faults]
        faults = [*found.faults, *(fault for made in known.values() if made for fault in made.faults)]
        around = SiteReviewed(findings=(), facts=())
        try:
            around = self._around(publication, lineup, checks, judgements)
        except CampaignerError as error:
            faults += error.faults
        # the whole of a site that has gaps cannot be judged: a link into one of them is none that is broken
        together = () if faults else self._together(settings, lineup, reviewed, around, checks, found.unread)
        findings = [
            *(finding for made in reviewed for finding in made.findings),
            *_told_nowhere_else(around.findings, reviewed),
            *together,
        ]
        looked = Review(
            campaigns=len(reviewed),
            findings=self._unwaived(
                settings, findings, reviewed, checks, is_whole=not faults and not found.unread
            ),
        )
        if faults:
            raise PartlyReviewed(faults, rest=looked)
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

    def _lineup(self, found: Survey) -> Lineup:
        """The campaigns that are shown, and those that were named, drafts too."""
        named = found.selected if self.request.slugs else ()
        there = (
            (folder, one)
            for folder, one in found.campaigns.items()
            if self.request.drafts or folder in named or not one.card.draft
        )
        return Lineup(shown_campaigns(there, states={*State}, now=self.now))

    def _around(
        self,
        publication: Publication,
        lineup: Lineup,
        severities: Mapping[str, Severity],
        judgements: Judgements,
    ) -> SiteReviewed:
        """The pages that belong to no campaign, where all are looked at."""
        if self.request.slugs:
            return SiteReviewed(findings=(), facts=())
        checks = {check.name: check for check in CHECKS if check.name in severities}
        return site_reviewed(
            publication, self.workspace, lineup, checks, severities, judgements, today=self.now[:10]
        )

    def _together(
        self,
        settings: Settings,
        lineup: Lineup,
        reviewed: Sequence[Reviewed],
        around: SiteReviewed,
        severities: Mapping[str, Severity],
        unread: Iterable[str],
    ) -> Iterator[Finding]:
        """What is found in all campaigns together; of one that cannot be read its folder is all that is known."""
        pages = (*(facts for made in reviewed for facts in made.facts), *around.facts)
        site = Site(
            settings=settings,
            pages=pages,
            places=site_places(settings, lineup, unread),
            answers=self._answers(pages) if self.request.is_online else {},
            listed=None
            if self.request.slugs
            else frozenset(addresses.post(one.card.slug) for one in lineup.listed),
        )
        checks = [check for check in CHECKS if check.name in severities]
        return judged([site], checks, Places(self.workspace), severities)

    def _unwaived(
        self,
        settings: Settings,
        findings: Iterable[Finding],
        reviewed: Sequence[Reviewed],
        severities: Mapping[str, Severity],
        *,
        is_whole: bool,
    ) -> tuple[Finding, ...]:
        """What waivers do not allow, and what is wrong with these, in reading order.

        Unless `is_whole` nobody looked at all of the site.
        """
        left, waivers = waived(
            findings,
            [
                *shared_waivers(self.workspace, settings, today=self.now[:10], known=NAMES),
                *(waiver for made in reviewed for waiver in made.waivers),
            ],
            ran={check.name for check in CHECKS if is_whole or check.subject is not Site} & severities.keys(),
            campaigns={made.slug for made in reviewed} if self.request.slugs or not is_whole else None,
        )
        checks = [check for check in CHECKS if check.name in severities]
        left += judged(waivers, checks, Places(self.workspace), severities)
        return tuple(sorted(_each_once(left), key=lambda one: (one.campaign, one)))

    def _answers(self, pages: Iterable[Facts]) -> dict[str, Answer]:
        """What is answered at the web addresses that pages link to."""
        links = (link for page in pages for link in page.external)
        return answers(links, cache=self.cache / "links.json", now=datetime.fromisoformat(self.now))


def _told_nowhere_else(around: Iterable[Finding], reviewed: Iterable[Reviewed]) -> Iterator[Finding]:
    """What no campaign is told of already: all pages have one head and foot, and listings show what articles say."""
    told = {(one.check, one.message) for made in reviewed for one in made.findings}
    for one in around:
        if (one.check, one.message) not in told:
            told.add((one.check, one.message))
            yield one


def _each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What several campaigns have from one place, such as campaigner.toml, is told once, of the site."""
    alike: dict[Finding, list[Finding]] = {}
    for one in findings:
        alike.setdefault(replace(one, campaign=""), []).append(one)
    for of_the_site, found in alike.items():
        yield found[0] if len(found) == 1 else of_the_site
