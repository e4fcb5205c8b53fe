"""Notices which files changed since the last build, by a look at each and at as few bytes as possible."""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: the coarsest clock of a file system in use (FAT: two seconds); git calls files this young "racily
#: clean": they may have changed again without a new time, so their content is looked at
RACY_NANOSECONDS = 2_000_000_000
MISSING = "-"


def signature(path: str) -> str:
    """When, how long and which file a file is; `-` for none. Equal means unchanged, unless it is racy."""
    try:
        found = os.stat(path)
    except OSError:
        return MISSING
    if stat.S_ISDIR(found.st_mode):
        return f"{found.st_mtime_ns} 0"
    return f"{found.st_mtime_ns} {found.st_ctime_ns} {found.st_size} {found.st_ino} {found.st_mode}"


def is_racy(known: str, looked_at: int) -> bool:
    """Whether a file was too young, when it was looked at, for its signature to be believed."""
    if known == MISSING:
        return False
    modified, changed = known.split(" ", 2)[:2]
    return max(int(modified), int(changed)) + RACY_NANOSECONDS >= looked_at


def content_digest(path: str) -> str:
    """Hash of a file's bytes, or of the names in a folder; `-` where it cannot be read."""
    try:
        if os.path.isdir(path):
            content = "\0".join(sorted(os.listdir(path))).encode("utf-8", "surrogateescape")
        else:
            content = Path(path).read_bytes()
    except OSError:
        return MISSING
    return hashlib.blake2b(content, digest_size=16).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known about one input."""

    signature: str
    digest: str
    #: the campaign that depends on it; empty where all do
    folder: str


@dataclass
class Inputs:
    """The files a build depends on: what the last build knew of them, and what is true now."""

    root: Path
    known: Mapping[str, Known]
    #: when the last build began to look (nanoseconds since 1970)
    looked_at: int
    #: what was looked at in this build
    now: dict[str, Known] = field(default_factory=dict)

    def look(self, path: str, folder: str = "") -> str:
        """Look at a file or folder, absolute or relative to the workspace; give its digest."""
        found = self.now.get(path)
        if found is None:
            full = path if os.path.isabs(path) else os.path.join(self.root, path)
            current = signature(full)
            known = self.known.get(path)
            if known and known.signature == current and not is_racy(current, self.looked_at):
                found = Known(signature=current, digest=known.digest, folder=folder)
            else:
                found = Known(signature=current, digest=content_digest(full), folder=folder)
            self.now[path] = found
        return found.digest

    def tree(self, folder: str) -> tuple[str, ...]:
        """Look at a folder and all that is in it; give the paths of its files."""
        full = os.path.join(self.root, folder)
        files = []
        for place, names, here in os.walk(full):
            names[:] = sorted(name for name in names if not name.startswith((".", "__")))
            self.look(self._path(place))
            files += [self._path(os.path.join(place, name)) for name in sorted(here)]
        if not files:
            self.look(folder)
        for file in files:
            self.look(file)
        return tuple(files)

    def changed(self, path: str) -> bool:
        """Whether something that was looked at has other content than the last build saw."""
        known = self.known.get(path)
        return known is None or known.digest != self.now[path].digest

    def rows(self) -> list[tuple[str, str, str, str]]:
        """What was looked at, as the manifest keeps it."""
        return [(path, one.signature, one.digest, one.folder) for path, one in self.now.items()]

    def _path(self, full: str) -> str:
        inside = os.path.relpath(full, self.root)
        return full if inside.startswith("..") else inside.replace(os.sep, "/")


def nothing_changed(root: Path, rows: Iterable[tuple[str, str, str, str]], looked_at: int) -> bool:
    """Whether every input is as the last build saw it: the quick way, for when nothing happened."""
    base = f"{root}{os.sep}"
    for path, known, digest, _ in rows:
        full = path if os.path.isabs(path) else base + path
        if signature(full) != known:
            return False
        if is_racy(known, looked_at) and content_digest(full) != digest:
            return False
    return True
