"""Turns what lies in a bucket into a release, object by object: nothing is removed before all of it is there."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from campaigner.errors import PublishError
from campaigner.publish.bucket.claims import Claims
from campaigner.publish.bucket.objects import attributes, in_order, is_compressed
from campaigner.publish.bucket.place import Files, Place, all_of, differing
from campaigner.publish.bucket.store import PART, Changed, at_once
from campaigner.publish.compression import compressed
from campaigner.publish.filling import Filling
from campaigner.publish.host import Progress, published_meanwhile, refused
from campaigner.publish.releases import ASSETS, Release

#: brings a file of the release to its path
Bring = Callable[[str], Awaitable[None]]


@dataclass(kw_only=True)
class Change:
    """What is done so that a release lies where others lie now."""

    place: Place
    claims: Claims
    release: Release
    #: what lies there now
    standing: Files
    #: what the last whole release has there, which can be gone back to: it is kept before it is overwritten
    before: Files
    progress: Progress
    _done: int = field(default=0, init=False)

    async def do(self, bring: Bring) -> None:
        """Bring what differs in its order, then remove what is too much."""
        wanted = all_of(self.release)
        missing = differing(self.standing, wanted)
        removed = [path for path in self.standing if path not in wanted]
        total = len(missing) + len(removed)

        async def replace(path: str) -> None:
            self.claims.check()
            await self._keep(path)
            if path in wanted:
                await bring(path)
            self._done += 1
            self.progress(self._done, total)

        for group in in_order(missing, wanted):
            await at_once(partial(replace, path) for path in group if wanted[path].size <= PART)
            # each is many requests, and its parts lie in memory
            await at_once((partial(replace, path) for path in group if wanted[path].size > PART), 1)
        await at_once(partial(replace, path) for path in removed)
        self.claims.check()
        await self.place.bucket.remove([self.place.key(path) for path in removed])
        await self._clear()

    async def _keep(self, path: str) -> None:
        """Have the server copy what an interrupted publication did not overwrite yet; what that brought is no loss."""
        there, before = self.standing.get(path), self.before.get(path)
        if there and before and there.digest == before.digest:
            await self.place.bucket.copy(self.place.key(path), self.place.kept(path, there.digest))

    async def put(self, path: str, filling: Filling) -> None:
        """Put a file there that was built."""
        known, key, encoding = self.release.files[path].digest, self.place.key(path), ""
        content = filling.content(path, largest=PART)
        if isinstance(content, bytes) and is_compressed(path, filling.precompress):
            smaller = compressed(content, "gzip")
            content, encoding = (smaller, "gzip") if smaller else (content, "")
        # what has a hash in its name is the same, whoever put it there
        is_new = path not in self.standing and not path.startswith(ASSETS)
        try:
            await self.place.bucket.put(key, content, attributes(path, known, encoding), is_new=is_new)
        except Changed:
            # an answer that was lost is asked for again, and then there is what was put
            seen = await self.place.bucket.look(key)
            if not seen:  # somebody else put something there at the same moment, or removed it
                raise published_meanwhile(self.place.where) from None
            if seen.digest != known:
                raise self.place.in_the_way(path) from None

    async def take_back(self, path: str) -> None:
        """Have the server copy what an earlier release had."""
        key, kept = self.place.key(path), self.place.kept(path, all_of(self.release)[path].digest)
        if path not in self.standing and await self.place.bucket.look(key):
            raise self.place.in_the_way(path)
        if not await self.place.bucket.copy(kept, key):
            raise self.gone(path)

    def missing(self) -> list[str]:
        """The paths of what of the release neither lies there nor was kept."""
        wanted, kept = all_of(self.release), self.place.all_kept()
        return [
            path
            for path in differing(self.standing, wanted)
            if self.place.kept(path, wanted[path].digest) not in kept
        ]

    def gone(self, path: str) -> PublishError:
        """Something of the release cannot be had any more."""
        message = f"of {self.release.name} there is no {path} any more"
        return refused(self.place.where, message, "Go back to another one, or publish")

    async def _clear(self) -> None:
        """Remove what nobody can go back to any more."""
        state = self.claims.state
        known = {*state.releases, *filter(None, state.over), state.release}
        for name in self.place.all_records():
            # a record that says nothing is in nobody's way
            with suppress(PublishError):
                if name not in known:
                    gone = _contents(self.place.files(name))
                    for other in known if gone else ():
                        gone -= _contents(self.place.files(other))
                    keys = [self.place.kept(path, digest) for path, digest in gone]
                    await self.place.bucket.remove([*keys, self.place.record(name)])


def _contents(files: Files) -> set[tuple[str, str]]:
    return {(path, file.digest) for path, file in files.items()}
