"""What stands in the output folder, and how far the manifest's word for it is to be trusted."""

import os
from collections.abc import Iterable
from pathlib import Path

from campaigner.build.inputs import MISSING, content_digest
from campaigner.build.manifest import Manifest
from campaigner.build.staging import NAMED


class Standing:
    """The output folder as a build finds it.

    A file that somebody else added, removed or replaced shows in the time of its folder, so only
    what is in such a folder is read again. A file that was written to in place does not show: only
    a build with `--force`, which trusts nothing, puts it right.
    """

    def __init__(self, output: Path, manifest: Manifest, *, trusted: bool) -> None:
        self._output = output
        self._manifest = manifest
        self._trusted = trusted
        #: when each folder changed: by the manifest, and as it is now
        self._folders = {
            path: (changed, folder_time(output / path)) for path, changed in manifest.directories()
        }
        self.doubtful = manifest.doubtful()
        #: what each unit was made from, by the last build
        self.keys = manifest.units()
        #: units whose files are not what the last build left
        self.damaged = self._damaged()

    def has(self, unit: str, key: str) -> bool:
        """Whether a unit stands there, made from what `key` says."""
        return self._trusted and unit not in self.damaged and self.keys.get(unit) == key

    def files(self, unit: str) -> dict[str, str]:
        """Files of a unit and their digests; none where they are not to be trusted."""
        return self._manifest.outputs(unit) if self._trusted and unit not in self.damaged else {}

    def folders_after(self, touched: Iterable[str]) -> dict[str, str]:
        """When each folder changed, by path, after a build that moved or removed the files `touched`.

        Where it touched none, what it found is told: what somebody did since then must still show.
        """
        after = {path: now for path, (before, now) in self._folders.items() if before != now}
        for path in touched:
            folder = path
            while "/" in folder:
                folder = folder.rpartition("/")[0]
                after[folder] = ""
        return {path: found or folder_time(self._output / path) for path, found in after.items()}

    def _damaged(self) -> set[str]:
        damaged = {unit for path in self.doubtful for unit in self._manifest.owners(path)}
        for folder, (before, now) in self._folders.items():
            if before != now:
                damaged |= {
                    unit
                    for unit, path, digest in self._manifest.outputs_in(folder)
                    if not self._is_whole(path, digest)
                }
        return damaged

    def _is_whole(self, path: str, digest: str) -> bool:
        file = self._output / path
        if digest.startswith(NAMED):
            return file.is_file() and file.stat().st_size == int(digest.removeprefix(NAMED))
        return content_digest(str(file)) == digest


def folder_time(folder: Path) -> str:
    """When a folder changed last, in nanoseconds; `-` where there is none."""
    try:
        return str(os.stat(folder).st_mtime_ns)
    except OSError:
        return MISSING
