"""Runs git, so that nobody's settings, attributes or hooks have a say in what it does."""

import os
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryFile

from campaigner.publish.ssh.connection import Connection
from campaigner.publish.ssh.faults import missing_here
from campaigner.value import Value

#: see git(1)
ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    # nobody is asked for anything
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ASKPASS": "false",
    "SSH_ASKPASS_REQUIRE": "never",
    "GIT_SSH_VARIANT": "ssh",
    # in the words that git_faults knows
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "TZ": "UTC0",
}
#: seconds
LOOK_AGAIN = 0.2

#: is told which files standard output and standard error go to, while a command goes on
Listening = Callable[[int, int], None]


class Answer(Value):
    """What git said."""

    code: int
    out: bytes
    err: bytes

    @property
    def told(self) -> str:
        """All of it, for people; what went wrong first."""
        return (self.err + b"\n" + self.out).decode("utf-8", "replace")


def run_git(
    folder: Path,
    *arguments: str,
    connection: Connection | None = None,
    given: bytes = b"",
    environment: Mapping[str, str] | None = None,
    listening: Listening | None = None,
) -> Answer:
    """Run git in the repository `folder`, and let it reach others by `connection` only.

    Raises PublishError where git, or what it needs, is not installed.
    """
    found = shutil.which("git")
    if not found:
        raise missing_here("git")
    ours = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **ENVIRONMENT,
        "GIT_DIR": str(folder),
        "GIT_SSH_COMMAND": shlex.join(connection.ssh) if connection else "false",
        **(environment or {}),
    }
    # files, not pipes: what keeps a connection open may hold them longer than the command runs
    with TemporaryFile() as stdin, TemporaryFile() as out, TemporaryFile() as err:
        stdin.write(given)
        stdin.seek(0)
        with subprocess.Popen(  # noqa: S603
            [found, *arguments], stdin=stdin, stdout=out, stderr=err, env=ours
        ) as running:
            try:
                _wait(running, out.fileno(), err.fileno(), listening)
            except BaseException:
                running.kill()
                raise
        out.seek(0)
        err.seek(0)
        return Answer(code=running.returncode, out=out.read(), err=err.read())


def _wait(running: "subprocess.Popen[bytes]", out: int, err: int, listening: Listening | None) -> None:
    while listening:
        try:
            running.wait(LOOK_AGAIN)
            return
        except subprocess.TimeoutExpired:
            listening(out, err)
    running.wait()
