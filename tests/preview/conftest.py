"""A preview of a workspace with three live campaigns, a draft and a scheduled one: on the desk, and served."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import campaigner
from campaigner.checks import NAMES
from campaigner.preview.desk import Desk
from campaigner.preview.press import Press
from publisher import FILES, NOW, SETTINGS, Publisher

#: seconds until something must have happened; on a quiet machine it takes a few hundredths
PATIENCE = 20.0
ENVIRONMENT = os.environ | {
    "PYTHONPATH": str(Path(campaigner.__file__).parent.parent),
    "SOURCE_DATE_EPOCH": str(int(NOW.timestamp())),
}


#: settings with which one check alone looks: campaigns of tests are short, and lack much
QUIET = f"{SETTINGS}\n[check.severities]\n" + "".join(
    f'{name} = "off"\n' for name in sorted(NAMES - {"subject-length"})
)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    """A workspace that nobody has built."""
    made = Publisher(root=tmp_path / "workspace")
    for path, content in FILES.items():
        made.write(path, content)
    made.write("campaigner.toml", QUIET)
    return made


def press_of(publisher: Publisher, **options: Any) -> Press:
    """A press beside the desk of a workspace."""
    return Press(
        Desk(publisher.workspace, now=lambda: publisher.now.strftime("%Y-%m-%dT%H:%M:%SZ"), **options)
    )


@dataclass(kw_only=True)
class Served:
    """A preview that runs as its own process."""

    url: str
    process: "subprocess.Popen[str]"
    #: what it printed first
    said: list[str] = field(default_factory=list)

    def get(self, path: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of an answer."""
        request = urllib.request.Request(self.url + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return answer.status, dict(answer.headers), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read().decode()

    def text(self, path: str) -> str:
        """What is at a path that is there."""
        status, _, text = self.get(path)
        assert status == 200, text
        return text

    def json(self, path: str) -> Any:
        """What is at a path, as JSON."""
        return json.loads(self.text(path))

    def wait_for(self, path: str, words: str) -> str:
        """The text at a path, once it has these words."""
        until(lambda: words in self.get(path)[2])
        return self.text(path)

    def end(self) -> int:
        """Press Ctrl-C, and give the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


def until(found: Callable[[], Any]) -> Any:
    """Give what `found` gives, once it is something."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError("it did not happen in time")


@contextmanager
def serving(root: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[Served]:
    """Serve a workspace's preview on a port of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "campaigner", "-C", str(root), "preview", "--port", "0", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT | (environment or {}),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    line = process.stdout.readline()
    found = re.search(r"http://\S+", line)
    if not found:
        process.kill()
        raise AssertionError(process.stderr.read())
    try:
        yield Served(url=found[0], process=process, said=[line])
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE)
        process.stdout.close()
        process.stderr.close()


def command(root: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a workspace until it ends."""
    return subprocess.run(
        [sys.executable, "-m", "campaigner", "-C", str(root), *arguments],
        capture_output=True,
        text=True,
        env=ENVIRONMENT | environment,
        timeout=PATIENCE * 10,
        check=False,
    )


@pytest.fixture
def served(publisher: Publisher) -> Iterator[Served]:
    """The workspace's preview, served."""
    with serving(publisher.root) as preview:
        yield preview
