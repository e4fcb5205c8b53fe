"""What one build worked out and the next need not: small JSON files in `.campaigner/cache/`."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from campaigner.value import Value


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

    def _file(self, kind: str, of: str) -> Path:
        key = hashlib.blake2b(f"{self.program}\0{of}".encode(), digest_size=16).hexdigest()
        return self.folder / kind / f"{key}.json"
