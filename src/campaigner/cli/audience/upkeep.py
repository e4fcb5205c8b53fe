"""`campaigner audience mails`, `backup` and `restore`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaigner.cli.audience.opening import ask, opened, real_now, yes_option
from campaigner.cli.console import Verb, list_format_option
from campaigner.errors import AudienceError, Fault

if TYPE_CHECKING:
    from campaigner.audience.outgoing import Mail

NAMES = ("id", "kind", "address", "campaign", "since", "attempts", "next", "error")


@click.command(cls=Verb)
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option("--stuck", is_flag=True, help="Only those that failed several times, or were given up.")
@click.option(
    "--retry", is_flag=True, help="Have those that are stuck, or those that are named, tried at once."
)
@list_format_option
@click.pass_context
def mails(context: click.Context, ids: tuple[str, ...], stuck: bool, retry: bool, output_format: str) -> None:
    """List mails that have not left, the oldest first: what is tried next, and what the server said.

    They leave while `campaigner serve` runs. A mail that was given up has no time of a next try.

    \b
    Examples:
      campaigner audience mails
      campaigner audience mails --stuck --format json
      campaigner audience mails --retry
    """
    from campaigner.audience.cells import neutralised
    from campaigner.audience.describing import shown_time
    from campaigner.audience.outgoing import try_again, waiting
    from campaigner.cli.audience.telling import tell_csv, tell_objects, tell_table

    if retry:
        with opened(context) as database, database.writing() as connection:
            wanted = ids or [mail.id for mail in waiting(connection, only_stuck=True)]
            done = [id for id in wanted if try_again(connection, id, now=real_now())]  # noqa: A001
        missing = [id for id in ids if id not in done]  # noqa: A001
        if missing:
            raise click.ClickException(f"There is no mail {missing[0]!r} that waits.")
        click.echo(
            "1 mail is tried at once." if len(done) == 1 else f"{len(done):,} mails are tried at once."
        )
        return
    if ids:
        raise click.UsageError("IDs are for --retry.")

    def row(mail: "Mail") -> list[object]:
        return [
            *(mail.id, mail.kind, mail.recipient, mail.campaign, shown_time(mail.created_at)),
            *(mail.attempts, shown_time(mail.next_at), mail.last_error),
        ]

    def cells(mail: "Mail") -> list[str]:
        return ["" if cell is None else str(cell) for cell in row(mail)]

    with opened(context) as database, database.reading() as connection:
        found = waiting(connection, only_stuck=stuck)
        if output_format == "json":
            tell_objects("mails", (dict(zip(NAMES, row(one), strict=True)) for one in found))
        elif output_format == "csv":
            tell_csv(NAMES, ([neutralised(cell) for cell in cells(one)] for one in found))
        else:
            tell_table([name.capitalize() for name in NAMES], map(cells, found))


@click.command(cls=Verb)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_context
def backup(context: click.Context, file: Path) -> None:
    """Write a backup of the database while it is in use: one whole file, for its owner alone to read.

    Only SQLite is backed up so; PostgreSQL has pg_dump.

    \b
    Examples:
      campaigner audience backup audience-2026-11-26.backup
    """
    from campaigner.audience.storage.backup import back_up

    with opened(context) as database:
        back_up(database, Path(context.obj) / file)
    click.echo(f"{file} is a backup of all that is known.")


@click.command(cls=Verb)
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@yes_option
@click.pass_context
def restore(context: click.Context, file: Path, yes: bool) -> None:
    """Bring the database back to what it was when a backup was made, but for who must not be written to.

    Who unsubscribed, complained or was erased since stays away, and no mail leaves twice. Servers may go on.

    \b
    Examples:
      campaigner audience restore audience-2026-11-26.backup
    """
    from campaigner.audience.storage.backup import restore as bring_back

    if not (Path(context.obj) / file).is_file():
        raise AudienceError(Fault(path=str(file), message="there is no such file", hint="Name a backup"))
    ask(f"Replace all that is known by what {file} has?", yes=yes)
    with opened(context) as database:
        done = bring_back(database, Path(context.obj) / file, now=real_now())
    back = "1 subscriber is" if done.subscribers == 1 else f"{done.subscribers:,} subscribers are"
    erased = "1 was erased, and stays" if done.erased == 1 else f"{done.erased:,} were erased, and stay"
    click.echo(f"{back} back, of whom {done.left:,} left since; {erased} so.")
