"""What one build worked out and the next need not: small JSON files in `.campaigner/cache/`."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from campaigner.value import Value

Shape = TypeVar("Shape")


class Kept(Value):
    """A folder of values by what they follow from. Nothing else changes them, so any may be lost."""

    folder: Path
    #: hash of the program and its libraries: another version of them may come to another value
    program: str

    def get(self, kind: str, of: str) -> Any:
        """The value of this kind that was kept for `of`; None where there is none that can be read."""
        try:
            return json.loads(self._file(kind, of).read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return None

    def put(self, kind: str, of: str, value: object) -> None:
        """Keep a value, if there is room. It appears whole; several processes may keep the same one."""
        file = self._file(kind, of)
        waiting = file.with_suffix(f".{os.getpid()}.tmp")
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_text(json.dumps(value), encoding="utf-8")
            waiting.replace(file)

    def get_sealed(self, kind: str, of: str, shape: type[Shape]) -> Shape | None:
        """The value that was kept with a seal; None where there is none, or somebody changed it."""
        kept = self.get(kind, of)
        try:
            text = kept["text"]
            return msgspec.json.decode(text, type=shape) if _seal(text) == kept["seal"] else None
        except (LookupError, TypeError, ValueError, AttributeError):
            return None  # somebody damaged it

    def put_sealed(self, kind: str, of: str, value: object) -> None:
        """Keep a value so that it is known when somebody changes it: what would be missed then nobody saw."""
        with suppress(UnicodeEncodeError):  # it names a file whose name is no text
            text = msgspec.json.encode(value).decode()
            self.put(kind, of, {"text": text, "seal": _seal(text)})

    def _file(self, kind: str, of: str) -> Path:
        told = f"{self.program}\0{of}".encode("utf-8", "surrogatepass")  # names of files need not be text
        key = hashlib.blake2b(told, digest_size=16).hexdigest()
        return self.folder / kind / f"{key}.json"


def _seal(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
