"""The way into the build: the quick answer where nothing changed, the whole of it else.

Whatever renders is imported only where something must be rendered.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from campaigner.build.folders import changed_folders
from campaigner.build.inputs import Glance
from campaigner.build.looking import look_meanwhile
from campaigner.build.manifest import Manifest, is_damage, one_build_at_a_time
from campaigner.build.options import Options
from campaigner.build.report import UNCHANGED, Change, Report
from campaigner.content.workspace import Workspace
from campaigner.errors import Fault, WorkspaceError

if TYPE_CHECKING:
    from campaigner.build.neighbours import Neighbour

#: in `.campaigner`: folders that are built to be published, one for each target
PUBLISHED = "publish"
#: there too: what was built into each output folder
MANIFESTS, MANIFEST_SUFFIX = "manifests", ".sqlite"
#: told how many campaigns are rendered, of how many
Progress = Callable[[int, int], None]


def build(
    workspace: Workspace,
    options: Options,
    *,
    now: datetime,
    progress: Progress = lambda done, total: None,
    glance: Glance | None = None,
    neighbours: "Sequence[Neighbour] | None" = None,
) -> Report:
    """Bring the output folder up to date; `now` decides what is live; `glance` has looked at inputs just now.

    Campaigns that are not asked for are what the last build knew of them, or `neighbours` says what they are.

    Either all of it is done or, with a CampaignerError that has every fault, nothing.

    What the last build wrote is known from the manifest in `.campaigner/`. A file that was deleted,
    replaced or added behind its back is found by the time of its folder; one that was written to in
    place only by `force`. Where `.campaigner/` was deleted everything is rendered anew, and nothing
    that stands in the output folder is removed, since it may be somebody else's.
    """
    _check_output(workspace, options)
    instant = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    try:
        try:
            return _build(workspace, options, instant, progress, glance or Glance(), neighbours)
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            _forget(manifest_file(workspace, options))
            return _build(workspace, options, instant, progress, Glance(), neighbours)
    except sqlite3.DatabaseError as error:
        raise _refused(workspace, workspace.state, f"the manifest cannot be used: {error}") from None
    except OSError as error:
        raise _refused(workspace, _meant(error, options), str(error.strerror)) from None


def _refused(workspace: Workspace, file: Path, reason: str) -> WorkspaceError:
    message = f"this cannot be read or written: {reason}"
    hint = "Make room, change permissions, or name another folder"
    return WorkspaceError(Fault(path=workspace.shown(file), message=message, hint=hint))


def _meant(error: OSError, options: Options) -> Path:
    """The file or folder that an error is about; files wait in a folder that nobody asked for.

    Of a copy that cannot be written the target comes second, behind a source that nothing is wrong with.
    """
    file = Path(os.fsdecode(error.filename2 or error.filename or options.output))
    waiting = options.output.parent / f".{options.output.name}."
    return options.output if str(file).startswith(str(waiting)) else file


def _build(
    workspace: Workspace,
    options: Options,
    now: str,
    progress: Progress,
    glance: Glance,
    neighbours: "Sequence[Neighbour] | None",
) -> Report:
    looked_at = time.time_ns()
    manifest = Manifest(manifest_file(workspace, options))
    try:
        if not options.force and not options.slugs:
            report = _unchanged(workspace, options, manifest, glance, now=now)
            if report is not None:
                if glance.was_racy:
                    manifest.believe(looked_at)
                return report
        with one_build_at_a_time(workspace.state / "build.lock"):
            look = look_meanwhile(workspace.root, options.output, manifest.file, glance)
            # loading all that renders takes about as long as the look
            from campaigner.build.whole import build_whole

            return build_whole(
                workspace,
                options,
                manifest,
                now=now,
                looked_at=looked_at,
                look=look,
                progress=progress,
                neighbours=neighbours,
            )
    finally:
        manifest.close()


def manifest_file(workspace: Workspace, options: Options) -> Path:
    """The manifest of an output folder."""
    place = os.path.relpath(options.output, workspace.root)
    name = blake2b(os.fsencode(place), digest_size=6).hexdigest()
    return workspace.state / MANIFESTS / f"{options.output.name}-{name}{MANIFEST_SUFFIX}"


def _forget(manifest: Path) -> None:
    manifest.unlink(missing_ok=True)
    manifest.with_name(f"{manifest.name}-journal").unlink(missing_ok=True)


def _unchanged(
    workspace: Workspace, options: Options, manifest: Manifest, glance: Glance, *, now: str
) -> Report | None:
    """The report of a build with nothing to do, or None where there may be something."""
    facts = manifest.facts()
    if facts is None or not facts.hold(options.lasting, now):
        return None
    # the inputs first: they are fewer, and it is there that something changed, mostly
    if not glance.nothing_changed(workspace.root, manifest.inputs(), facts.looked_at):
        return None
    if manifest.doubtful() or not _output_untouched(options, manifest):
        return None
    return Report(
        campaigns=facts.campaigns,
        written=(),
        unchanged=facts.outputs,
        removed=(),
        kept=_all_kept(manifest) if options.explain else (),
        notes=facts.notes,
    )


def _all_kept(manifest: Manifest) -> tuple[Change, ...]:
    return tuple(Change(unit=name, reason=UNCHANGED) for name in sorted(manifest.units()))


def _output_untouched(options: Options, manifest: Manifest) -> bool:
    """Whether no file of ours was added to or taken from the output folder by somebody else."""
    return not changed_folders(options.output, manifest.directories())


def _check_output(workspace: Workspace, options: Options) -> None:
    """Refuse an output folder in which sources would be overwritten."""
    output = Path(os.path.realpath(options.output))
    sources = [
        Path(os.path.realpath(source))
        for source in (workspace.campaigns, workspace.templates, workspace.state)
    ]
    if Path(os.path.realpath(options.output.parent)) == Path(os.path.realpath(workspace.state / PUBLISHED)):
        return
    inside = any(output.is_relative_to(source) or source.is_relative_to(output) for source in sources)
    if inside or (output.exists() and not output.is_dir()):
        message = "this cannot be the output folder" if inside else "this is a file, not a folder"
        hint = "Name a folder of its own, such as output"
        raise WorkspaceError(Fault(path=workspace.shown(options.output), message=message, hint=hint))


def built_times(workspace: Workspace, options: Options) -> dict[str, str]:
    """When each campaign was rendered last into an output folder, by campaign folder; UTC in RFC 3339."""
    file = manifest_file(workspace, options)
    if not file.exists():
        return {}
    try:
        with closing(Manifest(file)) as manifest:
            return {row.folder: row.built for row in manifest.campaigns() if row.built}
    except sqlite3.Error:
        return {}
