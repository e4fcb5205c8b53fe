"""Where in a bucket all lies: what is for readers, and beside it what campaigner keeps to itself."""

import asyncio
import gzip
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from campaigner.build.kinds import NAMED
from campaigner.errors import PublishError
from campaigner.model.destination import PRIVATE
from campaigner.publish.bucket.objects import kept_name
from campaigner.publish.bucket.store import Bucket, at_once
from campaigner.publish.host import damaged, refused
from campaigner.publish.releases import ASSETS, PublishedFile, Release, number_of, release_in

Files = Mapping[str, PublishedFile]


@dataclass(kw_only=True)
class Place:
    """A place in a bucket, and its records."""

    bucket: Bucket
    #: without a slash at its ends; empty for all of the bucket
    prefix: str
    _records: dict[str, Release] = field(default_factory=dict, init=False)

    @property
    def where(self) -> str:
        """Where it is, for people."""
        return self.bucket.address(self.prefix)

    @property
    def private(self) -> str:
        """Where all lies that is not for readers."""
        return f"{self.prefix}{PRIVATE}"

    @property
    def state(self) -> str:
        """The key of what says which release is there."""
        return f"{self.private}/state.json"

    def key(self, path: str) -> str:
        """The key of a file of the site."""
        return f"{self.prefix}/{path}" if self.prefix else path

    def kept(self, path: str, digest: str) -> str:
        """The key of what an earlier release had at a path."""
        return f"{self.private}/content/{kept_name(path, digest)}"

    def all_kept(self) -> set[str]:
        """The keys of all that earlier releases had."""
        return {key for key, _ in self.bucket.names(f"{self.private}/content")}

    def record(self, name: str) -> str:
        """The key of what is known of a release."""
        return f"{self.private}/releases/{name}.json"

    def all_records(self) -> list[str]:
        """The names of all releases of which anything is known, be they whole or not."""
        names = (key.rpartition("/")[2] for key, _ in self.bucket.names(f"{self.private}/releases"))
        return [name for name in (name.removesuffix(".json") for name in names) if number_of(name)]

    def release(self, name: str) -> Release:
        """What is known of a release; raises PublishError where that is damaged."""
        if name not in self._records:
            found = self.bucket.read(self.record(name))
            try:
                text = found.content.decode("utf-8") if found else ""
                self._records[name] = Release.read(text, release_in(name))
            except ValueError:
                hint = (
                    f"To begin anew move {self.bucket.address(self.private)} away, and publish with --adopt"
                )
                raise damaged(self.bucket.address(self.record(name)), hint) from None
        return self._records[name]

    def files(self, name: str) -> Files:
        """What lies there when readers see a release, by path; nothing for the empty name."""
        return all_of(self.release(name)) if name else {}

    def write(self, release: Release, name: str = "") -> None:
        """Write down what a release is made of; under another name where it lies there once more."""
        name = name or release.name
        self._records[name] = release
        self.bucket.write(self.record(name), release.written().encode())

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""
        with suppress(PublishError, OSError, EOFError, zlib.error):
            found = self.bucket.read(self.key(path))
            if found:
                return gzip.decompress(found.content) if found.encoding == "gzip" else found.content
        return b""

    def see_that_no_site_is_around(self) -> None:
        """Raise PublishError where campaigner publishes a site to a place that this one is in."""
        parts = self.prefix.split("/") if self.prefix else []
        for count in range(len(parts)):
            around = Place(bucket=self.bucket, prefix="/".join(parts[:count]))
            if self.bucket.read(around.state):
                raise self._other_site(around)

    def _other_site(self, other: "Place") -> PublishError:
        message = f"another site is published to {other.where}, and none can lie in another"
        return refused(self.where, message, "Publish to a prefix beside it")

    def foreign_names(self) -> Iterator[tuple[str, int]]:
        """The paths of all that lies where the site is to be, and the sizes."""
        start = len(self.key(""))
        for key, size in self.bucket.names(self.prefix):
            if not f"{key}/".startswith(f"{self.private}/"):
                yield key[start:], size

    def foreign(self) -> Files:
        """What lies where the site is to be, as a release says it; raises PublishError where that is another site."""
        found: dict[str, PublishedFile] = {}

        async def read(path: str, size: int) -> None:
            inner, is_private, _ = path.partition(f"{PRIVATE}/")
            if is_private:
                raise self._other_site(Place(bucket=self.bucket, prefix=self.key(inner)))
            digest: str | None = f"{NAMED}{size}"
            if not path.startswith(ASSETS):
                digest = await self.bucket.digest(self.key(path))
            if digest:  # a folder that a console made is no object of that name
                found[path] = PublishedFile(digest, size)

        asyncio.run(at_once(partial(read, *one) for one in self.foreign_names()))
        return dict(sorted(found.items()))

    def standing(self, names: list[str]) -> Files:
        """What lies there of a site that may have files of several releases, the last whole one first."""
        releases = [self.files(name) for name in names]
        paths = {path for files in releases for path in files}
        digests = {
            path: {files[path].digest if path in files else "" for files in releases} for path in paths
        }
        found = {path: releases[-1][path] for path in paths if len(digests[path]) == 1}

        async def look(path: str) -> None:
            seen = await self.bucket.look(self.key(path))
            known = [files[path] for files in releases if path in files]
            if seen and seen.digest:
                unknown = PublishedFile(seen.digest, seen.size)
                found[path] = next((file for file in known if file.digest == seen.digest), unknown)
            elif seen:  # nobody but who was there before puts objects without a digest
                found[path] = releases[0].get(path, PublishedFile("", seen.size))

        asyncio.run(at_once(partial(look, path) for path in paths - found.keys()))
        return found

    def in_the_way(self, path: str) -> PublishError:
        """Somebody else's object is where one of the site is to be."""
        message, hint = "this object was not put here by campaigner", "Move it away, and publish again"
        return refused(self.bucket.address(self.key(path)), message, hint)


def all_of(release: Release) -> Files:
    """What lies there when readers see a release, by path."""
    return {**release.kept, **release.files}


def differing(standing: Files, wanted: Files) -> list[str]:
    """The paths of what must be brought so that all that is wanted lies there."""
    return [
        path for path, file in wanted.items() if path not in standing or standing[path].digest != file.digest
    ]
