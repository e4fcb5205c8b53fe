from pathlib import Path

from click.testing import CliRunner

from campaigner.cli import main


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_init_makes_a_workspace_that_builds(tmp_path: Path) -> None:
    run("init", tmp_path / "site")
    assert sorted(file.name for file in (tmp_path / "site").iterdir()) == [
        ".gitignore",
        "campaigner.toml",
        "campaigns",
    ]
    assert "1 campaign: " in run("-C", tmp_path / "site", "build")


def test_init_ignores_what_builds_make(tmp_path: Path) -> None:
    run("init", tmp_path)
    ignored = (tmp_path / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/output/", ".campaigner/"} <= set(ignored)


def test_init_runs_in_the_folder_that_is_named_before_it(tmp_path: Path) -> None:
    run("-C", tmp_path, "init", "inner")
    assert (tmp_path / "inner" / "campaigner.toml").is_file()


def test_init_never_overwrites(tmp_path: Path) -> None:
    (tmp_path / "campaigner.toml").write_text("# mine\n", encoding="utf-8")
    (tmp_path / "campaigns").mkdir()
    told = run("init", tmp_path)
    assert "kept  campaigner.toml" in told
    assert (tmp_path / "campaigner.toml").read_text(encoding="utf-8") == "# mine\n"
    assert list((tmp_path / "campaigns").iterdir()) == []


def test_init_twice_changes_nothing(tmp_path: Path) -> None:
    run("init", tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert "made" not in run("init", tmp_path)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_init_says_what_is_wrong_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, ["init", str(tmp_path / "file" / "site")])
    assert result.exit_code == 1
    assert "the workspace cannot be made" in result.stderr
    assert "Traceback" not in result.stderr
