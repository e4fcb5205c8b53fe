"""Where files wait, beside the output folder, until all of them are ready to be moved in."""

import os
import shutil
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from campaigner.build.inputs import digest
from campaigner.build.kinds import NAMED
from campaigner.model.output import OutputFile
from campaigner.render.pictures import CachedFile
from campaigner.value import Value, field


class Staging(Value):
    """Files that wait to be moved. Several processes may use one: no two write one page."""

    output: Path
    #: sets this build's files apart from those of one that was killed, whose processes may still write
    build: str
    #: whether files of the output folder are to be written again, be they the same or not
    afresh: bool = False
    #: folders that this process made, and copies that it need not make again
    _made: set[str] = field(default_factory=set)
    _copied: set[str] = field(default_factory=set)

    @property
    def place(self) -> Path:
        """The folder of all builds, beside the output folder: a rename does not cross file systems."""
        return self.output.parent / f".{self.output.name}.staging"

    @cached_property
    def new(self) -> Path:
        """The folder of the files that wait."""
        return self.place / self.build / "new"

    @property
    def old(self) -> Path:
        """The folder for what they replace, until the build is done."""
        return self.place / self.build / "old"

    def put(self, files: Iterable[OutputFile | CachedFile], known: Mapping[str, str]) -> dict[str, str]:
        """Have files wait, but for those that the output folder has; give all digests by path.

        `known` are the digests of what the output folder has. Raises OSError where it cannot be done.
        """
        return {
            file.path: self._write(file.path, file.content, known.get(file.path))
            if isinstance(file, OutputFile)
            else self._copy(file)
            for file in files
        }

    def _write(self, path: str, content: bytes, known: str | None) -> str:
        found = digest(content)
        if self.afresh or found != known:
            with open(self._waiting(path), "wb") as waiting:
                waiting.write(content)
        return found

    def _copy(self, file: CachedFile) -> str:
        """Copy a file whose name says its content; one that is there already is the same."""
        if file.path not in self._copied:  # another page, or another campaign, may have the same picture
            target = self.output / file.path
            if self.afresh or not target.is_file() or target.stat().st_size != file.size:
                self._copy_anew(file)
            self._copied.add(file.path)
        return f"{NAMED}{file.size}"

    def _copy_anew(self, file: CachedFile) -> None:
        waiting = Path(self._waiting(file.path))
        if not waiting.exists():
            # several processes may copy it at once
            temporary = waiting.with_name(f".{waiting.name}.{os.getpid()}")
            shutil.copyfile(file.file, temporary)
            temporary.replace(waiting)

    def _waiting(self, path: str) -> str:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            os.makedirs(f"{self.new}/{folder}", exist_ok=True)
            self._made.add(folder)
        return f"{self.new}/{path}"

    def waiting(self) -> list[str]:
        """Paths of all files that wait, sorted: hashed assets before pages that name them."""
        found = []
        for folder, _, names in os.walk(self.new):
            base = os.path.relpath(folder, self.new).replace(os.sep, "/")
            found += [name if base == "." else f"{base}/{name}" for name in names]
        return sorted(found, key=lambda path: (not path.startswith("site/assets/"), path))

    def clear(self) -> None:
        """Remove all that waits, also of builds that were killed."""
        self._made.clear()
        self._copied.clear()
        shutil.rmtree(self.place, ignore_errors=True)
