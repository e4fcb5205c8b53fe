"""The command line as a person or a program runs it."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from campaigner.cli import main
from campaigner.value import Value

FAULT = re.compile(r"(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<told>.+)")


class Outcome(Value):
    """What a command did."""

    exit_code: int
    out: str
    err: str

    @property
    def faults(self) -> list[str]:
        """The lines that tell faults: all of standard error but its last line, the sum."""
        lines = self.err.splitlines()
        assert lines[-1] == f"Nothing was written: {len(lines) - 1} fault{'s' if len(lines) > 2 else ''}."
        assert all(FAULT.fullmatch(line) for line in lines[:-1])
        return lines[:-1]

    @property
    def told(self) -> dict[str, Any]:
        """The JSON on standard output."""
        found: dict[str, Any] = json.loads(self.out)
        return found


Run = Callable[..., Outcome]


def run_in(folder: Path, *arguments: str) -> Outcome:
    """Run `campaigner` in a folder, at a fixed moment; anything but an exit is an error of the test."""
    environment = {"SOURCE_DATE_EPOCH": "1795348800"}
    result = CliRunner().invoke(main, ["-C", str(folder), *arguments], env=environment)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Outcome(exit_code=result.exit_code, out=result.stdout, err=result.stderr)


@pytest.fixture
def campaigner(tmp_path: Path) -> Run:
    """Give a function that runs `campaigner` in the workspace of the test."""
    return lambda *arguments: run_in(tmp_path, *arguments)
