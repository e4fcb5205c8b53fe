"""A workspace with a target, published from the command line as a person or a job would."""

import asyncio
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, Self, TypeVar

import pytest

from campaigner.publish.folder.spare import SPARE
from campaigner.publish.releases import release_in
from campaigner.publish.site import build_site
from campaigner.publish.targets import chosen
from campaigner.value import Value, replace
from cli.conftest import Outcome, run_in
from publish.s3_server import KEYS, Storage, storage
from publish.ssh_server import Server, ssh_server
from publisher import FILES, NOW, SETTINGS, Publisher, tree

SENDER = '\n[sender]\naddress = "letters@gazette.example"\npostal_address = "1 Mill Lane, York"\n'
TARGET = """
[publish.production]
to = "{to}"
url = "https://gazette.example"
"""


#: a record of a release that somebody spoiled
WRONG = b'{"version": 1, "files": 3}'


#: words behind `publish` that begin another command
OTHERS = ("status", "rollback", "config")


class Published(Value):
    """A workspace, and the folder that it is published to."""

    publisher: Publisher
    to: Path
    #: how the settings write that, if not so
    written: str = ""

    def publish(self, *arguments: str) -> Outcome:
        """Run `campaigner publish`; more processes than one take longer for so few campaigns."""
        jobs = () if arguments[:1] and arguments[0] in OTHERS else ("--jobs", "1")
        return run_in(self.publisher.root, "publish", *arguments, *jobs)

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
        """Remove something that readers see, as somebody does by mistake; the next release has it from nowhere."""
        (self.to / path).unlink()
        self.without_spare()

    def record(self, release: str) -> dict[str, Any]:
        """What is written of a release."""
        written: dict[str, Any] = json.loads((self.releases / f"{release}.json").read_bytes())
        return written

    @property
    def releases(self) -> Path:
        return self.to.with_name(f".{self.to.name}.releases")

    def kept(self) -> set[str]:
        """The names of what lies among the releases, beside the spare one."""
        names = {file.name.removesuffix(".json") for file in self.releases.iterdir()}
        return {name for name in names if not name.startswith(SPARE)}

    def without_spare(self) -> None:
        """Have nothing that the next release could be made of."""
        for file in self.releases.glob(f"{SPARE}*"):
            shutil.rmtree(file) if file.is_dir() else file.unlink()

    @property
    def release(self) -> str:
        """The name of the release that readers see."""
        return release_in(Path(os.readlink(self.to)).name)

    def settings(self, text: str) -> None:
        """Write the targets of campaigner.toml anew."""
        self.publisher.write("campaigner.toml", SETTINGS + SENDER + text.format(to=self.written or self.to))

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
        found = self.storage.tree(self.bucket, start)
        return {
            key.removeprefix(start): content
            for key, content in found.items()
            if not key.startswith(f"{self.prefix}.campaigner/")
        }

    @property
    def private(self) -> dict[str, bytes]:
        """What campaigner keeps to itself."""
        start = f"{self.prefix}.campaigner/"
        found = self.storage.tree(self.bucket, start)
        return {key.removeprefix(start): content for key, content in found.items()}

    @property
    def state(self) -> dict[str, Any]:
        """What is written of what readers see, and of who changes it."""
        found: dict[str, Any] = json.loads(
            self.storage.get(self.bucket, f"{self.prefix}.campaigner/state.json")
        )
        return found

    @property
    def release(self) -> str:
        return release_in(self.state["release"])

    def lay(self, files: dict[str, bytes]) -> None:
        for path, content in files.items():
            self.storage.put(self.bucket, f"{self.prefix}/{path}", content)

    def damage(self, release: str, record: bytes = WRONG) -> None:
        self.storage.put(self.bucket, f"{self.prefix}.campaigner/releases/{release}.json", record)

    def take_away(self, path: str) -> None:
        self.storage.remove(self.bucket, f"{self.prefix}/{path}")

    def record(self, release: str) -> dict[str, Any]:
        key = f"{self.prefix}.campaigner/releases/{release}.json"
        written: dict[str, Any] = json.loads(self.storage.get(self.bucket, key))
        return written


Made = TypeVar("Made", bound=Published)


class Once(Protocol):
    """Has a workspace be built and checked."""

    def __call__(self, made: Made) -> Made: ...


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
def bucket(
    unbuilt: Published, storage_server: Storage, keys: pytest.MonkeyPatch, build_once: Once
) -> InBucket:
    """A workspace that is published to a bucket of its own."""
    storage_server.empty()
    storage_server.make("gazette")
    made = InBucket(publisher=unbuilt.publisher, to=unbuilt.to, storage=storage_server, bucket="gazette")
    made.settings(TARGET)
    return build_once(made)


@pytest.fixture(scope="session")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A machine that is reached by ssh."""
    with ssh_server(tmp_path_factory.mktemp("machine") / "server") as started:
        yield started


@pytest.fixture
def server(machine: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The same, as it is before anybody changes its settings."""
    machine.begin_anew()
    monkeypatch.setenv("CAMPAIGNER_SSH_CONFIG", str(machine.config))
    return machine


def by_ssh(unbuilt: Published, server: Server, place: Path) -> Published:
    """A workspace that is published by ssh to a place of this machine."""
    made = replace(unbuilt, written=server.address(place))
    made.settings(TARGET)
    return made


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another name for the place that a test publishes to: with it all of them have the same settings."""
    return tmp_path_factory.mktemp("here") / "www"


@pytest.fixture(scope="session")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Give a function that has a workspace be built and checked as another one with the same settings was."""
    kept: dict[str, Path] = {}

    def build(made: Made) -> Made:
        settings = (made.publisher.root / "campaigner.toml").read_text()
        if settings not in kept:
            kept[settings] = tmp_path_factory.mktemp("built") / "workspace"
            _build(made.publisher.copied(kept[settings]))
        for name in (".campaigner", "output"):
            shutil.copytree(kept[settings] / name, made.publisher.root / name)
        return made

    return build


def _build(publisher: Publisher) -> None:
    """Do what nothing that lies at a target has a say in."""
    workspace = publisher.workspace
    publisher.review()
    build_site(workspace, chosen(workspace, ()), jobs=1, now=NOW, progress=lambda done, total: None)
    publisher.build()


@pytest.fixture
def unbuilt(tmp_path: Path, here: Path) -> Published:
    """A workspace without a past."""
    publisher = Publisher(root=tmp_path / "workspace")
    for path, content in FILES.items():
        publisher.write(path, content)
    (tmp_path / "www").mkdir()
    here.unlink(missing_ok=True)
    here.symlink_to(tmp_path / "www")
    made = Published(publisher=publisher, to=tmp_path / "www" / "site", written=str(here / "site"))
    made.settings(TARGET)
    return made


@pytest.fixture
def published(unbuilt: Published, build_once: Once) -> Published:
    """A workspace that was built, and not published yet."""
    return build_once(unbuilt)


Make = Callable[..., Published]
