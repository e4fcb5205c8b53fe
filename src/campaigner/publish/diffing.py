"""How the texts of a site change, for people."""

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from campaigner.publish.changes import Changes

TEXT = (".html", ".css", ".xml", ".txt", ".svg", ".json")
#: bytes; comparing more than that takes longer than anybody reads
LARGEST = 500_000


def differences(changes: Changes, before: Path, after: Path) -> Iterator[str]:
    """Give lines as `diff -u` has them, for each text that changes; `before` and `after` are folders of a site."""
    for path in changes.changed:
        if not path.endswith(TEXT):
            continue
        old, new = (_lines(folder / path) for folder in (before, after))
        yield from unified_diff(old, new, fromfile=path, tofile=path, lineterm="", n=1)


def _lines(file: Path) -> list[str]:
    try:
        content = file.read_bytes()
    except OSError:
        return []
    return content.decode("utf-8", "replace").splitlines() if len(content) <= LARGEST else []
