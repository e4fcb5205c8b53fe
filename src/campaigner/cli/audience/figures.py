"""`campaigner audience stats` and `segments`."""

from typing import TYPE_CHECKING, Any

import click

from campaigner.cli.audience.opening import database_of, opened
from campaigner.cli.console import (
    WRONG_INPUT,
    Verb,
    list_format_option,
    now,
    tell_faults,
    tell_json,
    workspace_of,
)
from campaigner.errors import CampaignerError, Fault, one_line

if TYPE_CHECKING:
    from rich.table import Table

    from campaigner.audience.figures import Figures
    from campaigner.audience.statistics import Period

#: periods that are told unless somebody says otherwise
LAST = 12
MOST = 1000
#: characters of the plot; where there is no room for fewer there is none
WIDTH, LEAST_WIDTH = 30, 6
GAP = "  "
NAMES = ("period", "sign_ups", "confirmed", "rate", "joined", "left", "growth", "subscribers")


@click.command(cls=Verb)
@click.option(
    "--by",
    "step",
    type=click.Choice(["day", "week", "month"]),
    default="month",
    show_default=True,
    help="How long a period is; a week begins on Monday.",
)
@click.option(
    "--last", type=click.IntRange(1, MOST), default=LAST, show_default=True, help="How many periods."
)
@click.option("--campaign", metavar="SLUG", default="", help="Only who came from it.")
@list_format_option
@click.pass_context
def stats(context: click.Context, step: str, last: int, campaign: str, output_format: str) -> None:
    """Tell how the audience grows: sign-ups, how many of them are confirmed, who came and who left.

    Days are those of UTC. Confirmed are those of the period's sign-ups that have confirmed by now; joined are all
    who were subscribed from then on, with a list or by hand too.

    \b
    Examples:
      campaigner audience stats
      campaigner audience stats --by week --last 8 --campaign spring-offer
      campaigner audience stats --by day --last 90 --format csv > growth.csv
    """
    from campaigner.audience.figures import figures
    from campaigner.audience.statistics import Step, periods
    from campaigner.cli.audience.telling import tell_csv

    with opened(context) as database, database.reading() as connection:
        counts = figures(connection)
        found = periods(connection, step=Step(step), last=last, today=now().date(), campaign=campaign)
    if output_format == "json":
        tell_json(
            {
                "subscribers": dict(counts.subscribers),
                "suppressed": counts.suppressed,
                "periods": [dict(zip(NAMES, _row(one), strict=True)) for one in found],
            }
        )
    elif output_format == "csv":
        tell_csv(NAMES, ([str("" if cell is None else cell) for cell in _row(one)] for one in found))
    else:
        _tell(counts, found, step)


def _row(one: "Period") -> tuple[Any, ...]:
    rate = None if one.rate is None else round(one.rate, 4)
    return (
        *(one.begin.isoformat(), one.sign_ups, one.confirmed, rate),
        *(one.joined, one.left, one.growth, one.subscribers),
    )


def _tell(counts: "Figures", found: "tuple[Period, ...]", step: str) -> None:
    from rich.bar import Bar
    from rich.console import Console
    from rich.measure import Measurement
    from rich.text import Text

    told = ", ".join(f"{count:,} {status}" for status, count in counts.subscribers.items() if count)
    addresses = "address" if counts.suppressed == 1 else "addresses"
    click.echo(f"{told or 'Nobody is here yet'}; {counts.suppressed:,} {addresses} suppressed.")
    console = Console()
    if not console.is_terminal:
        console = Console(width=10_000)
    table = _table(step)
    rows = [
        (
            one.begin.isoformat()[:7] if step == "month" else one.begin.isoformat(),
            *(f"{one.sign_ups:,}", f"{one.confirmed:,}", "–" if one.rate is None else f"{one.rate:.0%}"),
            *(f"{one.joined:,}", f"{one.left:,}"),
            Text(f"{one.growth:+,}" if one.growth else "0", style=_colour(one.growth)),
            f"{one.subscribers:,}",
        )
        for one in found
    ]
    for row in rows:
        table.add_row(*row)
    room = console.width - Measurement.get(console, console.options, table).maximum - len(GAP)
    if room >= LEAST_WIDTH:  # there is room for the plot
        width = min(WIDTH, room)
        most = max((one.subscribers for one in found), default=0) or 1
        table = _table(step)
        table.add_column("", width=width)
        for one, row in zip(found, rows, strict=True):
            table.add_row(*row, Bar(most, 0, one.subscribers, width=width, color="cyan"))
    with console.capture() as printed:  # rich would end the program in its own way where nobody reads
        console.print(table)
    click.echo("\n".join(line.rstrip() for line in printed.get().splitlines()))


def _table(step: str) -> "Table":
    from rich.table import Table

    table = Table(box=None, padding=(0, len(GAP), 0, 0), pad_edge=False, header_style="bold")
    table.add_column(step.capitalize(), no_wrap=True)
    for name in ("Sign-ups", "Confirmed", "Rate", "Joined", "Left", "Growth", "Subscribers"):
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _colour(growth: int) -> str:
    return "green" if growth > 0 else "red" if growth < 0 else ""


@click.command(cls=Verb)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@list_format_option
@click.pass_context
def segments(context: click.Context, names: tuple[str, ...], output_format: str) -> None:
    """List segments with how many are in each: all of segments/, or those that are named.

    A segment is a file segments/NAME.toml that says who is meant. `list` and `export` take it as --segment.

    \b
    Examples:
      campaigner audience segments
      campaigner audience segments nurses --format json
      campaigner audience export --segment nurses --output nurses.csv
    """
    from campaigner.audience.cells import neutralised
    from campaigner.audience.segments import segment_condition
    from campaigner.audience.selecting import count
    from campaigner.cli.audience.telling import tell_csv, tell_objects, tell_table
    from campaigner.content.segments import FOLDER, read_segment, segment_names
    from campaigner.content.settings import read_settings

    workspace, moment = workspace_of(context), now()
    reader = read_settings(workspace).reader
    rows: list[tuple[str, int, str]] = []
    faults: list[Fault] = []
    with database_of(workspace) as database, database.reading() as connection:
        for name in names or segment_names(workspace):
            try:
                segment = read_segment(workspace, name, reader)
            except CampaignerError as error:
                if names and len(names) == 1:
                    raise
                faults += error.faults
                continue
            size = count(connection, segment_condition(connection, segment, now=moment))
            rows.append((name, size, segment.about))
    if output_format == "json":
        heads = ("segment", "subscribers", "about")
        tell_objects("segments", (dict(zip(heads, row, strict=True)) for row in rows))
    elif output_format == "csv":
        cells = ([neutralised(name), str(size), neutralised(about)] for name, size, about in rows)
        tell_csv(("segment", "subscribers", "about"), cells)
    elif rows:
        tell_table(
            ("Segment", "Subscribers", "About"), [(name, f"{size:,}", about) for name, size, about in rows]
        )
    elif not faults:
        click.echo(f"There are no segments. Write {one_line(FOLDER)}/NAME.toml to have one.")
    tell_faults(faults)
    if faults:
        context.exit(WRONG_INPUT)
