"""Runs commands on another machine, by ssh, and brings files there, by rsync.

Host keys are always checked, whatever the settings of ssh say, and nothing is asked: keys come from the agent or from
ssh's own files. All commands share one connection, which ends with the program at the latest.
"""

import os
import shlex
import shutil
import subprocess
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp
from typing import IO

from campaigner.publish.host import Progress
from campaigner.publish.ssh.faults import failure, missing_here

#: settings of ssh that nobody's files can change; see ssh_config(5)
OPTIONS = {
    "BatchMode": "yes",
    "StrictHostKeyChecking": "yes",
    "NoHostAuthenticationForLocalhost": "no",
    "ConnectTimeout": "15",
    # a connection that is lost is noticed within a minute
    "ServerAliveInterval": "15",
    "ServerAliveCountMax": "4",
    "ClearAllForwardings": "yes",
    "ControlMaster": "auto",
    "ControlPersist": "60",
}
#: a file of settings for ssh, instead of those of the user
CONFIG = "CAMPAIGNER_SSH_CONFIG"
#: seconds
PATIENCE = 5


class Connection:
    """A way to another machine."""

    def __init__(self, destination: str, port: int | None, *, where: str) -> None:
        """Prepare a way to `destination`, "user@host" or "host"; `where` is what people call it."""
        self._destination = destination
        #: rsync wants brackets about an address of IPv6, and ssh wants none
        self._host = destination.translate({ord(sign): None for sign in "[]"})
        self._port = port
        self._where = where

    def ask(self, script: str, *arguments: str, given: bytes = b"") -> bytes:
        """Run a script of `remote/` with something on standard input; raises PublishError where it fails."""
        with TemporaryFile() as told, TemporaryFile() as stdin:
            stdin.write(given)
            stdin.seek(0)
            done = self._run(
                [*self.ssh, "--", self._host, _command(script, arguments)], stdin=stdin, stderr=told
            )
            self._check(done.returncode, told)
        return done.stdout

    @contextmanager
    def reading(self, script: str, *arguments: str) -> Iterator[IO[bytes]]:
        """Run a script, and read what it gives while it goes on."""
        yield from self._reading([*self.ssh, "--", self._host, _command(script, arguments)])

    def bring(self, folder: Path, there: str, *, before: str, total: int, progress: Progress) -> None:
        """Bring all files of a folder into one on the other machine, `there`.

        What lies at the same path in the folder `before` and has the same content becomes a further name of that.
        """
        command = [
            *(_found("rsync"), "--recursive", "--links", "--checksum"),
            # readable for all, whatever the umask is there; a path is no text for a shell
            *("--perms", "--chmod=D755,F644", "--protect-args", "--out-format=%n"),
            *([f"--link-dest={before}"] if before else []),
            *("-e", " ".join(map(_word, self.ssh)), "--", f"{folder}/", f"{self._destination}:{there}/"),
        ]
        number = 0
        with contextmanager(self._reading)(command) as told:
            for line in told:
                if not line.endswith(b"/\n"):
                    number += 1
                    progress(min(number, total), total)

    @cached_property
    def ssh(self) -> list[str]:
        """How ssh is called, up to the host; it ends with what it was called for."""
        folder = mkdtemp(prefix="campaigner-")
        config = os.environ.get(CONFIG, "")
        ssh = [
            *(_found("ssh"), "-T", "-a", "-x"),
            *(["-F", config] if config else []),
            *(f"-o{name}={value}" for name, value in OPTIONS.items()),
            f"-oControlPath={folder}/ssh",
            *([f"-p{self._port}"] if self._port else []),
        ]
        weakref.finalize(self, _close, [*ssh, "-O", "exit", "--", self._host], folder)
        return ssh

    def _run(
        self, command: list[str], *, stdin: IO[bytes], stderr: IO[bytes]
    ) -> subprocess.CompletedProcess[bytes]:
        # a file for its messages, not a pipe: what keeps the connection open may hold it longer than the command runs
        return subprocess.run(  # noqa: S603
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr, env=_environment(), check=False
        )

    def _reading(self, command: list[str]) -> Iterator[IO[bytes]]:
        with TemporaryFile() as told:
            with subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=told,
                env=_environment(),
            ) as running:
                assert running.stdout  # noqa: S101
                try:
                    yield running.stdout
                except BaseException:
                    running.kill()
                    raise
            self._check(running.returncode, told)

    def _check(self, code: int, told: IO[bytes]) -> None:
        if code:
            told.seek(0)
            raise failure(self._where, code, told.read().decode("utf-8", "replace"))


def _command(script: str, arguments: tuple[str, ...]) -> str:
    """What the login there is to run: any shell understands these quotes."""
    folder = files("campaigner.publish.ssh") / "remote"
    parts = ["holding.sh", script] if script in {"finish.sh", "show.sh"} else [script]
    text = "LC_ALL=C\nexport LC_ALL\n" + "\n".join(
        (folder / part).read_text(encoding="utf-8") for part in parts
    )
    return shlex.join(["sh", "-c", text, "campaigner", *arguments])


def _word(text: str) -> str:
    """A word of the command that rsync is to connect with: rsync has no backslashes, but doubles quotes."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in " '\"") else text


def _found(program: str) -> str:
    found = shutil.which(program)
    if not found:
        raise missing_here(program)
    return found


def _environment() -> dict[str, str]:
    # in the words that connection_faults knows
    return os.environ | {"LC_ALL": "C"}


def _close(command: list[str], folder: str) -> None:
    with suppress(OSError, subprocess.SubprocessError):
        subprocess.run(  # noqa: S603
            command, capture_output=True, stdin=subprocess.DEVNULL, check=False, timeout=PATIENCE
        )
    shutil.rmtree(folder, ignore_errors=True)
