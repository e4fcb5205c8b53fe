"""Where an export and pictures may be written: not among what they are made from, nor what a build keeps."""

from pathlib import Path

from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault, WorkspaceError
from campaigner.preview.press import Press


def check_destination(workspace: Workspace, folder: Path) -> None:
    """Raise WorkspaceError where a folder belongs to the workspace itself."""
    own = (
        workspace.campaigns,
        workspace.templates,
        workspace.output,
        workspace.state,
        workspace.root / ".git",
    )
    if any(folder.is_relative_to(one) for one in own) or workspace.root.is_relative_to(folder):
        message, hint = "this folder holds the workspace's own files", "Name a new one"
        raise WorkspaceError(Fault(path=workspace.shown(folder), message=message, hint=hint))


def check_campaigns(press: Press, folders: list[str]) -> None:
    """Raise CampaignerError with everything that is wrong with campaigns, and with those that nobody can read."""
    unread = () if press.desk.slugs else press.desk.lost
    faults = [*unread, *(fault for one in folders for fault in press.faults(one))]
    if faults:
        raise CampaignerError(faults)
