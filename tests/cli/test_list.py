import json

from click.testing import CliRunner, Result

from campaigner.cli import main
from campaigner.content.workspace import Workspace
from conftest import NOW, WriteFiles

EPOCH = {"SOURCE_DATE_EPOCH": str(int(NOW.timestamp()))}


def invoke(workspace: Workspace, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(workspace.root), *arguments], env=EPOCH)


def article(title: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", *lines, "---", "", "Text.", ""])


def test_each_state_is_told(write_files: WriteFiles) -> None:
    workspace = write_files(
        {
            "campaigns/a/article.md": article("A", "draft: true"),
            "campaigns/b/article.md": article("B", "date: 2027-01-01"),
            "campaigns/c/article.md": article("C", "date: 2026-01-01"),
            "campaigns/d/article.md": article("D", "date: 2026-01-01", "expiry_date: 2026-02-01"),
            "campaigns/e/article.md": article("E", "date: 2026-01-01", "publish_date: 2026-12-01"),
        }
    )
    listed = json.loads(invoke(workspace, "list", "--format", "json").stdout)["campaigns"]
    assert {one["slug"]: one["state"] for one in listed} == {
        "a": "draft",
        "b": "scheduled",
        "c": "live",
        "d": "expired",
        "e": "scheduled",
    }


def test_the_last_build_is_told(workspace: Workspace) -> None:
    before = json.loads(invoke(workspace, "list", "--format", "json").stdout)["campaigns"]
    assert before[0]["last_build"] is None
    assert invoke(workspace, "build").exit_code == 0
    after = json.loads(invoke(workspace, "list", "--format", "json").stdout)["campaigns"]
    assert after == [
        {
            "slug": "spring-offer",
            "title": "Spring offer",
            "date": "2026-11-01",
            "state": "live",
            "last_build": "2026-11-22T12:00:00Z",
            "path": "campaigns/spring-offer/article.md",
        }
    ]


def test_text_has_a_line_for_each_campaign_and_wraps_nothing_in_a_pipe(write_files: WriteFiles) -> None:
    title = ("A very long title " * 12).strip()
    workspace = write_files({"campaigns/long/article.md": article(title, "date: 2026-01-01")})
    lines = invoke(workspace, "list").stdout.splitlines()
    assert len(lines) == 2
    assert title in lines[1]
    assert "live" in lines[1]
    assert "never" in lines[1]


def test_a_title_is_no_markup_of_the_screen(write_files: WriteFiles) -> None:
    workspace = write_files(
        {"campaigns/x/article.md": article('"[bold]No[/bold] markup"', "date: 2026-01-01")}
    )
    assert "[bold]No[/bold] markup" in invoke(workspace, "list").stdout


def test_a_broken_article_is_told_and_the_others_are_listed(write_files: WriteFiles) -> None:
    workspace = write_files(
        {"campaigns/good/article.md": article("Good", "date: 2026-01-01"), "campaigns/bad/article.md": "no"}
    )
    result = invoke(workspace, "list")
    assert result.exit_code == 1
    assert "Good" in result.stdout
    assert result.stderr.startswith("campaigns/bad/article.md:1:1: the article has no front matter")
