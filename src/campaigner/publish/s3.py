"""A bucket as a target: files of a site are objects, which come and go one by one.

    s3://gazette/site/index.html, …                       the site, and nothing else
    s3://gazette/site.campaigner/state.json               what readers see, and who changes it now
    s3://gazette/site.campaigner/releases/NAME.json       what a release is made of
    s3://gazette/site.campaigner/content/HASH             what earlier releases had, and readers no longer see

A bucket has no switch. The state says which release comes before anything of it does; then come hashed assets, pages,
listings, feed and sitemap, and what is gone is removed last. What is overwritten or removed is copied by the server
before. Where that is interrupted, what lies there is looked at, and the next publication goes on from it.
"""

import asyncio
import gzip
import zlib
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from campaigner.build.inputs import digest
from campaigner.build.kinds import NAMED
from campaigner.errors import PublishError
from campaigner.model.text import PRIVATE
from campaigner.publish.bucket import PART, Bucket, Changed, at_once
from campaigner.publish.claims import Claims
from campaigner.publish.compression import compressed
from campaigner.publish.filling import Filling
from campaigner.publish.folder import superfluous
from campaigner.publish.host import Progress, damaged, refused
from campaigner.publish.objects import attributes, in_order, is_compressed, kept_name
from campaigner.publish.releases import ASSETS, PublishedFile, Release, number_of

Files = Mapping[str, PublishedFile]
#: brings a file to its place
Bring = Callable[[str], Awaitable[None]]


@dataclass(kw_only=True)
class S3:
    """A bucket, or a place in one, that a site is published to."""

    bucket: Bucket
    #: without a slash at its ends; empty for all of the bucket
    prefix: str
    #: where this workspace notes what it does there
    notes: Path
    _records: dict[str, Release] = field(default_factory=dict, init=False)

    @property
    def where(self) -> str:
        """Where it is, for people."""
        return self.bucket.address(self.prefix)

    @property
    def root(self) -> str:
        """No folder: what shows a bucket has its settings elsewhere."""
        hint = "Set headers and redirects where the bucket is shown, as docs/publishing.md says"
        raise refused(self.where, "no web server of yours shows a bucket", hint)

    @property
    def place(self) -> str:
        """Where all lies that is not for readers."""
        return f"{self.prefix}{PRIVATE}"

    def check(self, *, adopt: bool) -> None:
        """Raise PublishError where something lies there that campaigner did not make, and is not to take over."""
        if not self._claims.is_there and any(self.bucket.names(self.place)):
            hint = "Move it away, or publish to another prefix"
            raise refused(self.bucket.address(self.place), "this was not made by campaigner", hint)
        if not self.current() and not adopt and any(self._foreign_names()):
            message = "objects lie here that campaigner did not put there"
            hint = (
                "Publish with --adopt to make them a release that can be gone back to, or to another prefix"
            )
            raise refused(self.where, message, hint)

    @cached_property
    def _claims(self) -> Claims:
        return Claims(bucket=self.bucket, key=f"{self.place}/state.json", folder=self.notes, where=self.where)

    def current(self) -> str:
        """The name of the release that readers see, or see some of; empty where none was published."""
        return self._claims.state.release

    def since(self) -> datetime:
        """When readers began to see the current release, in UTC."""
        return datetime.fromisoformat(self._claims.state.since)

    def releases(self) -> list[str]:
        """The names of all releases, the oldest first."""
        state = self._claims.state
        return sorted(filter(number_of, {*state.releases, state.release}), key=number_of)

    def release(self, name: str) -> Release:
        """What is known of a release; of one that is not whole what of it lies there, and no address."""
        release = self._record(name)
        if name != self.current() or not self._claims.state.over:
            return release
        return Release(
            name=name, made=release.made, url="", commit=release.commit, files=self._standing, kept={}
        )

    def _record(self, name: str) -> Release:
        if name not in self._records:
            key = self._record_key(name)
            found = self.bucket.read(key)
            try:
                self._records[name] = Release.read(found.content.decode("utf-8") if found else "")
            except ValueError:
                raise damaged(self.bucket.address(key)) from None
        return self._records[name]

    def _record_key(self, name: str) -> str:
        return f"{self.place}/releases/{name}.json"

    def _key(self, path: str) -> str:
        return f"{self.prefix}/{path}" if self.prefix else path

    def _kept_key(self, path: str, content: str) -> str:
        return f"{self.place}/content/{kept_name(path, content)}"

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""
        with suppress(PublishError, OSError, EOFError, zlib.error):
            found = self.bucket.read(self._key(path))
            if found:
                return gzip.decompress(found.content) if found.encoding == "gzip" else found.content
        return b""

    def foreign(self) -> Release | None:
        """What lies there that campaigner did not put there; None for nothing."""
        names = list(self._foreign_names())
        if not names:
            return None
        found: dict[str, PublishedFile] = {}

        async def read(path: str, size: int) -> None:
            if path.startswith(ASSETS):
                found[path] = PublishedFile(f"{NAMED}{size}", size)
                return
            content = await self.bucket.read_aside(self._key(path))
            if content is not None:  # a folder that a console made is no object of that name
                found[path] = PublishedFile(digest(content), size)

        asyncio.run(at_once(partial(read, *one) for one in names))
        return Release(name="", made="", url="", commit="", files=dict(sorted(found.items())))

    def _foreign_names(self) -> Iterator[tuple[str, int]]:
        """The paths below the prefix and the sizes of what lies there."""
        start = len(self._key(""))
        for key, size in self.bucket.names(self.prefix):
            if not f"{key}/".startswith(f"{self.place}/"):
                yield key[start:], size

    @cached_property
    def _standing(self) -> dict[str, PublishedFile]:
        """What lies there of the site, now; looked at where a release was not brought whole."""
        state = self._claims.state
        records = [_all_of(self._record(name)) if name else {} for name in (*state.over, state.release)]
        if len(records) == 1:
            return dict(records[0])
        paths = {path for files in records for path in files}
        digests = {path: {files[path].digest if path in files else "" for files in records} for path in paths}
        found = {path: records[-1][path] for path in paths if len(digests[path]) == 1}

        async def look(path: str) -> None:
            seen = await self.bucket.look(self._key(path))
            known = [files[path] for files in records if path in files]
            if seen and seen.digest:
                unknown = PublishedFile(seen.digest, seen.size)
                found[path] = next((file for file in known if file.digest == seen.digest), unknown)
            elif seen:  # nobody but who was there before puts objects without a digest
                found[path] = records[0].get(path, PublishedFile("", seen.size))

        asyncio.run(at_once(partial(look, path) for path in paths if path not in found))
        return found

    def publish(
        self, release: Release, filling: Filling, *, planned: str, adopted: Release | None, progress: Progress
    ) -> None:
        """Have readers see a new release, where they see the `planned` one now; make what was `adopted` one too."""
        standing = dict(adopted.files) if adopted else self._standing if planned else {}
        is_whole = not self._claims.state.over
        with self._claims.held(planned):
            if adopted:
                self._write_record(adopted)
            self._write_record(release)
            over = adopted.name if adopted else planned
            releases = [*self._claims.state.releases, *([over] if is_whole and over else [])]
            gone = {*superfluous(sorted({*releases, release.name}, key=number_of), release.name)}
            self._claims.begin(
                release.name, tuple(name for name in dict.fromkeys(releases) if name not in gone), over=over
            )

            async def bring(path: str) -> None:
                await self._put(path, release.files[path].digest, filling, is_new=path not in standing)

            self._change(standing, release, bring, progress)

    async def _put(self, path: str, known: str, filling: Filling, *, is_new: bool) -> None:
        content, encoding = filling.content(path, largest=PART), ""
        if isinstance(content, bytes) and is_compressed(path, filling.precompress):
            smaller = compressed(content, "gzip")
            content, encoding = (smaller, "gzip") if smaller else (content, "")
        key = self._key(path)
        try:
            # what has a hash in its name is the same, whoever put it there
            is_guarded = is_new and not path.startswith(ASSETS)
            await self.bucket.put(key, content, attributes(path, known, encoding), is_new=is_guarded)
        except Changed:
            # an answer that was lost is asked for again, and then there is what was put
            seen = await self.bucket.look(key)
            if not seen or seen.digest != known:
                raise self._in_the_way(path) from None

    def _in_the_way(self, path: str) -> PublishError:
        hint = "Move it away, and publish again"
        message = "this object was not put here by campaigner"
        return refused(self.bucket.address(self._key(path)), message, hint)

    def show(self, name: str, *, planned: str) -> None:
        """Have readers see a release that is there, where they see the `planned` one now."""
        release, standing, is_whole = self._record(name), self._standing, not self._claims.state.over
        wanted = _all_of(release)
        kept = {key for key, _ in self.bucket.names(f"{self.place}/content")}
        for path in _differing(standing, wanted):
            if self._kept_key(path, wanted[path].digest) not in kept:
                raise self._missing(name, path)
        with self._claims.held(planned):
            state = self._claims.state
            releases = (*state.releases, *([planned] if is_whole else []))
            self._claims.begin(name, tuple(dict.fromkeys(releases)), over=planned)

            async def bring(path: str) -> None:
                key = self._key(path)
                if path not in standing and await self.bucket.look(key):
                    raise self._in_the_way(path)
                if not await self.bucket.copy(self._kept_key(path, wanted[path].digest), key):
                    raise self._missing(name, path)

            self._change(standing, release, bring, lambda done, total: None)

    def _missing(self, name: str, path: str) -> PublishError:
        hint = "Go back to another one, or publish"
        return refused(self.where, f"of {name} there is no {path} any more", hint)

    def _change(self, standing: Files, release: Release, bring: Bring, progress: Progress) -> None:
        """Turn what lies there into a release; nothing is removed before all of it is there."""
        wanted, state = _all_of(release), self._claims.state
        # what an interrupted publication brought was no release, and is not gone back to
        before = _all_of(self._record(state.over[0])) if state.over[0] else {}
        missing = _differing(standing, wanted)
        removed = [path for path in standing if path not in wanted]
        done = 0

        async def one(path: str) -> None:
            nonlocal done
            self._claims.check()
            there = standing.get(path)
            if there and path in before and before[path].digest == there.digest:
                await self.bucket.copy(self._key(path), self._kept_key(path, there.digest))
            if path in wanted:
                await bring(path)
            done += 1
            progress(done, len(missing) + len(removed))

        async def all_of_it() -> None:
            for group in in_order(missing, wanted):
                await at_once(partial(one, path) for path in group if wanted[path].size <= PART)
                # each is many requests, and its parts lie in memory
                await at_once((partial(one, path) for path in group if wanted[path].size > PART), 1)
            await at_once(partial(one, path) for path in removed)
            self._claims.check()
            await self.bucket.remove([self._key(path) for path in removed])
            await self._clear()

        asyncio.run(self._claims.renewing(all_of_it()))
        self._claims.finish()
        self.__dict__.pop("_standing", None)

    def _write_record(self, release: Release) -> None:
        self._records[release.name] = release
        self.bucket.write(self._record_key(release.name), release.written().encode())

    async def _clear(self) -> None:
        """Remove what nobody can go back to any more."""
        state = self._claims.state
        known = {*state.releases, *filter(None, state.over), state.release}
        folder = f"{self.place}/releases"
        names = [key.removeprefix(f"{folder}/").removesuffix(".json") for key, _ in self.bucket.names(folder)]
        for name in filter(number_of, names):
            if name not in known:
                gone = {(path, file.digest) for path, file in _all_of(self._record(name)).items()}
                for other in known if gone else ():
                    gone -= {(path, file.digest) for path, file in _all_of(self._record(other)).items()}
                await self.bucket.remove([*(self._kept_key(*one) for one in gone), self._record_key(name)])


def _all_of(release: Release) -> Files:
    """What lies there when readers see a release, by path."""
    return {**release.kept, **release.files}


def _differing(standing: Files, wanted: Files) -> list[str]:
    """The paths of what must be brought so that all that is wanted lies there."""
    return [
        path for path, file in wanted.items() if path not in standing or standing[path].digest != file.digest
    ]
