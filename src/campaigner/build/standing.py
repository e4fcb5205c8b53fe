"""What stands in the output folder, and how far the manifest's word for it is to be trusted."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from campaigner.build.folders import folder_time
from campaigner.build.inputs import content_digest
from campaigner.build.kinds import NAMED
from campaigner.build.manifest import Manifest


class Standing:
    """The output folder as a build finds it.

    A file that somebody else added, removed or replaced shows in the time of its folder, so only
    what is in such a folder is read again. A file that was written to in place does not show: only
    a build with `--force`, which trusts nothing, puts it right.
    """

    def __init__(
        self, output: Path, manifest: Manifest, changed_folders: Mapping[str, int], *, trusted: bool
    ) -> None:
        self._output = output
        self._manifest = manifest
        self._trusted = trusted
        #: folders that somebody else changed, and when
        self._folders = dict(changed_folders)
        #: files that a killed build may have left old or new
        self.doubtful = manifest.doubtful()
        #: what each unit was made from, by the last build
        self.keys = manifest.units()
        #: units of files that are not what the last build left
        self._damaged = {path: manifest.owners(path) for path in self._damaged_files()}
        self._damaged_units = {unit for units in self._damaged.values() for unit in units}

    @property
    def is_undisturbed(self) -> bool:
        """Whether all that the last build left stands there, as far as can be known."""
        return self._trusted and not self.doubtful and not self._damaged

    def has(self, unit: str, key: str) -> bool:
        """Whether a unit stands there, made from what `key` says."""
        return self._trusted and unit not in self._damaged_units and self.keys.get(unit) == key

    def files(self, unit: str) -> dict[str, str]:
        """Files of a unit and their digests; none where they are not to be trusted."""
        return self._manifest.outputs(unit) if self._trusted and unit not in self._damaged_units else {}

    def folders_after(self, touched: Iterable[str]) -> dict[str, int]:
        """When each folder changed, by path, after a build that moved or removed the files `touched`.

        Where it touched none, what it found is told: what somebody did since then must still show.
        """
        folders = set()
        for path in touched:
            folder = path
            while "/" in folder:
                folder = folder.rpartition("/")[0]
                folders.add(folder)
        return self._folders | {path: folder_time(f"{self._output}/{path}") for path in folders}

    def unrepaired(self, written: set[str], settled: set[str]) -> set[str]:
        """Damaged files that a build has not `written` anew and that units have which are not `settled` by it."""
        return {path for path, units in self._damaged.items() if units - settled and path not in written}

    def _damaged_files(self) -> set[str]:
        return self.doubtful | {
            path
            for folder in self._folders
            for path, digest in self._manifest.outputs_in(folder)
            if not self._is_whole(path, digest)
        }

    def _is_whole(self, path: str, digest: str) -> bool:
        file = self._output / path
        if digest.startswith(NAMED):
            return file.is_file() and digest == f"{NAMED}{file.stat().st_size}"
        return content_digest(str(file)) == digest
