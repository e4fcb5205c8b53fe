"""`campaigner audience import` and `export`."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from campaigner.cli.audience.lists import STATUSES, choosing_options, chosen
from campaigner.cli.audience.opening import database_of, operator_option, read_words, real_now
from campaigner.cli.console import (
    WRONG_INPUT,
    Verb,
    format_option,
    is_terminal,
    progress_bar,
    tell_faults,
    tell_json,
    workspace_of,
)
from campaigner.errors import Fault, one_line

if TYPE_CHECKING:
    from campaigner.audience.lists.csv_files import Layout
    from campaigner.audience.lists.importing import Tally, Untaken
    from campaigner.audience.lists.incoming import Reading

#: rows that nothing came of, told one by one; and kept for programs
MOST_LINES, MOST_OBJECTS = 30, 1000
#: of those who left, nobody need say how they agreed
LEFT = ("unsubscribed", "bounced", "complained")
#: of outcomes, in the order in which they are told
TOLD = {
    "new": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "left": "left elsewhere and do here",
    "suppressed": "not to be written to from now on",
    "kept_away": "kept away",
    "repeated": "repeated",
    "refused": "refused",
}


class Told:
    """Takes each row that nothing came of: for the report, and the first of them for people or programs."""

    def __init__(
        self, layout: "Layout", report: "Callable[[Untaken], None] | None", *, is_text: bool
    ) -> None:
        self.rows: list[dict[str, object]] = []
        self._layout, self._report, self._is_text, self._count = layout, report, is_text, 0

    def __call__(self, row: "Untaken") -> None:
        """Take one."""
        self._count += 1
        if self._report:
            self._report(row)
        if self._is_text and self._count <= MOST_LINES:
            tell_faults([Fault(path=self._layout.shown, line=row.line, message=row.reason)])
        elif not self._is_text and self._count <= MOST_OBJECTS:
            self.rows.append({"line": row.line, "outcome": str(row.outcome), "reason": row.reason})

    def end(self) -> None:
        """Say how many were not told."""
        if self._is_text and self._count > MOST_LINES:
            further = f"… and {self._count - MOST_LINES:,} more"
            click.echo(
                f"{further}." if self._report else f"{further}: see all with --refused FILE.csv", err=True
            )


@click.command("import", cls=Verb)
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option("--consent", metavar="TEXT", help="How these people agreed, for the ledger of consent.")
@click.option(
    "--map",
    "told",
    metavar="WHAT=COLUMN",
    multiple=True,
    help='What a column says: --map email="E-Mail Adresse"; --map name= for none.',
)
@click.option(
    "--status",
    type=click.Choice(STATUSES),
    default="confirmed",
    show_default=True,
    help="Of rows that do not say theirs.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would become of each row.")
@click.option(
    "--refused",
    metavar="FILE.csv",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the rows that nothing came of there, with the reason of each.",
)
@click.option(
    "--encoding", metavar="NAME", default="", help="Of the file, such as cp1252; found out unless told."
)
@click.option("--delimiter", metavar="SIGN", default="", help="What parts cells; found out unless told.")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes: one writes, and the others read.",
)
@operator_option
@format_option
@click.pass_context
def import_command(
    context: click.Context,
    file: Path,
    consent: str | None,
    told: tuple[str, ...],
    status: str,
    dry_run: bool,
    refused: Path | None,
    encoding: str,
    delimiter: str,
    jobs: int,
    operator: str,
    output_format: str,
) -> None:
    """Bring a list of people in, who agreed elsewhere.

    Columns are found by their names, in several languages and as other programs write them. Who left or is
    suppressed is not brought back, and a list may say that somebody left elsewhere. Where an import was stopped,
    run it again: nothing is done twice. Exit code 1 means that rows were refused; all others are kept.

    \b
    Examples:
      campaigner audience import readers.csv --dry-run
      campaigner audience import readers.csv --consent "Double opt-in at Mailchimp, 2021 to 2026"
      campaigner audience import kunden.csv --map email="E-Mail Adresse" --consent "Form on paper" \\
          --refused refused.csv
      campaigner audience import unsubscribed.csv --status unsubscribed
    """
    from campaigner.audience.lists.csv_files import layout_of
    from campaigner.audience.lists.incoming import LONGEST_CONSENT
    from campaigner.audience.own_fields import read_line

    if not dry_run and status not in LEFT and not (consent and consent.strip()):
        raise click.UsageError(
            "Say with --consent how these people agreed, or see what is to do with --dry-run."
        )
    (agreed,) = read_words([consent or ""], lambda text: read_line(text, LONGEST_CONSENT), "--consent")
    place = Path(context.obj) / file
    is_text = output_format == "text"
    layout = layout_of(place, shown=str(file), encoding=encoding, delimiter=_sign(delimiter))
    workspace = workspace_of(context)
    with ExitStack() as stack:
        reading = _reading(workspace, layout, told, status, agreed, keeps_cells=refused is not None)
        if is_text:
            _tell_columns(layout, reading)
        report = stack.enter_context(_report(Path(context.obj) / refused, place, layout)) if refused else None
        taker = Told(layout, report, is_text=is_text)
        database = stack.enter_context(database_of(workspace))
        bar = stack.enter_context(progress_bar("Importing", is_shown=is_text and is_terminal()))
        tally = _import(database, layout, reading, jobs, operator, tell=taker, progress=bar, is_trial=dry_run)
    taker.end()
    if is_text:
        _tell_tally(tally, is_trial=dry_run)
    else:
        tell_json(_as_object(layout, reading, tally, taker.rows, is_trial=dry_run))
    if tally.wrong:
        context.exit(WRONG_INPUT)


def _reading(
    workspace: Any, layout: "Layout", told: tuple[str, ...], status: str, consent: str, *, keeps_cells: bool
) -> "Reading":
    from campaigner.audience.lists.columns import columns_of
    from campaigner.audience.lists.incoming import Reading
    from campaigner.audience.own_fields import own_fields
    from campaigner.audience.subscribers import Status
    from campaigner.content.settings import read_settings

    fields = own_fields(read_settings(workspace).reader)
    pairs = [tuple(part.strip() for part in one.partition("=")[::2]) for one in told]
    for one in told:
        if "=" not in one:
            raise click.BadParameter(f'write WHAT=COLUMN, not "{one_line(one)}"', param_hint="--map")
    columns = columns_of(
        layout.header,
        told=[(what, column) for what, column in pairs],
        fields=fields,
        shown=layout.shown,
    )
    return Reading(
        columns=columns,
        header=layout.header,
        fields=fields,
        status=Status(status),
        now=real_now(),
        consent=consent,
        place=layout.file.name,
        keeps_cells=keeps_cells,
    )


def _import(
    database: Any,
    layout: "Layout",
    reading: "Reading",
    jobs: int,
    operator: str,
    *,
    tell: "Callable[[Untaken], None]",
    progress: Callable[[int, int], None],
    is_trial: bool,
) -> "Tally":
    from campaigner.audience.consent import Event
    from campaigner.audience.lists.importing import import_blocks, import_id
    from campaigner.audience.lists.merging import Source
    from campaigner.audience.lists.preparing import blocks
    from campaigner.cli.audience.opening import NewIds

    columns = dict(reading.columns.places)
    source = Source(
        id=import_id(layout.digest, consent=reading.consent, columns=columns, status=reading.status),
        event=Event.IMPORTED,
        method="import",
        operator=operator,
    )
    with blocks(layout, reading, jobs=jobs) as found:
        return import_blocks(
            database,
            found,
            source,
            now=reading.now,
            new_ids=NewIds(),
            tell=tell,
            progress=lambda line: progress(line, layout.lines),
            is_trial=is_trial,
        )


@contextmanager
def _report(target: Path, source: Path, layout: "Layout") -> "Iterator[Callable[[Untaken], None]]":
    from campaigner.audience.lists.reporting import Report, whole_file

    if target.resolve() == source.resolve():
        raise click.UsageError("--refused names the list itself. Name another file.")
    with whole_file(target) as stream:
        yield Report(stream, layout.header).add


def _sign(told: str) -> str:
    sign = {"tab": "\t", "\\t": "\t"}.get(told, told)
    if sign and (len(sign) > 1 or sign in '\r\n"\0' or ord(sign) > 0x10FFFF):
        raise click.BadParameter("write one sign, such as ; or tab", param_hint="--delimiter")
    return sign


def _tell_columns(layout: "Layout", reading: "Reading") -> None:
    from campaigner.audience.lists.columns import OWN

    click.echo(click.style(f"{one_line(layout.shown)}: {layout}", bold=True))
    names = {what.removeprefix(OWN): layout.header[n] for what, n in reading.columns.places.items()}
    width = max(map(len, (*names, "left out")))
    for what, column in names.items():
        click.echo(f"  {what:{width}}  {one_line(column)}")
    if reading.columns.left_out:
        click.echo(f"  {'left out':{width}}  {', '.join(map(one_line, reading.columns.left_out))}")


def _tell_tally(tally: "Tally", *, is_trial: bool) -> None:
    counts = ", ".join(f"{tally.counts[name]:,} {told}" for name, told in TOLD.items() if tally.counts[name])
    rows = "1 row" if tally.rows == 1 else f"{tally.rows:,} rows"
    click.echo(f"{rows}{': ' if counts else ''}{counts}." + (" Nothing was kept." if is_trial else ""))


def _as_object(
    layout: "Layout", reading: "Reading", tally: "Tally", rows: list[dict[str, object]], *, is_trial: bool
) -> dict[str, object]:
    return {
        "file": layout.shown,
        "encoding": layout.encoding,
        "delimiter": layout.delimiter,
        "columns": {what: layout.header[number] for what, number in reading.columns.places.items()},
        "left_out": list(reading.columns.left_out),
        "dry_run": is_trial,
        "rows": tally.rows,
        **tally.counts,
        "untaken": rows,
    }


@click.command("export", cls=Verb)
@choosing_options
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write there, for its owner alone to read, instead of standard output.",
)
@click.option(
    "--excel", is_flag=True, help="Write a CSV as Excel opens it by a double click: semicolons, and a mark."
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["csv", "json"]),
    default="csv",
    show_default=True,
    help="JSON has the trail of consent too.",
)
@click.pass_context
def export_command(
    context: click.Context,
    /,
    output: Path | None,
    excel: bool,
    output_format: str,
    **choice: tuple[str, ...],
) -> None:
    """Write all that is known of subscribers, or of those who are chosen.

    No cell of the CSV is a formula to a spreadsheet: what would be one has an apostrophe before it, which
    `campaigner audience import` takes away again. Whoever is suppressed has that as their status.

    \b
    Examples:
      campaigner audience export --output readers.csv
      campaigner audience export --segment nurses --format json > nurses.json
      campaigner audience export --status confirmed --tag weekly > weekly.csv
    """
    from campaigner.audience.describing import as_object, as_row, header
    from campaigner.audience.own_fields import own_fields
    from campaigner.audience.selecting import count, field_names, people
    from campaigner.cli.audience.telling import csv_texts, json_texts
    from campaigner.content.settings import read_settings

    if excel and output_format != "csv":
        raise click.UsageError("--excel is for a CSV.")
    workspace = workspace_of(context)
    declared = own_fields(read_settings(workspace).reader)
    with ExitStack() as stack:
        connection = stack.enter_context(stack.enter_context(database_of(workspace)).reading())
        condition = chosen(connection, workspace, **choice)
        total = count(connection, condition) if is_terminal() else 0
        bar = stack.enter_context(progress_bar("Exporting", is_shown=is_terminal() and output is not None))
        write = stack.enter_context(_written(Path(context.obj) / output if output else None))
        found = _counted(people(connection, condition, with_consent=output_format == "json"), bar, total)
        if output_format == "json":
            texts = json_texts("subscribers", (as_object("", one) for one in found), {})
        else:
            known = field_names(connection)
            own = [
                *(name for name in declared if name in known),
                *(name for name in known if name not in declared),
            ]
            if excel:
                write("\ufeff")
            rows = (as_row(one, own) for one in found)
            texts = csv_texts(header(own), rows, delimiter=";" if excel else ",")
        for text in texts:
            write(text)


def _counted(found: Iterator[Any], progress: Callable[[int, int], None], total: int) -> Iterator[Any]:
    for number, one in enumerate(found):
        if number % 1000 == 0:
            progress(number, total)
        yield one


@contextmanager
def _written(target: Path | None) -> Iterator[Callable[[str], object]]:
    if target is None:
        yield lambda text: click.echo(text.encode(errors="backslashreplace"), nl=False)
        return
    from campaigner.audience.lists.reporting import whole_file

    with whole_file(target) as stream:
        yield stream.write
