"""`campaigner audience`: who signed up, and to what they agreed. A file for each kind of commands."""

import click

from campaigner.cli.audience import figures, lists, people, transfer, upkeep
from campaigner.cli.words import Words


@click.group(cls=Words)
def command() -> None:
    """Import, list, export, tag, unsubscribe and forget those who signed up."""


for each in (
    *(transfer.import_command, transfer.export_command, lists.list_command),
    *(people.show, people.add, people.tag, people.unsubscribe, people.suppress, people.forget),
    *(figures.stats, figures.segments, upkeep.mails, upkeep.backup, upkeep.restore),
):
    command.add_command(each)
