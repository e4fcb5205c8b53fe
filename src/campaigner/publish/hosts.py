"""Which kind of target an address means."""

import os
from pathlib import Path
from urllib.parse import unquote

from campaigner.content.workspace import Workspace
from campaigner.publish.folder import Folder
from campaigner.publish.host import Host
from campaigner.publish.targets import Chosen, wrong_setting


def host_of(chosen: Chosen, workspace: Workspace) -> Host:
    """The place that a target is; raises PublishError where that can be none."""
    return _folder_of(chosen, workspace)


def _folder_of(chosen: Chosen, workspace: Workspace) -> Folder:
    """The folder that a target is; raises PublishError where it would change sources or what is built of them."""
    written = chosen.target.to
    if written.startswith("file://"):
        written = unquote(written.removeprefix("file://").removeprefix("localhost"))
    given = Path(os.path.expanduser(written))
    path = Path(os.path.realpath(given.parent)) / given.name
    if path.is_relative_to(workspace.root) or workspace.root.is_relative_to(path):
        message = f"{path} and the workspace lie in each other"
        hint = "Publish to a folder outside of the workspace, such as /srv/www/site"
        raise wrong_setting(workspace, f"publish.{chosen.name}.to", message, hint)
    return Folder(path=path)
