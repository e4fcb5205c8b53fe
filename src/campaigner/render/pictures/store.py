"""Renditions on disk: made once, noticed when damaged, shared by several processes.

A key's entry is a small file: its own digest, then JSON that lists the key's renditions with their
digests. It is written after them, so an entry that exists is complete; what it says is compared
with the files each time, so one that was cut off or changed (by a tool that optimises a hard link
of it in output/) is made again. The file's time says when it was used last. Several processes may write the same
entry at once: they write the same bytes, each file appears whole by a rename, and the last wins.
"""

import hashlib
import json
import os
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from campaigner.value import Value, asdict


class Encoded(Value):
    """A rendition in memory."""

    #: what it is for: "webp", "fallback", "mail" or "share"
    use: str
    #: with its dot: ".webp"
    suffix: str
    #: in pixels
    width: int
    height: int
    content: bytes


class Stored(Value):
    """A rendition on disk."""

    use: str
    suffix: str
    width: int
    height: int
    #: in bytes
    size: int
    #: of its content
    digest: str
    #: of everything it was made from; known before it is made
    name: str


class Store:
    """A folder of renditions by key."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        #: what was found whole or made by this process
        self._whole: dict[str, tuple[Stored, ...]] = {}

    def file(self, rendition: Stored) -> Path:
        """Say where a rendition's bytes are."""
        return self.folder / f"{rendition.name}{rendition.suffix}"

    def renditions(self, key: str, make: Callable[[], tuple[Encoded, ...]]) -> tuple[Stored, ...]:
        """Give the renditions of `key`, made by `make` where they are not here whole."""
        return self.known(key) or self._write(key, make())

    def known(self, key: str) -> tuple[Stored, ...]:
        """Give the renditions of `key`; none where they are not here whole, which is looked at once."""
        found = self._whole.get(key) or self._read(key)
        if found:
            self._whole[key] = found
        return found

    def _read(self, key: str) -> tuple[Stored, ...]:
        try:
            seal, _, entry = (self.folder / key).read_bytes().partition(b"\n")
            if seal.decode() != digest(entry):
                return ()
            renditions = tuple(Stored(**rendition) for rendition in json.loads(entry))
            whole = all(digest(self.file(each).read_bytes()) == each.digest for each in renditions)
        except (OSError, ValueError):
            return ()
        if whole:
            with suppress(OSError):  # perhaps of another user, or on a disk that is only read
                os.utime(self.folder / key)
        return renditions if whole else ()

    def _write(self, key: str, made: tuple[Encoded, ...]) -> tuple[Stored, ...]:
        self.folder.mkdir(parents=True, exist_ok=True)
        renditions = []
        for each in made:
            stored = Stored(
                use=each.use,
                suffix=each.suffix,
                width=each.width,
                height=each.height,
                size=len(each.content),
                digest=digest(each.content),
                name=digest(f"{key} {each.use} {each.width}".encode())[:12],
            )
            self._replace(self.file(stored), each.content)
            renditions.append(stored)
        entry = json.dumps([asdict(rendition) for rendition in renditions], indent=1).encode()
        self._replace(self.folder / key, digest(entry).encode() + b"\n" + entry)
        self._whole[key] = tuple(renditions)
        return self._whole[key]

    def _replace(self, file: Path, content: bytes) -> None:
        """Write `file` whole or not at all. Not by tempfile, which would make it private to this user."""
        partial = file.with_name(f".{file.name}.{os.getpid()}.{threading.get_ident()}.partial")
        partial.write_bytes(content)
        partial.replace(file)


def digest(content: bytes) -> str:
    """Give the hash by which content is known here."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
