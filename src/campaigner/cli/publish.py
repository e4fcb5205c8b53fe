"""`campaigner publish`, and what belongs to it: status, rollback and config."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from campaigner.cli.console import (
    Verb,
    format_option,
    is_terminal,
    now,
    progress_bar,
    tell_json,
    workspace_of,
)
from campaigner.model.text import VERBS_OF_PUBLISH

if TYPE_CHECKING:
    from campaigner.publish.changes import Changes
    from campaigner.publish.publishing import Plan

#: more removals are a mistake, mostly
MOST_DELETES = 256
#: of each kind of change; more lines than a screen help nobody
MOST_LINES = 15
SITE = "site"


class Publish(click.Group):
    """Publishes, unless the first word says otherwise."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take all words for those of a publication, where the first is no command of its own."""
        if not args or args[0] not in VERBS_OF_PUBLISH:
            args = [SITE, *args]
        return super().parse_args(ctx, args)


@click.group(cls=Publish)
def command() -> None:
    """Put the site where the world sees it."""


@command.command(SITE, cls=Verb)
@click.argument("words", metavar="[TARGET] [SLUG]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Only tell what there is to do.")
@click.option("--diff", is_flag=True, help="Show how texts change.")
@click.option("--yes", is_flag=True, help="Do not ask; needed where nobody could answer.")
@click.option(
    "--max-deletes",
    type=click.IntRange(0),
    default=MOST_DELETES,
    show_default=True,
    help="Stop where more files would be removed.",
)
@click.option(
    "--adopt", is_flag=True, help="Make a folder that stands there already a release, and replace it."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Processes to work with; one for each core unless told."
)
@format_option
@click.pass_context
def site(
    context: click.Context,
    words: tuple[str, ...],
    dry_run: bool,
    diff: bool,
    yes: bool,
    max_deletes: int,
    adopt: bool,
    jobs: int | None,
    output_format: str,
) -> None:
    """Build, check, plan, ask, and publish the site to a target of campaigner.toml.

    What readers see is the release before until the new one is whole. Nothing is removed before all is
    there, drafts and campaigns of the future never leave, and errors that `campaigner check` finds stop it.

    \b
    Commands of its own:
      campaigner publish status [TARGET]      what is where, since when
      campaigner publish rollback [TARGET]    back to the release before

    \b
    Examples:
      campaigner publish --dry-run --diff
      campaigner publish
      campaigner publish staging --yes
    """
    from campaigner.build.gate import refuse_errors
    from campaigner.build.review import Request
    from campaigner.content.settings import read_settings
    from campaigner.publish.folder import folder_of
    from campaigner.publish.publishing import planned, publish
    from campaigner.publish.site import build_site
    from campaigner.publish.targets import chosen

    workspace, moment = workspace_of(context), now()
    is_text = output_format == "text"
    choice = chosen(read_settings(workspace), words, workspace)
    folder = folder_of(choice, workspace)
    folder.check(adopt=adopt)
    work = {"jobs": jobs or os.cpu_count() or 1}
    refuse_errors(workspace, Request(slugs=choice.slugs), now=moment.strftime("%Y-%m-%dT%H:%M:%SZ"), **work)
    with progress_bar("Rendering", is_shown=is_text and is_terminal()) as progress:
        built = build_site(workspace, choice, now=moment, progress=progress, **work)
    plan = planned(choice, folder, built)
    if is_text:
        _tell_plan(plan, diff=diff)
        for note in built.notes:
            click.echo(f"Warning: {note}", err=True)
    release = plan.before.name if plan.before else None
    if plan.is_due and not dry_run:
        if len(plan.changes.removed) > max_deletes:
            message = f"{len(plan.changes.removed):,} files would be removed, more than the {max_deletes:,} of --max-deletes"
            raise click.ClickException(f"{message}. Nothing was published.")
        _ask(yes=yes, question=f"Publish to {choice.name}?")
        with progress_bar("Publishing", is_shown=is_text and is_terminal()) as progress:
            release = publish(plan, workspace, now=moment, progress=progress).name
        if is_text:
            click.echo(f"Published as {release}.")
    if not is_text:
        tell_json(_as_json(plan, release))


def _ask(*, yes: bool, question: str) -> None:
    """Go on only where somebody says yes, on the command line or now."""
    if yes:
        return
    if not (sys.stdin and sys.stdin.isatty()):
        raise click.UsageError(
            "Nobody can be asked here. Say --yes, or see what there is to do with --dry-run."
        )
    click.confirm(question, abort=True, err=True)


def _tell_plan(plan: "Plan", *, diff: bool) -> None:
    where = f"{plan.chosen.name}: {plan.folder.path}, {plan.chosen.url}"
    click.echo(click.style(where, bold=True))
    if not plan.is_due:
        click.echo("Nothing changed since it was published.")
        return
    changes = plan.changes
    for what, colour, paths in (
        ("new", "green", changes.new),
        ("changed", "yellow", changes.changed),
        ("removed", "red", changes.removed),
    ):
        _tell_some(what, colour, paths)
    counts = f"{len(changes.new):,} new, {len(changes.changed):,} changed, {len(changes.removed):,} removed"
    click.echo(f"{counts}, {len(changes.unchanged):,} unchanged; {_size(plan.size)} to bring there.")


def _tell_some(what: str, colour: str, paths: Sequence[str]) -> None:
    for path in paths[:MOST_LINES]:
        click.echo(f"  {click.style(f'{what:8}', fg=colour)} {path}")
    if len(paths) > MOST_LINES:
        click.echo(f"  {click.style(f'{what:8}', fg=colour)} … and {len(paths) - MOST_LINES:,} more")


def _size(size: int) -> str:
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} bytes"


def _as_json(plan: "Plan", release: str | None) -> dict[str, Any]:
    changes: Changes = plan.changes
    return {
        "target": plan.chosen.name,
        "release": release,
        "new": changes.new,
        "changed": changes.changed,
        "removed": changes.removed,
        "unchanged": len(changes.unchanged),
        "bytes": plan.size,
    }
