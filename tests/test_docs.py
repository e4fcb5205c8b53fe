"""What README and docs/ say is true: commands run, examples are taken, links lead somewhere."""

import json
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from campaigner.checks import NAMES as NAMES_OF_CHECKS
from campaigner.checks.packs import known_packs
from campaigner.cli import VERBS, main
from campaigner.content.articles import campaign_of
from campaigner.content.readers import read_readers
from campaigner.content.segments import read_segment
from campaigner.content.settings import settings_of
from campaigner.content.workspace import Workspace
from campaigner.render.body.article import read_body
from campaigner.render.body.containers import NAMES
from campaigner.render.body.markdown import Converter
from campaigner.render.merge_fields import KNOWN
from campaigner.render.merge_tags import DIALECTS, MergeField
from conftest import NOW

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY / "tools"))
README = REPOSITORY / "README.md"
WRITING = REPOSITORY / "docs" / "writing.md"
AUDIENCE = REPOSITORY / "docs" / "audience.md"
PAGES = (README, *(REPOSITORY / name for name in ("CHANGELOG.md", "CONTRIBUTING.md")))
DOCS = tuple(sorted((REPOSITORY / "docs").glob("*.md")))
FENCED = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")
FRONT = "title: An example\ndate: 2026-11-01\n"
SITE = '[site]\nname = "The Gazette"\nurl = "https://gazette.example"\n'
#: what the examples of docs/writing.md cite and name
SOURCES = {"cdc-2024", "fda-2025", "guide-2026"}
READER_FIELDS = {"profession"}
#: begins the example of readers.yaml
READERS = "Amina, a nurse:"
#: and that of a policy pack
PACK = 'name = "House rules"'


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in a language, without the indentation that they share."""
    return [
        re.sub(rf"^{indent}", "", text, flags=re.MULTILINE)
        for indent, name, text in FENCED.findall(page.read_text(encoding="utf-8"))
        if name == language
    ]


def anchors(page: Path) -> set[str]:
    """The places in a page that GitHub makes of its headings."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[str]:
    """The links of a page to files and places of the repository."""
    text = FENCED.sub("", page.read_text(encoding="utf-8"))
    text = re.sub(r"`[^`\n]+`", "`code`", text)
    return [link for link in LINK.findall(text) if "://" not in link]


def commands(block: str) -> Iterator[tuple[list[str], list[str]]]:
    """Each command of a console block with the lines that it is said to print."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *printed = part.rstrip("\n").split("\n")
        yield shlex.split(command), printed


def without_numbers(line: str) -> str:
    return re.sub(r"\d+", "0", line.rstrip())


def test_the_reference_is_what_the_code_says() -> None:
    from reference import PAGE, reference_page

    assert PAGE.read_text(encoding="utf-8") == reference_page(), "run `make docs`"


def test_the_page_of_checks_is_what_they_say() -> None:
    from checks_page import PAGE, checks_page

    assert PAGE.read_text(encoding="utf-8") == checks_page(), "run `make docs`"


def test_the_reference_is_the_same_in_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    from reference import reference_page

    wide = reference_page()
    monkeypatch.setenv("COLUMNS", "40")
    assert reference_page() == wide


def test_every_verb_stands_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert [verb for verb in VERBS if f"| `campaigner {verb}" not in text] == []


def test_every_option_of_every_verb_stands_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    context = main.make_context("campaigner", ["list"], resilient_parsing=True)
    for verb in VERBS:
        command = main.get_command(context, verb)
        assert command is not None
        options = [option for parameter in command.params for option in parameter.opts if option[0] == "-"]
        assert [option for option in options if option not in text] == [], verb


def test_the_commands_of_the_readme_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOW.timestamp())))
    ran = []
    for block in blocks(README, "console"):
        for (program, *arguments), printed in commands(block):
            if program == "cd":
                monkeypatch.chdir(tmp_path / arguments[0])
                (target,) = (toml for toml in blocks(README, "toml") if toml.startswith("[publish."))
                with (tmp_path / arguments[0] / "campaigner.toml").open("a", encoding="utf-8") as settings:
                    settings.write(f"\n{target.replace('/srv/www', str(tmp_path))}")
                continue
            assert program == "campaigner"
            done = CliRunner().invoke(main, arguments)
            assert done.exit_code == 0, done.output
            told = [without_numbers(line) for line in done.output.splitlines()]
            assert [line for line in printed if line != "…" and without_numbers(line) not in told] == []
            ran.append(arguments[0])
    # `serve` answers until it is told to end: tests/signup/test_serving.py runs it
    assert {*ran, "serve"} == set(VERBS)


@pytest.mark.parametrize("page", [README, WRITING], ids=lambda page: page.name)
def test_every_article_and_every_piece_of_one_is_taken(page: Path) -> None:
    converter = Converter()
    examples = blocks(page, "markdown")
    assert examples
    for example in examples:
        text = example if example.startswith("---\n") else f"---\n{FRONT}---\n\n{example}"
        campaign = campaign_of(text, folder="example", path="article.md")
        read_body(
            campaign,
            language="en",
            converter=converter,
            reader_fields=READER_FIELDS,
            source_ids=SOURCES,
        )


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_every_piece_of_front_matter_is_taken(page: Path) -> None:
    for example in blocks(page, "yaml"):
        if example.startswith(READERS):
            continue
        front = FRONT.replace("title: An example\n", "") if example.startswith("title:") else FRONT
        campaign_of(f"---\n{front}{example}---\n\nText.\n", folder="example", path="article.md")


def test_the_jobs_of_the_docs_run_commands_that_there_are() -> None:
    ran = []
    for job in blocks(DOCS[0].with_name("publishing.md"), "yml"):
        assert isinstance(yaml.safe_load(job), dict)
        for line in re.findall(r"\bcampaigner ([a-z].*)$", job, re.MULTILINE):
            words = shlex.split(line.partition(">")[0])
            context = main.make_context("campaigner", words)
            command = main.get_command(context, words[0])
            assert command is not None
            command.make_context(words[0], words[1:], parent=context)
            ran.append(words[0])
    assert ran == ["check", "preview", "publish"] * 2 + ["publish"] * 6


def test_the_sample_readers_are_taken(tmp_path: Path) -> None:
    (example,) = (example for example in blocks(WRITING, "yaml") if example.startswith(READERS))
    (tmp_path / "readers.yaml").write_text(example)
    found = read_readers(Workspace(root=tmp_path), known={*KNOWN, *READER_FIELDS})
    assert [reader.label for reader in found] == ["Amina, a nurse", "Only an address"]


def test_every_piece_of_settings_is_taken() -> None:
    examples = [example for example in blocks(WRITING, "toml") if not example.startswith(PACK)]
    assert examples
    for example in examples:
        settings = settings_of(SITE + example)
        named = {*settings.check.severities, *(waiver.check for waiver in settings.waivers)}
        assert named <= NAMES_OF_CHECKS


def test_the_fields_and_the_segment_of_the_audience_are_taken(tmp_path: Path) -> None:
    fields, segment = blocks(AUDIENCE, "toml")
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "nurses.toml").write_text(segment)
    found = read_segment(Workspace(root=tmp_path), "nurses", settings_of(SITE + fields).reader)
    assert len(found.any_of) == 2


def test_the_commands_of_the_audience_are_there() -> None:
    ran = []
    for block in blocks(AUDIENCE, "sh"):
        for line in block.splitlines():
            _, *words = shlex.split(line)
            context = main.make_context("campaigner", list(words))
            group = main.get_command(context, words[0])
            assert isinstance(group, click.Group)
            group.commands[words[1]].make_context(words[1], words[2:], parent=context)
            ran.append(words[1])
    assert {"import", "list", "show", "segments", "export", "backup", "restore"} == set(ran)
    group = main.get_command(context, "audience")
    assert isinstance(group, click.Group)
    text = AUDIENCE.read_text(encoding="utf-8")
    assert [
        name for name in group.commands if f"`{name}" not in text and f"audience {name}" not in text
    ] == []


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A workspace with the policy pack of the guide."""
    (example,) = (example for example in blocks(WRITING, "toml") if example.startswith(PACK))
    (switched_on,) = (example for example in blocks(WRITING, "toml") if '"house"' in example)
    article = tmp_path / "campaigns" / "house" / "article.md"
    article.parent.mkdir(parents=True)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "house.toml").write_text(example)
    (tmp_path / "campaigner.toml").write_text(SITE + switched_on)
    article.write_text(
        f"---\n{FRONT}---\n\nAs at #AcmeAc4demy, but\nrisk-free. Acme Academy Press prints it.\n"
    )
    return tmp_path


def test_the_policy_pack_of_the_guide_holds(house: Path) -> None:
    only = ["--only", "policy-term", "--only", "policy-wording", "--only", "policy-disclosure"]
    arguments = ["-C", str(house), "check", *only, "--format", "json"]
    done = CliRunner().invoke(main, arguments, env={"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))})
    found = json.loads(done.stdout)["findings"]
    assert [(one["line"], one["check"]) for one in found] == [(6, "policy-term"), (7, "policy-wording")]


def test_the_packs_that_the_guide_names_are_there(house: Path) -> None:
    known = known_packs(Workspace(root=house))
    settings = [tomllib.loads(one) for one in blocks(WRITING, "toml") if "policies = " in one]
    assert len(settings) == 2
    assert {name for one in settings for name in one["check"]["policies"]} <= known
    text = WRITING.read_text(encoding="utf-8")
    assert [name for name in known if f"`{name}`" not in text and name != "house"] == []


@pytest.mark.parametrize("page", [*PAGES, *DOCS], ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_to_a_place_in_it(page: Path) -> None:
    for link in links(page):
        path, _, place = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not place or place in anchors(target), link


def test_every_dialect_stands_in_the_guide_as_it_writes_a_name() -> None:
    from reference import code

    text = WRITING.read_text(encoding="utf-8")
    field = MergeField(name="first_name", fallback="there")
    for name, dialect in DIALECTS.items():
        (row,) = re.findall(rf"^\| `{name}` \|.*$", text, re.MULTILINE)
        assert code(dialect.field(field, html=True)) in row


def test_every_block_stands_in_the_guide() -> None:
    text = WRITING.read_text(encoding="utf-8")
    assert [name for name in NAMES if f"`{name}`" not in text] == []


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    wanted += (REPOSITORY / "tests" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    names = [re.split(r"[^\w-]", line)[0].lower() for line in wanted if line[:1] not in ("", "#")]
    reasons = (REPOSITORY / "docs" / "why.md").read_text(encoding="utf-8").lower()
    assert [name for name in names if not name.startswith("types-") and name not in reasons] == []


def test_every_folder_of_the_program_stands_in_the_architecture() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = REPOSITORY / "src" / "campaigner"
    folders = [file.parent.name for file in package.glob("*/__init__.py")]
    assert [name for name in folders if f"`{name}/`" not in text] == []


def test_every_file_of_the_build_that_the_architecture_names_is_there() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    files = {file.name for file in (REPOSITORY / "src" / "campaigner").rglob("*.py")}
    assert {Path(name).name for name in re.findall(r"`([a-z_/]+\.py)`", text)} <= files
