"""A folder of another machine as a target: reached by ssh, filled by rsync, and shown as a folder of this one is.

What lies there is what `folder.py` tells; commands that run there are the scripts in `remote/`. What stays is linked
from the release before on that machine, and what is new is held against it by content. Nobody is kept out meanwhile:
the switch at the end is one step, and refuses where readers see another release than was planned.
"""

import os
import tarfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from secrets import token_hex

from campaigner.errors import PublishError
from campaigner.publish.filling import Filling, beside
from campaigner.publish.folder.adopting import packed_files
from campaigner.publish.folder.target import (
    UNFINISHED,
    removable,
    see_that_no_site_is_around,
    see_that_no_site_is_in,
)
from campaigner.publish.host import Progress, damaged, moment, published_meanwhile, refused
from campaigner.publish.releases import PublishedFile, Release, name_once_more, number_of, release_in
from campaigner.publish.ssh.connection import Connection
from campaigner.publish.workshop import workshop
from campaigner.value import Value


class Standing(Value):
    """What stands at a path of another machine, and beside it; see `remote/state.sh`."""

    #: "link", "folder", "file", "nothing", or "nowhere" where what should hold it is missing
    what: str
    #: the folder of the releases: "ours", "foreign", "nothing", or "other" for what is no folder
    beside: str
    #: where the link leads
    leads: str = ""
    #: the folder that holds the path, without links; empty where nobody may look
    holder: str = ""
    #: seconds since 1970
    since: str = "0"
    rsync: str = "no"
    releases: tuple[str, ...] = ()


#: of `remote/state.sh`, each at most once
WORDS = frozenset({"what", "beside", "holder", "leads", "since", "rsync"})


@dataclass(kw_only=True)
class Ssh:
    """A folder of another machine that a site is published to."""

    #: "user@host", or "host"
    destination: str
    #: None for that of ssh's own settings
    port: int | None
    #: absolute
    path: str
    #: where releases are put together on this machine
    uploads: Path
    _known: Standing | None = field(default=None, init=False)

    @property
    def where(self) -> str:
        """Where it is, for people."""
        return self._address(self.path)

    @property
    def root(self) -> str:
        """The folder that a web server there shows."""
        return self.path

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
    def place(self) -> str:
        """The folder of the releases."""
        parent, _, name = self.path.rpartition("/")
        return f"{parent}/.{name}.releases"

    def check(self, *, adopt: bool) -> None:
        """Raise PublishError where something stands there that campaigner did not make, and is not to take over."""
        there, (folder, _, name) = self._standing, self.path.rpartition("/")
        see_that_no_site_is_around(self.where, PurePosixPath(there.holder or folder or "/", name))
        if there.what == "nowhere":
            raise self._refused("there is no such folder", "Make it, or correct the path", folder)
        if there.what == "link" and there.leads.rpartition("/")[0] not in self._ways_to_place:
            message = f"this is a link to {there.leads}, which campaigner did not make"
            raise self._refused(message, "Remove the link, or publish to another path")
        if there.what == "file":
            message = "a file stands here that campaigner did not make"
            raise self._refused(message, "Move it away, or publish to another path")
        if there.what == "folder" and not adopt:
            hint = "Publish with --adopt to make it a release that can be gone back to, or publish to another path"
            raise self._refused("a folder stands here that campaigner did not make", hint)
        if there.beside == "other":
            raise self._refused("this is no folder", "Move it away", self.place)
        if there.beside == "foreign":
            raise self._refused("this folder was not made by campaigner", "Move it away", self.place)

    @property
    def _ways_to_place(self) -> tuple[str, str]:
        return self.place, self.place.rpartition("/")[2]

    def current(self) -> str:
        """The name of the release that readers see; empty where none was published."""
        return release_in(self._leads_to)

    @property
    def _leads_to(self) -> str:
        """The name of the folder that readers see."""
        return self._standing.leads.rpartition("/")[2]

    def since(self) -> datetime:
        """When readers began to see the current release, in UTC."""
        return moment(self.where, self._standing.since or 0)

    def releases(self) -> list[str]:
        """The names of all releases, the oldest first."""
        names = {*self._standing.releases, self.current()}
        return sorted(filter(number_of, names), key=number_of)

    def release(self, name: str) -> Release:
        """What is known of a release."""
        written = self._connection.ask("record.sh", self.place, name)
        try:
            return Release.read(written.decode("utf-8"), name)
        except ValueError:
            raise damaged(self._address(f"{self.place}/{name}.json")) from None

    def live(self) -> Release:
        """What readers see of the current release."""
        return self.release(self.current())

    def content(self, path: str) -> bytes:
        """What readers see at a path of the site; nothing where it cannot be had."""
        with suppress(PublishError):
            return self._connection.ask("content.sh", f"{self.path}/{path}")
        return b""

    def foreign(self) -> Release | None:
        """What stands there that campaigner did not make; None for nothing."""
        if self._standing.what != "folder":
            return None
        with self._connection.reading("pack.sh", self.path) as pack:
            try:
                found = packed_files(pack)
            except tarfile.TarError:
                found = None
            # what comes behind the end of a pack
            while pack.read(1 << 16):
                pass
        if found is None:
            raise self._refused("this cannot be read", "See what `tar -cf - .` says there")
        see_that_no_site_is_in(self.where, found)
        return Release(name="", made="", url="", commit="", files=found)

    def publish(
        self, release: Release, filling: Filling, *, planned: str, adopted: Release | None, progress: Progress
    ) -> None:
        """Have readers see a new release, where they see the `planned` one now; make what was `adopted` one too."""
        self._see_that_rsync_is_there()
        unfinished = f"{UNFINISHED}{release.name}-{token_hex(4)}"
        before = self.path if adopted else f"{self.place}/{self._leads_to}" if planned else ""
        try:
            there = self._fill(unfinished, filling, before, progress)
            self._write(f"{unfinished}.json", release.without({*filling.kept} - there))
            if adopted:
                self._write(f"{unfinished}.adopted.json", adopted)
        except BaseException:
            with suppress(PublishError):
                self._connection.ask("drop.sh", f"{self.place}/{unfinished}")
            raise
        # what began there may go on when nobody hears of it any more, and clears up itself
        self._switch(
            "finish.sh",
            *(release.name, unfinished, planned, adopted.name if adopted else ""),
            *removable([*self.releases(), release.name], release.name, self.release),
        )

    def _see_that_rsync_is_there(self) -> None:
        if self._standing.rsync != "yes":
            raise self._refused("rsync is not installed there", "Install rsync there")

    def _fill(self, unfinished: str, filling: Filling, before: str, progress: Progress) -> set[str]:
        """Fill the folder of a release; gives what of it was there before."""
        staying = b"".join(b"./" + os.fsencode(path) + b"\0" for path in filling.staying)
        linked = self._connection.ask("begin.sh", self.place, unfinished, before, given=staying)
        there = {os.fsdecode(path.removeprefix(b"./")) for path in linked.split(b"\0")}
        with workshop(self.uploads) as folder:
            count = filling.gather(folder, there)
            if count:
                self._connection.bring(
                    folder, f"{self.place}/{unfinished}", before=before, total=count, progress=progress
                )
        return there

    def _write(self, name: str, release: Release) -> None:
        self._connection.ask("keep.sh", f"{self.place}/{name}", given=release.written().encode())

    def show(self, name: str, *, kept: Mapping[str, PublishedFile], planned: str, progress: Progress) -> None:
        """Have readers see a release that is there, where they see the `planned` one now.

        What is `kept` of that one stays beside it.
        """
        if not kept:
            self._switch("show.sh", name, planned, name, "")
            return
        once_more = name_once_more(name, planned)
        unfinished = f"{UNFINISHED}{once_more}-{token_hex(4)}"
        paths = b"".join(b"./" + os.fsencode(path) + b"\0" for path in beside(kept))
        self._see_that_rsync_is_there()
        self._connection.ask("again.sh", self.place, unfinished, name, self._leads_to, given=paths)
        self._switch("show.sh", name, planned, once_more, unfinished)

    def _switch(self, script: str, *arguments: str) -> None:
        self._known = None
        told = self._connection.ask(script, self.path, self.place, *arguments).split()
        if told[-1:] == [b"held"]:
            hint = "Wait until that is done, and publish again"
            raise self._refused("somebody else is publishing here", hint)
        if told[-1:] != [b"done"]:
            raise published_meanwhile(self.where)

    @cached_property
    def _connection(self) -> Connection:
        return Connection(self.destination, self.port, where=self.where)

    @property
    def _standing(self) -> Standing:
        if self._known is None:
            self._known = self._read(
                self._connection.ask("state.sh", self.path, self.place).decode("utf-8", "replace")
            )
        return self._known

    def _read(self, told: str) -> Standing:
        """What `remote/state.sh` told; raises PublishError where something else was told."""
        greeting, _, rest = f"\n{told}".partition("\ncampaigner\n")
        lines = [line.partition(" ")[::2] for line in rest.splitlines()]
        found = {word: what for word, what in lines if word in WORDS}
        if ("end", "yes") not in lines or not {"what", "beside"} <= found.keys():
            hint = "Publish as a user whose login is a shell such as sh, bash, zsh or fish"
            raise self._refused("this user cannot run commands there", hint)
        if greeting.strip():
            hint = "Have ~/.bashrc and the like write nothing where nobody sits at a terminal"
            raise self._refused("a login there says more than it is asked for", hint)
        return Standing(**found, releases=tuple(name for word, name in lines if word == "release"))

    def _address(self, path: str) -> str:
        port = f":{self.port}" if self.port else ""
        return f"ssh://{self.destination}{port}{path}"

    def _refused(self, message: str, hint: str, path: str | None = None) -> PublishError:
        return refused(self._address(self.path if path is None else path), message, hint)
