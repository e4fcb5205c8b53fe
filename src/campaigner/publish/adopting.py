"""Takes over a folder that somebody else published, as a release that can be gone back to."""

import os
from pathlib import Path

from campaigner.build.inputs import content_digest
from campaigner.build.kinds import NAMED
from campaigner.publish.releases import ASSETS, PublishedFile


def files_in(folder: Path) -> dict[str, PublishedFile]:
    """What is in a folder, as a release says it; raises OSError where it cannot be read."""
    found = {}
    for place, _, names in os.walk(folder, onerror=_raise):
        for name in names:
            file = Path(place, name)
            if file.is_file() and not file.is_symlink():
                path, size = file.relative_to(folder).as_posix(), file.stat().st_size
                content = f"{NAMED}{size}" if path.startswith(ASSETS) else content_digest(str(file))
                found[os.fsencode(path).decode("utf-8", "backslashreplace")] = PublishedFile(content, size)
    return found


def _raise(error: OSError) -> None:
    raise error
