"""Measures how fast small objects go into a bucket, beside boto3 with threads: to a server that only takes them."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import median

from report import Row, ratio_row

from campaigner.build.inputs import digest
from campaigner.publish.bucket.change import Change
from campaigner.publish.bucket.claims import Claims
from campaigner.publish.bucket.place import Place
from campaigner.publish.bucket.store import Bucket, at_once
from campaigner.publish.changes import Changes
from campaigner.publish.filling import Filling
from campaigner.publish.releases import PublishedFile, Release
from campaigner.publish.site import BuiltSite

OBJECTS = 1000
#: bytes of each, as many as a page has
SIZE = 4000
THREADS = 16
ROUNDS = 5
BUCKET = "gazette"
KEYS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}


def uploading_rows(folder: Path) -> list[Row]:
    """Measure both in turn, in one process."""
    files = _files(folder)
    os.environ |= KEYS
    with subprocess.Popen(
        [sys.executable, Path(__file__).with_name("sink.py")], stdout=subprocess.PIPE, text=True
    ) as sink:
        try:
            assert sink.stdout
            endpoint = f"http://127.0.0.1:{int(sink.stdout.readline())}"
            own, peer = _own(folder, files, endpoint), _peer(folder, files, endpoint)
            seconds = [(_timed(own), _timed(peer)) for _ in range(ROUNDS + 1)][1:]
        finally:
            sink.kill()
    what = f"publish: {OBJECTS:,} new small objects, to a server that only takes them"
    return [
        ratio_row(
            what,
            median(one for one, _ in seconds),
            f"boto3 with {THREADS} threads",
            median(one for _, one in seconds),
            goal=0.2,
        )
    ]


class Unbuilt(BuiltSite):
    """A site of files that no build made."""

    @property
    def here(self) -> Mapping[str, str]:
        """All that is wanted."""
        return self.digests


def _files(folder: Path) -> dict[str, PublishedFile]:
    found = {}
    for number in range(OBJECTS):
        path, content = f"page-{number}/index.html", (f"{number} ".encode() * SIZE)[:SIZE]
        (folder / path).parent.mkdir(parents=True)
        (folder / path).write_bytes(content)
        found[path] = PublishedFile(digest(content), len(content), (f"page-{number}",))
    return found


def _own(folder: Path, files: dict[str, PublishedFile], endpoint: str) -> Callable[[], None]:
    """What `campaigner publish` does with new files."""
    place = Place(bucket=Bucket(name=BUCKET, endpoint=endpoint, region="us-east-1"), prefix="site")
    wanted = {path: file.digest for path, file in files.items()}
    site = Unbuilt(folder=folder, manifest=folder, begun=0, notes=(), wanted=wanted)
    filling = Filling(site=site, changes=Changes.between({}, site.digests), kept=(), precompress=())
    change = Change(
        place=place,
        claims=Claims(bucket=place.bucket, key=place.state, folder=folder, where=place.where),
        release=Release(name="", made="", url="", commit="", files=files),
        standing={},
        before={},
        progress=lambda done, total: None,
    )
    return lambda: asyncio.run(at_once(partial(change.put, path, filling) for path in files))


def _peer(folder: Path, files: Iterable[str], endpoint: str) -> Callable[[], None]:
    import boto3
    from botocore.config import Config

    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        config=Config(max_pool_connections=THREADS),
    )

    def put(path: str) -> None:
        client.put_object(
            Bucket=BUCKET,
            Key=f"site/{path}",
            Body=(folder / path).read_bytes(),
            ContentType="text/html; charset=utf-8",
            CacheControl="public, max-age=60",
        )

    def put_all() -> None:
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(put, files))

    return put_all


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
