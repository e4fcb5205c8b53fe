"""Which kind of target an address means; of what can ask it only that kind is loaded."""

import os
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from campaigner.content.workspace import Workspace
from campaigner.publish.host import Host
from campaigner.publish.targets import Chosen, wrong_setting

if TYPE_CHECKING:
    from campaigner.publish.bucket.target import S3
    from campaigner.publish.folder.target import Folder
    from campaigner.publish.ssh.target import Ssh


def host_of(chosen: Chosen, workspace: Workspace) -> Host:
    """The place that a target is; raises PublishError where that can be none."""
    scheme = chosen.target.to.partition("://")[0]
    for key in ("endpoint", "region"):
        if getattr(chosen.target, key) and scheme != "s3":
            hint = "Take it out, or publish to s3://bucket/prefix"
            raise wrong_setting(workspace, f"publish.{chosen.name}.{key}", "only a bucket has one", hint)
    return KINDS.get(scheme, _folder_of)(chosen, workspace)


def _ssh_of(chosen: Chosen, workspace: Workspace) -> "Ssh":
    from campaigner.publish.ssh.target import Ssh

    destination, port, path = _on_another_machine(chosen.target.to)
    return Ssh(destination=destination, port=port, path=path, uploads=workspace.state / "uploads")


def _on_another_machine(written: str) -> tuple[str, int | None, str]:
    """Destination, port and path of an address of ssh."""
    address = urlsplit(written)
    destination = address.netloc.rpartition(":")[0] if address.port else address.netloc
    # the rest of it is path, whatever signs it has
    path = "/" + written.removeprefix("ssh://").partition("/")[2]
    return destination.rstrip(":"), address.port, posixpath.normpath(unquote(path))


def _branch_of(chosen: Chosen, workspace: Workspace) -> Host:
    """The branch that a target is; raises PublishError where it would change sources or what is built of them."""
    from campaigner.publish.git.target import Branch
    from campaigner.publish.ssh.connection import Connection

    written, _, branch = chosen.target.to.removeprefix("git+").partition("#")
    connection = None
    if written.startswith("ssh://"):
        destination, port, path = _on_another_machine(written)
        connection = Connection(destination, port, where=chosen.target.to)
        address = f"ssh://{destination}{f':{port}' if port else ''}{quote(path)}"
    else:
        place = _path_of(written)
        if place.is_relative_to(workspace.root):
            message = f"{place} lies in the workspace"
            hint = "Publish to a repository outside of the workspace"
            raise wrong_setting(workspace, f"publish.{chosen.name}.to", message, hint)
        address = f"file://{quote(str(place))}"
    return Branch(
        where=chosen.target.to,
        address=address,
        branch=branch,
        connection=connection,
        folder=workspace.state / "git" / f"{chosen.name}.git",
        uploads=workspace.state / "uploads",
        sources=workspace.root,
    )


def _s3_of(chosen: Chosen, workspace: Workspace) -> "S3":
    """The bucket that a target is; raises PublishError where nothing here can ask it."""
    from campaigner.publish.bucket.credentials import region_of
    from campaigner.publish.bucket.place import Place
    from campaigner.publish.bucket.store import Bucket, check_installed
    from campaigner.publish.bucket.target import S3

    check_installed()
    if "brotli" in chosen.target.precompress:
        message = "a bucket has each file in one form only, and not every reader knows Brotli"
        hint = 'Write precompress = ["gzip"]'
        raise wrong_setting(workspace, f"publish.{chosen.name}.precompress", message, hint)
    name, _, prefix = chosen.target.to.removeprefix("s3://").partition("/")
    region = chosen.target.region or region_of(os.environ)
    suffix = ".cn" if region.startswith("cn-") else ""
    bucket = Bucket(
        name=name,
        endpoint=chosen.target.endpoint or f"https://s3.{region}.amazonaws.com{suffix}",
        region=region,
    )
    return S3(
        place=Place(bucket=bucket, prefix=prefix.strip("/")),
        notes=workspace.state / "claims" / chosen.name,
    )


def _folder_of(chosen: Chosen, workspace: Workspace) -> "Folder":
    """The folder that a target is; raises PublishError where it would change sources or what is built of them."""
    from campaigner.publish.folder.target import Folder

    path = _path_of(chosen.target.to)
    if path.is_relative_to(workspace.root) or workspace.root.is_relative_to(path):
        message = f"{path} and the workspace lie in each other"
        hint = "Publish to a folder outside of the workspace, such as /srv/www/site"
        raise wrong_setting(workspace, f"publish.{chosen.name}.to", message, hint)
    return Folder(path=path)


def _path_of(written: str) -> Path:
    """A path of this machine, of which no more than the last part may be a symbolic link."""
    if written.startswith("file://"):
        written = unquote(written.removeprefix("file://").removeprefix("localhost"))
    given = Path(os.path.expanduser(written))
    return Path(os.path.realpath(given.parent)) / given.name


#: by what an address begins with; what begins with none of these is a folder
KINDS: dict[str, Callable[[Chosen, Workspace], Host]] = {
    "ssh": _ssh_of,
    "git+ssh": _branch_of,
    "git+file": _branch_of,
    "s3": _s3_of,
}
