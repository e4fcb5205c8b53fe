"""What the last build of a workspace kept, for whoever begins where it ended and writes nothing itself."""

import sqlite3
from contextlib import closing

from campaigner.build.inputs import Inputs, Known
from campaigner.build.manifest import CampaignRow, Manifest
from campaigner.build.options import Options
from campaigner.build.run import manifest_file
from campaigner.content.workspace import Workspace


def remembered(workspace: Workspace) -> tuple[Inputs, list[CampaignRow]]:
    """Give the inputs as the last build into the workspace's output saw them, and its campaigns; nothing for none."""
    file = manifest_file(workspace, Options(output=workspace.output))
    nothing = Inputs(root=workspace.root, known={}, looked_at=0)
    try:
        if not file.is_file():
            return nothing, []
        with closing(Manifest(file)) as manifest:
            known = {path: Known(*rest) for path, *rest in manifest.inputs()}
            facts, rows = manifest.facts(), manifest.campaigns()
    except (sqlite3.Error, OSError):
        return nothing, []
    return Inputs(root=workspace.root, known=known, looked_at=facts.looked_at if facts else 0), rows
