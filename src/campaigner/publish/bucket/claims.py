"""Who may change a bucket now: one object there says so, and is only ever replaced as it was known.

    {"release": "20261126T105100Z-8", "since": …, "over": ["20261119T080000Z-7"], "releases": […], "claim": …}

It is written before anything else is, with a condition (RFC 9110 section 13.1: If-None-Match, If-Match), so that of two
who publish one is told. A claim is renewed while work is done; one that was left by a kill holds no more after a while,
by the clock of the server, and for the workspace that left it not at all.
"""

import asyncio
import sqlite3
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

import msgspec

from campaigner.build.manifest import Held, one_at_a_time
from campaigner.errors import PublishError
from campaigner.publish.bucket.store import Bucket, Changed
from campaigner.publish.host import damaged, published_meanwhile, refused
from campaigner.publish.releases import number_of, release_in
from campaigner.value import Value, replace

#: seconds that a claim holds after it was made or renewed
LEASE = 120
#: seconds until it is renewed
RENEWED = 30
#: seconds after which who could not renew it begins nothing any more: what is under way may take a moment
SAFE = 60
#: of another process of this workspace
LOOK_AGAIN = 0.5


class Claim(Value):
    """Somebody changes the bucket."""

    token: str
    #: that it holds, from when it was written
    seconds: int
    #: how often it was renewed: one that was is another one
    renewed: int = 0


class State(Value):
    """What a bucket has."""

    #: what readers see, under the name of its record; empty where nothing was published
    release: str = ""
    #: UTC in RFC 3339
    since: str = ""
    #: where the release is not whole: those of which files may be there still, the last whole one first. That is
    #: empty where there was none
    over: tuple[str, ...] = ()
    #: that can be gone back to, all of them whole
    releases: tuple[str, ...] = ()
    claim: Claim | None = None


@dataclass(kw_only=True)
class Claims:
    """The state of a bucket, and the right to change it."""

    bucket: Bucket
    #: of the object
    key: str
    #: where this workspace notes its claims
    folder: Path
    #: the site, for people
    where: str
    _state: State | None = field(default=None, init=False)
    _tag: str = field(default="", init=False)
    _modified: datetime | None = field(default=None, init=False)
    _renewed: float = field(default=0.0, init=False)
    _is_ours: bool = field(default=False, init=False)

    @property
    def state(self) -> State:
        """What was read of the bucket, once: who changes it later is held against that."""
        if self._state is None:
            self._read()
        assert self._state is not None  # noqa: S101
        return self._state

    @property
    def is_there(self) -> bool:
        """Whether campaigner wrote anything there."""
        return bool(self.state and self._tag)

    def _read(self) -> None:
        found = self.bucket.read(self.key)
        try:
            self._state = _checked(msgspec.json.decode(found.content, type=State)) if found else State()
        except (msgspec.DecodeError, ValueError):
            shown = self.bucket.address(self.key)
            hint = f"To begin anew move {shown.rpartition('/')[0]} away, and publish with --adopt"
            raise damaged(shown, hint) from None
        self._tag, self._modified = (found.tag, found.modified) if found else ("", None)

    @contextmanager
    def held(self, planned: str) -> Iterator[None]:
        """Keep everybody else from publishing; raises PublishError where another release than planned is shown."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with one_at_a_time(self.folder / "lock", seconds=LOOK_AGAIN):
                self._claim(planned)
                try:
                    yield
                except BaseException:
                    self._give_up()
                    raise
        except Held:
            raise self._busy() from None
        except sqlite3.DatabaseError as error:
            hint = "Change permissions"
            raise refused(str(self.folder / "lock"), f"this cannot be used: {error}", hint) from None
        except OSError as error:
            shown, hint = str(error.filename or self.folder), "Make room, or change permissions"
            raise refused(shown, f"this cannot be read or written: {error.strerror}", hint) from None

    def _give_up(self) -> None:
        """Have who comes next not wait, though what is there may not be whole."""
        with suppress(PublishError):
            if self._is_ours:
                self.write(replace(self.state, claim=None))

    def _claim(self, planned: str) -> None:
        state = self.state
        if release_in(state.release) != planned:
            raise published_meanwhile(self.where)
        if state.claim and not self._is_over(state.claim):
            raise self._busy()
        claim = Claim(token=token_hex(8), seconds=LEASE)
        self._note.write_text(claim.token, encoding="ascii")
        self.write(replace(state, claim=claim))
        self._is_ours = True
        if not state.release:
            self._see_that_conditions_hold()

    @property
    def _note(self) -> Path:
        return self.folder / "claim"

    def _is_over(self, claim: Claim) -> bool:
        """Whether a claim holds no more: it is our own, of a process that is gone, or nobody renews it."""
        with suppress(OSError, ValueError):
            if self._note.read_text(encoding="ascii") == claim.token:
                return True
        # clocks of two machines differ; that of the server is one
        key = f"{self.key}.clock"
        self.bucket.write(key, b"{}")
        now = self.bucket.read(key)
        return bool(
            now and self._modified and (now.modified - self._modified).total_seconds() > claim.seconds
        )

    def _see_that_conditions_hold(self) -> None:
        """Raise PublishError where a server takes no notice of conditions, and two could publish at once."""
        for known in ("", '"0123456789abcdef0123456789abcdef"'):
            with suppress(Changed):
                self._tag = self.bucket.write(self.key, msgspec.json.encode(self.state), known=known)
                message = "this server overwrites what it is asked not to (If-None-Match, If-Match)"
                raise refused(self.where, message, "Publish to one that holds to conditions")

    def write(self, state: State) -> None:
        """Replace the state that is known; raises PublishError where it is another one by now."""
        content, before = msgspec.json.encode(state), self._state
        try:
            self._tag = self.bucket.write(self.key, content, known=self._tag)
        except Changed:
            self._read()
            # an answer that was lost is asked for again, and then is the one that was written
            if self._state != state:
                found, self._state, self._is_ours = self._state, before, False
                is_held = found and before and found.claim and found.release == before.release
                raise self._busy() if is_held else published_meanwhile(self.where) from None
        self._state, self._renewed = state, time.time()

    def begin(self, release: str, releases: tuple[str, ...], *, over: str) -> None:
        """Say that a release is coming, over what is there."""
        state = self.state
        left = (*state.over, state.release) if state.over else (over,)
        self.write(
            replace(
                state,
                release=release,
                over=tuple(dict.fromkeys(left)),
                releases=releases,
                since=state.since or _now(),
            )
        )

    def finish(self) -> None:
        """Say that the release is whole, and let others publish."""
        state = self.state
        releases = tuple(dict.fromkeys((*state.releases, release_in(state.release))))
        self.write(State(release=state.release, since=_now(), releases=releases))

    def check(self) -> None:
        """Raise PublishError where the claim may be somebody else's by now: this machine slept, say."""
        if time.time() > self._renewed + SAFE:
            hint = "Publish again, and it finishes"
            raise refused(self.where, "publishing stood still for too long", hint)

    def _renew(self) -> None:
        claim = self.state.claim
        if claim:
            self.write(replace(self.state, claim=replace(claim, renewed=claim.renewed + 1)))

    async def renewing(self, work: Awaitable[None]) -> None:
        """Do work that takes its time."""
        is_done = asyncio.Event()

        async def renew() -> None:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(is_done.wait(), RENEWED)
                    return
                await asyncio.to_thread(self._renew)

        async def do() -> None:
            await work
            is_done.set()

        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(renew())
                group.create_task(do())
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None

    def _busy(self) -> PublishError:
        hint = "Wait until that is done, and publish again; what was killed is forgotten in two minutes"
        return refused(self.where, "somebody else is publishing here", hint)


def _checked(state: State) -> State:
    """The state; raises ValueError where campaigner would not have written it."""
    names = (*state.releases, *map(release_in, filter(None, (*state.over, state.release))))
    if not all(map(number_of, names)):
        raise ValueError(names)
    if state.release and datetime.fromisoformat(state.since).utcoffset() != timedelta(0):
        raise ValueError(state.since)
    return state


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
