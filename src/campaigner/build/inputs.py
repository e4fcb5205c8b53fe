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
            return digest("\0".join(sorted(os.listdir(path))).encode("utf-8", "surrogateescape"))
        if not os.path.isfile(path):  # a pipe or a device would never end
            return MISSING
        return digest(Path(path).read_bytes())
    except OSError:
        return MISSING


def digest(content: bytes) -> str:
    """Give the hash by which content is known to a build."""
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
    """The files a build depends on: what the last build knew of them, and what is true now.

    A file is looked at before it is read. If it changes in between, what is remembered is older than
    what was read, so the next build reads it again; the other way round it never would.
    """

    root: Path
    known: Mapping[str, Known]
    #: when the last build began to look (nanoseconds since 1970)
    looked_at: int
    #: signatures that this build has seen already
    seen: Mapping[str, str] = field(default_factory=dict)
    #: what was looked at in this build
    now: dict[str, Known] = field(default_factory=dict)

    def look(self, path: str, folder: str = "") -> str:
        """Look at a file or folder, absolute or relative to the workspace; give its digest."""
        found = self.now.get(path)
        if found is None:
            full = self._full(path)
            current = self.seen.get(path) or signature(full)
            known = self.known.get(path)
            if known and known.signature == current and not is_racy(current, self.looked_at):
                found = Known(signature=current, digest=known.digest, folder=folder)
            else:
                found = Known(signature=current, digest=content_digest(full), folder=folder)
            self.now[path] = found
        return found.digest

    def note(self, path: str, digest: str, folder: str = "") -> None:
        """Note a file that was found out about by reading it, with the `digest` of what was read."""
        if path not in self.now:
            self.now[path] = Known(signature=signature(self._full(path)), digest=digest, folder=folder)

    def tree(self, folder: str) -> list[tuple[str, str]]:
        """Look at a folder and all that is in it; give path and digest of each file and folder."""
        paths = []
        for place, names, files in os.walk(os.path.join(self.root, folder)):
            names[:] = sorted(name for name in names if not name.startswith((".", "__")))
            paths += [place, *(os.path.join(place, name) for name in sorted(files))]
        return [(path, self.look(path)) for path in map(self._short, paths)] or [(folder, self.look(folder))]

    def changed(self, path: str) -> bool:
        """Whether something that was looked at has other content than the last build saw."""
        known = self.known.get(path)
        return known is None or known.digest != self.now[path].digest

    def rows(self) -> list[tuple[str, str, str, str]]:
        """What was looked at, as the manifest keeps it."""
        return [(path, one.signature, one.digest, one.folder) for path, one in self.now.items()]

    def _full(self, path: str) -> str:
        return path if os.path.isabs(path) else os.path.join(self.root, path)

    def _short(self, full: str) -> str:
        inside = os.path.relpath(full, self.root)
        return full if inside.startswith("..") else inside.replace(os.sep, "/")


@dataclass
class Glance:
    """A quick look at the inputs of the last build, for when nothing happened."""

    #: signatures of what was looked at, by path
    seen: dict[str, str] = field(default_factory=dict)
    #: whether some files were so young that their content was read too
    was_racy: bool = False

    def nothing_changed(self, root: Path, rows: Iterable[tuple[str, str, str, str]], looked_at: int) -> bool:
        """Whether every input is as the last build saw it; the look ends at the first that is not."""
        base = f"{root}{os.sep}"
        for path, known, content, _ in rows:
            full = path if os.path.isabs(path) else base + path
            self.seen[path] = found = signature(full)
            if found != known:
                return False
            if is_racy(known, looked_at):
                self.was_racy = True
                if content_digest(full) != content:
                    return False
        return True
