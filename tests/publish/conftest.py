"""A workspace with a target, published from the command line as a person or a job would."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from campaigner.value import Value, replace
from cli.conftest import Outcome, run_in
from publisher import FILES, SETTINGS, Publisher, tree

SENDER = '\n[sender]\naddress = "letters@gazette.example"\npostal_address = "1 Mill Lane, York"\n'
TARGET = """
[publish.production]
to = "{to}"
url = "https://gazette.example"
"""


class Published(Value):
    """A workspace, and the folder that it is published to."""

    publisher: Publisher
    to: Path

    def publish(self, *arguments: str) -> Outcome:
        """Run `campaigner publish`."""
        return run_in(self.publisher.root, "publish", *arguments)

    def published(self, *arguments: str) -> Outcome:
        """Publish, where nothing is wrong."""
        told = self.publish("--yes", *arguments)
        assert told.exit_code == 0, told.err
        return told

    def site(self) -> dict[str, bytes]:
        """What readers see."""
        return tree(self.to)

    @property
    def releases(self) -> Path:
        return self.to.with_name(f".{self.to.name}.releases")

    @property
    def release(self) -> str:
        """The name of the release that readers see."""
        return Path(os.readlink(self.to)).name

    def settings(self, text: str) -> None:
        """Write the targets of campaigner.toml anew."""
        self.publisher.write("campaigner.toml", SETTINGS + SENDER + text.format(to=self.to))

    def copied(self, folder: Path) -> Self:
        """The same workspace as a fresh checkout has it, with the same target."""
        return replace(self, publisher=self.publisher.copied(folder))

    def built(self) -> dict[str, bytes]:
        """What a build makes of the same workspace."""
        self.publisher.build(output=self.publisher.root / "output")
        return tree(self.publisher.root / "output" / "site")

    def retitle(self, title: str) -> None:
        """Edit an article."""
        article = self.publisher.root / "campaigns/first/article.md"
        lines = article.read_text().splitlines(keepends=True)
        article.write_text("".join([lines[0], f"title: {title}\n", *lines[2:]]))


@pytest.fixture
def published(tmp_path: Path) -> Published:
    """A workspace that was not published yet."""
    publisher = Publisher(root=tmp_path / "workspace")
    for path, content in FILES.items():
        publisher.write(path, content)
    (tmp_path / "www").mkdir()
    made = Published(publisher=publisher, to=tmp_path / "www" / "site")
    made.settings(TARGET)
    return made


Make = Callable[..., Published]
