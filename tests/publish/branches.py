"""A workspace that is published to a branch, and what others do with that branch."""

import json
import os
import re
import shutil
import subprocess
import tarfile
from io import BytesIO
from pathlib import Path
from typing import Any

from campaigner.publish.git.history import BESIDE
from lacking import lacking
from publish.conftest import WRONG, Published
from publisher import Publisher

SETTINGS = '[publish.production]\nto = "{to}"\nurl = "https://gazette.example"\n'
BRANCH = "gh-pages"
NOTES = f"campaigner/{BRANCH}"
SOMEBODY = {
    "GIT_AUTHOR_NAME": "Somebody",
    "GIT_AUTHOR_EMAIL": "somebody@example.com",
    "GIT_COMMITTER_NAME": "Somebody",
    "GIT_COMMITTER_EMAIL": "somebody@example.com",
}


def git(*arguments: object, given: bytes | None = None) -> bytes:
    """Run git as somebody else would."""
    return subprocess.run(
        ["git", *map(str, arguments)],
        input=given,
        env=os.environ | SOMEBODY,
        check=True,
        stdout=subprocess.PIPE,
    ).stdout


class Branched(Published):
    """A workspace, and the repository with the branch that it is published to; `to` is that repository."""

    branch: str = BRANCH

    def site(self) -> dict[str, bytes]:
        """What readers see, without what a branch has beside the site."""
        return {path: content for path, content in self.all().items() if path not in BESIDE}

    def all(self, commit: str = "") -> dict[str, bytes]:
        """All that is in the branch, or in a commit."""
        packed = git("-C", self.to, "-c", "core.attributesFile=/dev/null", "archive", commit or self.branch)
        with tarfile.open(fileobj=BytesIO(packed)) as files:
            found = {one.name: files.extractfile(one) for one in files if one.isfile()}
            return {path: file.read() for path, file in found.items() if file}

    def everything(self) -> dict[str, bytes]:
        """What all refs lead to."""
        return {"refs": git("-C", self.to, "for-each-ref")}

    def lay(self, files: dict[str, bytes]) -> None:
        self.changed({path: content.decode() for path, content in files.items()})

    @property
    def release(self) -> str:
        """The name of the release that readers see."""
        told = git("-C", self.to, "log", "-1", "--format=%B", self.branch).decode()
        (name,) = re.findall(r"^Campaigner-Release: (.*)$", told, re.MULTILINE)
        assert isinstance(name, str)
        return name

    def take_away(self, path: str) -> None:
        self.changed({path: None})

    def damage(self, release: str, record: bytes = WRONG) -> None:
        """Have the record of a release say something else; it is that of the newest commit."""
        file = self.to.with_name("record.json")
        file.write_bytes(record)
        git("-C", self.to, "notes", f"--ref={NOTES}", "add", "-f", "-F", file, self.branch)
        file.unlink()

    def record(self, release: str) -> dict[str, Any]:
        written: dict[str, Any] = json.loads(
            git("-C", self.to, "notes", f"--ref={NOTES}", "show", self.branch)
        )
        return written

    @property
    def commits(self) -> list[str]:
        """The commits of the branch, the newest first."""
        return git("-C", self.to, "rev-list", self.branch).decode().split()

    def changed(self, files: dict[str, str | None], message: str = "By hand") -> str:
        """Have somebody else change files of the branch, from a clone; gives the commit."""
        clone = self.to.with_name("clone")
        shutil.rmtree(clone, ignore_errors=True)
        git("clone", "--quiet", "--no-checkout", self.to, clone)
        if git("-C", self.to, "branch", "--list", self.branch):
            git("-C", clone, "checkout", "--quiet", self.branch)
        else:
            git("-C", clone, "checkout", "--quiet", "--orphan", self.branch)
        for path, content in files.items():
            (clone / path).parent.mkdir(parents=True, exist_ok=True)
            if content is None:
                (clone / path).unlink()
            else:
                (clone / path).write_text(content)
        git("-C", clone, "add", "--all", "--force")
        git("-C", clone, "commit", "--quiet", "--allow-empty", "-m", message)
        git("-C", clone, "push", "--quiet", "origin", self.branch)
        return git("-C", clone, "rev-parse", "HEAD").decode().strip()

    def hook(self, name: str, script: str) -> None:
        """Have the repository run something when it is pushed to."""
        hook = self.to / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\n{script}\n")
        hook.chmod(0o755)


def branched(publisher: Publisher, repository: Path, address: str = "", branch: str = BRANCH) -> Branched:
    """A workspace that is published to a branch of a new bare repository."""
    if not shutil.which("git"):
        lacking("there is no git here")
    git("init", "--quiet", "--bare", repository)
    made = Branched(publisher=publisher, to=repository, branch=branch)
    made.settings(SETTINGS.format(to=f"git+{address or f'file://{repository}'}#{branch}"))
    return made
