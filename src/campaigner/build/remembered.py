"""What the last build of a workspace kept, for whoever begins where it ended and writes nothing itself.

Into which folder it built makes no difference: what an article says of itself is the same in all of them.
"""

import sqlite3
from contextlib import closing

from campaigner.build.inputs import Inputs, Known
from campaigner.build.manifest import CampaignRow, Manifest
from campaigner.build.run import MANIFEST_SUFFIX, MANIFESTS
from campaigner.content.workspace import Workspace


def remembered(workspace: Workspace) -> tuple[Inputs, list[CampaignRow]]:
    """Give the inputs as the last build of the workspace saw them, and its campaigns; nothing for none."""
    nothing = Inputs(root=workspace.root, known={}, looked_at=0)
    try:
        manifests = [*(workspace.state / MANIFESTS).glob(f"*{MANIFEST_SUFFIX}")]
        if not manifests:
            return nothing, []
        with closing(Manifest(max(manifests, key=lambda file: file.stat().st_mtime_ns))) as manifest:
            known = {path: Known(*rest) for path, *rest in manifest.inputs()}
            facts, rows = manifest.facts(), manifest.campaigns()
    except (sqlite3.Error, OSError):
        return nothing, []
    return Inputs(root=workspace.root, known=known, looked_at=facts.looked_at if facts else 0), rows
