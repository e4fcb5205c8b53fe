"""A folder as a target: a symbolic link that a web server follows, and beside it the releases it can lead to.

    /srv/www/site -> .site.releases/20261126T105100Z-0f3a52c1
    /srv/www/.site.releases/20261126T105100Z-0f3a52c1/        a release: the site and nothing else
    /srv/www/.site.releases/20261126T105100Z-0f3a52c1.json    what it is made of
    /srv/www/.site.releases/20261126T105100Z-6-after-7/       one that was gone back to, with hashed assets of the other
    /srv/www/.site.releases/spare-20261126T103000Z-1/         one that the next will be made of, with its record
    /srv/www/.site.releases/campaigner.lock                   held by who publishes

A release is made under another name, on the same file system, and gets its own when it is whole. The link is
replaced by a rename (POSIX rename(2)): a reader sees the release before or the new one, never half of any.
"""

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePath

from campaigner.build.manifest import Held, one_at_a_time
from campaigner.errors import PublishError
from campaigner.publish.filling import FOLDER_MODE, Filling, fill_once_more
from campaigner.publish.folder import spare
from campaigner.publish.folder.adopting import files_in
from campaigner.publish.folder.exchanging import exchange
from campaigner.publish.host import Progress, damaged, moment, published_meanwhile, refused
from campaigner.publish.releases import PublishedFile, Release, name_once_more, number_of, release_in
from campaigner.value import Value

LOCK = "campaigner.lock"
#: what the folder of the releases of a site is called
PLACE = re.compile(r"\.(.+)\.releases", re.DOTALL)
#: what says in a folder that a site is published to a path below it
BELOW = re.compile(rf"((?:.*/)?)\.([^/]+)\.releases/{re.escape(LOCK)}", re.DOTALL)
#: begins the names of what is not whole yet
UNFINISHED = "unfinished-"
#: releases that can be gone back to
KEPT_RELEASES = 5
#: seconds
LOOK_AGAIN = 0.5


class Folder(Value):
    """A folder that a site is published to."""

    #: absolute; what leads to it is no symbolic link
    path: Path

    @property
    def where(self) -> str:
        """Where it is, for people."""
        return str(self.path)

    @property
    def root(self) -> str:
        """The folder that a web server there shows."""
        return str(self.path)

    @property
    def server(self) -> str:
        """The web server that most likely shows it."""
        return "nginx"

    @property
    def is_whole(self) -> bool:
        """A switch shows all of a release."""
        return True

    @property
    def is_returning(self) -> bool:
        """A switch is one step."""
        return False

    @property
    def place(self) -> Path:
        """The folder of the releases."""
        return self.path.with_name(f".{self.path.name}.releases")

    def current(self) -> str:
        """The name of the release that readers see; empty where none was published."""
        return release_in(self._leads_to)

    @property
    def _leads_to(self) -> str:
        """The name of the folder that readers see."""
        try:
            return Path(os.readlink(self.path)).name
        except OSError:
            return ""

    def since(self) -> datetime:
        """When readers began to see the current release, in UTC; raises OSError where there is none."""
        return moment(self.where, self.path.lstat().st_mtime)

    def release(self, name: str) -> Release:
        """What is known of a release; raises PublishError where that is damaged."""
        file = self._record(name)
        try:
            if not file.exists() and name == self.current():
                file = self._unfinished(file.name)
            return Release.read(file.read_text(encoding="utf-8"), name)
        except (FileNotFoundError, ValueError):
            raise damaged(str(file)) from None
        except OSError as error:
            raise self._unreadable(error) from None

    def live(self) -> Release:
        """What readers see of the current release."""
        return self.release(self.current())

    def releases(self) -> list[str]:
        """The names of all releases, the oldest first."""
        names = {file.stem for file in self.place.glob("*.json")} | {self.current()}
        return sorted(
            (name for name in names if number_of(name) and (self.place / name).is_dir()), key=number_of
        )

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""
        try:
            return (self.path / path).read_bytes()
        except OSError:
            return b""

    def foreign(self) -> Release | None:
        """What stands there that campaigner did not make; None for nothing."""
        if not self._is_foreign:
            return None
        try:
            files = files_in(self.path)
        except OSError as error:
            raise self._unreadable(error) from None
        see_that_no_site_is_in(self.where, files)
        return Release(name="", made="", url="", commit="", files=files)

    @property
    def _is_foreign(self) -> bool:
        return self.path.is_dir() and not self.path.is_symlink()

    def check(self, *, adopt: bool) -> None:
        """Raise PublishError where something stands there that campaigner did not make, and is not to take over."""
        see_that_no_site_is_around(self.where, self.path)
        try:
            self._look(adopt=adopt)
        except OSError as error:
            raise self._unreadable(error) from None

    def _look(self, *, adopt: bool) -> None:
        if not self.path.parent.is_dir():
            raise self._refused("there is no such folder", "Make it, or correct the path", self.path.parent)
        if self.path.is_symlink():
            leads_to = self.path.parent / os.readlink(self.path)
            if leads_to.parent != self.place:
                raise self._refused(
                    f"this is a link to {leads_to}, which campaigner did not make",
                    "Remove the link, or publish to another path",
                )
        elif self.path.exists() and not (adopt and self._is_foreign):
            kind = "folder" if self.path.is_dir() else "file"
            hint = "Publish with --adopt to make it a release that can be gone back to, or publish to another path"
            raise self._refused(
                f"a {kind} stands here that campaigner did not make",
                hint if kind == "folder" else "Move it away, or publish to another path",
            )
        if self.place.is_symlink() or (os.path.lexists(self.place) and not self.place.is_dir()):
            raise self._refused("this is no folder", "Move it away", self.place)
        if self.place.is_dir() and os.listdir(self.place) and not (self.place / LOCK).exists():
            raise self._refused("this folder was not made by campaigner", "Move it away", self.place)

    @contextmanager
    def _held(self, planned: str) -> Iterator[None]:
        """Keep everybody else from publishing here; raises PublishError where another release than planned is shown."""
        try:
            if not self.place.is_dir():
                self.place.mkdir()
                self.place.chmod(FOLDER_MODE)
            with one_at_a_time(self.place / LOCK, seconds=LOOK_AGAIN):
                if self.current() != planned:
                    raise published_meanwhile(self.where)
                yield
        except Held:
            hint = "Wait until that is done, and publish again"
            raise self._refused("somebody else is publishing here", hint) from None
        except sqlite3.DatabaseError as error:
            raise self._refused(
                f"this cannot be used: {error}", "Change permissions", self.place / LOCK
            ) from None
        except OSError as error:
            shown = Path(os.fsdecode(error.filename2 or error.filename or self.place))
            raise self._refused(
                f"this cannot be read or written: {error.strerror}", "Make room, or change permissions", shown
            ) from None

    def _adopt(self, release: Release) -> None:
        """Make the folder that stands there a release, which readers go on to see."""
        place = self.place / release.name
        _write(self._record(release.name), release.written())
        # the link waits where the folder is to be, until they change places
        place.symlink_to(os.path.join(self.place.name, release.name))
        try:
            exchange(self.path, place)
        except BaseException:
            if place.is_symlink():
                place.unlink()
            raise

    def publish(
        self, release: Release, filling: Filling, *, planned: str, adopted: Release | None, progress: Progress
    ) -> None:
        """Have readers see a new release, where they see the `planned` one now; make what was `adopted` one too."""
        with self._held(planned):
            self._clear()
            if adopted:
                self._adopt(adopted)
            self._make(release, filling, progress)
            self._remove_old()
            spare.provide(self.place, release.name)

    def _make(self, release: Release, filling: Filling, progress: Progress) -> None:
        place, record = self.place / release.name, self._record(release.name)
        unfinished, unfinished_record = self._unfinished(release.name), self._unfinished(record.name)
        try:
            there = spare.take(self.place, unfinished, compression=release.compression)
            before = self.place / self._leads_to if self._leads_to else None
            gone = filling.fill(unfinished, before, progress, there)
            _write(unfinished_record, release.without(gone).written())
            unfinished.rename(place)
            self._switch(release.name)
        except BaseException:
            if self.current() != release.name:
                for made in (unfinished, place, unfinished_record):
                    _remove(made)
            raise
        # from here on it counts: what has no record was never shown
        unfinished_record.replace(record)

    def show(self, name: str, *, kept: Mapping[str, PublishedFile], planned: str, progress: Progress) -> None:
        """Have readers see a release that is there, where they see the `planned` one now.

        What is `kept` of that one stays beside it.
        """
        with self._held(planned):
            self._clear()
            if kept:
                self._show_once_more(name, kept, left=planned)
            else:
                self._switch(name)

    def _show_once_more(self, name: str, kept: Iterable[str], *, left: str) -> None:
        """Have readers see a release in a folder of its own: the one it was made in stays as it is."""
        once_more = name_once_more(name, left)
        place, unfinished = self.place / once_more, self._unfinished(once_more)
        try:
            fill_once_more(unfinished, self.place / name, self.place / self._leads_to, kept)
            unfinished.rename(place)
            self._switch(once_more)
        except BaseException:
            if self._leads_to != once_more:
                for made in (unfinished, place):
                    _remove(made)
            raise

    def _switch(self, name: str) -> None:
        link = self._unfinished("link")
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.join(self.place.name, name))
        link.replace(self.path)

    def _record(self, name: str) -> Path:
        return self.place / f"{name}.json"

    def _unfinished(self, name: str) -> Path:
        return self.place / f"{UNFINISHED}{name}"

    def _finish(self) -> None:
        """Have the record of what readers see count, where a publication was killed before it did."""
        current = self._record(self.current())
        if self.current() and not current.exists() and self._unfinished(current.name).exists():
            self._unfinished(current.name).replace(current)

    def _clear(self) -> None:
        """Finish, or take away, what a publication that was killed left behind."""
        self._finish()
        for entry in os.scandir(self.place):
            if entry.name.startswith(UNFINISHED):
                _remove(Path(entry.path))
        known = {*self.releases(), self.current(), self._leads_to}
        for entry in os.scandir(self.place):
            name = entry.name.removesuffix(".json")
            if number_of(release_in(name)) and name not in known:
                _remove(Path(entry.path))

    def _remove_old(self) -> None:
        for name in removable(self.releases(), self.current(), self.release):
            spare.set_aside(self.place, name)

    def _unreadable(self, error: OSError) -> PublishError:
        shown = Path(os.fsdecode(error.filename or self.path))
        hint = "Change permissions, or publish to another path"
        return self._refused(f"this cannot be read: {error.strerror}", hint, shown)

    def _refused(self, message: str, hint: str, path: Path | None = None) -> PublishError:
        return refused(str(path or self.path), message, hint)


def superfluous(releases: list[str], current: str) -> list[str]:
    """Those of the releases, the oldest first, that nobody goes back to any more."""
    older = [name for name in releases if name != current]
    return older[: max(0, len(older) - KEPT_RELEASES)]


def removable(releases: list[str], current: str, read: Callable[[str], Release]) -> list[str]:
    """Those of them that may be removed: what was taken over stays, since nobody may have it elsewhere."""
    return [name for name in superfluous(releases, current) if _is_ours(name, read)]


def _is_ours(name: str, read: Callable[[str], Release]) -> bool:
    try:
        return not read(name).is_taken_over
    except PublishError:  # nobody knows
        return False


def see_that_no_site_is_around(where: str, path: PurePath) -> None:
    """Raise PublishError where a path, of which no more than the last part is a link, lies in releases of a site.

    Readers of that one would be shown all of it, and its next release would not have it any more.
    """
    for part in (path, *path.parents):
        found = PLACE.fullmatch(part.name)
        if found:
            message = f"another site is published to {part.with_name(found[1])}, and none can lie in another"
            raise refused(where, message, "Publish to a folder beside it")


def see_that_no_site_is_in(where: str, paths: Iterable[str]) -> None:
    """Raise PublishError where a folder that is to be taken over has, by its paths, a site published in it.

    Readers of that one would miss all of it.
    """
    for found in filter(None, map(BELOW.fullmatch, paths)):
        message = f"another site is published to {where}/{found[1]}{found[2]}, and none can lie in another"
        raise refused(where, message, "Publish to a folder beside it")


def _write(file: Path, text: str) -> None:
    with open(file, "w", encoding="utf-8") as writing:
        writing.write(text)
        writing.flush()
        os.fsync(writing.fileno())


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
