"""A workspace that a test edits and builds, and what a build from nothing would make of it."""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from campaigner.build.options import Options
from campaigner.build.report import Report
from campaigner.build.review import Request, Review, review
from campaigner.build.run import build
from campaigner.content.workspace import Workspace, find_workspace

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
#: what a build makes or keeps for itself
MADE = (".campaigner", "output")
SETTINGS = """\
[site]
name = "The Gazette"
url = "https://gazette.example"
privacy = "privacy.md"

[brand]
logo = "logo.png"
"""
SOURCES = """\
cited:
  title: A study that is cited
  url: https://journal.example/cited
uncited:
  title: A study that nobody cites
  url: https://journal.example/uncited
"""


def picture(colour: str, size: tuple[int, int] = (16, 12)) -> bytes:
    """Give a small PNG; pictures of one size and two colours have the same number of bytes."""
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "png")
    return file.getvalue()


def article(title: str, text: str = "Hello, *readers*.", **front_matter: str) -> str:
    """Give an article; a value of its front matter is YAML."""
    values = {"date": "2026-11-01"} | front_matter
    lines = "".join(f"{name}: {value}\n" for name, value in values.items())
    return f"---\ntitle: {title}\n{lines}---\n\n{text}\n"


#: the newest first
FILES: dict[str, str | bytes] = {
    "campaigner.toml": SETTINGS,
    "sources.yaml": SOURCES,
    "privacy.md": "# Privacy\n\nWe keep your address safe.\n",
    "logo.png": picture("navy"),
    "campaigns/later/article.md": article("Later", date="2027-03-01"),
    "campaigns/sketch/article.md": article("Sketch", date="2026-11-05", draft="true"),
    "campaigns/first/article.md": article(
        "First",
        "Hello [@cited].\n\n![A field](field.png)\n",
        date="2026-11-03",
        tags="[shared, alone]",
        image="cover.png",
        image_alt="A cover",
    ),
    "campaigns/first/cover.png": picture("teal"),
    "campaigns/first/field.png": picture("green"),
    "campaigns/second/article.md": article(
        "Second", date="2026-11-02", tags="[shared]", aliases="[/older-name/]"
    ),
    "campaigns/third/article.md": article("Third", date="2026-11-01", expiry_date="2026-12-24"),
}


def tree(folder: Path) -> dict[str, bytes]:
    """Give all files below a folder, by path."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def condition(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Give time and content of all files and folders, `folder` itself included."""
    return {
        file.relative_to(folder).as_posix(): (
            file.lstat().st_mtime_ns,
            file.read_bytes() if file.is_file() else b"",
        )
        for file in [folder, *sorted(folder.rglob("*"))]
    }


@dataclass(kw_only=True)
class Publisher:
    """Edits a workspace, and builds it."""

    root: Path
    now: datetime = NOW
    #: options of every build, such as drafts
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def workspace(self) -> Workspace:
        return find_workspace(self.root)

    @property
    def output(self) -> Path:
        return self.root / "output"

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file of the workspace."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file."""
        text = (self.root / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def build(self, **options: Any) -> Report:
        """Build, in this process."""
        wanted: dict[str, Any] = {"output": self.output, "jobs": 1} | self.options | options
        return build(self.workspace, Options(**wanted), now=self.now)

    def review(
        self, *, progress: Callable[[int, int], None] = lambda done, total: None, **request: Any
    ) -> Review:
        """Have all campaigns checked, in this process."""
        moment = self.now.strftime("%Y-%m-%dT%H:%M:%SZ")
        return review(self.workspace, Request(**request), jobs=1, now=moment, progress=progress)

    def tree(self) -> dict[str, bytes]:
        """What the builds made."""
        return tree(self.output)

    def from_nothing(self, folder: Path) -> dict[str, bytes]:
        """What a build without a past makes of the same files, in a workspace of its own."""
        fresh = self.copied(folder)
        fresh.build()
        return fresh.tree()

    def copied(self, folder: Path) -> "Publisher":
        """A workspace of the same files that has no past."""
        shutil.copytree(self.root, folder, ignore=lambda place, names: _made(place, names, self.root))
        return Publisher(root=folder, now=self.now, options=self.options)


def _made(place: str, names: Iterable[str], root: Path) -> list[str]:
    return [name for name in names if Path(place) == root and name in MADE]


def rendered(report: Report) -> set[str]:
    """Names of the units that a build rendered."""
    return {change.unit for change in report.changes if not change.is_dropped}


def dropped(report: Report) -> set[str]:
    """Names of the units that a build took out."""
    return {change.unit for change in report.changes if change.is_dropped}


def campaign(*folders: str) -> set[str]:
    """Names of all units of live campaigns."""
    return {f"{kind} {folder}" for folder in folders for kind in ("post", "landing", "newsletter", "entry")}
