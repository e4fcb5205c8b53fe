"""What is quick loads little: the program's start, and a build with nothing to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import campaigner
from publisher import NOW, Publisher

HEAVY = {
    *(
        "PIL",
        "babel",
        "bs4",
        "coloraide",
        "cssutils",
        "jinja2",
        "lxml",
        "markdown",
        "markdownify",
    ),
    *("alembic", "email_validator", "limits", "sqlalchemy"),
    *("markupsafe", "multiprocessing", "nh3", "premailer", "pydantic", "requests", "rich", "yaml"),
}
LOADED = """\
import sys
from campaigner.cli import main
try:
    main(sys.argv[1:])
finally:
    print("loaded:", *{name.partition(".")[0] for name in sys.modules})
"""


def heavy_modules(*arguments: str) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        env=os.environ
        | {
            "PYTHONPATH": str(Path(campaigner.__file__).parent.parent),
            "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
        },
        capture_output=True,
        text=True,
        check=False,  # what was found is no fault here
    ).stdout
    assert "loaded: " in told
    return HEAVY & set(told.rpartition("loaded: ")[2].split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["build", "--help"]])
def test_the_program_starts_light(arguments: list[str]) -> None:
    assert heavy_modules(*arguments) == set()


def test_a_build_with_nothing_to_do_is_light(publisher: Publisher) -> None:
    assert heavy_modules("-C", str(publisher.root), "build") == set()
    publisher.edit("campaigns/second/article.md", "Hello", "Good morning")
    assert {"jinja2", "markdown"} <= heavy_modules("-C", str(publisher.root), "build")


def test_a_check_of_what_was_checked_is_light(publisher: Publisher) -> None:
    arguments = ("-C", str(publisher.root), "check")
    assert {"jinja2", "lxml"} <= heavy_modules(*arguments)
    assert heavy_modules(*arguments) == set()
    publisher.edit("campaigns/second/article.md", "Hello", "Good morning")
    assert {"jinja2", "lxml"} <= heavy_modules(*arguments)
