"""Which commit the sources of a site are, where they are a checkout, and who works on them."""

import re
import subprocess
from pathlib import Path

SECONDS = 20
#: who publishes, where git does not know
NOBODY = ("campaigner", "campaigner@localhost")


def commit_of(root: Path) -> str:
    """The commit that is checked out, with a "+" where files differ from it; empty where nobody can know."""
    commit = _git(root, "rev-parse", "HEAD")
    if not commit:
        return ""
    return (
        f"{commit}+" if _git(root, "status", "--porcelain", "--untracked-files=normal", "--", ".") else commit
    )


def identity_of(root: Path) -> tuple[str, str]:
    """Name and mail address of who works here, as git has been told them."""
    told = _git(root, "-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
    found = re.fullmatch(r"(.+) <([^<>]+)> \d+ [+-]\d+", told)
    return (found[1], found[2]) if found else NOBODY


def _git(root: Path, *arguments: str) -> str:
    try:
        told = subprocess.run(  # noqa: S603
            ["git", "-C", root, *arguments],  # noqa: S607
            capture_output=True,
            check=True,
            text=True,
            errors="replace",
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.strip()
