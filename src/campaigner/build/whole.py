"""The whole of a build: survey, plan, render into the staging folder, move, remember."""

import json
import os
from collections.abc import Callable, Iterable

from campaigner.build import units as unit
from campaigner.build.engine import engine_digest
from campaigner.build.inputs import MISSING, Inputs, Known, content_digest
from campaigner.build.manifest import Manifest
from campaigner.build.options import Options
from campaigner.build.plan import Plan, shown_campaigns
from campaigner.build.rendering import Bench, render_all
from campaigner.build.report import Change, Report
from campaigner.build.site import site_units
from campaigner.build.staging import NAMED, Staging, move, remove
from campaigner.build.survey import Survey, survey
from campaigner.build.units import as_json
from campaigner.content.settings import read_settings
from campaigner.content.workspace import SETTINGS_FILE, SOURCES_FILE, Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.settings import Content, Settings
from campaigner.render.press import open_publication
from campaigner.render.publication import Publication
from campaigner.render.theme import Theme
from campaigner.resources import theme_folder

#: later than any date
NEVER = "9999-12-31T23:59:59Z"


def build_whole(
    workspace: Workspace,
    options: Options,
    manifest: Manifest,
    *,
    now: str,
    looked_at: int,
    progress: Callable[[int, int], None],
) -> Report:
    """Look at everything, render what is stale, and move it in only when all of it rendered.

    `now` is UTC in RFC 3339; `looked_at` is when this began, in nanoseconds. Raises CampaignerError
    with every fault of every campaign; the output folder is untouched then.
    """
    return _Build(workspace, options, manifest, now=now, looked_at=looked_at).run(progress)


class _Build:
    def __init__(
        self, workspace: Workspace, options: Options, manifest: Manifest, *, now: str, looked_at: int
    ) -> None:
        self.workspace = workspace
        self.options = options
        self.manifest = manifest
        self.now = now
        self.looked_at = looked_at
        self.facts = manifest.facts()
        self.inputs = Inputs(
            root=workspace.root,
            known={
                path: Known(signature=signature, digest=digest, folder=folder)
                for path, signature, digest, folder in manifest.inputs()
            },
            looked_at=int(self.facts.get("looked_at", 0)),
        )
        self.staging = Staging(options.output)
        self.faults: list[Fault] = []

    def run(self, progress: Callable[[int, int], None]) -> Report:
        self.staging.clear()
        try:
            settings = self._settings()
            found = self._survey(settings)
            publication = self._publication(settings)
            self._raise_faults_unless(publication)
            assert publication is not None  # noqa: S101
            plan = self._plan(publication, found)
            self._render_campaigns(publication, plan, progress)
            self._raise_faults()
            self._render_site(publication, plan)
            self._raise_faults()
            return self._finish(publication, found, plan)
        finally:
            self.staging.clear()

    def _settings(self) -> Settings | None:
        self.inputs.look(SETTINGS_FILE)
        try:
            return read_settings(self.workspace)
        except CampaignerError as error:
            self.faults += error.faults
            return None

    def _survey(self, settings: Settings | None) -> Survey:
        content = settings.content if settings else Content()
        found = survey(
            self.workspace,
            self.inputs,
            self.manifest.campaigns(),
            slugs=self.options.slugs,
            largest=content.largest_article,
        )
        self.faults += found.faults
        return found

    def _publication(self, settings: Settings | None) -> Publication | None:
        self.inputs.look(SOURCES_FILE)
        if settings is None:
            return None
        for path in (settings.brand.logo, *settings.brand.font_files.values()):
            if path:
                self.inputs.look(path)
        if settings.site.privacy.endswith(".md"):
            self.inputs.look(settings.site.privacy)
        base_url = (self.options.base_url or settings.site.url).rstrip("/") + "/"
        try:
            return open_publication(
                self.workspace, settings, base_url=base_url, dialect=self.options.merge_tags
            )
        except CampaignerError as error:
            self.faults += error.faults
            return None

    def _plan(self, publication: Publication, found: Survey) -> Plan:
        return Plan(
            publication=publication,
            options=self.options,
            inputs=self.inputs,
            found=found,
            shown=shown_campaigns(found, self.options, self.now),
            engine=engine_digest(self.inputs),
            templates=self._template_digests(publication.theme),
            known_keys=self.manifest.units(),
            damaged=self._damaged_units(),
            outputs_of=self.manifest.outputs,
        )

    def _template_digests(self, theme: Theme) -> dict[str, str]:
        """Hash of the templates of each kind of unit, known from the last build if none changed."""
        files = [*self.inputs.tree("templates"), *self.inputs.tree(str(theme_folder()))]
        folders = [path for path in self.inputs.now if path not in files and "templates" in path]
        kept = self.facts.get("templates")
        if kept and not any(self.inputs.changed(path) for path in (*files, *folders)):
            return dict(json.loads(kept))
        return {kind: theme.digest(names) for kind, names in unit.TEMPLATES.items()}

    def _damaged_units(self) -> set[str]:
        """Units whose files in the output folder are not what the last build left there."""
        damaged: set[str] = set()
        suspicious = self.manifest.moving()
        for path, changed in self.manifest.directories():
            try:
                if str(os.stat(self.options.output / path).st_mtime_ns) == changed:
                    continue
            except OSError:
                pass
            for name, file, digest in self.manifest.outputs_in(path):
                if file in suspicious or not self._is_whole(file, digest):
                    damaged.add(name)
        for path in suspicious:
            damaged |= self.manifest.owners(path)
        return damaged

    def _is_whole(self, path: str, digest: str) -> bool:
        full = self.options.output / path
        if digest.startswith(NAMED):
            return full.is_file() and full.stat().st_size == int(digest.removeprefix(NAMED))
        return content_digest(str(full)) == digest

    def _render_campaigns(
        self, publication: Publication, plan: Plan, progress: Callable[[int, int], None]
    ) -> None:
        tasks = plan.campaign_tasks()
        bench = Bench(
            workspace=self.workspace,
            publication=publication,
            output=self.options.output,
        )
        if tasks:
            progress(0, len(tasks))
        for number, made in enumerate(render_all(bench, tasks, jobs=self.options.jobs), start=1):
            self.faults += made.faults
            plan.note(made, self.now)
            progress(number, len(tasks))

    def _render_site(self, publication: Publication, plan: Plan) -> None:
        for one in site_units(publication, plan, self.workspace, self.manifest.fragment):
            if not plan.is_stale(one.name, one.key):
                plan.keep(one.name)
                continue
            try:
                files = one.render()
            except CampaignerError as error:
                self.faults += error.faults
                continue
            known = plan.known_outputs(one.name)
            plan.made(one.name, one.key, self.staging.put(files, known))

    def _raise_faults(self) -> None:
        if self.faults:
            raise CampaignerError(self.faults)

    def _raise_faults_unless(self, publication: Publication | None) -> None:
        """Without a publication nothing can be rendered, so what is known now is all there is to tell."""
        if publication is None:
            self._raise_faults()

    def _finish(self, publication: Publication, found: Survey, plan: Plan) -> Report:
        """Move what is new, remove what has no source any more, and write the manifest last."""
        manifest, output = self.manifest, self.options.output
        dropped = plan.dropped_units()
        before = {path for name in (*plan.fresh, *dropped) for path in manifest.outputs(name)}
        after = {path for one in plan.fresh.values() for path in one.outputs}
        leaving = {*plan.fresh, *dropped}
        orphans = manifest.moving() - manifest.all_outputs() if manifest.moving() else set()
        gone = sorted(path for path in (before | orphans) - after if not manifest.owners(path) - leaving)
        waiting = self.staging.waiting()
        if waiting or gone:
            manifest.begin_moving([*waiting, *gone])
        move(waiting, self.staging.folder, output)
        removed = [path for path in gone if (output / path).exists()]
        folders_gone = remove(gone, output)
        manifest.begin()
        for name, one in plan.fresh.items():
            manifest.set_unit(name, one.key, one.outputs, one.fragment)
        manifest.drop_units(dropped)
        self._remember_inputs(found)
        self._remember_directories([*waiting, *gone], folders_gone)
        count = manifest.output_count()
        notes = self._notes(publication)
        manifest.set_facts(
            {
                "options": self.options.lasting,
                "looked_at": str(self.looked_at),
                "built": self.now,
                "next": next_change(found, self.now),
                "whole": "no" if self.options.slugs else "yes",
                "campaigns": str(len(plan.shown)),
                "outputs": str(count),
                "notes": json.dumps(notes),
                "templates": json.dumps(plan.templates),
            }
        )
        manifest.commit()
        return Report(
            campaigns=len(plan.shown),
            written=tuple(sorted(waiting)),
            unchanged=count - len(waiting),
            removed=tuple(removed),
            changes=(
                *(Change(unit=name, reason=one.reason) for name, one in sorted(plan.fresh.items())),
                *(Change(unit=name, reason="no longer made") for name in sorted(dropped)),
            ),
            notes=notes,
        )

    def _remember_inputs(self, found: Survey) -> None:
        """Keep what was looked at; of campaigns that were not asked for, only what is known already."""
        if self.options.slugs:
            kept = [row for row in self.inputs.rows() if not row[3] or row[3] in found.selected]
        else:
            kept = self.inputs.rows()
            self.manifest.drop_inputs([path for path in self.inputs.known if path not in self.inputs.now])
            gone = [folder for folder, *_ in self.manifest.campaigns() if folder not in found.campaigns]
            self.manifest.drop_campaigns(gone)
        known = self.inputs.known
        self.manifest.set_inputs(row for row in kept if known.get(row[0]) != self.inputs.now[row[0]])
        self.manifest.set_campaigns(
            (folder, one.text, as_json(one.pictures), as_json(one.cites), one.built)
            for folder, one in found.campaigns.items()
            if folder in found.selected and one.is_new
        )

    def _remember_directories(self, touched: Iterable[str], gone: set[str]) -> None:
        output = self.options.output
        folders: set[str] = set()
        for path in touched:
            while "/" in path:
                path = path.rpartition("/")[0]  # noqa: PLW2901  up, parent by parent
                folders.add(path)
        for path, changed in self.manifest.directories():
            if str(_changed(output / path)) != changed:
                folders.add(path)
        present = [(path, _changed(output / path)) for path in folders]
        self.manifest.set_directories(
            [(path, changed) for path, changed in present if changed != MISSING],
            [*gone, *(path for path, changed in present if changed == MISSING)],
        )

    def _notes(self, publication: Publication) -> tuple[str, ...]:
        notes = list(publication.palettes.shifts)
        if not publication.settings.signup.endpoint:
            notes.append(
                "The sign-up form posts to /signup/SLUG, since campaigner.toml has no [signup] endpoint."
            )
        return tuple(notes)


def next_change(found: Survey, now: str) -> str:
    """When the next campaign begins or ends by itself, UTC in RFC 3339."""
    moments = (
        moment
        for known in found.campaigns.values()
        if not known.card.draft
        for moment in (known.card.published_at, known.card.expires_at)
    )
    return min((moment for moment in moments if moment > now), default=NEVER)


def _changed(folder: os.PathLike[str]) -> str:
    try:
        return str(os.stat(folder).st_mtime_ns)
    except OSError:
        return MISSING
