"""Where a site can be published to, as settings say it: a folder, another machine, a branch or a bucket.

Used as the kinds of text in `text.py` are.
"""

import re
from typing import Annotated
from urllib.parse import unquote, urlsplit

from campaigner.model.schema import After
from campaigner.model.text import Line, Unfit, as_web_address, quoted, shortened

#: nothing in it begins with a hyphen, which ssh would take for an option of its own
SSH_ADDRESS = re.compile(
    r"ssh://(?:[A-Za-z0-9._][A-Za-z0-9._-]*@)?(?:[A-Za-z0-9][A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>/.*)"
)
#: what no path has, though an address may say it as %00
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
#: what no name of a branch has (git-check-ref-format(1))
NO_BRANCH = re.compile(
    r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\.lock(?:/|\Z)|\A[-./]|[./]\Z|\A(?:@|HEAD|)\Z"
)
#: names of buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
BUCKET_ADDRESS = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(?:/[^/?]+)*)/?")
#: where http is as good as https
LOOPBACK = ("127.0.0.1", "::1", "localhost")
#: ends the name of the folder of a bucket that campaigner keeps to itself, beside that of a site
PRIVATE = ".campaigner"
TARGET_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?")
VERBS_OF_PUBLISH = ("status", "rollback", "config")


def as_target_name(text: str) -> str:
    """Give `text` if it can be the name of a target, as it is typed on the command line."""
    if not TARGET_NAME.fullmatch(text):
        raise Unfit(
            f'"{shortened(text)}" is no name of a target',
            "Use small letters, digits and -, such as production",
        )
    if text in VERBS_OF_PUBLISH:
        raise Unfit(f"`campaigner publish {text}` means something else", "Give the target another name")
    return text


def as_destination(text: str) -> str:
    """Give `text` if a site can be published there: a folder, also as file:// (RFC 8089), or one of the below."""
    if text.startswith("git+"):
        return as_branch_address(text)
    if text.startswith("ssh://"):
        return as_ssh_address(text)
    if text.startswith("s3://"):
        return as_bucket_address(text)
    path = text
    if text.startswith("file://"):
        path = unquote(text.removeprefix("file://").removeprefix("localhost"))
    if not path.startswith(("/", "~/")):
        raise Unfit(
            f"{quoted(text)} is no place that can be published to",
            "Write the whole path of a folder, such as /srv/www/site, or ssh://user@host/srv/www/site",
        )
    if {".", ".."} & set(path.split("/")) or not path.strip("/~") or CONTROL.search(path):
        raise Unfit(f"{quoted(text)} cannot be the folder of a site", "Write the folder itself")
    return text


def as_ssh_address(text: str) -> str:
    """Give `text` if it is the address of a folder of another machine, ssh://user@host:port/path."""
    found = SSH_ADDRESS.fullmatch(text)
    if not found and re.match(r"ssh://[^@]*:.*@", text):
        # not shown: it is none of the screen's business
        raise Unfit("a password has no place in an address", "Take it out, and let a key open the door")
    if not found or not 0 < int(found["port"] or "22") < 2**16:
        raise Unfit(
            f"{quoted(text)} is no address that ssh knows",
            "Write ssh://user@host/path, or ssh://user@host:port/path",
        )
    path = unquote(found["path"])
    if {".", "..", "~"} & set(path.split("/")) or not path.strip("/") or CONTROL.search(path):
        raise Unfit(
            f"{quoted(text)} cannot be the folder of a site",
            "Write the whole path of the folder itself, such as ssh://user@host/srv/www/site",
        )
    return text


def as_branch_address(text: str) -> str:
    """Give `text` if it is the address of a branch, git+ssh://user@host/path#branch or git+file:///path#branch."""
    address, _, branch = text.removeprefix("git+").partition("#")
    scheme = address.partition("://")[0]
    if re.match(r"[^/]*://[^/@]*:[^@]*@", text) and not SSH_ADDRESS.fullmatch(address):
        # not shown: it is none of the screen's business
        raise Unfit("a password has no place in an address", "Take it out, and let a key open the door")
    if scheme not in ("ssh", "file"):
        raise Unfit(
            f"{quoted(f'git+{scheme}')} is no way to publish to a branch",
            "Write git+ssh://user@host/path#branch, or git+file:///path#branch",
        )
    if not branch:
        raise Unfit(
            f"{quoted(text)} says no branch",
            "Write it behind a #, such as git+ssh://user@host/path#gh-pages",
        )
    if NO_BRANCH.search(branch):
        raise Unfit(f"{quoted(branch)} is no name of a branch", "Write one as git knows it, such as gh-pages")
    if scheme == "ssh":
        as_ssh_address(address)
    else:
        as_destination(address)
    return text


def as_bucket_address(text: str) -> str:
    """Give `text` if it is the address of a bucket, or of a place in one, s3://bucket/prefix."""
    found = BUCKET_ADDRESS.fullmatch(text)
    if not found:
        raise Unfit(
            "this is no address of a bucket",  # not shown: somebody may have written keys into it
            "Write s3://bucket or s3://bucket/prefix, and leave keys to the environment",
        )
    parts = found["prefix"].split("/")
    if {".", ".."} & set(parts) or any(part.endswith(PRIVATE) for part in parts):
        raise Unfit(
            f"{quoted(text)} cannot be the place of a site",
            f"Write the prefix without dots for folders; names that end in {PRIVATE} are campaigner's own",
        )
    return text


def as_storage_endpoint(text: str) -> str:
    """Give `text` if it is the address of an S3-compatible server: https, or http on this machine."""
    parts = urlsplit(as_web_address(text))
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise Unfit(
            "this cannot be the address of a server", "Write it alone, such as https://storage.example.com"
        )
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise Unfit(f"anybody could read on the way to {quoted(text)}", "Write https://…")
    return text.rstrip("/")


def as_region(text: str) -> str:
    """Give `text` if it can be the name of a region of a cloud."""
    if not re.fullmatch(r"[a-z0-9-]+", text):
        raise Unfit(f'"{shortened(text)}" is no region', 'Write its name, such as "eu-central-1"')
    return text


Destination = Annotated[Line, After(as_destination)]
StorageEndpoint = Annotated[Line, After(as_storage_endpoint)]
Region = Annotated[Line, After(as_region)]
TargetName = Annotated[Line, After(as_target_name)]
