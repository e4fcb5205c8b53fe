"""A SpamAssassin for all tests of checks: it knows the one text that each takes for spam."""

from pathlib import Path

import pytest

SPAMC = """\
#!/bin/sh
if grep -q GTUBE; then
    printf '1000.0/5.0\\n\\n pts rule name              description\\n1000 GTUBE\\n 999.0 GTUBE_TEXT  BODY: a test\\n'
    exit 1
fi
printf '0.1/5.0\\n'
"""


@pytest.fixture(scope="session")
def spamc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the program."""
    folder: Path = tmp_path_factory.mktemp("bin")
    program = folder / "spamc"
    program.write_text(SPAMC)
    program.chmod(0o755)
    return folder


@pytest.fixture(autouse=True)
def _spamc_is_there(spamc: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(spamc), prepend=":")
