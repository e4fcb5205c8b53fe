"""The moment when the output folder changes: each file whole by a rename, and all of it or nothing."""

import errno
import os
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from campaigner.build.staging import Staging
from campaigner.errors import Fault, WorkspaceError


class Transfer:
    """Files on their way into the output folder. Where its `with` block fails, all is as it was.

    Raises OSError where the output folder cannot be written, WorkspaceError where a folder in it is a link.
    """

    def __init__(self, staging: Staging, *, shown: Callable[[Path], str]) -> None:
        """Take files from `staging`; `shown` gives a path as the user knows it."""
        self._staging = staging
        self._shown = shown
        self._output = staging.output
        #: what takes back each step
        self._undo: list[Callable[[], object]] = []
        #: times of the folders before they were touched
        self._times: dict[Path, tuple[int, int]] = {}
        #: folders that are known to be no links
        self._inside = {staging.output}
        #: folders that were moved whole
        self._moved: set[str] = set()

    def __enter__(self) -> Self:
        self._staging.old.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            return
        for step in reversed(self._undo):
            with suppress(OSError):
                step()
        for folder, times in self._times.items():
            with suppress(OSError):
                os.utime(folder, ns=times)

    def move(self, path: str) -> None:
        """Move one file from the staging folder to its place; a folder that is new moves as one."""
        if not self._moved.isdisjoint(_parents(path)) or self._move_folder(path):
            return
        target = self._output / path
        self._make_folder(target.parent)
        self._keep(target)
        _replace(self._staging.new / path, target)

    def _move_folder(self, path: str) -> bool:
        """Move the highest folder of a path that the output folder has not; give whether there was one."""
        new = next((one for one in _parents(path) if not os.path.lexists(self._output / one)), None)
        if new is None:
            return False
        target = self._output / new
        self._make_folder(target.parent)
        try:
            (self._staging.new / new).rename(target)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            return False  # the output folder is a file system of its own
        self._undo.append(partial(shutil.rmtree, target))
        self._moved.add(new)
        return True

    def remove(self, path: str) -> bool:
        """Remove one file, and the folders that are empty then; give whether it was there."""
        target = self._output / path
        with suppress(FileNotFoundError, NotADirectoryError):
            _waiting(target).unlink()
        # where a file of ours was, there may be a folder of somebody else's by now
        if not target.is_symlink() and not target.is_file():
            return False
        self._refuse_links(target.parent)
        self._touch(target.parent)
        self._keep(target)
        target.unlink()
        folder = target.parent
        while folder != self._output:
            self._touch(folder.parent)
            try:
                folder.rmdir()
            except OSError:
                break  # it is not empty
            self._undo.append(partial(folder.mkdir))
            folder = folder.parent
        return True

    def _refuse_links(self, folder: Path) -> None:
        """Refuse to write through a link: a workspace that somebody sent may hold one that leads anywhere."""
        while folder not in self._inside:
            if folder.is_symlink():
                message, hint = (
                    "this is a link to another folder",
                    "Take it away, or name that folder: --output DIR",
                )
                raise WorkspaceError(Fault(path=self._shown(folder), message=message, hint=hint))
            self._inside.add(folder)
            folder = folder.parent

    def _make_folder(self, folder: Path) -> None:
        self._refuse_links(folder)
        if folder.is_dir():
            self._touch(folder)
            return
        self._make_folder(folder.parent)
        folder.mkdir()
        self._undo.append(folder.rmdir)

    def _touch(self, folder: Path) -> None:
        if folder not in self._times:
            found = folder.stat()
            self._times[folder] = (found.st_atime_ns, found.st_mtime_ns)

    def _keep(self, target: Path) -> None:
        """Keep a file that is about to be replaced; by a link, which costs no room."""
        kept = self._staging.old / str(len(self._undo))
        try:
            os.link(target, kept, follow_symlinks=False)
        except FileNotFoundError:
            self._undo.append(partial(target.unlink, missing_ok=True))
            return
        except (OSError, NotImplementedError):
            # no links here, or another file system
            shutil.copy2(target, kept, follow_symlinks=False)
        self._undo.append(partial(_replace, kept, target))


def in_the_way(gone: Iterable[str], coming: Sequence[str]) -> list[str]:
    """Those of the files to be removed that must go before others come, since their places meet.

    A file may stand where a folder must be, or the other way round; and where a file system takes
    two spellings for one (macOS, Windows), what is removed last might be what has just come.
    """
    files = {_spelled(path) for path in coming}
    folders = {parent for path in files for parent in _parents(path)}
    return [
        path
        for path in gone
        for spelled in (_spelled(path),)
        if spelled in files or spelled in folders or not files.isdisjoint(_parents(spelled))
    ]


def _spelled(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _parents(path: str) -> list[str]:
    return [path[:place] for place, character in enumerate(path) if character == "/"]


def _replace(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # the output folder is a file system of its own: copy beside the target first
        waiting = _waiting(target)
        try:
            shutil.copy2(source, waiting, follow_symlinks=False)
            waiting.replace(target)
        finally:
            waiting.unlink(missing_ok=True)


def _waiting(target: Path) -> Path:
    return target.with_name(f".{target.name}.waiting")
