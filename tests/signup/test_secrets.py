"""Secrets come from the environment or from .env, and never from what git tracks."""

import os
import stat
import subprocess

import pytest

from campaigner.audience.storage.database import VARIABLE as DATABASE
from campaigner.content.workspace import Workspace
from campaigner.signup.secrets import environment_of, preview_keys, refuse_tracked
from campaigner.signup.tokens import VARIABLE, SecretError
from conftest import WriteFiles

SECRET = "s3cret-" + "x" * 40


def git(workspace: Workspace, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=workspace.root, check=True, capture_output=True)


def test_env_adds_to_the_environment_which_goes_first(write_files: WriteFiles) -> None:
    workspace = write_files({".env": f"{VARIABLE}=1:{SECRET}\nOTHER='of the file'\n# a remark\n"})
    found = environment_of(workspace, {"OTHER": "outside"})
    assert found == {VARIABLE: f"1:{SECRET}", "OTHER": "outside"}


def test_without_env_it_is_the_environment(workspace: Workspace) -> None:
    assert environment_of(workspace, {"A": "b"}) == {"A": "b"}


def test_env_that_git_tracks_is_refused(write_files: WriteFiles) -> None:
    workspace = write_files({".env": f"{VARIABLE}={SECRET}\n"})
    git(workspace, "init")
    assert VARIABLE in environment_of(workspace, {})
    git(workspace, "add", "-f", ".env")
    with pytest.raises(SecretError) as refused:
        environment_of(workspace, {})
    assert refused.value.faults[0].path == ".env"
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    "environment",
    [
        {VARIABLE: f"1:{SECRET}"},
        {VARIABLE: f"2:{'y' * 40},1:{SECRET}"},
        {"CAMPAIGNER_SMTP_PASSWORD": SECRET},
        {DATABASE: f"postgresql://campaigner:{SECRET}@db.example/campaigner"},
    ],
)
def test_a_secret_that_stands_in_a_tracked_file_is_refused(
    write_files: WriteFiles, environment: dict[str, str]
) -> None:
    workspace = write_files({"notes/a file.md": f"It is {SECRET}.\n"})
    git(workspace, "init")
    refuse_tracked(workspace, environment)
    git(workspace, "add", ".")
    with pytest.raises(SecretError) as refused:
        refuse_tracked(workspace, environment)
    (fault,) = refused.value.faults
    assert fault.path == "notes/a file.md"
    assert next(iter(environment)) in fault.message
    assert SECRET not in str(fault)


def test_all_of_the_repository_is_looked_through_where_a_workspace_is_a_part_of_it(
    write_files: WriteFiles,
) -> None:
    outer = write_files({"docker compose.yml": f"SECRET: {SECRET}\n", "letters/campaigner.toml": ""})
    git(outer, "init")
    git(outer, "add", ".")
    with pytest.raises(SecretError) as refused:
        refuse_tracked(Workspace(root=outer.root / "letters"), {VARIABLE: f"1:{SECRET}"})
    assert refused.value.faults[0].path == "../docker compose.yml"


def test_a_repository_of_another_user_is_looked_through_too(
    write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the app runs as a user of its own; git says nothing of such a repository by itself."""
    workspace = write_files({".env": f"{VARIABLE}={SECRET}\n", "notes.md": SECRET})
    git(workspace, "init")
    git(workspace, "add", "-f", ".")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(SecretError):
        environment_of(workspace, {})
    with pytest.raises(SecretError):
        refuse_tracked(workspace, {VARIABLE: SECRET})


def test_a_repository_of_another_user_has_nothing_run(
    write_files: WriteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = write_files({".env": f"{VARIABLE}={SECRET}\n"})
    git(workspace, "init")
    ran = workspace.root / "ran"
    hook = workspace.root / "hook"
    hook.write_text(f"#!/bin/sh\ntouch '{ran}'\n")
    hook.chmod(0o755)
    git(workspace, "config", "core.fsmonitor", str(hook))
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    environment_of(workspace, {})
    refuse_tracked(workspace, {VARIABLE: SECRET})
    assert not ran.exists()


def test_a_preview_makes_a_key_once_that_only_its_owner_reads(workspace: Workspace) -> None:
    keys = preview_keys(workspace, {})
    file = workspace.state / "preview.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert preview_keys(workspace, {}) == keys
    assert [each.name for each in workspace.state.iterdir()] == ["preview.key"]


def test_a_preview_takes_the_secret_where_there_is_one(workspace: Workspace) -> None:
    assert preview_keys(workspace, {VARIABLE: f"7:{SECRET}"}).secrets == {"7": SECRET}
    assert not os.path.lexists(workspace.state)


def test_a_key_that_is_damaged_is_told(workspace: Workspace) -> None:
    workspace.state.mkdir()
    (workspace.state / "preview.key").write_text("short\n")
    with pytest.raises(SecretError):
        preview_keys(workspace, {})
