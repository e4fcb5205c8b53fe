"""Which kind of target an address means."""

import os
import posixpath
from pathlib import Path
from urllib.parse import unquote, urlsplit

from campaigner.content.workspace import Workspace
from campaigner.publish.folder import Folder
from campaigner.publish.host import Host
from campaigner.publish.ssh import Ssh
from campaigner.publish.targets import Chosen, wrong_setting


def host_of(chosen: Chosen, workspace: Workspace) -> Host:
    """The place that a target is; raises PublishError where that can be none."""
    return (
        _ssh_of(chosen, workspace) if chosen.target.to.startswith("ssh://") else _folder_of(chosen, workspace)
    )


def _ssh_of(chosen: Chosen, workspace: Workspace) -> Ssh:
    address = urlsplit(chosen.target.to)
    destination = address.netloc.rpartition(":")[0] if address.port else address.netloc
    # the rest of it is path, whatever signs it has
    path = "/" + chosen.target.to.removeprefix("ssh://").partition("/")[2]
    return Ssh(
        destination=destination.rstrip(":"),
        port=address.port,
        path=posixpath.normpath(unquote(path)),
        uploads=workspace.state / "uploads",
    )


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
