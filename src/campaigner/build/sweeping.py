"""Removes from `.campaigner/cache/` what no build has used for long: old renditions, old cards.

It is looked through once a month at most, by a build that had something to do, which alone holds the lock of the
workspace; a build of nothing never gets here. Whatever the manifest of any output folder names stays, and so
does what was made or read lately, by a preview too. Anything may be lost from a cache and is made again, so
what goes wrong here is nobody's fault.
"""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

#: nanoseconds after which what no manifest names is old, and after which the cache is looked through again
A_MONTH = 30 * 24 * 3600 * 10**9
#: in the cache: its time is when the cache was looked through last
SWEPT = "swept"
PICTURES = "pictures"
ASSETS = "select distinct path from outputs where path >= 'site/assets/' and path < 'site/assets0'"


def sweep(state: Path, *, now: int) -> None:
    """Remove what is old from the cache in `state`, if that was not done lately; `now` in nanoseconds."""
    cache = state / "cache"
    with suppress(OSError, sqlite3.Error):
        if not _is_due(cache / SWEPT, now):
            return
        oldest = now - A_MONTH
        named = _named_by_manifests(state / "manifests")
        for entry in _old(cache, oldest):
            if entry.name != SWEPT:
                _remove(entry, oldest)  # values that are worked out again
        _sweep_pictures(cache / PICTURES, named, oldest)


def _is_due(mark: Path, now: int) -> bool:
    """Whether the cache is to be looked through; from now on it is not for a month."""
    with suppress(FileNotFoundError):
        if now - mark.stat().st_mtime_ns < A_MONTH:
            return False
    is_first = not mark.exists()
    mark.touch()
    os.utime(mark, ns=(now, now))
    return not is_first  # nothing of a new cache is old


def _named_by_manifests(folder: Path) -> set[str]:
    """Names of the renditions that any output folder has; raises sqlite3.Error where nobody can know."""
    named: set[str] = set()
    for file in folder.glob("*.sqlite"):
        with closing(sqlite3.connect(f"file:{file.as_posix()}?mode=ro", uri=True)) as manifest:
            # clinic-800.0f3a52c1b9de.webp lies in the cache as 0f3a52c1b9de.webp
            named.update(".".join(path.rsplit(".", maxsplit=2)[1:]) for (path,) in manifest.execute(ASSETS))
    return named


def _sweep_pictures(folder: Path, named: set[str], oldest: int) -> None:
    """Entries first: without one a rendition is made again, with one it must be there."""
    renditions, old = [], set()
    for file in _old(folder, oldest, deep=False):
        if file.suffix:
            renditions.append(file)
            continue
        of_entry = _renditions_of(file)
        if named.isdisjoint(of_entry) and _remove(file, oldest):
            old |= of_entry
    kept = set().union(*(_renditions_of(file) for file in folder.iterdir() if not file.suffix)) - old
    for file in renditions:
        if file.name not in named and file.name not in kept:
            _remove(file, oldest)


def _renditions_of(entry: Path) -> set[str]:
    """Names of the files that an entry lists; none of one that is damaged."""
    try:
        listed = json.loads(entry.read_bytes().partition(b"\n")[2])
        return {f"{one['name']}{one['suffix']}" for one in listed}
    except (OSError, ValueError, TypeError, KeyError):
        return set()


def _old(folder: Path, oldest: int, *, deep: bool = True) -> Iterator[Path]:
    """Files in a folder that were neither made nor read since `oldest`, and in those below it but pictures."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if deep and entry.name != PICTURES:
                yield from _old(Path(entry.path), oldest)
        elif entry.is_file(follow_symlinks=False) and entry.stat().st_mtime_ns < oldest:
            yield Path(entry.path)


def _remove(file: Path, oldest: int) -> bool:
    """Remove a file, unless somebody has used or made it in the meantime; give whether it is gone."""
    with suppress(OSError):
        if file.stat().st_mtime_ns < oldest:
            file.unlink()
            return True
    return False
