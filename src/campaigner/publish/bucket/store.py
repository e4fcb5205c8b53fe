"""A bucket, as an S3-compatible server has it: objects by key, asked for by obstore."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from campaigner.build.inputs import hasher
from campaigner.content.workspace import SETTINGS_FILE
from campaigner.errors import PublishError
from campaigner.publish.bucket.credentials import keys_of
from campaigner.publish.bucket.faults import failure
from campaigner.publish.bucket.objects import DIGEST
from campaigner.publish.host import refused

if TYPE_CHECKING:
    from obstore import PutMode
    from obstore.store import S3Store

Job = Callable[[], Awaitable[None]]

#: requests at once
AT_ONCE = 32
#: bytes; what is larger comes in parts and is never in memory as a whole
PART = 5 * 1024 * 1024
PARTS_AT_ONCE = 4
#: that a server takes of one object: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
MOST_PARTS = 10_000
#: objects that are removed by one request
AT_ONCE_REMOVED = 1000
#: obstore's own are ten in three minutes, though a host that is down stays so
RETRIES, PATIENCE = 5, timedelta(seconds=10)
CONNECT = timedelta(seconds=3)
#: for a part over a slow line, or a server that copies a large file
ANSWER = timedelta(minutes=5)


class Found(NamedTuple):
    """An object that was read."""

    content: bytes
    #: sets this version of it apart from others
    tag: str
    #: by the clock of the server
    modified: datetime
    encoding: str


class Seen(NamedTuple):
    """An object that was looked at."""

    #: empty where campaigner did not put it there
    digest: str
    #: bytes, as it lies there
    size: int


class Changed(Exception):
    """An object is not the one that it was known to be."""


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """A bucket of a server. Every method raises PublishError where it cannot be asked."""

    name: str
    #: https://…, without the bucket
    endpoint: str
    region: str

    def address(self, key: str) -> str:
        """Where an object is, for people."""
        return f"s3://{self.name}/{key}".rstrip("/")

    def read(self, key: str) -> Found | None:
        """An object; None where there is none."""
        import obstore

        with self._faults(key):
            try:
                answer = obstore.get(self._store, key)
            except FileNotFoundError as error:
                self._see_that_it_is_there(error)
                return None
            encoding = answer.attributes.get("Content-Encoding", "")
            found = answer.meta
            return Found(bytes(answer.bytes()), found["e_tag"] or "", found["last_modified"], encoding)

    def write(self, key: str, content: bytes, *, known: str | None = None) -> str:
        """Write an object, give its tag; raises Changed where it is not the `known` one, empty for none at all."""
        import obstore

        mode: PutMode = "overwrite" if known is None else {"e_tag": known} if known else "create"
        with self._faults(key):
            try:
                written = obstore.put(
                    self._store,
                    key,
                    content,
                    mode=mode,
                    use_multipart=False,
                    attributes={"Content-Type": "application/json", "Cache-Control": "no-store"},
                )
            except (obstore.exceptions.AlreadyExistsError, obstore.exceptions.PreconditionError):
                raise Changed(key) from None
            except FileNotFoundError as error:
                self._see_that_it_is_there(error)
                raise Changed(key) from None
            return written["e_tag"] or ""

    def names(self, prefix: str) -> Iterator[tuple[str, int]]:
        """The keys below a prefix and their sizes; folders that a console made of nothing are left out."""
        import obstore

        with self._faults(prefix):
            for some in obstore.list(self._store, prefix or None, chunk_size=1000):
                yield from ((one["path"], one["size"]) for one in some if one["path"] != prefix)

    async def digest(self, key: str) -> str | None:
        """What a build would know the content of an object by; None where there is none."""
        import obstore

        with self._faults(key):
            try:
                answer = await obstore.get_async(self._store, key)
            except FileNotFoundError as error:
                self._see_that_it_is_there(error)
                return None
            found = hasher()
            async for some in answer.stream(PART):
                found.update(some)
            return found.hexdigest()

    async def look(self, key: str) -> Seen | None:
        """What an object is; None where there is none."""
        import obstore

        with self._faults(key):
            try:
                answer = await obstore.get_async(self._store, key, options={"head": True})
            except FileNotFoundError as error:
                self._see_that_it_is_there(error)
                return None
            return Seen(answer.attributes.get(DIGEST, ""), answer.meta["size"])

    async def put(
        self, key: str, content: bytes | Path, attributes: Mapping[str, str], *, is_new: bool = False
    ) -> None:
        """Put an object there; raises Changed where one is that `is_new` does not expect."""
        import obstore

        large = content if isinstance(content, Path) else None
        with self._faults(key):
            try:
                await obstore.put_async(
                    self._store,
                    key,
                    content,
                    attributes=dict(attributes),
                    mode="create" if is_new and not large else None,
                    use_multipart=bool(large),
                    chunk_size=max(PART, large.stat().st_size // (MOST_PARTS - 1)) if large else PART,
                    max_concurrency=PARTS_AT_ONCE,
                )
            except (obstore.exceptions.AlreadyExistsError, obstore.exceptions.PreconditionError):
                raise Changed(key) from None

    async def copy(self, source: str, target: str) -> bool:
        """Have the server copy an object, and what it tells with it; False where there is none."""
        import obstore

        with self._faults(source):
            try:
                await obstore.copy_async(self._store, source, target)
            except FileNotFoundError as error:
                self._see_that_it_is_there(error)
                return False
            return True

    async def remove(self, keys: Sequence[str]) -> None:
        """Remove objects; one that is not there is no fault."""
        import obstore

        for start in range(0, len(keys), AT_ONCE_REMOVED):
            some = keys[start : start + AT_ONCE_REMOVED]
            with self._faults(some[0]):
                await obstore.delete_async(self._store, some)

    def _see_that_it_is_there(self, error: FileNotFoundError) -> None:
        """Raise PublishError where it is the bucket itself that was not found."""
        if "NoSuchBucket" in str(error):
            raise self._failure("", error) from None

    @contextmanager
    def _faults(self, key: str) -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except (BaseError, ValueError) as error:
            raise self._failure(key, error) from None

    def _failure(self, key: str, error: Exception) -> PublishError:
        return failure(self.address(key), str(error), bucket=self.name, endpoint=self.endpoint)

    @cached_property
    def _store(self) -> "S3Store":
        keys = keys_of(os.environ, self.address(""))
        from obstore.store import S3Store

        with self._faults(""):
            return S3Store(
                self.name,
                endpoint=self.endpoint,
                region=self.region,
                virtual_hosted_style_request=False,
                skip_signature=False,
                client_options={
                    "allow_http": self.endpoint.startswith("http://"),
                    "connect_timeout": CONNECT,
                    "timeout": ANSWER,
                },
                retry_config={"max_retries": RETRIES, "retry_timeout": PATIENCE},
                config=keys,
            )


def check_installed() -> None:
    """Raise PublishError where what asks buckets is not installed."""
    if find_spec("obstore") is None:
        message = "obstore is not installed, which publishing to a bucket needs"
        raise refused(SETTINGS_FILE, message, 'Install it with `pip install "campaigner[cloud]"`')


async def at_once(jobs: Iterable[Job], count: int = AT_ONCE) -> None:
    """Do jobs, so many of them at a time; the first that fails ends the others."""
    waiting = iter(jobs)

    async def work() -> None:
        for job in waiting:
            await job()

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(count):
                group.create_task(work())
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
