"""A workspace with a target, published from the command line as a person or a job would."""

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import pytest

from campaigner.publish.releases import release_in
from campaigner.value import Value, replace
from cli.conftest import Outcome, run_in
from publish.s3_server import KEYS, Storage, storage
from publisher import FILES, SETTINGS, Publisher, tree

SENDER = '\n[sender]\naddress = "letters@gazette.example"\npostal_address = "1 Mill Lane, York"\n'
TARGET = """
[publish.production]
to = "{to}"
url = "https://gazette.example"
"""


#: a record of a release that somebody spoiled
WRONG = b'{"version": 1, "files": 3}'


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

    def everything(self) -> dict[str, bytes]:
        """All that lies there, for readers and not."""
        return tree(self.to.parent)

    def lay(self, files: dict[str, bytes]) -> None:
        """Put files where the site is to be, as somebody does who has no campaigner."""
        for path, content in files.items():
            file = self.to / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def damage(self, release: str, record: bytes = WRONG) -> None:
        """Have the record of a release say nothing, or something else."""
        (self.releases / f"{release}.json").write_bytes(record)

    def take_away(self, path: str) -> None:
        """Remove something that readers see, as somebody does by mistake."""
        (self.to / path).unlink()

    def record(self, release: str) -> dict[str, Any]:
        """What is written of a release."""
        written: dict[str, Any] = json.loads((self.releases / f"{release}.json").read_bytes())
        return written

    @property
    def releases(self) -> Path:
        return self.to.with_name(f".{self.to.name}.releases")

    @property
    def release(self) -> str:
        """The name of the release that readers see."""
        return release_in(Path(os.readlink(self.to)).name)

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


def gone_back(to: dict[str, bytes], left: dict[str, bytes]) -> dict[str, bytes]:
    """What readers see after a way back: all that they saw then, and the hashed assets of what they saw until now."""
    return {path: content for path, content in left.items() if path.startswith("assets/")} | to


class InBucket(Published):
    """A workspace that is published to a bucket."""

    storage: Storage
    bucket: str
    prefix: str = "site"
    #: where it is asked for, if not at the server itself
    endpoint: str = ""
    #: lines of the target
    more: str = ""

    @property
    def address(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")

    def settings(self, text: str) -> None:
        """Write the targets anew, with the server that has the bucket."""
        own = f'endpoint = "{self.endpoint or self.storage.endpoint}"\n{self.more}\n'
        text = text.replace('to = "{to}"\n', f'to = "{self.address}"\n{own}')
        self.publisher.write("campaigner.toml", SETTINGS + SENDER + text)

    def everything(self) -> dict[str, bytes]:
        """All that lies in the bucket."""
        return self.storage.tree(self.bucket)

    def site(self) -> dict[str, bytes]:
        start = f"{self.prefix}/" if self.prefix else ""
        return {
            key.removeprefix(start): content
            for key, content in self.everything().items()
            if key.startswith(start) and not key.startswith(f"{self.prefix}.campaigner/")
        }

    @property
    def private(self) -> dict[str, bytes]:
        """What campaigner keeps to itself."""
        start = f"{self.prefix}.campaigner/"
        return {
            key.removeprefix(start): content
            for key, content in self.everything().items()
            if key.startswith(start)
        }

    @property
    def release(self) -> str:
        release = self.publish("status", "--format", "json").told["targets"][0]["release"]
        assert isinstance(release, str)
        return release

    def lay(self, files: dict[str, bytes]) -> None:
        for path, content in files.items():
            self.storage.put(self.bucket, f"{self.prefix}/{path}", content)

    def damage(self, release: str, record: bytes = WRONG) -> None:
        self.storage.put(self.bucket, f"{self.prefix}.campaigner/releases/{release}.json", record)

    def take_away(self, path: str) -> None:
        self.storage.remove(self.bucket, f"{self.prefix}/{path}")

    def record(self, release: str) -> dict[str, Any]:
        written: dict[str, Any] = json.loads(self.private[f"releases/{release}.json"])
        return written


@pytest.fixture(autouse=True)
def no_running_loop() -> Iterator[None]:
    """Tests with a browser leave a loop that runs in this process: nothing else that is asynchronous could begin."""
    running = asyncio.events._get_running_loop()
    asyncio.events._set_running_loop(None)
    yield
    asyncio.events._set_running_loop(running)


@pytest.fixture(scope="session")
def storage_server() -> Iterator[Storage]:
    """A server that has buckets."""
    with storage() as started:
        yield started


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An environment with keys, and nothing else that says who publishes."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "no-credentials"))
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def bucket(published: Published, storage_server: Storage, keys: pytest.MonkeyPatch) -> InBucket:
    """A workspace that is published to a bucket of its own."""
    name = f"gazette-{uuid4().hex[:12]}"
    storage_server.make(name)
    made = InBucket(publisher=published.publisher, to=published.to, storage=storage_server, bucket=name)
    made.settings(TARGET)
    return made


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
