"""The whole of a build: survey, plan, render into the staging folder, move, remember."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from functools import partial
from urllib.parse import urlsplit

from campaigner.build import units as unit
from campaigner.build.engine import engine_digest
from campaigner.build.explaining import FLAGS, STATES, changes, kept
from campaigner.build.inputs import Inputs, Known
from campaigner.build.looking import Look
from campaigner.build.manifest import CampaignRow, Facts, Manifest
from campaigner.build.neighbours import Neighbour
from campaigner.build.options import Options
from campaigner.build.plan import Plan, lineup_of
from campaigner.build.rendering import Bench
from campaigner.build.report import Report
from campaigner.build.site import site_units
from campaigner.build.staging import Staging
from campaigner.build.standing import Standing
from campaigner.build.survey import Survey, next_change, survey
from campaigner.build.sweeping import sweep
from campaigner.build.transfer import Transfer, in_the_way
from campaigner.build.units import seal
from campaigner.build.workers import Workers
from campaigner.content.cards import Reading, read_card
from campaigner.content.settings import read_settings, unread_settings
from campaigner.content.workspace import SETTINGS_FILE, SOURCES_FILE, Workspace
from campaigner.errors import CampaignerError, ContentError, Fault, WorkspaceError
from campaigner.model.settings import Settings
from campaigner.render.press import open_publication
from campaigner.render.publication import Publication
from campaigner.render.theme import Theme
from campaigner.resources import theme_folder
from campaigner.value import asdict


def build_whole(
    workspace: Workspace,
    options: Options,
    manifest: Manifest,
    *,
    now: str,
    looked_at: int,
    look: Callable[[], Look],
    progress: Callable[[int, int], None],
    neighbours: Sequence[Neighbour] | None = None,
) -> Report:
    """Look at everything, render what is stale, and move it in only when all of it rendered.

    `now` is UTC in RFC 3339; `looked_at` is when this began, in nanoseconds; `look` looks since then; `neighbours`
    as for a survey. Raises CampaignerError with every fault of every campaign, and OSError or
    sqlite3.DatabaseError where something cannot be written; the output folder is as it was then.
    """
    return _Build(
        workspace, options, manifest, now=now, looked_at=looked_at, look=look, neighbours=neighbours
    ).run(progress)


class _Build:
    def __init__(
        self,
        workspace: Workspace,
        options: Options,
        manifest: Manifest,
        *,
        now: str,
        looked_at: int,
        look: Callable[[], Look],
        neighbours: Sequence[Neighbour] | None,
    ) -> None:
        self.workspace = workspace
        self.neighbours = neighbours
        self.options = options
        self.manifest = manifest
        self.now = now
        self.looked_at = looked_at
        self.facts = manifest.facts()
        looked = look()
        self.campaigns_before = looked.campaigns
        self.inputs = Inputs(
            root=workspace.root,
            known={
                path: Known(signature, digest, folder)
                for path, signature, digest, folder in manifest.inputs()
            },
            looked_at=self.facts.looked_at if self.facts else 0,
            seen=looked.signatures,
        )
        self.standing = Standing(options.output, manifest, looked.folders, trusted=not options.force)
        self.staging = Staging(output=options.output, build=str(looked_at), afresh=options.force)
        #: of the program and every template there is
        self.templates_seal = ""
        self.faults: list[Fault] = []
        #: tables of the settings that could not be read
        self.unread: frozenset[str] = frozenset()

    def run(self, progress: Callable[[int, int], None]) -> Report:
        self.staging.clear()
        try:
            # whatever is read later is looked at first: see Inputs
            engine = engine_digest(self.inputs)
            templates = self._template_digests(engine)
            settings = self._settings()
            publication = self._publication(settings, engine)
            if publication is None:
                self._survey(
                    settings, partial(self._read_here, settings)
                )  # what is wrong with articles is told too
                raise CampaignerError(self.faults)
            bench = Bench(workspace=self.workspace, publication=publication, staging=self.staging)
            with Workers(bench, jobs=self.options.jobs) as workers:
                found = self._survey(settings, workers.read)
                plan = self._plan(publication, found, engine=engine, templates=templates)
                self._render_campaigns(plan, workers, progress)
            self._raise_faults()
            self._render_site(publication, plan)
            self._raise_faults()
            return self._finish(plan)
        finally:
            self.staging.clear()

    def _template_digests(self, engine: str) -> dict[str, str]:
        """Hash of the templates of each kind of unit, known from the last build if none changed."""
        looks = [*self.inputs.tree("templates"), *self.inputs.tree(str(theme_folder()))]
        self.templates_seal = seal((engine, looks))
        known = (
            self.facts.templates if self.facts and self.facts.templates_seal == self.templates_seal else {}
        )
        if known.keys() == unit.TEMPLATES.keys():
            return known
        theme = Theme(self.workspace.root)
        return {kind: theme.digest(names) for kind, names in unit.TEMPLATES.items()}

    def _settings(self) -> Settings:
        """The settings, as far as they can be read: articles are looked at in any case."""
        self.inputs.look(SETTINGS_FILE)
        try:
            return read_settings(self.workspace)
        except ContentError as error:
            self.faults += error.faults
            self.unread = error.without if error.rest else frozenset(field.name for field in fields(Settings))
            rest: Settings = error.rest or unread_settings()
            return rest

    def _read_here(self, settings: Settings, folders: Sequence[str]) -> Iterator[Reading]:
        largest = settings.content.largest_article
        return (read_card(self.workspace, folder, largest=largest) for folder in folders)

    def _survey(self, settings: Settings, read: Callable[[Sequence[str]], Iterable[Reading]]) -> Survey:
        try:
            found = survey(
                self.workspace,
                self.inputs,
                self.campaigns_before,
                slugs=self.options.slugs,
                read=read,
                largest=settings.content.largest_article,
                was_whole=self.facts is not None and self.facts.is_whole,
                neighbours=self.neighbours,
            )
        except WorkspaceError as error:
            raise WorkspaceError([*self.faults, *error.faults]) from None
        self.faults += found.faults
        return found

    def _publication(self, settings: Settings, engine: str) -> Publication | None:
        """What all pages share; None, with the faults noted, where it cannot be had."""
        self.inputs.look(SOURCES_FILE)
        for path in (settings.brand.logo, *settings.brand.font_files.values()):
            if path:
                self.inputs.look(path)
        if settings.site.privacy.endswith(".md"):
            self.inputs.look(settings.site.privacy)
        base_url = (self.options.base_url or settings.site.url).rstrip("/") + "/"
        try:
            return open_publication(
                self.workspace,
                settings,
                base_url=base_url,
                dialect=self.options.merge_tags,
                program=engine,
                unread=self.unread,
                is_staging=self.options.is_staging,
            )
        except ContentError as error:
            self.faults += error.faults
            rest: Publication | None = error.rest
            return rest
        except CampaignerError as error:
            self.faults += error.faults
            return None

    def _plan(
        self, publication: Publication, found: Survey, *, engine: str, templates: dict[str, str]
    ) -> Plan:
        lineup = lineup_of(
            found, self.standing, drafts=self.options.drafts, future=self.options.future, now=self.now
        )
        return Plan(
            publication=publication,
            inputs=self.inputs,
            found=found,
            standing=self.standing,
            lineup=lineup,
            engine=engine,
            templates=templates,
            shared_before=self.facts.shared if self.facts else {},
            is_next=self._is_next(),
        )

    def _is_next(self) -> bool:
        """Whether nothing but what changed since the last build makes a difference to it."""
        facts = self.facts
        return (
            facts is not None
            and facts.hold(self.options.lasting, self.now)
            and not self.options.slugs
            and self.standing.is_undisturbed
        )

    def _render_campaigns(self, plan: Plan, workers: Workers, progress: Callable[[int, int], None]) -> None:
        tasks = plan.campaign_tasks()
        if tasks:
            progress(0, len(tasks))
        for number, made in enumerate(workers.render(tasks), start=1):
            self.faults += made.faults
            plan.note(made, self.now)
            progress(number, len(tasks))

    def _render_site(self, publication: Publication, plan: Plan) -> None:
        for one in site_units(publication, plan, self.workspace, self.manifest.fragment):
            plan.wanted.add(one.name)
            if self.standing.has(one.name, one.key):
                continue
            try:
                files = one.render()
            except CampaignerError as error:
                self.faults += error.faults
                continue
            plan.made(one.name, one.key, self.staging.put(files, self.standing.files(one.name)))

    def _raise_faults(self) -> None:
        if self.faults:
            raise CampaignerError(self.faults)

    def _finish(self, plan: Plan) -> Report:
        """Move what is new, remove what has no source any more, and write the manifest last."""
        coming = self.staging.waiting()
        gone = self._gone(plan)
        if coming or gone:
            self.manifest.doubt([*coming, *gone])
        with Transfer(self.staging, shown=self.workspace.shown) as transfer:
            first = in_the_way(gone, coming)
            removed = [path for path in first if transfer.remove(path)]
            for path in coming:
                transfer.move(path)
            removed += [path for path in gone if path not in first and transfer.remove(path)]
            count = self._remember(plan, touched=[*coming, *gone])
        sweep(self.workspace.state, now=self.looked_at)
        return Report(
            campaigns=len(plan.lineup.shown),
            written=tuple(sorted(coming)),
            unchanged=count - len(coming),
            removed=tuple(sorted(removed)),
            changes=changes(plan, self.now),
            kept=kept(plan) if self.options.explain else (),
            notes=self._notes(plan),
            asked=tuple(sorted(plan.found.selected)),
            beside=tuple(sorted(plan.found.published or ())),
        )

    def _gone(self, plan: Plan) -> list[str]:
        """Files of earlier builds, killed ones too, that belong to no unit any more."""
        leaving = {*plan.fresh, *plan.dropped_units()}
        before, after = self._files_of(leaving), plan.fresh_files()
        suspects = (before | self.standing.doubtful) - after
        return sorted(path for path in suspects if not self.manifest.owners(path) - leaving)

    def _files_of(self, units: Iterable[str]) -> set[str]:
        """The files that units had after the last build."""
        return {path for name in units for path in self.manifest.outputs(name)}

    def _count_before(self, plan: Plan) -> int | None:
        """How many files there were, and are, where units have the files that they had."""
        leaving = {*plan.fresh, *plan.dropped_units()}
        return self.facts.outputs if self.facts and self._files_of(leaving) == plan.fresh_files() else None

    def _remember(self, plan: Plan, *, touched: list[str]) -> int:
        """Write the manifest; give how many files there are."""
        manifest = self.manifest
        # to count them takes a while where there are many
        count_before = self._count_before(plan)
        manifest.begin()
        for name, one in plan.fresh.items():
            manifest.set_unit(name, one.key, one.outputs, one.fragment)
        manifest.drop_units(plan.dropped_units())
        self._remember_inputs(plan.found)
        manifest.set_directories(self.standing.folders_after(touched))
        count = manifest.output_count() if count_before is None else count_before
        manifest.set_facts(
            Facts(
                options=self.options.lasting,
                looked_at=self._looked_at(plan.found),
                begun=self.looked_at,
                built=self.now,
                next=next_change(plan.found.campaigns.values(), self.now),
                is_whole=not plan.found.is_partial,
                campaigns=len(plan.lineup.shown),
                outputs=count,
                notes=self._notes(plan),
                templates=plan.templates,
                templates_seal=self.templates_seal,
                shared=plan.shared,
            )
        )
        manifest.commit(doubtful=self._doubtful(plan))
        return count

    def _doubtful(self, plan: Plan) -> set[str]:
        """Files that a later build must make anew."""
        doubtful = self.standing.unrepaired(plan.fresh_files(), {*plan.fresh, *plan.dropped_units()})
        return doubtful | self.manifest.contested() if plan.found.is_partial else doubtful

    def _remember_inputs(self, found: Survey) -> None:
        """Keep what was looked at; of campaigns that were not asked for, only what is known already."""
        known, now = self.inputs.known, self.inputs.now
        rows = self.inputs.news()
        if found.is_partial:
            rows = [row for row in rows if not row[3] or row[3] in found.selected]
        else:
            self.manifest.drop_inputs([path for path in known if path not in now])
            self.manifest.drop_campaigns(found.gone)
        self.manifest.set_inputs(rows)
        self.manifest.set_campaigns(
            CampaignRow(
                folder=folder,
                seal=one.seal,
                name_seal=one.name_seal,
                card=asdict(one.card),
                pictures=one.pictures,
                cites=one.cites,
                built=one.built,
            )
            for folder, one in found.campaigns.items()
            if folder in found.selected and one.is_new
        )

    def _looked_at(self, found: Survey) -> int:
        """Since when all that is known is known: a partial build leaves the rest as it was looked at."""
        return (
            min(self.looked_at, self.inputs.looked_at or self.looked_at)
            if found.is_partial
            else self.looked_at
        )

    def _notes(self, plan: Plan) -> tuple[str, ...]:
        notes = list(plan.publication.palettes.shifts)
        signup = plan.publication.settings.signup
        if not signup.endpoint and not signup.url:
            notes.append(
                f"The sign-up form posts to {urlsplit(plan.publication.base_url).path}signup/SLUG, "
                "since campaigner.toml has no [signup] endpoint."
            )
        return (*notes, *self._left_out(plan), *map(str, plan.found.other_faults))

    def _left_out(self, plan: Plan) -> list[str]:
        """Say which campaigns were asked for and cannot be shown without a flag."""
        if not plan.found.is_partial:
            return []
        asked = [plan.found.campaigns[folder].card for folder in sorted(plan.found.selected)]
        left_out = [
            (card.slug, card.state(self.now)) for card in asked if card.folder not in plan.lineup.shown
        ]
        if self.neighbours is not None:  # for a target, where no flag has it go to
            return [f"{slug} was not published: it is {STATES[state]}." for slug, state in left_out]
        return [f"{slug} was not built: it is {state.value}, see {FLAGS[state]}." for slug, state in left_out]
