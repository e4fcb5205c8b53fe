"""`campaigner list`."""

from typing import TYPE_CHECKING

import click

from campaigner.build.options import Options
from campaigner.build.run import built_times
from campaigner.cli.console import (
    WRONG_INPUT,
    Verb,
    faults_as_json,
    format_option,
    now,
    tell_faults,
    tell_json,
    workspace_of,
)
from campaigner.content.workspace import ARTICLE_FILE, Workspace, campaign_folders, may_be_there
from campaigner.errors import CampaignerError, Fault
from campaigner.value import Value

if TYPE_CHECKING:  # a card is a campaign's, whose schema takes long to load: `--help` loads this file too
    from campaigner.model.campaign import Card

COLOURS = {"draft": "yellow", "scheduled": "cyan", "live": "green", "expired": "dim"}


class Entry(Value):
    """A campaign as it is listed."""

    card: "Card"
    state: str
    built: str


@click.command(cls=Verb)
@format_option
@click.pass_context
def command(context: click.Context, output_format: str) -> None:
    """List all campaigns: slug, title, date, state and last build.

    \b
    Examples:
      campaigner list
      campaigner list --format json
    """
    workspace = workspace_of(context)
    entries, faults = _entries(workspace)
    if output_format == "json":
        tell_json({"campaigns": [_as_json(entry) for entry in entries], "errors": faults_as_json(faults)})
    else:
        _tell(entries)
        tell_faults(faults)
    if faults:
        context.exit(WRONG_INPUT)


def _entries(workspace: Workspace) -> tuple[list[Entry], list[Fault]]:
    from campaigner.content.articles import read_campaign
    from campaigner.content.cards import card_of
    from campaigner.content.settings import read_settings

    built = built_times(workspace, Options(output=workspace.output))
    instant = now().strftime("%Y-%m-%dT%H:%M:%SZ")
    entries: list[Entry] = []
    faults: list[Fault] = []
    largest = read_settings(workspace).content.largest_article
    for folder in campaign_folders(workspace):
        if not may_be_there(workspace.campaigns / folder / ARTICLE_FILE):
            continue
        try:
            card = card_of(read_campaign(workspace, folder, largest=largest))
        except CampaignerError as error:
            faults += error.faults
            continue
        entries.append(Entry(card=card, state=card.state(instant).value, built=built.get(folder, "")))
    if not entries and not faults:
        faults.append(
            Fault(
                path="campaigns", message="there are no campaigns", hint="Make one with `campaigner new SLUG`"
            )
        )
    return sorted(entries, key=lambda entry: entry.card.order, reverse=True), faults


def _as_json(entry: Entry) -> dict[str, object]:
    card = entry.card
    return {
        "slug": card.slug,
        "title": card.title,
        "date": card.date or None,
        "state": entry.state,
        "last_build": entry.built or None,
        "path": card.path,
    }


def _tell(entries: list[Entry]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("Slug", "Title", "Date", "State", "Last build"):
        table.add_column(name, overflow="fold")
    for entry in entries:
        built = entry.built.replace("T", " ").removesuffix("Z")
        table.add_row(
            Text(entry.card.slug),
            Text(entry.card.title),
            Text(entry.card.date[:10] or "–"),
            Text(entry.state, style=COLOURS[entry.state]),
            Text(f"{built} UTC" if built else "never"),
        )
    console = Console()
    if not console.is_terminal:
        console = Console(width=10_000)
    if entries:
        with console.capture() as printed:  # rich would end the program in its own way where nobody reads
            console.print(table)
        click.echo(printed.get(), nl=False)
