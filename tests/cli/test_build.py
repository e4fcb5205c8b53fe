import json
import os
import re
import subprocess
import sys

import pytest
from click.testing import CliRunner, Result

from campaigner.cli import build as build_verb
from campaigner.cli import main
from campaigner.content.workspace import Workspace
from campaigner.render import merge_tags
from conftest import ARTICLE, WriteFiles


def invoke(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(workspace.root), *arguments])


def test_it_says_what_was_written_kept_and_removed(workspace: Workspace) -> None:
    first = invoke(workspace, "build").stdout
    assert "written  site/spring-offer/index.html" in first
    (workspace.campaigns / "spring-offer").rename(workspace.campaigns / "other")
    second = invoke(workspace, "build").stdout
    assert "removed  site/spring-offer/index.html" in second
    assert "written  site/other/index.html" in second
    third = invoke(workspace, "build").stdout
    assert third.startswith("1 campaign: 0 files written, ")
    assert " 0 removed " in third


def test_json_is_one_object_with_what_was_done(workspace: Workspace) -> None:
    told = json.loads(invoke(workspace, "build", "--format", "json").stdout)
    assert sorted(told) == ["campaigns", "errors", "removed", "seconds", "unchanged", "written"]
    assert told["campaigns"] == 1
    assert "site/index.html" in told["written"]
    assert told["unchanged"] == 0
    assert told["removed"] == []
    assert told["errors"] == []
    assert isinstance(told["seconds"], float)


def test_explain_says_why(workspace: Workspace) -> None:
    assert "rendered  post spring-offer: new" in invoke(workspace, "build", "--explain").stdout
    article = workspace.campaigns / "spring-offer" / "article.md"
    article.write_text(ARTICLE.replace("Hello", "Good day"), encoding="utf-8")
    assert "rendered  post spring-offer: article changed" in invoke(workspace, "build", "--explain").stdout


def test_explain_says_what_was_kept(workspace: Workspace) -> None:
    invoke(workspace, "build")
    assert "kept" not in invoke(workspace, "build").stdout
    told = invoke(workspace, "build", "--explain").stdout
    assert "kept      post spring-offer: nothing that it is made from changed\n" in told


def test_explain_says_no_more_of_what_was_kept_than_a_screen_has(write_files: WriteFiles) -> None:
    workspace = write_files({f"campaigns/no-{number}/article.md": ARTICLE for number in range(10)})
    invoke(workspace, "build")
    lines = [line for line in invoke(workspace, "build", "--explain").stdout.splitlines() if "kept" in line]
    assert len(lines) == build_verb.MOST_LINES + 1
    assert re.fullmatch(r"kept      … and \d+ more", lines[-1])


def test_explain_says_it_in_json(workspace: Workspace) -> None:
    invoke(workspace, "build")
    article = workspace.campaigns / "spring-offer" / "article.md"
    article.write_text(ARTICLE.replace("date:", "draft: true\ndate:"), encoding="utf-8")
    told = json.loads(invoke(workspace, "build", "--explain", "--format", "json").stdout)
    assert {"unit": "home 1", "reason": "listing changed"} in told["rendered"]
    assert {"unit": "post spring-offer", "reason": "it is a draft, see --drafts"} in told["dropped"]
    assert {"unit": "not-found", "reason": "nothing that it is made from changed"} in told["kept"]


def test_it_says_that_no_endpoint_is_set(workspace: Workspace) -> None:
    assert "Note: The sign-up form posts to /signup/SLUG" in invoke(workspace, "build").stderr


def test_it_says_which_brand_colour_was_shifted(workspace: Workspace) -> None:
    settings = workspace.root / "campaigner.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8") + '\n[brand]\naccent = "#ffdd00"\n', encoding="utf-8"
    )
    assert "#ffdd00" in invoke(workspace, "build").stderr


def test_a_base_url_is_a_web_address(workspace: Workspace) -> None:
    result = invoke(workspace, "build", "--base-url", "nonsense")
    assert result.exit_code == 2
    assert "is no web address" in result.stderr


def test_the_output_folder_is_named_from_the_workspace(workspace: Workspace) -> None:
    assert invoke(workspace, "build", "--output", "elsewhere").exit_code == 0
    assert (workspace.root / "elsewhere" / "site" / "index.html").is_file()
    assert not workspace.output.exists()


def test_only_the_named_campaign_is_built(write_files: WriteFiles) -> None:
    workspace = write_files(
        {
            "campaigns/a/article.md": ARTICLE,
            "campaigns/b/article.md": ARTICLE,
            "campaigns/broken/article.md": "x",
        }
    )
    assert invoke(workspace, "build", "a").exit_code == 0
    assert (workspace.output / "site" / "a").is_dir()
    assert not (workspace.output / "site" / "b").exists()


def test_a_slug_of_nobody_is_wrong_usage_and_names_the_nearest(workspace: Workspace) -> None:
    result = invoke(workspace, "build", "spring-ofer")
    assert result.exit_code == 2
    assert 'Did you mean "spring-offer"?' in result.stderr


def test_a_pipe_that_is_closed_ends_it_without_a_traceback(workspace: Workspace) -> None:
    command = f'"{sys.executable}" -m campaigner -C "{workspace.root}" build | head -n 1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def run_to(output: int, workspace: Workspace, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the real program with its standard output going somewhere."""
    command = [sys.executable, "-m", "campaigner", "-C", str(workspace.root), *arguments]
    return subprocess.run(command, stdout=output, stderr=subprocess.PIPE, text=True, check=False)


VERBS = (["build"], ["build", "--format", "json"], ["list"], ["new", "two"], ["init", "."])
ANSWERS = (["--version"], ["--help"], ["build", "--help"])


@pytest.mark.parametrize("arguments", [*VERBS, *ANSWERS], ids=" ".join)
def test_a_reader_that_has_gone_ends_it_in_silence_as_it_ends_other_programs(
    workspace: Workspace, arguments: list[str]
) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run_to(writing, workspace, *arguments)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")


@pytest.mark.parametrize("arguments", [*VERBS, *ANSWERS], ids=" ".join)
def test_output_that_cannot_be_written_is_told_in_a_line(workspace: Workspace, arguments: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = run_to(full.fileno(), workspace, *arguments)
    assert done.returncode == 1
    assert done.stderr == "Error: standard output cannot be written: No space left on device.\n"


def test_wrong_usage_is_wrong_usage_where_standard_error_is_closed(workspace: Workspace) -> None:
    command = f'"{sys.executable}" -m campaigner -C "{workspace.root}" build nosuch 2>&-'
    assert subprocess.run(["bash", "-c", command], check=False).returncode == 2


def test_there_is_no_colour_in_a_pipe(workspace: Workspace) -> None:
    command = [sys.executable, "-m", "campaigner", "-C", str(workspace.root), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "\x1b" not in done.stdout + done.stderr


def test_there_is_colour_on_a_terminal_unless_it_is_not_wanted(workspace: Workspace) -> None:
    campaigner = f"{sys.executable} -m campaigner -C {workspace.root} build --force"
    for wish, coloured in (({}, True), ({"NO_COLOR": "1"}, False)):
        environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | wish
        done = subprocess.run(
            ["script", "-qec", campaigner, "/dev/null"],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        assert ("\x1b[32m" in done.stdout) is coloured


def test_every_verb_has_help_with_examples() -> None:
    for verb in ("init", "new", "list", "build"):
        for flag in ("-h", "--help"):
            result = CliRunner().invoke(main, [verb, flag])
            assert result.exit_code == 0
            assert f"campaigner {verb}" in result.output
            assert "Examples:" in result.output


def test_an_unknown_verb_names_the_nearest() -> None:
    result = CliRunner().invoke(main, ["bild"])
    assert result.exit_code == 2
    assert 'Did you mean "build"?' in result.stderr


def test_campaigns_are_completed_by_the_shell(workspace: Workspace) -> None:
    environment = {
        "_CAMPAIGNER_COMPLETE": "bash_complete",
        "COMP_WORDS": f"campaigner -C {workspace.root} build spr",
        "COMP_CWORD": "4",
    }
    result = CliRunner().invoke(main, prog_name="campaigner", env=environment)
    assert result.output == "plain,spring-offer\n"


def test_every_dialect_can_be_asked_for() -> None:
    assert sorted(build_verb.DIALECTS) == sorted(merge_tags.DIALECTS)
