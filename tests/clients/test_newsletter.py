"""The newsletter of the shipped example in each program."""

import shutil
from pathlib import Path

import pytest
from lxml import etree
from lxml.html import document_fromstring

from campaigner.build.options import Options
from campaigner.build.run import build
from campaigner.clients.conditions import for_others, for_word
from campaigner.clients.programs import PROGRAMS, Program
from campaigner.clients.simulation import Mail, simulate
from campaigner.content.workspace import find_workspace
from conftest import NOW

REPOSITORY = Path(__file__).parents[2]
SLUG = "unlicensed-botulinum-toxin"


@pytest.fixture(scope="module")
def newsletter(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The mail as it is sent."""
    folder = tmp_path_factory.mktemp("workspace")
    for name in ("campaigner.toml", "sources.yaml", "privacy.md"):
        shutil.copy(REPOSITORY / name, folder / name)
    shutil.copytree(REPOSITORY / "campaigns", folder / "campaigns")
    workspace = find_workspace(folder)
    build(workspace, Options(output=workspace.output, jobs=1), now=NOW)
    return (workspace.output / "mail" / SLUG / "newsletter.html").read_text(encoding="utf-8")


def text_of(html: str) -> str:
    """What a reader sees of the body, in one line."""
    body = document_fromstring(html).find("body")
    assert body is not None
    etree.strip_elements(body, "style", "xml", with_tail=False)
    return " ".join("".join(map(str, body.itertext())).split())


def links_of(html: str) -> list[str | None]:
    return [link.get("href") for link in document_fromstring(html).iter("a")]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_the_newsletter_stays_whole(newsletter: str, program: Program, dark: bool) -> None:
    sent = (for_word if program.is_word else for_others)(newsletter)
    found = simulate(Mail(newsletter), program, dark=dark)
    assert text_of(found.html) == text_of(sent)
    assert len(text_of(sent)) > 2000
    assert len(links_of(found.html)) >= len(links_of(for_others(newsletter))) - 5
    assert None not in links_of(found.html)


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_all_styles_of_the_newsletter_reach_programs_that_read_any(newsletter: str, program: Program) -> None:
    found = simulate(Mail(newsletter), program, dark=False)
    assert [one.what for one in found.removed if one.feature is None] == []


@pytest.mark.parametrize("about", ["border-color", ".callout-kind"])
def test_outlook_com_has_the_dark_lines_and_callouts_that_others_have(newsletter: str, about: str) -> None:
    rules = [line for line in newsletter.splitlines() if about in line and line.endswith("!important; }")]
    for_outlook = {line.replace("[data-ogsc] ", "") for line in rules if "[data-ogsc]" in line}
    others = {line for line in rules if "[data-ogsc]" not in line}
    assert len(others) >= 4
    assert {line for line in others if ".picture" not in line} <= for_outlook
