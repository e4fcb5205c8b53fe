"""What the files of a workspace are like at one moment, to know later which were saved since."""

import os
from contextlib import suppress
from pathlib import Path

from campaigner.content.workspace import is_text

#: by path in the workspace, with forward slashes: what is different once a file is another
Condition = dict[str, tuple[int, int, int]]

#: folders in which no source of a campaign lies
IGNORED = {"output", "node_modules", "__pycache__", "venv", "dist", "build"}


def is_watched(path: str) -> bool:
    """Whether a path in the workspace may be a source of something that is shown."""
    parts = path.replace(os.sep, "/").split("/")
    # editors save by way of such files, and then rename them
    return parts[0] not in IGNORED and not any(
        part.startswith(".") or part.endswith(("~", ".swp", ".swx", ".tmp", ".part")) for part in parts
    )


def watched_folders(root: Path) -> list[Path]:
    """The folders of a workspace in which sources may lie. Raises OSError where nobody may look."""
    with os.scandir(root) as entries:
        return [
            Path(entry.path)
            for entry in entries
            if is_text(entry.name) and is_watched(entry.name) and _is_inside(entry, root)
        ]


def condition_of(root: Path) -> Condition:
    """Look at all files that may be sources. What cannot be looked at is passed over."""
    found: Condition = {}
    with suppress(OSError):
        folders = watched_folders(root)
        found |= _files(root, "")
        for folder in folders:
            found |= _tree(folder, f"{folder.name}/")
    return found


def saved_between(before: Condition, after: Condition) -> set[str]:
    """Paths of the files that came, went or are others."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def _is_inside(entry: "os.DirEntry[str]", root: Path) -> bool:
    """Whether an entry is a folder of the workspace; links may lead to one, but not out or around."""
    if not entry.is_symlink():
        return entry.is_dir()
    target = Path(os.path.realpath(entry.path))
    return target != root and target.is_relative_to(root) and target.is_dir()


def _tree(folder: Path | str, inside: str) -> Condition:
    found = _files(folder, inside)
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and is_text(entry.name) and is_watched(entry.name):
                found |= _tree(entry.path, f"{inside}{entry.name}/")
    return found


def _files(folder: Path | str, inside: str) -> Condition:
    found: Condition = {}
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if is_text(entry.name) and is_watched(inside + entry.name) and entry.is_file():
                    status = entry.stat()
                    found[inside + entry.name] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found
