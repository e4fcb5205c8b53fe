"""Notices which folders of the output somebody else changed, by the time of each."""

import os
from collections.abc import Iterable
from pathlib import Path


def changed_folders(output: Path, known: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Give the folders that changed since, and when; `known` are paths in `output` with their times."""
    base = f"{output}{os.sep}"
    changed = {}
    for path, time in known:
        try:
            # there are six folders a campaign: nothing here may take longer than asking for the time
            if os.stat(base + path).st_mtime_ns != time:
                changed[path] = folder_time(base + path)
        except (OSError, ValueError):  # no folder has a NUL in its name
            changed[path] = 0
    return changed


def folder_time(folder: str) -> int:
    """When a folder changed last, in nanoseconds; 0 where there is none."""
    try:
        return os.stat(folder).st_mtime_ns
    except (OSError, ValueError):
        return 0
