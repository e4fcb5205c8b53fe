"""Notices which files changed since the last build, by a look at each and at as few bytes as possible."""

import hashlib
import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

#: the coarsest clock of a file system in use (FAT: two seconds); git calls files this young "racily
#: clean": they may have changed again without a new time, so their content is looked at
RACY_NANOSECONDS = 2_000_000_000
MISSING = "-"
#: the signature of what may not be looked at
UNKNOWN = "!"


def signature(path: str) -> str:
    """When, how long and which file a file is; `-` for none, `!` where nobody may know.

    Equal means unchanged, unless it is racy. It begins with the later of its two times, with all digits,
    so that signatures sort by it.
    """
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # no file has a NUL in its name
        return MISSING
    except OSError:
        return UNKNOWN
    modified, changed = found.st_mtime_ns, found.st_ctime_ns
    if stat.S_ISDIR(found.st_mode):
        return f"{modified:020}"
    latest = changed if changed > modified else modified
    return f"{latest:020} {modified} {found.st_size} {found.st_ino} {found.st_mode}"


def is_racy(known: str, looked_at: int) -> bool:
    """Whether a file was too young, when it was looked at, for its signature to be believed."""
    return known >= oldest_racy(looked_at)


def oldest_racy(looked_at: int) -> str:
    """The oldest signature that is not to be believed; `-` and `!` are older than all of them."""
    return f"{max(0, looked_at - RACY_NANOSECONDS):020}"


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
    return hasher(content).hexdigest()


def hasher(content: bytes = b"") -> "hashlib.blake2b":
    """Give what makes that hash of content that comes bit by bit."""
    return hashlib.blake2b(content, digest_size=16)


class Known(NamedTuple):
    """What is known about one input. A tuple, since there are two or three a campaign."""

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

    def __post_init__(self) -> None:
        self._base = f"{self.root}{os.sep}"
        self._oldest_racy = oldest_racy(self.looked_at)

    def look(self, path: str, folder: str = "") -> str:
        """Look at a file or folder, absolute or relative to the workspace; give its digest."""
        found = self.now.get(path)
        if found is None:
            current = self.seen.get(path) or signature(self._full(path))
            known = self.known.get(path)
            if known and known.signature == current and current < self._oldest_racy:
                found = known if known.folder == folder else known._replace(folder=folder)
            else:
                found = Known(current, content_digest(self._full(path)), folder)
            self.now[path] = found
        return found.digest

    def note(self, path: str, digest: str, folder: str = "") -> None:
        """Note a file that was found out about by reading it, with the `digest` of what was read."""
        if path not in self.now:
            self.now[path] = Known(signature=signature(self._full(path)), digest=digest, folder=folder)

    def tree(self, folder: str) -> list[tuple[str, str]]:
        """Look at a folder and all that is in it; give path and digest of each file and folder.

        Files whose names are no text are no sources.
        Raises OSError where a folder of it may not be read.
        """
        top = os.path.join(self.root, folder)
        known_as = self._short(top)
        paths = []
        for place, names, files in os.walk(top, onerror=_raise_unless_gone):
            names[:] = sorted(name for name in names if not name.startswith((".", "__")) and _is_text(name))
            paths += [place, *(os.path.join(place, name) for name in sorted(filter(_is_text, files)))]
        if known_as != top:  # in the workspace: to ask for each what it is called there takes long
            paths = [known_as + path.removeprefix(top).replace(os.sep, "/") for path in paths]
        return [(path, self.look(path)) for path in paths] or [(folder, self.look(folder))]

    def changed(self, path: str) -> bool:
        """Whether something that was looked at has other content than the last build saw."""
        known = self.known.get(path)
        return known is None or known.digest != self.now[path].digest

    def rows(self) -> list[tuple[str, str, str, str]]:
        """What was looked at, as the manifest keeps it."""
        return [(path, *one) for path, one in self.now.items()]

    def news(self) -> list[tuple[str, str, str, str]]:
        """Those of the rows that the manifest does not have yet."""
        return [(path, *one) for path, one in self.now.items() if self.known.get(path) is not one]

    def _full(self, path: str) -> str:
        return path if os.path.isabs(path) else self._base + path

    def _short(self, full: str) -> str:
        inside = os.path.relpath(full, self.root)
        return full if inside.startswith("..") else inside.replace(os.sep, "/")


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _raise_unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError | NotADirectoryError):
        raise error


@dataclass
class Glance:
    """A quick look at the inputs of the last build, or of the last review, for when nothing happened.

    One that looks for both, one right after the other, looks at each file once.
    """

    #: signatures of what was looked at, by path
    seen: dict[str, str] = field(default_factory=dict)
    #: whether some files were so young that their content was read too
    was_racy: bool = False

    def nothing_changed(self, root: Path, rows: Iterable[tuple[str, str, str, str]], looked_at: int) -> bool:
        """Whether every input is as the last build saw it; the look ends at the first that is not."""
        base, racy = f"{root}{os.sep}", oldest_racy(looked_at)
        for path, known, content, _ in rows:
            full = path if os.path.isabs(path) else base + path
            found = self.seen.get(path)
            if found is None:
                self.seen[path] = found = signature(full)
            if found != known:
                return False
            if known >= racy:
                self.was_racy = True
                if content_digest(full) != content:
                    return False
        return True

    def rest(self, root: Path, rows: Iterable[tuple[str, str, str, str]]) -> dict[str, str]:
        """Signatures of all inputs: those that were looked at, and the others by a look now."""
        base, seen = f"{root}{os.sep}", self.seen
        for path, *_ in rows:
            if path not in seen:
                seen[path] = signature(path if os.path.isabs(path) else base + path)
        return seen
