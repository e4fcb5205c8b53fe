"""Which kind of target an address means."""

import os
import posixpath
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from campaigner.content.workspace import Workspace
from campaigner.publish.credentials import region_of
from campaigner.publish.folder import Folder
from campaigner.publish.host import Host
from campaigner.publish.ssh import Ssh
from campaigner.publish.targets import Chosen, wrong_setting

if TYPE_CHECKING:
    from campaigner.publish.s3 import S3


def host_of(chosen: Chosen, workspace: Workspace) -> Host:
    """The place that a target is; raises PublishError where that can be none."""
    scheme = chosen.target.to.partition("://")[0]
    for key in ("endpoint", "region"):
        if getattr(chosen.target, key) and scheme != "s3":
            hint = "Take it out, or publish to s3://bucket/prefix"
            raise wrong_setting(workspace, f"publish.{chosen.name}.{key}", "only a bucket has one", hint)
    return KINDS.get(scheme, _folder_of)(chosen, workspace)


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


def _s3_of(chosen: Chosen, workspace: Workspace) -> "S3":
    """The bucket that a target is; raises PublishError where nothing here can ask it."""
    from campaigner.publish.bucket import Bucket, check_installed
    from campaigner.publish.bucket_place import Place
    from campaigner.publish.s3 import S3

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


#: by what an address begins with; what begins with none of these is a folder
KINDS: dict[str, Callable[[Chosen, Workspace], Host]] = {"ssh": _ssh_of, "s3": _s3_of}
