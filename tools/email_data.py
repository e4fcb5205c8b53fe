"""Distils what mail programs support out of the npm package `caniemail` into one small file of the package.

`make email-data` runs it. The packed archive is read and not an installation of it: a plain install takes
an older release where Node is older than the newest one asks for. The newest answer about a program is the
last one in the order of the file: its keys mix years, months and version numbers, and no sorting of them
gives that order back.
"""

import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

VERSION = "2.0.2"
TARGET = Path(__file__).parent.parent / "src" / "campaigner" / "clients" / "caniemail.json"


def main() -> None:
    """Fetch, distil and write."""
    version = sys.argv[1] if len(sys.argv) > 1 else VERSION
    with tarfile.open(fileobj=io.BytesIO(packed(version))) as archive:
        data = json.loads(_content(archive, "package/data/caniemail.json"))
        licence = _content(archive, "package/LICENSE").decode()
    found = distilled(data, version=version, licence=licence)
    TARGET.write_text(written(found), encoding="utf-8")
    print(f"{len(found['features'])} features, {len(found['clients'])} mail programs, of {found['date']}")


def packed(version: str) -> bytes:
    """Give the archive of the package as npm packs it."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"caniemail@{version}"]
        name = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
        return (Path(folder) / name).read_bytes()


def distilled(data: dict[str, Any], *, version: str, licence: str) -> dict[str, Any]:
    """Give the newest answer for each feature and program, with its notes."""
    features = data["data"]
    clients = sorted(
        {
            f"{family}.{platform}"
            for feature in features
            for family, platforms in feature["stats"].items()
            for platform in platforms
        }
    )
    return {
        "source": "https://www.caniemail.com/, from the npm package caniemail",
        "version": version,
        "date": data["last_update_date"][:10],
        "licence": "MIT",
        "notice": licence,
        "clients": clients,
        "features": {feature["slug"]: _feature(feature, clients) for feature in features},
    }


def _feature(feature: dict[str, Any], clients: list[str]) -> dict[str, Any]:
    newest = {
        f"{family}.{platform}": [*versions.values()][-1]
        for family, platforms in feature["stats"].items()
        for platform, versions in platforms.items()
        if versions
    }
    return {
        "title": " ".join(feature["title"].split()),
        # one of them is 2024-05-1
        "tested": "-".join(part.zfill(2) for part in feature["last_test_date"].split("-")),
        "support": [newest.get(client, "") for client in clients],
        "notes": feature["notes_by_num"] or {},
    }


def written(found: dict[str, Any]) -> str:
    """Give the file: a line a feature, so that a difference between two versions can be read."""
    head = {name: value for name, value in found.items() if name != "features"}
    lines = [
        f"{json.dumps(slug)}: {json.dumps(feature, ensure_ascii=False, separators=(',', ':'))}"
        for slug, feature in found["features"].items()
    ]
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return start + ',\n "features": {\n' + ",\n".join(lines) + "\n }\n}\n"


def _content(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    if file is None:
        raise LookupError(f"the package has no {name}")
    return file.read()


if __name__ == "__main__":
    main()
