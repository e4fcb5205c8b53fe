"""The way into the build: the quick answer where nothing changed, the whole of it else.

Whatever renders is imported only where something must be rendered.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from campaigner.build.inputs import nothing_changed
from campaigner.build.manifest import Manifest
from campaigner.build.options import Options
from campaigner.build.report import Report
from campaigner.content.workspace import Workspace
from campaigner.errors import Fault, WorkspaceError

#: told how many campaigns are rendered, of how many
Progress = Callable[[int, int], None]


def build(
    workspace: Workspace, options: Options, *, now: datetime, progress: Progress = lambda done, total: None
) -> Report:
    """Bring the output folder up to date; `now` decides what is live.

    Either all of it is done or, with a CampaignerError that has every fault, nothing.
    """
    _check_output(workspace, options)
    instant = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    looked_at = time.time_ns()
    try:
        manifest = Manifest(manifest_file(workspace, options))
    except OSError as error:
        message = f".campaigner cannot be written: {error.strerror}"
        raise WorkspaceError(
            Fault(path=".campaigner", message=message, hint="Change its permissions")
        ) from None
    try:
        report = None if options.force or options.slugs else _unchanged(workspace, options, manifest, instant)
        if report is not None:
            return report
        from filelock import FileLock

        from campaigner.build.whole import build_whole

        with FileLock(workspace.state / "build.lock"):
            return build_whole(
                workspace, options, manifest, now=instant, looked_at=looked_at, progress=progress
            )
    finally:
        manifest.close()


def manifest_file(workspace: Workspace, options: Options) -> Path:
    """The manifest of an output folder."""
    name = blake2b(os.fsencode(options.output), digest_size=6).hexdigest()
    return workspace.state / "manifests" / f"{options.output.name}-{name}.sqlite"


def _unchanged(workspace: Workspace, options: Options, manifest: Manifest, now: str) -> Report | None:
    """The report of a build with nothing to do, or None where there may be something."""
    facts = manifest.facts()
    if facts.get("whole") != "yes" or facts["options"] != options.lasting or facts["next"] <= now:
        return None
    if manifest.moving() or not _output_untouched(options, manifest):
        return None
    if not nothing_changed(workspace.root, manifest.inputs(), int(facts["looked_at"])):
        return None
    return Report(
        campaigns=int(facts["campaigns"]),
        written=(),
        unchanged=int(facts["outputs"]),
        removed=(),
        notes=tuple(json.loads(facts["notes"])),
    )


def _output_untouched(options: Options, manifest: Manifest) -> bool:
    """Whether no file of ours was added to or taken from the output folder by somebody else."""
    base = f"{options.output}{os.sep}"
    try:
        return all(
            str(os.stat(base + path).st_mtime_ns) == changed for path, changed in manifest.directories()
        )
    except OSError:
        return False


def _check_output(workspace: Workspace, options: Options) -> None:
    """Refuse an output folder in which sources would be overwritten."""
    output = options.output
    sources = (workspace.campaigns, workspace.templates, workspace.state)
    inside = any(output.is_relative_to(source) or source.is_relative_to(output) for source in sources)
    if inside or (output.exists() and not output.is_dir()):
        message = "this cannot be the output folder" if inside else "this is a file, not a folder"
        raise WorkspaceError(
            Fault(path=str(output), message=message, hint="Name a folder of its own, such as output")
        )


def built_times(workspace: Workspace, options: Options) -> dict[str, str]:
    """When each campaign was rendered last into an output folder, by campaign folder; UTC in RFC 3339."""
    file = manifest_file(workspace, options)
    if not file.exists():
        return {}
    manifest = Manifest(file)
    try:
        return {folder: built for folder, _, _, _, built in manifest.campaigns() if built}
    finally:
        manifest.close()
