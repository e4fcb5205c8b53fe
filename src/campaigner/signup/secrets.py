"""Where secrets come from: the environment, or `.env` beside campaigner.toml; never from a file that git tracks."""

import os
import secrets
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from campaigner.audience.storage.database import VARIABLE as DATABASE
from campaigner.content.workspace import Workspace
from campaigner.errors import Fault
from campaigner.signup.tokens import ONLY, VARIABLE, Keys, SecretError, keys_of
from campaigner.signup.watching import VARIABLE as WATCH_TOKEN
from campaigner.transport.carrier import PASSWORD

ENV_FILE = ".env"
#: in `.campaigner/`, of a preview that has no secret of its own
KEY_FILE = "preview.key"
#: shorter ones are words that stand anywhere
SHORTEST_FOUND = 8
GIT_SECONDS = 30
#: git says nothing of a repository of another user's, as where the app runs as a user of its own: its settings may name
#: programs to run. Of these only this one is run by what is asked here
LOOKING = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false")


def environment_of(workspace: Workspace, outer: Mapping[str, str]) -> dict[str, str]:
    """Give the environment with what `.env` adds to it; what is set outside goes first.

    Raises SecretError where git tracks `.env`: whoever has the repository would have the secrets.
    """
    file = workspace.root / ENV_FILE
    if not file.is_file():
        return {**outer}
    if _git(workspace, "ls-files", "--error-unmatch", "--", ENV_FILE) is not None:
        message = "git tracks this file, and it is the place of secrets"
        hint = "Take new secrets, put .env into .gitignore, and run: git rm --cached .env"
        raise SecretError(Fault(path=ENV_FILE, message=message, hint=hint))
    from dotenv import dotenv_values

    try:
        found = dotenv_values(file, interpolate=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        hint = "Change its permissions, or write it anew"
        raise SecretError(Fault(path=ENV_FILE, message=f"it cannot be read: {reason}", hint=hint)) from None
    return {name: value for name, value in found.items() if value is not None} | dict(outer)


def refuse_tracked(workspace: Workspace, environment: Mapping[str, str]) -> None:
    """Raise SecretError where one of the secrets stands in a file that git tracks."""
    for variable, values in _secrets(environment).items():
        wanted = "".join(f"{value}\n" for value in values if len(value) >= SHORTEST_FOUND)
        # from the top of the repository, of which the workspace may be a part
        found = _git(workspace, "grep", "-lIFz", "-f", "-", "--", ":/", input=wanted) if wanted else None
        if found:
            path = found.split("\0")[0]
            message = f"the secret of {variable} stands in this file, which git tracks"
            hint = "Take a new secret, and keep it in the environment or in .env"
            raise SecretError(Fault(path=path, message=message, hint=hint))


def want_password(mail: str, environment: Mapping[str, str]) -> None:
    """Raise SecretError where `signup.mail` names a user whose password is not there: no mail would ever leave."""
    if urlsplit(mail).username and not environment.get(PASSWORD):
        message = "there is no password for the user of signup.mail"
        hint = "Set it in the environment or in .env, or take the user out where the server wants none"
        raise SecretError(Fault(path=PASSWORD, message=message, hint=hint))


def preview_keys(workspace: Workspace, environment: Mapping[str, str]) -> Keys:
    """Give the keys of a preview: those of the environment, else a random one in `.campaigner/`, made once."""
    if environment.get(VARIABLE, "").strip():
        return keys_of(environment[VARIABLE])
    file = workspace.state / KEY_FILE
    try:
        workspace.state.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            _make(file)
        return keys_of(f"{ONLY}:{file.read_text(encoding='ascii').strip()}")
    except (OSError, UnicodeDecodeError) as error:
        message = f"the preview's key cannot be kept: {getattr(error, 'strerror', None) or 'it is no key'}"
        raise SecretError(
            Fault(path=workspace.shown(file), message=message, hint="Delete it, or make room")
        ) from None


def _make(file: Path) -> None:
    """Make the key's file whole, for its owner alone; raises FileExistsError where another preview did."""
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(32) + "\n")
        os.link(beside, file)
    finally:
        beside.unlink()


def _secrets(environment: Mapping[str, str]) -> dict[str, list[str]]:
    keys = environment.get(VARIABLE, "").split(",")
    return {
        VARIABLE: [each.rpartition(":")[2].strip() for each in keys if each.strip()],
        PASSWORD: [environment.get(PASSWORD, "").strip()],
        WATCH_TOKEN: [environment.get(WATCH_TOKEN, "").strip()],
        DATABASE: [_password(environment.get(DATABASE, ""))],
    }


def _password(address: str) -> str:
    with suppress(ValueError):
        return urlsplit(address).password or ""
    return ""


def _git(workspace: Workspace, *arguments: str, input: str | None = None) -> str | None:  # noqa: A002
    """What git says; None where it says no, or where there is no git or no repository."""
    try:
        done = subprocess.run(  # noqa: S603  no shell, and nothing of a stranger's
            ["git", *LOOKING, *arguments],  # noqa: S607  whichever git the user has
            cwd=workspace.root,
            input=input,
            capture_output=True,
            text=True,
            errors="surrogateescape",
            timeout=GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
