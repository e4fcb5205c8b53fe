"""What is handed out: the wheel, installed and used as a newcomer uses it, and the sources."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path) -> str:
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `campaigner` command of a clean environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY)
    (wheel,) = folder.glob("campaigner-*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    pip = (environment / "bin" / "python", "-m", "pip", "install", "--quiet")
    run(*pip, "--constraint", REPOSITORY / "constraints.txt", wheel, cwd=folder)
    return environment / "bin" / "campaigner"


def test_a_newcomer_gets_a_campaign_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    run(installed, "init", "site", cwd=tmp_path)
    told = run(installed, "build", cwd=tmp_path / "site")
    assert told.splitlines()[-1].startswith("1 campaign: ")
    output = tmp_path / "site" / "output"
    for path in ("site/index.html", "site/starter/index.html", "site/starter/join/index.html"):
        assert "</html>" in (output / path).read_text(encoding="utf-8")
    assert (output / "mail" / "starter" / "newsletter.eml").is_file()
    assert list((output / "site" / "assets").glob("site.*.css"))


def test_a_draft_of_a_document_builds_at_once(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("A short letter\n\nIt has one paragraph.\n", encoding="utf-8")
    run(installed, "init", cwd=tmp_path)
    run(installed, "new", "letter", "--from", "letter.txt", cwd=tmp_path)
    run(installed, "build", "letter", "--drafts", cwd=tmp_path)
    assert "A short letter" in (tmp_path / "output/site/letter/index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that somebody has who unpacked the archive of the sources."""
    folder = tmp_path_factory.mktemp("sources")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=REPOSITORY)
    (archive,) = folder.glob("campaigner-*.tar.gz")
    run("tar", "-xzf", archive, cwd=folder)
    return folder / archive.name.removesuffix(".tar.gz")


def test_the_sources_have_what_the_makefile_works_with(unpacked: Path) -> None:
    for path in (
        *("Makefile", "constraints.txt", "pyproject.toml", "campaigner.toml", "sources.yaml", "privacy.md"),
        *("tools/packages.py", "tests/requirements.txt", "docs/why.md", "CONTRIBUTING.md", ".ci/run"),
        *("templates/README.md", "campaigns/starter/article.md", "src/campaigner/cli/workspace.toml"),
        "src/campaigner/publish/ssh/remote/state.sh",
    ):
        assert (unpacked / path).is_file(), path


def test_the_campaigns_of_the_sources_build(unpacked: Path) -> None:
    program = "import sys; sys.path.insert(0, 'src'); from campaigner.cli import main; main(['build'])"
    told = run(sys.executable, "-c", program, cwd=unpacked)
    assert told.splitlines()[-1].startswith("2 campaigns: ")
