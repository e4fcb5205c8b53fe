"""`campaigner audience list`, and the options by which subscribers are chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from campaigner.cli.audience.opening import database_of
from campaigner.cli.console import Verb, list_format_option, now, workspace_of
from campaigner.content.workspace import Workspace

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

STATUSES = ("pending", "confirmed", "unsubscribed", "bounced", "complained")
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def choosing_options(command: Decorated) -> Decorated:
    """`--status`, `--tag`, `--language`, `--campaign` and `--segment`, for `chosen`."""
    for option in (
        click.option(
            "--segment",
            "segments",
            metavar="NAME",
            multiple=True,
            help="Only who is in it; all that are given.",
        ),
        click.option("--campaign", "campaigns", metavar="SLUG", multiple=True, help="Only who came from it."),
        click.option("--language", "languages", metavar="TAG", multiple=True, help="Only with it."),
        click.option(
            "--tag", "tags", metavar="TAG", multiple=True, help="Only who has it; all that are given."
        ),
        click.option(
            "--status", "statuses", type=click.Choice(STATUSES), multiple=True, help="Only with it."
        ),
    ):
        command = option(command)
    return command


def chosen(
    connection: "Connection", workspace: Workspace, *, segments: tuple[str, ...], **choice: tuple[str, ...]
) -> "ColumnElement[bool]":
    """Give the condition that these options say; raises ContentError or UnknownSegment."""
    from sqlalchemy import and_

    from campaigner.audience.segments import segment_condition
    from campaigner.audience.selecting import Selection
    from campaigner.content.segments import read_segment
    from campaigner.content.settings import read_settings

    conditions = [Selection(**choice).condition]
    reader = read_settings(workspace).reader if segments else None
    for name in segments:
        assert reader is not None  # noqa: S101
        conditions.append(segment_condition(connection, read_segment(workspace, name, reader), now=now()))
    return and_(*conditions)


@click.command("list", cls=Verb)
@choosing_options
@click.option("--limit", type=click.IntRange(1), help="At most so many.")
@list_format_option
@click.pass_context
def list_command(
    context: click.Context, /, limit: int | None, output_format: str, **choice: tuple[str, ...]
) -> None:
    """List subscribers, in the order of their addresses.

    \b
    Examples:
      campaigner audience list --status confirmed --tag weekly
      campaigner audience list --segment nurses --format csv > nurses.csv
    """
    from campaigner.audience.cells import neutralised
    from campaigner.audience.describing import shown_time, status_of, tags_cell
    from campaigner.audience.selecting import people
    from campaigner.audience.subscribers import Known
    from campaigner.cli.audience.telling import tell_csv, tell_objects, tell_table

    names = ("address", "status", "name", "language", "tags", "campaign", "signed_up")

    def row(known: Known) -> list[Any]:
        person = known.subscriber
        assert person is not None  # noqa: S101  only subscribers are listed
        return [
            *(person.address, status_of(known), person.name, person.language),
            *(person.tags, person.campaign, shown_time(person.created_at)),
        ]

    def cells(known: Known) -> list[str]:
        return [tags_cell(cell) if isinstance(cell, tuple) else cell for cell in row(known)]

    workspace = workspace_of(context)
    with database_of(workspace) as database, database.reading() as connection:
        found = people(connection, chosen(connection, workspace, **choice), most=limit)
        if output_format == "json":
            tell_objects("subscribers", (dict(zip(names, row(one), strict=True)) for one in found))
        elif output_format == "csv":
            tell_csv(names, ([neutralised(cell) for cell in cells(one)] for one in found))
        else:
            heads = [name.replace("_", " ").capitalize() for name in names]
            tell_table(heads, map(cells, found), coloured=1)
