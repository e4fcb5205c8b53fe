"""`campaigner serve`."""

import gc
import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from campaigner.cli.console import Verb, tell_faults, workspace_of
from campaigner.content.workspace import Workspace
from campaigner.errors import Fault, WorkspaceError

if TYPE_CHECKING:  # all that answers is loaded when it is used: `--help` loads this file too
    from socket import socket

    from starlette.applications import Starlette

    from campaigner.model.settings import Settings
    from campaigner.signup.surroundings import Surroundings

#: tells processes that are started anew which workspace they serve
FOLDER = "CAMPAIGNER_SERVED_FOLDER"
#: seconds that requests have to end in after SIGTERM
GRACE = 30
#: seconds that a connection may wait for its next request
IDLE = 5
MOST_WORKERS = 64


@click.command(cls=Verb)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port; 0 for any free one."
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=1,
    show_default=True,
    help="Processes to answer.",
)
@click.pass_context
def command(context: click.Context, host: str, port: int, workers: int) -> None:
    """Answer for the sign-up forms: take sign-ups, have them confirmed, let people leave.

    It stands behind the web server of the site, which passes /signup/, /confirm/, /unsubscribe/ and
    /preferences/ on to it. Only this machine can reach it, unless --host says otherwise. The secret
    that links are signed with is CAMPAIGNER_SECRET, in the environment or in .env. Mails lie in
    .campaigner/outbox/ and go nowhere, unless signup.mail names a mail server.

    \b
    Examples:
      campaigner serve
      campaigner serve --port 9000 --workers 2
    """
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from campaigner.signup.patience import Patience

    class Server(uvicorn.Server):
        """Ends in order on SIGTERM as on Ctrl-C: whoever ran it asked for that, and nothing failed."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            super().handle_exit(signal.SIGINT, frame)

    workspace = workspace_of(context)
    settings = _checked(workspace)
    sockets = _listening(host, port)
    os.environ[FOLDER] = str(workspace.root)
    if workers > 1:
        app()  # what is wrong is told once, and not by one process after the other
    config = uvicorn.Config(
        "campaigner.cli.serve:app",
        factory=True,
        workers=workers,
        log_level="critical",  # what fails is told in a line of our own
        access_log=False,  # addresses and tokens are nobody's to read
        proxy_headers=False,  # signup.trusted_proxies says whom to believe
        server_header=False,
        http=Patience,
        ws="none",
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=GRACE,
    )
    shown = f"[{host}]" if ":" in host else host
    click.echo(
        f"Sign-ups: http://{shown}:{sockets.getsockname()[1]}{_prefix(settings)}signup/…, "
        f"mail: {settings.signup.mail}  (Ctrl-C ends it)"
    )
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):  # which ended it in order
        if workers > 1:
            Multiprocess(config, sockets=[sockets]).run()
        else:
            Server(config).run(sockets=[sockets])


def app() -> "Starlette":
    """Give the app of a process; uvicorn calls it in each of them."""
    from multiprocessing import parent_process
    from secrets import token_urlsafe

    from campaigner.audience.storage.database import FILE, open_database
    from campaigner.build.engine import engine_digest
    from campaigner.build.remembered import remembered
    from campaigner.content.settings import read_settings
    from campaigner.render.press import open_publication
    from campaigner.signup.house import PublishedHouse
    from campaigner.signup.proving import prove
    from campaigner.signup.secrets import environment_of
    from campaigner.signup.service import Service
    from campaigner.signup.tokens import VARIABLE, keys_of
    from campaigner.signup.watching import VARIABLE as WATCH_TOKEN
    from campaigner.transport.carrier import carrier_of

    workspace = Workspace(root=Path(os.environ[FOLDER]))
    environment = environment_of(workspace, os.environ)
    settings = read_settings(workspace)
    inputs, _ = remembered(workspace)
    publication = open_publication(
        workspace,
        settings,
        base_url=settings.site.url.rstrip("/") + "/",
        dialect="campaigner",
        program=engine_digest(inputs),
    )
    house = PublishedHouse(workspace, publication, now=lambda: _now().strftime("%Y-%m-%dT%H:%M:%SZ"))
    if parent_process() is None:
        tell_faults(house.faults)  # no sign-ups are taken for what cannot be read; all others are
    surroundings = _surroundings(settings)
    prove(house, root=surroundings.root)
    file = workspace.state / FILE
    service = Service(
        database=open_database(file, environment, place=workspace.shown(file)),
        house=house,
        carrier=carrier_of(settings.signup.mail, environment, outbox=workspace.state / "outbox"),
        keys=keys_of(environment.get(VARIABLE, "")),
        surroundings=surroundings,
        now=_now,
        new_id=lambda: token_urlsafe(16),
        tell=lambda fault: tell_faults([fault]),
        watch_token=environment.get(WATCH_TOKEN, ""),
    )
    # all that is loaded stays to the end: to look through it for garbage, time and again, held answers up for 100 ms
    gc.collect()
    gc.freeze()
    return service.app(_prefix(settings))


def _now() -> datetime:
    """The time as it passes, whatever SOURCE_DATE_EPOCH says: a mail that waits must be tried again."""
    return datetime.now(UTC)


def _checked(workspace: Workspace) -> "Settings":
    """Give the settings, once all that could keep the app from beginning is right: told once, not by each process."""
    from campaigner.audience.storage.database import FILE, open_database
    from campaigner.content.settings import read_settings
    from campaigner.signup.secrets import environment_of, refuse_tracked, want_password
    from campaigner.signup.tokens import VARIABLE, keys_of

    settings = read_settings(workspace)
    environment = environment_of(workspace, os.environ)
    keys_of(environment.get(VARIABLE, ""))
    want_password(settings.signup.mail, environment)
    refuse_tracked(workspace, environment)
    file = workspace.state / FILE
    open_database(file, environment, place=workspace.shown(file)).close()
    return settings


def _surroundings(settings: "Settings") -> "Surroundings":
    from campaigner.signup.requests import networks
    from campaigner.signup.surroundings import Surroundings

    site, own = settings.site.url.rstrip("/") + "/", settings.signup.url.rstrip("/") + "/"
    is_beside = own in ("/", site)
    return Surroundings(
        base_url=site if is_beside else own,
        root=_path(site) if is_beside else site,
        trusted=networks(settings.signup.trusted_proxies),
    )


def _prefix(settings: "Settings") -> str:
    """The path that the app's routes are below; it begins and ends in /."""
    return _path((settings.signup.url or settings.site.url).rstrip("/") + "/")


def _path(url: str) -> str:
    from urllib.parse import urlsplit

    return urlsplit(url).path


def _listening(host: str, port: int) -> "socket":
    from campaigner.preview.server import PortTaken, listening

    try:
        return listening(host, port)
    except PortTaken:
        message, hint = f"port {port} is taken", "Name another with --port"
        raise WorkspaceError(Fault(path=f"{host}:{port}", message=message, hint=hint)) from None
