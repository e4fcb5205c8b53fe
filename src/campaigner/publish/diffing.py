"""How the texts of a site change, for people."""

from collections.abc import Iterator
from difflib import unified_diff

from campaigner.publish.changes import Changes
from campaigner.publish.host import Host
from campaigner.publish.site import BuiltSite

TEXT = (".html", ".css", ".xml", ".txt", ".svg", ".json")
#: bytes; comparing more than that takes longer than anybody reads
LARGEST = 500_000


def differences(changes: Changes, host: Host, site: BuiltSite) -> Iterator[str]:
    """Give lines as `diff -u` has them, for each text that changes."""
    for path in changes.changed:
        if path.endswith(TEXT):
            old, new = _lines(host.content(path)), _lines((site.folder / path).read_bytes())
            yield from unified_diff(old, new, fromfile=path, tofile=path, lineterm="", n=1)


def _lines(content: bytes) -> list[str]:
    return content.decode("utf-8", "replace").splitlines() if len(content) <= LARGEST else []
