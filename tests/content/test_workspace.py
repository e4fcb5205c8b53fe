"""A workspace, and how its files are read safely."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigner.content.workspace import (
    Workspace,
    campaign_folders,
    decode,
    find_workspace,
    read_bytes,
    read_text,
)
from campaigner.errors import ContentError, WorkspaceError
from conftest import WriteFiles


def test_a_workspace_is_found_from_any_folder_in_it(workspace: Workspace) -> None:
    assert find_workspace(workspace.campaigns / "spring-offer") == workspace
    assert find_workspace(workspace.root) == workspace


def test_a_workspace_is_found_through_a_link(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    link = tmp_path_factory.mktemp("links") / "site"
    link.symlink_to(workspace.root)
    assert find_workspace(link) == workspace


def test_without_a_campaigner_toml_there_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="campaigner init"):
        find_workspace(tmp_path)


def test_campaigns_are_the_folders_that_are_not_hidden(write_files: WriteFiles) -> None:
    names = ("b", "a", ".git", "_archive", "ü")
    workspace = write_files(
        {"campaigns/c.md": "x", **{f"campaigns/{name}/article.md": "x" for name in names}}
    )
    assert campaign_folders(workspace) == ("a", "b", "ü")


def test_a_path_is_shown_from_the_workspace_on(workspace: Workspace) -> None:
    assert workspace.shown(workspace.campaigns / "a" / "article.md") == "campaigns/a/article.md"
    assert workspace.shown(Path("/elsewhere/a.md")) == "/elsewhere/a.md"
    assert workspace.shown(workspace.root / os.fsdecode(b"b\xff")) == r"b\xff"


def test_a_link_inside_the_workspace_is_followed(workspace: Workspace) -> None:
    (workspace.root / "link.md").symlink_to("campaigns/spring-offer/article.md")
    assert read_bytes(workspace, workspace.root / "link.md", largest=100).startswith(b"---")


@pytest.mark.parametrize("name", ["../outside.md", "campaigns/../../outside.md"])
def test_nothing_outside_is_read(workspace: Workspace, name: str) -> None:
    (workspace.root.parent / "outside.md").write_text("x")
    with pytest.raises(ContentError, match="outside of the workspace"):
        read_bytes(workspace, workspace.root / name, largest=100)
    (workspace.root.parent / "outside.md").unlink()


def test_a_file_may_have_just_as_many_bytes_as_it_may(workspace: Workspace) -> None:
    path = workspace.root / "a.md"
    path.write_bytes(b"x" * 10)
    assert read_bytes(workspace, path, largest=10) == b"x" * 10
    with pytest.raises(ContentError, match="10 bytes, more than the 9"):
        read_bytes(workspace, path, largest=9)


def test_text_comes_with_plain_line_ends_and_its_bytes(workspace: Workspace) -> None:
    path = workspace.root / "a.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(workspace, path, largest=100) == ("a\nb\nc\n", b"\xef\xbb\xbfa\r\nb\rc\n")


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"\xff", 1, 1),
        (b"a\n\xc3\xbc\xff", 2, 2),
        (b"a\r\nbc\xe4d", 2, 3),
        (b"\xed\xa0\x80", 1, 1),
        (b"a\xc3", 1, 2),
    ],
)
def test_the_first_wrong_byte_is_told(content: bytes, line: int, column: int) -> None:
    with pytest.raises(ContentError, match="not UTF-8") as raised:
        decode(content, shown="a.md")
    (fault,) = raised.value.faults
    assert (fault.line, fault.column) == (line, column)


@pytest.mark.parametrize("sign", ["\0", "\x08", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\x85", "\x9f"])
def test_the_first_control_character_is_told(sign: str) -> None:
    with pytest.raises(ContentError, match="control character") as raised:
        decode(f"a\n\tbü{sign}c{sign}".encode(), shown="a.md")
    (fault,) = raised.value.faults
    assert (fault.line, fault.column) == (2, 4)


@given(st.binary())
def test_any_bytes_are_text_or_refused_inside_the_file(content: bytes) -> None:
    try:
        text = decode(content, shown="a.md")
    except ContentError as error:
        (fault,) = error.faults
        assert 1 <= fault.line <= content.count(b"\n") + content.count(b"\r") + 1
        assert 1 <= fault.column <= len(content) + 1
    else:
        assert not set(text) & {"\r", "\0", "\x0b"}
