"""Fills the folder of a release: what is new comes from the build, what stayed from the release before."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from campaigner.build.inputs import digest
from campaigner.build.kinds import NAMED
from campaigner.errors import Fault, PublishError
from campaigner.publish.changes import Changes
from campaigner.publish.compression import ENDINGS, compressed, is_worth_it
from campaigner.publish.folder.linking import copy_folder, linked
from campaigner.publish.releases import ASSETS, Release, is_path
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
    _made: set[str] = field(default_factory=set)

    def fill(
        self,
        folder: Path,
        before: Path | None,
        progress: Callable[[int, int], None],
        there: Release | None = None,
    ) -> set[str]:
        """Fill `folder`; `before` is that of the release before. Gives what was to be kept and is not there any more.

        Of a release that is `there` already, in that folder, what is the same stays, and all else is taken away.
        Raises OSError where that cannot be done, PublishError where a file is not what the build said.
        """
        paths = _checked([*self.changes.uploads, *self.changes.unchanged, *self.kept])
        self._folder(str(folder))
        stays = self._cleared(folder, paths, there) if there else frozenset[str]()
        fresh, kept, gone = {*self.changes.uploads}, {*self.kept}, set[str]()
        # there may be hundreds of thousands: as texts, since paths take several times as long
        for number, path in enumerate(paths, start=1):
            progress(number, len(paths))
            if path in stays:
                continue
            target = f"{folder}{os.sep}{path}"
            self._folder(os.path.dirname(target))
            if path in fresh or before is None or not linked(f"{before}{os.sep}{path}", target):
                if path in kept:
                    gone.add(path)
                    continue
                self._copy(path, Path(target))
            for ending, content in self._compressed(path, folder, None if path in fresh else before):
                _write(folder / f"{path}{ending}", content)
        return gone

    def _cleared(self, folder: Path, paths: Iterable[str], there: Release) -> Set[str]:
        """Take away what is not as this release has it, and give the paths of what is."""
        known, kept = {**there.kept, **there.files}, {*self.kept}
        same = {
            path
            for path in paths
            if path in known and (path in kept or known[path].digest == self.site.digests[path])
        }
        beside = {f"{path}{ending}" for path in same for _, ending in self._endings(path)}
        found = set[str]()
        _sweep(os.fspath(folder), "", same | beside, found)
        # what is compressed anew is never written into a file that another release has under a further name
        for path in same - found:
            for _, ending in self._endings(path):
                (folder / f"{path}{ending}").unlink(missing_ok=True)
        return same & found

    @property
    def staying(self) -> tuple[str, ...]:
        """What the release before has already, if all is well there: files, and what may lie compressed beside them."""
        paths = (*self.changes.unchanged, *self.kept)
        return (*paths, *(f"{path}{ending}" for path in paths for _, ending in self._endings(path)))

    def gather(self, folder: Path, there: Set[str]) -> int:
        """Fill `folder` with what is not yet `there`, where the release is made; gives the number of files.

        Raises OSError where that cannot be done, PublishError where a file is not what the build said.
        """
        for path in _checked([*self.changes.uploads, *self.changes.unchanged]):
            if path not in there:
                self._folder(str((folder / path).parent))
                self._copy(path, folder / path)
            for name, ending in self._endings(path):
                if f"{path}{ending}" not in there:
                    self._compress(path, name, folder / f"{path}{ending}")
        return sum(len(names) for _, _, names in os.walk(folder))

    def content(self, path: str, *, largest: int) -> bytes | Path:
        """What is to lie at a path: its bytes, or the file of what has a hash in its name and is larger.

        Raises OSError where it cannot be read, PublishError where it is not what the build said.
        """
        source, known = self._source(path), self.site.digests[path]
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

    def _source(self, path: str) -> Path:
        """Where a file lies here; raises PublishError for what was not built, whatever a target says it has."""
        if path not in self.site.here:
            message = "this is not where it was published any more, and nothing here is built that it could come from"
            hint = "Publish all of the site, without naming campaigns"
            raise PublishError(Fault(path=path, message=message, hint=hint))
        source = self.site.folder / path
        if os.path.realpath(source) != f"{self._place}{os.sep}{path}":  # a link leads elsewhere
            raise self._changed(source)
        return source

    @cached_property
    def _place(self) -> str:
        return os.path.realpath(self.site.folder)

    def _compress(self, path: str, name: str, target: Path) -> None:
        """Compress a file as it lies here; what is of another checkout lies compressed there, or not at all."""
        is_here = path in self.site.here and (self.site.folder / path).exists()
        content = self._source(path).read_bytes() if is_here else b""
        known = self.site.digests[path]
        if known not in {digest(content), f"{NAMED}{len(content)}"}:
            return
        smaller = compressed(content, name)
        if smaller:
            self._folder(str(target.parent))
            _write(target, smaller)

    def _endings(self, path: str) -> list[tuple[str, str]]:
        """How a file is to be compressed, and how the names of such files end."""
        return [(name, ENDINGS[name]) for name in self.precompress] if is_worth_it(path) else []

    def _folder(self, folder: str) -> None:
        if folder in self._made:
            return
        if not os.path.isdir(folder):
            self._folder(os.path.dirname(folder))
            os.mkdir(folder)
            os.chmod(folder, FOLDER_MODE)
        self._made.add(folder)

    def _copy(self, path: str, target: Path) -> None:
        source, known = self._source(path), self.site.digests[path]
        if known.startswith(NAMED):
            if source.stat().st_size != int(known.removeprefix(NAMED)):
                raise self._changed(source)
            # as large as it may be: it is never read into memory
            shutil.copyfile(source, target)
            target.chmod(FILE_MODE)
        else:
            content = source.read_bytes()
            if digest(content) != known:
                raise self._changed(source)
            _write(target, content)

    def _changed(self, source: Path) -> PublishError:
        message = "somebody changed this file after it was built"
        hint = f"Delete the folder {self.site.folder.parent}, and publish again"
        return PublishError(Fault(path=str(source), message=message, hint=hint))

    def _compressed(self, path: str, folder: Path, before: Path | None) -> Iterator[tuple[str, bytes]]:
        """The endings and the content of what is to lie beside a file and does not yet."""
        for name, ending in self._endings(path):
            name_there = f"{os.sep}{path}{ending}"
            if before is None or not linked(f"{before}{name_there}", f"{folder}{name_there}"):
                smaller = compressed((folder / path).read_bytes(), name)
                if smaller:
                    yield ending, smaller


def fill_once_more(folder: Path, release: Path, left: Path, kept: Iterable[str]) -> None:
    """Fill `folder` with a release that is gone back to, and with assets that are `kept` of the one that is left.

    Neither of these changes. Raises OSError where that cannot be done.
    """
    copy_folder(os.fspath(release), os.fspath(folder))
    assets = folder / ASSETS
    if not os.path.lexists(assets):
        assets.mkdir()
        assets.chmod(FOLDER_MODE)
    if assets.is_symlink() or not assets.is_dir():  # of a site that was taken over
        return
    for path in beside(_checked([*kept])):
        target = f"{folder}{os.sep}{path}"
        if not os.path.lexists(target):
            linked(f"{left}{os.sep}{path}", target)


def beside(paths: Iterable[str]) -> Iterator[str]:
    """The paths, and those under which they may lie compressed."""
    for path in paths:
        yield path
        if is_worth_it(path):
            yield from (f"{path}{ending}" for ending in ENDINGS.values())


def _sweep(folder: str, path: str, wanted: Set[str], found: set[str]) -> bool:
    """Take away all but the `wanted` files, noting what is `found` of them; gives whether any is in the folder."""
    is_used = False
    with os.scandir(folder) as entries:
        for entry in entries:
            inner = f"{path}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if _sweep(entry.path, f"{inner}/", wanted, found):
                    is_used = True
                else:
                    os.rmdir(entry.path)
            elif inner in wanted and entry.is_file(follow_symlinks=False):
                found.add(inner)
                is_used = True
            else:
                os.unlink(entry.path)
    return is_used


def _checked(paths: list[str]) -> list[str]:
    """The paths, where all of them lead into a site: some are what a target says."""
    for path in paths:
        if not is_path(path):
            hint = "Look at what is written at the target of what was published"
            raise PublishError(Fault(path=path, message="no file of a site has this name", hint=hint))
    return paths


def _write(target: Path, content: bytes) -> None:
    target.write_bytes(content)
    target.chmod(FILE_MODE)
