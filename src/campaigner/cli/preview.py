"""`campaigner preview`."""

import sys
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaigner.cli.console import (
    Verb,
    complete_slug,
    is_terminal,
    now,
    progress_bar,
    tell_faults,
    workspace_of,
)
from campaigner.errors import Fault, UnknownCampaign, WorkspaceError, nearest

if TYPE_CHECKING:  # all that renders and serves is loaded when it is used: `--help` loads this file too
    from socket import socket

    from campaigner.preview.press import Press


@click.command(cls=Verb)
@click.argument("slug", required=False, shell_complete=complete_slug)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="Port; 0 for any free one."
)
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option(
    "--export",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the whole preview as files that open from a disk or any host, and end.",
)
@click.option(
    "--screenshots",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write pictures of each page and each simulated inbox, and end.",
)
@click.pass_context
def command(
    context: click.Context,
    slug: str | None,
    host: str,
    port: int,
    is_opened: bool,
    drafts: bool,
    export: Path | None,
    screenshots: Path | None,
) -> None:
    """See campaigns as readers will, while they are written: pages, mails and simulated inboxes.

    Whatever is saved shows at once. Only this machine can open it, unless --host says otherwise.

    \b
    Examples:
      campaigner preview
      campaigner preview spring-offer --open
      campaigner preview --host 0.0.0.0            for a phone in the same network
      campaigner preview --export for-approval
      campaigner preview --screenshots pictures
    """
    with _told_of_the_disk():
        if export or screenshots:
            _write(context, _press(context, slug, drafts=drafts), export, screenshots)
            return
        with suppress(KeyboardInterrupt):  # which ends it in order, before anything is served as well
            _serve(_press(context, slug, drafts=drafts), slug, host=host, port=port, is_opened=is_opened)


@contextmanager
def _told_of_the_disk() -> Iterator[None]:
    """Tell a file that the disk refuses as a fault: even what is only looked at keeps its pictures there."""
    try:
        yield
    except OSError as error:
        if error.filename is None:  # a stream's
            raise
        message = f"this cannot be read or written: {error.strerror}"
        hint = "Make room, or change permissions"
        raise WorkspaceError(Fault(path=str(error.filename), message=message, hint=hint)) from None


def _press(context: click.Context, slug: str | None, *, drafts: bool) -> "Press":
    from campaigner.preview.desk import Desk
    from campaigner.preview.press import Press

    desk = Desk(
        workspace_of(context),
        drafts=drafts,
        slugs=(slug,) if slug else (),
        now=lambda: now().strftime("%Y-%m-%dT%H:%M:%SZ"),
    )
    if slug and slug not in desk.folders:
        message = f'there is no campaign "{slug}"'
        raise UnknownCampaign(Fault(path="campaigns", message=message, hint=nearest(slug, desk.folders)))
    return Press(desk)


def _serve(press: "Press", slug: str | None, *, host: str, port: int, is_opened: bool) -> None:
    from urllib.parse import quote, urlsplit, urlunsplit

    from campaigner.preview.server import addresses, new_token, serve

    sockets = _listening(host, port)
    token = new_token(host)
    found = [
        urlunsplit(urlsplit(address)._replace(path=f"/campaign/{quote(slug)}/" if slug else "/"))
        for address in addresses(host, sockets.getsockname()[1], token)
    ]

    def ready() -> None:
        click.echo(f"Preview: {found[0]}  (Ctrl-C ends it)")
        for address in found[1:]:
            click.echo(f"For a phone or a colleague in the same network: {address}")
        sys.stdout.flush()
        if is_opened:
            webbrowser.open(found[0])

    serve(press, sockets, host=host, token=token, ready=ready, tell=lambda fault: tell_faults([fault]))


def _listening(host: str, port: int) -> "socket":
    from campaigner.preview.server import PortTaken, listening

    try:
        return listening(host, port)
    except PortTaken as taken:
        wants_other = (
            taken.free
            and sys.stdin.isatty()
            and is_terminal()
            and click.confirm(f"Port {port} is taken. Use port {taken.free}?", default=True, err=True)
        )
        if not wants_other:
            raise
        return listening(host, taken.free)


def _write(context: click.Context, press: "Press", folder: Path | None, pictures: Path | None) -> None:
    here = Path(context.obj)
    if folder and pictures:
        from campaigner.preview.destination import check_apart

        check_apart((here / folder).resolve(), (here / pictures).resolve())
    if folder:
        from campaigner.preview.export import export

        with progress_bar("Writing", is_shown=is_terminal()) as progress:
            count = export(press, (here / folder).resolve(), progress=progress)
        click.echo(f"{count:,} files written. Open {folder / 'index.html'}")
    if pictures:
        from campaigner.preview.screenshots import take_screenshots

        with progress_bar("Taking pictures", is_shown=is_terminal()) as progress:
            count = take_screenshots(press, (here / pictures).resolve(), progress=progress)
        click.echo(f"{count:,} pictures taken. Open {pictures / 'index.html'}")
