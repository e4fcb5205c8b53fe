"""Publications in processes of their own, which have loaded the program already; and their end, as by kill -9."""

import multiprocessing
import os
import signal
import subprocess
from collections.abc import Callable
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

#: what a publication loads on its way
PROGRAM = (
    *("campaigner.cli", "campaigner.cli.publish", "campaigner.build.gate", "campaigner.build.judging"),
    *("campaigner.build.rendering", "campaigner.build.reviewing", "campaigner.build.whole"),
    *("campaigner.build.whole_review", "campaigner.publish.git.target", "campaigner.publish.folder.target"),
    *("campaigner.publish.publishing", "campaigner.publish.bucket.target", "campaigner.publish.ssh.target"),
    *("obstore.store", "premailer"),
)
PATIENCE = 120
ONE_JOB = ("--jobs", "1")

Arm = Callable[..., None]


def publishing(
    root: Path, told: Path | None = None, *, arguments: tuple[str, ...] = ONE_JOB, arms: tuple[Any, ...] = ()
) -> BaseProcess:
    """Begin `campaigner publish` in a workspace; what it tells goes into a file, `arms` are called before."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    process = context.Process(target=_run, args=(root, told, arguments, arms, dict(os.environ)))
    process.start()
    return process


def killed(root: Path, arm: Arm, *given: object, arguments: tuple[str, ...] = ONE_JOB) -> None:
    """Run `campaigner publish` in a workspace, and kill it where `arm` says, which is handed what is given."""
    process = publishing(root, arguments=arguments, arms=(arm, *given))
    process.join(PATIENCE)
    assert process.exitcode == -signal.SIGKILL, process.exitcode


def _run(
    root: Path,
    told: Path | None,
    arguments: tuple[str, ...],
    arms: tuple[Any, ...],
    environment: dict[str, str],
) -> None:
    from campaigner.cli import main
    from publisher import NOW

    os.environ.clear()
    os.environ.update(environment | {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))})
    told_to = os.open(told or os.devnull, os.O_WRONLY | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(told_to, stream)
    if arms:
        arm, *given = arms
        arm(*given)
    main(["-C", str(root), "publish", *arguments, "--yes"])


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def at_call(module: str, name: str, number: int, about: str = "") -> None:
    """Die at the n-th call of a function that has to do with something."""
    there, called = import_module(module), 0
    original = getattr(there, name)

    def counted(*arguments: Any, **keywords: Any) -> Any:
        nonlocal called
        called += any(about in str(argument) for argument in arguments)
        if called == number:
            _die()
        return original(*arguments, **keywords)

    setattr(there, name, counted)


def at_command(is_it: Callable[[list[str]], bool], number: int, moment: str) -> None:
    """Die at the n-th command of a kind that is started: "before" it is, when it has "begun", or when it is "done"."""
    called, original = 0, subprocess.Popen.__init__

    def counted(self: subprocess.Popen[bytes], command: list[str], *arguments: Any, **keywords: Any) -> None:
        nonlocal called
        is_now = is_it(command) and (called := called + 1) == number
        if is_now and moment == "before":
            _die()
        original(self, command, *arguments, **keywords)
        if is_now and moment == "done":
            self.wait()
        if is_now:
            _die()

    subprocess.Popen.__init__ = counted  # type: ignore[method-assign, assignment]


def at_ssh(number: int, moment: str) -> None:
    """Die at the n-th command that has to do with another machine."""
    at_command(lambda command: os.path.basename(command[0]) in {"ssh", "rsync"}, number, moment)


def at_git(word: str, moment: str) -> None:
    """Die where git is told to do something."""
    at_command(lambda command: os.path.basename(command[0]) == "git" and command[1] == word, 1, moment)


for module in PROGRAM:
    import_module(module)
