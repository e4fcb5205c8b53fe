"""Puts files into the output folder: first all of them beside it, then each by a rename."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from campaigner.errors import Fault, WorkspaceError
from campaigner.model.output import OutputFile
from campaigner.render.pictures import CachedFile

#: begins the digest of a file whose name holds the hash of its content; the size follows
NAMED = "named "


def staging_folder(output: Path) -> Path:
    """The folder beside the output folder that files wait in: a rename does not cross file systems."""
    return output.parent / f".{output.name}.staging"


class Staging:
    """Files that wait to be moved. Several processes may use one folder: no two write one file."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = staging_folder(output)
        self._made: set[Path] = set()

    def put(self, files: Iterable[OutputFile | CachedFile], known: Mapping[str, str]) -> dict[str, str]:
        """Have files wait, but for those that the output folder has; give all digests by path.

        `known` are the digests of what the output folder has.
        """
        return {
            file.path: self._write(file.path, file.content, known.get(file.path))
            if isinstance(file, OutputFile)
            else self._copy(file)
            for file in files
        }

    def _write(self, path: str, content: bytes, known: str | None) -> str:
        digest = hashlib.blake2b(content, digest_size=16).hexdigest()
        if digest != known:
            self._place(path).write_bytes(content)
        return digest

    def _copy(self, file: CachedFile) -> str:
        """Copy a file whose name says its content; one that is there already is the same."""
        target = self.output / file.path
        if not target.is_file() or target.stat().st_size != file.size:
            waiting = self._place(file.path)
            # several processes may copy the same picture at once
            temporary = waiting.with_name(f".{waiting.name}.{os.getpid()}")
            shutil.copyfile(file.file, temporary)
            temporary.replace(waiting)
        return f"{NAMED}{file.size}"

    def _place(self, path: str) -> Path:
        target = self.folder / path
        if target.parent not in self._made:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(target.parent)
        return target

    def waiting(self) -> list[str]:
        """Paths of all files that wait, sorted: hashed assets before pages that name them."""
        found = []
        for folder, _, names in os.walk(self.folder):
            base = os.path.relpath(folder, self.folder).replace(os.sep, "/")
            found += [name if base == "." else f"{base}/{name}" for name in names]
        return sorted(found, key=lambda path: (not path.startswith("site/assets/"), path))

    def clear(self) -> None:
        """Remove the folder and what waits in it."""
        self._made.clear()
        shutil.rmtree(self.folder, ignore_errors=True)


def move(paths: Iterable[str], staging: Path, output: Path) -> None:
    """Move files from the staging folder to their place, each whole.

    Raises WorkspaceError where the output folder cannot be written.
    """
    made: set[Path] = set()
    for path in paths:
        target = output / path
        try:
            if target.parent not in made:
                _make_folder(target.parent, output)
                made.add(target.parent)
            if target.is_dir() and not target.is_symlink():
                shutil.rmtree(target)
            _replace(staging / path, target)
        except OSError as error:
            message = f"the file cannot be written: {error.strerror}"
            raise WorkspaceError(
                Fault(path=str(target), message=message, hint="Make room, or change permissions")
            ) from None


def _make_folder(folder: Path, output: Path) -> None:
    """Make a folder; a file that stands where one must be goes."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        for parent in [*reversed(folder.parents), folder]:
            if parent.is_relative_to(output) and parent != output and not parent.is_dir():
                parent.unlink(missing_ok=True)
        folder.mkdir(parents=True, exist_ok=True)


def _replace(source: Path, target: Path) -> None:
    try:
        source.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # the output folder is a file system of its own: copy beside the target first
        waiting = target.with_name(f".{target.name}.waiting")
        shutil.copyfile(source, waiting)
        waiting.replace(target)


def remove(paths: Iterable[str], output: Path) -> set[str]:
    """Remove files, and folders that are empty then; give the folders that are gone."""
    gone: set[str] = set()
    for path in paths:
        (output / path).unlink(missing_ok=True)
        folder = path.rpartition("/")[0]
        while folder:
            try:
                (output / folder).rmdir()
            except OSError:
                break
            gone.add(folder)
            folder = folder.rpartition("/")[0]
    return gone
