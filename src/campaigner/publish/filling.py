"""Fills the folder of a release: what is new comes from the build, what stayed from the release before."""

import os
import shutil
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path

from campaigner.build.inputs import digest
from campaigner.build.kinds import NAMED
from campaigner.errors import Fault, PublishError
from campaigner.publish.changes import Changes
from campaigner.publish.compression import ENDINGS, compressed, is_worth_it
from campaigner.publish.site import BuiltSite

#: what anybody may read, and only we may write: a web server runs as somebody else
FILE_MODE = 0o644
FOLDER_MODE = 0o755


@dataclass(kw_only=True)
class Filling:
    """What goes into a release."""

    site: BuiltSite
    changes: Changes
    #: paths of hashed assets that the site no longer has, which stay for one release more
    kept: tuple[str, ...]
    #: "gzip", "brotli"
    precompress: tuple[str, ...]
    _made: set[Path] = field(default_factory=set)

    def fill(self, folder: Path, before: Path | None, progress: Callable[[int, int], None]) -> None:
        """Fill `folder`; `before` is that of the release before.

        Raises OSError where that cannot be done, PublishError where a file is not what the build said.
        """
        self._folder(folder)
        paths = [*self.changes.uploads, *self.changes.unchanged, *self.kept]
        fresh = {*self.changes.uploads}
        for number, path in enumerate(paths, start=1):
            self._folder((folder / path).parent)
            if path in fresh or before is None or not _linked(before / path, folder / path):
                self._copy(path, folder / path)
            for ending, content in self._compressed(path, folder, None if path in fresh else before):
                _write(folder / f"{path}{ending}", content)
            progress(number, len(paths))

    @property
    def staying(self) -> tuple[str, ...]:
        """What the release before has already, if all is well there: files, and what may lie compressed beside them."""
        paths = (*self.changes.unchanged, *self.kept)
        return (*paths, *(f"{path}{ending}" for path in paths for _, ending in self._endings(path)))

    def gather(self, folder: Path, there: Set[str]) -> int:
        """Fill `folder` with what is not yet `there`, where the release is made; gives the number of files.

        Raises OSError where that cannot be done, PublishError where a file is not what the build said.
        """
        paths = [*self.changes.uploads, *self.changes.unchanged]
        for path in paths:
            if path not in there:
                self._folder((folder / path).parent)
                self._copy(path, folder / path)
            for name, ending in self._endings(path):
                if f"{path}{ending}" not in there:
                    self._compress(path, name, folder / f"{path}{ending}")
        return sum(len(names) for _, _, names in os.walk(folder))

    def content(self, path: str, *, largest: int) -> bytes | Path:
        """What is to lie at a path: its bytes, or the file of what has a hash in its name and is larger.

        Raises OSError where it cannot be read, PublishError where it is not what the build said.
        """
        source, known = self.site.folder / path, self.site.digests[path]
        if known.startswith(NAMED):
            size = source.stat().st_size
            content = source if size > largest else source.read_bytes()
            is_right = size == int(known.removeprefix(NAMED))
        else:
            content = source.read_bytes()
            is_right = digest(content) == known
        if not is_right:
            raise self._changed(source)
        return content

    def _compress(self, path: str, name: str, target: Path) -> None:
        """Compress a file as it lies here; what is of another checkout lies compressed there, or not at all."""
        source = self.site.folder / path
        content = source.read_bytes() if source.exists() else b""
        known = self.site.digests[path]
        if known not in {digest(content), f"{NAMED}{len(content)}"}:
            return
        smaller = compressed(content, name)
        if smaller:
            self._folder(target.parent)
            _write(target, smaller)

    def _endings(self, path: str) -> list[tuple[str, str]]:
        """How a file is to be compressed, and how the names of such files end."""
        return [(name, ENDINGS[name]) for name in self.precompress] if is_worth_it(path) else []

    def _folder(self, folder: Path) -> None:
        missing = []
        while folder not in self._made and not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        self._made.add(folder)
        for one in reversed(missing):
            one.mkdir()
            one.chmod(FOLDER_MODE)
            self._made.add(one)

    def _copy(self, path: str, target: Path) -> None:
        source, known = self.site.folder / path, self.site.digests.get(path, "")
        if known.startswith(NAMED) or not known:
            # as large as it may be: it is never read into memory
            shutil.copyfile(source, target)
            target.chmod(FILE_MODE)
            is_right = not known or target.stat().st_size == int(known.removeprefix(NAMED))
        else:
            content = source.read_bytes()
            _write(target, content)
            is_right = digest(content) == known
        if not is_right:
            raise self._changed(source)

    def _changed(self, source: Path) -> PublishError:
        message = "somebody changed this file after it was built"
        hint = f"Delete the folder {self.site.folder.parent}, and publish again"
        return PublishError(Fault(path=str(source), message=message, hint=hint))

    def _compressed(self, path: str, folder: Path, before: Path | None) -> Iterator[tuple[str, bytes]]:
        """The endings and the content of what is to lie beside a file and does not yet."""
        for name, ending in self._endings(path):
            if before is None or not _linked(before / f"{path}{ending}", folder / f"{path}{ending}"):
                smaller = compressed((folder / path).read_bytes(), name)
                if smaller:
                    yield ending, smaller


def _linked(source: Path, target: Path) -> bool:
    """Whether a file could be had as a further name of one that is there, which costs no room and no time."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileNotFoundError:
        return False
    except OSError:  # a file system without such names, or with no more of them for this file
        shutil.copy2(source, target, follow_symlinks=False)
    return True


def _write(target: Path, content: bytes) -> None:
    target.write_bytes(content)
    target.chmod(FILE_MODE)
