"""Seeded faults: what is found in a clean campaign with an example put into it, and where."""

from pathlib import Path

from campaigner.checks.check import Example
from checks.examples import found_in


def assert_found(folder: Path, check: str, examples: tuple[Example, ...], on: str) -> None:
    """Hold that only `check` finds the fault, on a line of its source that has `on` in it; nothing where empty."""
    findings = found_in(folder, *examples)
    assert {one.check for one in findings} == ({check} if on else set()), findings
    for one in findings:
        line = (folder / one.path).read_text(encoding="utf-8").splitlines()[one.line - 1]
        assert on in line, f"{one.path}:{one.line} is {line!r}"
