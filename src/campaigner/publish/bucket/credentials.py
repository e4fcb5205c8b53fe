"""The keys of who publishes to a bucket: looked up where Amazon's own tools do, shown to nobody and kept nowhere."""

import os
import re
from collections.abc import Mapping
from configparser import ConfigParser, Error
from pathlib import Path
from typing import TYPE_CHECKING

from campaigner.errors import PublishError
from campaigner.publish.host import refused

if TYPE_CHECKING:
    from obstore.store import S3Config

KEY, SECRET, TOKEN = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
PROFILE, FILE = "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE"
#: where all of one line are set, the cloud itself hands out keys to what runs in it; obstore asks for them
HANDED_OUT = (
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"),
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"),
)
#: of ASCII alone, as what stands in a header must be
WRITTEN = re.compile(r"[!-~]+")
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
#: what a server that has no regions takes, too
ANY_REGION = "us-east-1"


def keys_of(environment: Mapping[str, str], where: str) -> "S3Config":
    """The keys, as obstore wants them; nothing where the cloud hands them out.

    Raises PublishError where there are none: without any, obstore would ask an address that only machines of the
    cloud can reach, for half a minute.
    """
    # a line break at the end comes with many a secret of a job
    given = {name: environment.get(name, "").strip() for name in (KEY, SECRET, TOKEN)}
    given = {name: value for name, value in given.items() if value}
    for name, value in given.items():
        if not WRITTEN.fullmatch(value):
            raise refused(where, f"{name} has signs in it that no key has", "Set it anew")
    if KEY in given and SECRET in given:
        return _as_settings(given[KEY], given[SECRET], given.get(TOKEN))
    if KEY in given or SECRET in given:
        there, missing = (KEY, SECRET) if KEY in given else (SECRET, KEY)
        raise refused(where, f"{there} is set, and {missing} is not", f"Set {missing}, too")
    profile = environment.get(PROFILE, "")
    if not profile and any(all(map(environment.get, names)) for names in HANDED_OUT):
        return {}
    return _of_profile(environment, profile, where)


def region_of(environment: Mapping[str, str]) -> str:
    """The region, where the settings name none."""
    return next((environment[name] for name in REGIONS if environment.get(name)), ANY_REGION)


def _of_profile(environment: Mapping[str, str], profile: str, where: str) -> "S3Config":
    file = Path(os.path.expanduser(environment.get(FILE) or "~/.aws/credentials"))
    read = ConfigParser(interpolation=None, default_section="")
    try:
        read.read(file, encoding="utf-8")
        section = read[profile or "default"]
        key, secret = section["aws_access_key_id"], section["aws_secret_access_key"]
        token = section.get("aws_session_token")
        if not all(map(WRITTEN.fullmatch, filter(None, (key, secret, token)))):
            raise ValueError
        return _as_settings(key, secret, token)
    except KeyError:
        pass
    except (Error, OSError, ValueError):
        # what is wrong may be a line with a key in it
        raise refused(str(file), "this file cannot be read", "Write it as `aws configure` does") from None
    if profile:
        message = f'no keys are there for {PROFILE} "{profile}"'
        raise refused(where, message, f"See that {file} has them, or set {KEY} and {SECRET}")
    raise no_keys(where)


def no_keys(where: str) -> PublishError:
    """Nobody says who publishes."""
    hint = f"Set {KEY} and {SECRET} (and {TOKEN}, where there is one), or {PROFILE}"
    return refused(where, "no keys are there to publish with", hint)


def _as_settings(key: str, secret: str, token: str | None) -> "S3Config":
    found: S3Config = {"access_key_id": key, "secret_access_key": secret}
    if token:
        found["session_token"] = token
    return found
