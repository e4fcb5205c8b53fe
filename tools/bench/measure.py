"""Runs a command and says how long it took and how much memory it had."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

Command = Sequence[str | Path]

MEBIBYTE = 1024 * 1024
#: between two looks at the memory of all processes
LOOK_SECONDS = 0.1
#: what a shell here says to Python is not for the programs: without compiled files each start is slow
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run of a command."""

    #: of the whole command, by the clock on the wall
    seconds: float
    #: resident memory of its largest process, in MiB
    largest: float
    #: the most that all its processes had together, what they share counted once, in MiB; 0 where nobody
    #: looked
    together: float


def run(command: Command, folder: Path, *, watch: bool = False) -> Run:
    """Run a command in a folder, silently; raise RuntimeError with what it said where it fails.

    It begins when the disk has all that was written before. `watch` looks at the memory of all its
    processes meanwhile, which costs it a little time.
    """
    os.sync()
    with (folder / "said").open("w+b") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stdout=said, stderr=subprocess.STDOUT
        )
        watcher = _Watcher(process.pid) if watch else None
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        together = watcher.most() if watcher else 0.0
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{command} failed:\n{said.read().decode(errors='replace')}")
    # Linux counts in KiB, and of a process and those it waited for it tells the largest (getrusage(2))
    return Run(seconds=seconds, largest=usage.ru_maxrss / 1024, together=together)


class _Watcher:
    """Looks again and again at the memory of a process and all that it started."""

    def __init__(self, pid: int) -> None:
        self._most = 0
        self._is_done = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(pid,))
        self._thread.start()

    def most(self) -> float:
        """End, and give the most there was, in MiB."""
        self._is_done.set()
        self._thread.join()
        return self._most / MEBIBYTE

    def _watch(self, pid: int) -> None:
        while not self._is_done.wait(LOOK_SECONDS):
            try:
                first = psutil.Process(pid)
                processes = [first, *first.children(recursive=True)]
                self._most = max(self._most, sum(_memory(process) for process in processes))
            except psutil.Error:
                continue


def _memory(process: psutil.Process) -> int:
    """Proportional set size: of pages that several processes share, each has its part (proc_pid_smaps(5))."""
    try:
        return int(process.memory_full_info().pss)
    except psutil.Error:
        return 0
