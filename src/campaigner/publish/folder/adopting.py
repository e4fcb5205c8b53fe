"""Takes over a folder that somebody else published, as a release that can be gone back to."""

import os
import tarfile
from pathlib import Path
from typing import IO

from campaigner.build.inputs import content_digest, digest
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


def packed_files(pack: IO[bytes]) -> dict[str, PublishedFile]:
    """What is in a folder that comes as a stream of tar(1); raises tarfile.TarError where that is none."""
    found: dict[str, PublishedFile] = {}
    with tarfile.open(fileobj=pack, mode="r|") as opened:
        for member in opened:
            path = member.name.removeprefix("./")
            if member.islnk():  # a further name of a file that came before
                same = found.get(member.linkname.removeprefix("./"))
                if same:
                    found[path] = same
            elif member.isfile():
                found[path] = PublishedFile(_content_of(member, opened, path), member.size)
    return {os.fsencode(path).decode("utf-8", "backslashreplace"): file for path, file in found.items()}


def _content_of(member: tarfile.TarInfo, opened: tarfile.TarFile, path: str) -> str:
    if path.startswith(ASSETS):
        return f"{NAMED}{member.size}"
    content = opened.extractfile(member)
    return digest(content.read() if content else b"")


def _raise(error: OSError) -> None:
    raise error
