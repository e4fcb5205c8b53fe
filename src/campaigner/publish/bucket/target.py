"""A bucket as a target: files of a site are objects, which come and go one by one.

    s3://gazette/site/index.html, …                       the site, and nothing else
    s3://gazette/site.campaigner/state.json               what readers see, and who changes it now
    s3://gazette/site.campaigner/releases/NAME.json       what a release is made of
    s3://gazette/site.campaigner/releases/NAME-after-NUMBER.json
                                                          the same with assets of another, after it was gone back to
    s3://gazette/site.campaigner/content/HASH             what earlier releases had, and readers no longer see

A bucket has no switch. The state says which release comes before anything of it does; then come hashed assets, pages,
listings, feed and sitemap, and what is gone is removed last. What is overwritten or removed is copied by the server
before. Where that is interrupted, what lies there is looked at, and the next publication goes on from it.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from campaigner.publish.bucket.change import Bring, Change
from campaigner.publish.bucket.claims import Claims
from campaigner.publish.bucket.place import Files, Place
from campaigner.publish.filling import Filling
from campaigner.publish.folder.target import removable
from campaigner.publish.host import Progress, refused
from campaigner.publish.releases import PublishedFile, Release, name_once_more, number_of, release_in
from campaigner.value import replace


@dataclass(kw_only=True)
class S3:
    """A bucket, or a place in one, that a site is published to."""

    place: Place
    #: where this workspace notes what it does there
    notes: Path

    @property
    def where(self) -> str:
        """Where it is, for people."""
        return self.place.where

    @property
    def root(self) -> str:
        """No folder: what shows a bucket has its settings elsewhere."""
        hint = (
            "See headers and redirects with `campaigner publish config cloudflare` and the name of the target, and set "
            "them where the bucket is shown, as docs/publishing.md says"
        )
        raise refused(self.where, "no web server of yours shows a bucket", hint)

    @property
    def server(self) -> str:
        """None."""
        return self.root

    @property
    def is_whole(self) -> bool:
        """Whether all of the current release was brought."""
        return not self._claims.state.over

    @property
    def is_returning(self) -> bool:
        """Whether somebody began to go back to the current release, and all of it is not there yet."""
        return not self.is_whole and self.current() in self._claims.state.releases

    def check(self, *, adopt: bool) -> None:
        """Raise PublishError where something lies there that campaigner did not make, and is not to take over."""
        bucket, private = self.place.bucket, self.place.private
        if not self._claims.is_there:
            self.place.see_that_no_site_is_around()
            if any(bucket.names(private)):
                hint = "Move it away, or publish to another prefix"
                raise refused(bucket.address(private), "this was not made by campaigner", hint)
        if not self.current() and not adopt and any(self.place.foreign_names()):
            message = "objects lie here that campaigner did not put there"
            hint = (
                "Publish with --adopt to make them a release that can be gone back to, or to another prefix"
            )
            raise refused(self.where, message, hint)

    def current(self) -> str:
        """The name of the release that readers see, or see some of; empty where none was published."""
        return release_in(self._claims.state.release)

    def since(self) -> datetime:
        """When readers began to see the current release, in UTC."""
        return datetime.fromisoformat(self._claims.state.since)

    def releases(self) -> list[str]:
        """The names of all releases, the oldest first."""
        state = self._claims.state
        return sorted(filter(number_of, {*state.releases, self.current()}), key=number_of)

    def release(self, name: str) -> Release:
        """What is known of a release."""
        return self.place.release(name)

    def live(self) -> Release:
        """What readers see of the current release: of one that is not whole what lies there, and no address."""
        release = self.release(self.current())
        return release if self.is_whole else replace(release, url="", files=self._standing, kept={})

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""
        return self.place.content(path)

    def foreign(self) -> Release | None:
        """What lies there that campaigner did not put there; None for nothing."""
        files = self.place.foreign()
        return Release(name="", made="", url="", commit="", files=files) if files else None

    @cached_property
    def _claims(self) -> Claims:
        return Claims(bucket=self.place.bucket, key=self.place.state, folder=self.notes, where=self.where)

    @cached_property
    def _standing(self) -> Files:
        """What lies there of the site; looked at where a release was not brought whole."""
        state = self._claims.state
        return self.place.standing([*state.over, state.release])

    def publish(
        self, release: Release, filling: Filling, *, planned: str, adopted: Release | None, progress: Progress
    ) -> None:
        """Have readers see a new release, where they see the `planned` one now; make what was `adopted` one too."""
        standing = adopted.files if adopted else self._standing
        with self._claims.held(planned):
            for one in filter(None, (adopted, release)):
                self.place.write(one)
            over = adopted.name if adopted else self._claims.state.release
            change = self._change(release, standing, over=over, progress=progress)
            self._carry_out(change, partial(change.put, filling=filling), over=over)

    def show(self, name: str, *, kept: Mapping[str, PublishedFile], planned: str, progress: Progress) -> None:
        """Have readers see a release that is there, where they see the `planned` one now; or bring the rest of that.

        What is `kept` of the planned one stays beside it.
        """
        over, release = self._claims.state.release, self.place.release(name)
        if name == planned:
            lies_as, release = over, self.place.release(over)
        elif kept:
            lies_as, release = name_once_more(name, planned), replace(release, kept={**release.kept, **kept})
        else:
            lies_as = name
        change = self._change(release, self._standing, over=over, progress=progress)
        self._see_that_all_is_there(change, is_begun=name == planned)
        with self._claims.held(planned):
            if lies_as not in {name, over}:
                self.place.write(release, lies_as)
            self._carry_out(change, change.take_back, over=over, lies_as=lies_as)

    def _see_that_all_is_there(self, change: Change, *, is_begun: bool) -> None:
        """Raise PublishError where the server lacks something of a release."""
        missing, name = change.missing(), change.release.name
        if not missing:
            return
        if is_begun and not self.is_returning:
            count = "1 file" if len(missing) == 1 else f"{len(missing):,} files"
            message = f"{name} was not brought whole: {count} of it never came here, such as {missing[0]}"
            hint = "Publish again to bring the rest"
            if any(number_of(one) < number_of(name) for one in self.releases()):
                hint += ", or go back to the release before with `campaigner publish rollback`"
            raise refused(self.where, message, hint)
        raise change.gone(missing[0])

    def _change(self, release: Release, standing: Files, *, over: str, progress: Progress) -> Change:
        last = self._claims.state.over[0] if self._claims.state.over else over
        return Change(
            place=self.place,
            claims=self._claims,
            release=release,
            standing=standing,
            before=self.place.files(last),
            progress=progress,
        )

    def _carry_out(self, change: Change, bring: Bring, *, over: str, lies_as: str = "") -> None:
        """Say what is coming, do it, and say that it is there."""
        state, name = self._claims.state, change.release.name
        # what was interrupted was never a release that one could go back to
        whole = {*state.releases, *([release_in(over)] if over and not state.over else [])}
        gone = removable(sorted({*whole, name}, key=number_of), name, self.release)
        self._claims.begin(lies_as or name, tuple(sorted(whole - {*gone}, key=number_of)), over=over)
        asyncio.run(self._claims.renewing(change.do(bring)))
        self._claims.finish()
        self.__dict__.pop("_standing", None)
