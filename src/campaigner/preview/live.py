"""Follows what is saved in the workspace, and tells every open page of it."""

import asyncio
import os
import platform
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from pathlib import Path

from anyio import to_thread
from watchfiles import Change, awatch

from campaigner.content.workspace import SETTINGS_FILE, Workspace
from campaigner.preview.condition import Condition, condition_of, is_watched, saved_between, watched_folders
from campaigner.preview.desk import CAMPAIGNS
from campaigner.preview.disks import device_of, is_shared, mounts, reports

#: milliseconds within which saves count as one, and between two looks at what the system reported
DEBOUNCE, STEP = 20, 5
#: milliseconds between two looks where nothing is reported
POLLING = 300
#: seconds after which what was polled is looked at once more: a poll compares whole seconds, and so
#: sees no second save within the second of the first (notify, poll.rs)
SAME_SECOND = 1.1
#: milliseconds after which a watch notices that it is to end
ENDING = 100
#: seconds until a workspace that is not there is looked for again
ABSENT = 0.5
#: seconds that a file which cannot be read is given: somebody may be saving it
HALF_SAVED = 0.15
#: seconds after which a quiet connection shows that it is still there
HEARTBEAT = 15.0


class Live:
    """Tells browsers which revision of the workspace is shown."""

    def __init__(self) -> None:
        self.revision = 0
        self._ended = False
        self._waiting: set[asyncio.Queue[int]] = set()

    def tell(self) -> None:
        """Say that something changed."""
        self.revision += 1
        for queue in self._waiting:
            if not queue.empty():  # a browser that is slow needs the newest only
                queue.get_nowait()
            queue.put_nowait(self.revision)

    def end(self) -> None:
        """Let go of all browsers."""
        self._ended = True
        for queue in self._waiting:
            queue.put_nowait(self.revision)

    @property
    def listeners(self) -> int:
        """How many browsers listen."""
        return len(self._waiting)

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events, a revision each (HTML Standard, 9.2)."""
        queue: asyncio.Queue[int] = asyncio.Queue(maxsize=2)
        self._waiting.add(queue)
        try:
            yield f"retry: 500\ndata: {self.revision}\n\n"
            while not self._ended:
                try:
                    revision = await asyncio.wait_for(queue.get(), HEARTBEAT)
                    yield f"data: {revision}\n\n"
                except TimeoutError:
                    yield ": still here\n\n"
        finally:
            self._waiting.discard(queue)


class Watch:
    """Looks out for changes of a workspace: paths in it, as they are saved."""

    def __init__(
        self, workspace: Workspace, before: Condition, changed: Callable[[set[str]], Awaitable[None]]
    ) -> None:
        """Take what its files were like before they were read, and what is called with those that are saved.

        Paths are relative to the workspace, with forward slashes.
        """
        self._root = workspace.root
        self._before = before
        self._state = workspace.state
        self._changed = changed
        self._stop = asyncio.Event()
        #: set where the folders that are watched are others now
        self._again = asyncio.Event()
        self.is_polling = _is_polling_wanted()
        #: paths that were told of since the last look at what was polled
        self._polled: set[str] = set()
        self._has_begun = False
        self._watched: list[Path] = []

    async def run(self) -> None:
        """Watch until `end`."""
        probe = asyncio.create_task(self._probe())
        try:
            while not self._stop.is_set():
                self._again.clear()
                try:
                    self._watched = watched_folders(self._root)
                except OSError:  # the workspace is not there, or nobody may read it now
                    await asyncio.sleep(ABSENT)
                    continue
                async with asyncio.TaskGroup() as following:
                    following.create_task(self._follow_root())
                    following.create_task(self._follow_folders())
                    if self.is_polling:
                        self._polled |= {CAMPAIGNS, SETTINGS_FILE}
                        following.create_task(self._look_again())
                    if self._has_begun:
                        # both watch then; what is polled is read in the background first
                        await asyncio.sleep(2 * POLLING / 1000 if self.is_polling else 0)
                        await self._changed({CAMPAIGNS, SETTINGS_FILE})  # nobody reported what was before
                    else:
                        self._has_begun = True
                        await self._look_back()
        finally:
            probe.cancel()

    async def _look_back(self) -> None:
        """Notice what was saved between the reading of the workspace and now that it is watched."""
        await asyncio.sleep(0)  # both watch then
        now = await to_thread.run_sync(condition_of, self._root)
        saved = saved_between(self._before, now)
        self._before = {}
        if saved:
            await self._changed(saved)

    async def _probe(self) -> None:
        """Look again and again where a disk that sources lie on reports nothing."""
        with suppress(OSError):
            self._state.mkdir(exist_ok=True)
        disks = {device_of(folder): folder for folder in (*watched_folders(self._root), self._root)}
        if device_of(self._state) in disks:  # it is out of everybody's sight
            disks[device_of(self._state)] = self._state
        mounted = mounts()
        for device, folder in disks.items():
            if device is not None and (is_shared(device, mounted) or not await reports(folder)):
                self._poll()
                return

    def end(self) -> None:
        """Watch no more."""
        self._stop.set()
        self._again.set()

    async def _follow_root(self) -> None:
        """Follow the files beside campaigner.toml, and notice when a folder comes or goes."""
        async for changes in self._changes(self._root, recursive=False):
            await self._tell(changes)
            if any(change is not Change.modified and self._is_folder(path) for change, path in changes):
                self._again.set()

    async def _follow_folders(self) -> None:
        if not self._watched:
            await self._again.wait()
            return
        async for changes in self._changes(*self._watched, recursive=True):
            await self._tell(changes)

    async def _tell(self, changes: set[tuple[Change, str]]) -> None:
        paths = {*self._inside(changes)}
        if self.is_polling:
            self._polled |= paths
        await self._changed(paths)

    async def _look_again(self) -> None:
        """Tell once more of what was polled, when the second is over in which it was saved."""
        while not self._again.is_set():
            paths, self._polled = self._polled, set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._again.wait(), SAME_SECOND)
            if paths:
                await self._changed(paths)

    async def _changes(self, *folders: Path, recursive: bool) -> AsyncIterator[set[tuple[Change, str]]]:
        try:
            async for changes in awatch(
                *folders,
                watch_filter=lambda _, path: is_watched(os.path.relpath(path, self._root)),
                debounce=DEBOUNCE,
                step=STEP,
                recursive=recursive,
                stop_event=self._again,
                force_polling=self.is_polling,
                poll_delay_ms=POLLING,
                rust_timeout=ENDING,
                ignore_permission_denied=True,
            ):
                yield changes
        except (FileNotFoundError, NotADirectoryError, PermissionError):  # a folder went away just now
            await asyncio.sleep(HALF_SAVED)
            self._again.set()
        except ExceptionGroup:  # a file has a name that is no text: not even looking at it can be reported
            await asyncio.sleep(HALF_SAVED)
            self._poll()
        except (OSError, RuntimeError):  # the system watches no more folders than it does already
            if self.is_polling:
                raise
            self._poll()

    def _poll(self) -> None:
        self.is_polling = True
        self._again.set()

    def _is_folder(self, path: str) -> bool:
        return Path(path) in (*self._watched, self._root) or os.path.isdir(path)

    def _inside(self, changes: Iterable[tuple[Change, str]]) -> Iterable[str]:
        for _, path in changes:
            yield os.path.relpath(path, self._root).replace(os.sep, "/")


def _is_polling_wanted() -> bool:
    """Whether to poll from the start, as watchfiles does: its variable says so, or this is Windows' Linux."""
    wanted = os.environ.get("WATCHFILES_FORCE_POLLING", "").lower()
    if wanted:
        return wanted not in {"false", "disable", "disabled"}
    return "microsoft-standard" in platform.uname().release
