"""Serves the preview on this machine until it is told to end."""

import asyncio
import errno
import gc
import secrets
import signal
import socket
from collections.abc import Callable
from contextlib import closing
from ipaddress import ip_address
from types import FrameType

import uvicorn

from campaigner.errors import Fault, WorkspaceError
from campaigner.preview.app import Preview, preview_app
from campaigner.preview.bugs import as_fault
from campaigner.preview.live import HALF_SAVED, Live, Watch
from campaigner.preview.press import Press

#: ports that are tried for a free one
NEARBY = 50
#: objects that are made before unused ones are looked for: those of about two pages
NOW_AND_THEN = 10_000
#: seconds that requests have to end in
GRACE = 1
#: seconds after which what failed is tried again
RETRY = 1.0


class PortTaken(WorkspaceError):
    """Somebody else listens on the port; `free` is the next one on which nobody does, 0 for none."""

    def __init__(self, host: str, port: int, free: int) -> None:
        self.free = free
        hint = (
            f"Port {free} is free: campaigner preview --port {free}" if free else "Name another with --port"
        )
        super().__init__(Fault(path=f"{host}:{port}", message=f"port {port} is taken", hint=hint))


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """Give a socket that listens; port 0 takes any.

    Raises PortTaken, and WorkspaceError where the host is none of this machine's.
    """
    try:
        return _bound(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise PortTaken(host, port, _next_free(host, port)) from None
        message, hint = f"nobody can listen there: {error.strerror or error}", "Name another --host or --port"
        raise WorkspaceError(Fault(path=f"{host}:{port}", message=message, hint=hint)) from None


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    found = socket.socket(family, kind, protocol)
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError:
        found.close()
        raise
    return found


def _next_free(host: str, port: int) -> int:
    for candidate in range(port + 1, min(port + NEARBY, 65536)):
        try:
            with closing(_bound(host, candidate)):
                return candidate
        except OSError:
            continue
    return 0


def addresses(host: str, port: int, token: str) -> tuple[str, ...]:
    """The addresses to open: for this machine and, where others may come, for them."""
    query = f"?token={token}" if token else ""
    if is_loopback(host):
        shown = f"[{host}]" if ":" in host else host
        return (f"http://{shown}:{port}/{query}",)
    found = [f"http://127.0.0.1:{port}/{query}"] if host in ("0.0.0.0", "::") else []  # noqa: S104
    outside = _own_address() if host in ("0.0.0.0", "::") else host  # noqa: S104
    if outside:
        found.append(f"http://{f'[{outside}]' if ':' in outside else outside}:{port}/{query}")
    return tuple(found)


def _own_address() -> str:
    """This machine's address in its network; empty where it is in none. Nothing is sent for that."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address that is nobody's (RFC 5737)
            return str(probe.getsockname()[0])
        except OSError:
            return ""


def new_token(host: str) -> str:
    """A random token where others can reach the preview; empty on loopback."""
    return "" if is_loopback(host) else secrets.token_urlsafe(16)


def serve(
    press: Press,
    sockets: socket.socket,
    *,
    host: str,
    token: str,
    ready: Callable[[], None],
    tell: Callable[[Fault], None],
) -> None:
    """Serve until Ctrl-C; `ready` is called once requests are answered, `tell` with what goes wrong here."""
    gc.freeze()  # what is loaded stays: it need not be looked through
    gc.set_threshold(NOW_AND_THEN)
    try:
        asyncio.run(_serve(press, sockets, host=host, token=token, ready=ready, tell=tell))
    except KeyboardInterrupt:
        return


async def _serve(
    press: Press,
    sockets: socket.socket,
    *,
    host: str,
    token: str,
    ready: Callable[[], None],
    tell: Callable[[Fault], None],
) -> None:
    live = Live()
    app, preview = preview_app(press, live, host=host, token=token, tell=tell)
    watch = Watch(press.desk.workspace, press.desk.before, lambda paths: _changed(preview, paths))
    server = _Server(
        uvicorn.Config(
            app,
            log_level="critical",  # what fails is told in a line of our own
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            ws="none",
        ),
        ending=(live.end, watch.end),
    )
    watching = asyncio.create_task(_follow(watch, tell))
    try:
        serving = asyncio.create_task(server.serve([sockets]))
        while not server.started and not serving.done():
            await asyncio.sleep(0.005)
        ready()
        await serving
    finally:
        watch.end()
        watching.cancel()


async def _follow(watch: Watch, tell: Callable[[Fault], None]) -> None:
    """Watch until the end. Whatever goes wrong is told once, and then it is tried again."""
    told: set[Fault] = set()
    while True:
        try:
            return await watch.run()
        except Exception as error:
            fault = as_fault(error)
            if fault not in told:
                tell(fault)
            told.add(fault)
        await asyncio.sleep(RETRY)


async def _changed(preview: Preview, paths: set[str]) -> None:
    """Look at what was saved. A failure is told, and does not end the following."""
    try:
        await _look(preview, paths)
    except Exception as error:
        preview.tell(as_fault(error))


async def _look(preview: Preview, paths: set[str]) -> None:
    """Look at what was saved, and tell the browsers. What cannot be read may be half saved: look once more."""
    desk = preview.press.desk
    had_faults = bool(desk.card_faults or desk.site_faults)
    changes = await preview.run(lambda: preview.press.look(paths))
    if (desk.card_faults or desk.site_faults) and not had_faults:
        await asyncio.sleep(HALF_SAVED)
        await preview.run(lambda: preview.press.look(paths))
    if changes:
        preview.live.tell()


class _Server(uvicorn.Server):
    """Ends at once: a browser that listens for changes would keep it waiting."""

    def __init__(self, config: uvicorn.Config, *, ending: tuple[Callable[[], None], ...]) -> None:
        super().__init__(config)
        self._ending = ending

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end on a signal."""
        for end in self._ending:
            end()
        super().handle_exit(signal.SIGINT if sig == signal.SIGTERM else sig, frame)
