"""Where an export and pictures may be written: not among what they are made from, nor what a build keeps."""

from pathlib import Path

from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault, WorkspaceError
from campaigner.preview.press import Press

#: say in a folder by what it was written, so that the same may write into it again
EXPORTED, PICTURED = ".campaigner-preview", ".campaigner-screenshots"


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


def check_apart(export: Path, pictures: Path) -> None:
    """Raise WorkspaceError where an export and pictures would be written over each other."""
    if export.is_relative_to(pictures) or pictures.is_relative_to(export):
        message, hint = "an export and pictures cannot share a folder", "Name two folders, side by side"
        raise WorkspaceError(Fault(path=str(pictures), message=message, hint=hint))


def check_own(folder: Path, marker: str) -> None:
    """Raise WorkspaceError where a folder holds anything but what was written with the same marker."""
    try:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise WorkspaceError(Fault(path=str(folder), message="this is no folder", hint="Name a new one"))
        is_foreign = folder.is_dir() and any(folder.iterdir()) and not (folder / marker).is_file()
    except OSError as error:
        message, hint = f"this cannot be read: {error.strerror}", "Name another folder"
        raise WorkspaceError(Fault(path=str(folder), message=message, hint=hint)) from None
    if is_foreign:
        message = "this folder holds something else"
        hint = "Name a new one: all that is in it would be replaced"
        raise WorkspaceError(Fault(path=str(folder), message=message, hint=hint))


def check_campaigns(press: Press, folders: list[str]) -> None:
    """Raise CampaignerError with everything that is wrong with campaigns, and with those that nobody can read."""
    unread = () if press.desk.slugs else press.desk.lost
    faults = [*unread, *(fault for one in folders for fault in press.verdicts.faults(one))]
    if faults:
        raise CampaignerError(faults)
