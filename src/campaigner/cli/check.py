"""`campaigner check`."""

import os
from collections.abc import Sequence
from itertools import groupby
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
from campaigner.errors import CampaignerError, Fault, UnknownCampaign, nearest, one_line
from campaigner.model.finding import told
from campaigner.value import replace

if TYPE_CHECKING:
    from collections import Counter

    from campaigner.build.review import Review
    from campaigner.checks.check import Check
    from campaigner.checks.waiving import Fingerprint
    from campaigner.content.workspace import Workspace

FORMATS = ("text", "json", "sarif", "junit", "github")
COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


@click.command(cls=Verb)
@click.argument("slugs", metavar="[SLUG]...", nargs=-1, shell_complete=complete_slug)
@click.option("--drafts", is_flag=True, help="Check drafts too; one that is named is checked in any case.")
@click.option("--only", metavar="NAME", multiple=True, help="Only this check; may be given several times.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option(
    "--readers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A list of readers as CSV, to hold each newsletter against; readers.yaml unless told.",
)
@click.option(
    "--baseline",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Leave out what was found before, as `--format json` wrote it to FILE.",
)
@click.option(
    "--online",
    is_flag=True,
    help="Ask whether links to elsewhere are answered; what was answered is kept for a day.",
)
@click.option("--strict", is_flag=True, help="Exit 1 on a warning too.")
@click.option(
    "--explain", metavar="NAME", help="Say why a check is there, with examples, or what a policy pack holds."
)
@click.option("--list", "is_list", is_flag=True, help="List all checks.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Processes to check with; one for each core unless told."
)
@click.pass_context
def command(
    context: click.Context,
    slugs: tuple[str, ...],
    drafts: bool,
    only: tuple[str, ...],
    output_format: str,
    readers: Path | None,
    baseline: Path | None,
    online: bool,
    strict: bool,
    explain: str | None,
    is_list: bool,
    jobs: int | None,
) -> None:
    """Find what makes a campaign fail: in the inbox, in search, for a screen reader, before the law.

    All campaigns are checked, or those that are named. Nothing of yours is changed: only .campaigner/cache
    remembers what was found and answered. Exit code 1 means that there is an error.

    \b
    Examples:
      campaigner check
      campaigner check spring-offer --strict
      campaigner check --explain alt-missing
      campaigner check --format sarif > findings.sarif
      campaigner check --format json > baseline.json
      campaigner check --baseline baseline.json
    """
    if is_list:
        for check in _checks_by_name().values():
            click.echo(f"{check.name}  {check.severity.value}: {check.summary}.")
        return
    chosen = [_check(name) for name in only]
    if explain:
        from campaigner.checks import unreadable
        from campaigner.cli.explanations import explain_check, explain_pack

        if explain == unreadable.NAME:
            click.echo(f"{unreadable.NAME}  (error)\n\n{unreadable.SUMMARY}.\n\n{unreadable.WHY}")
            return
        by_name = _checks_by_name()
        if explain in by_name:
            explain_check(by_name[explain])
        else:
            explain_pack(_workspace_if_any(context), explain, by_name)
        return
    is_text = output_format == "text"
    found, known, faults = _found(
        context, slugs, drafts, only, jobs, readers, baseline, online, is_quiet=not is_text
    )
    failing = ("error", "warning") if strict else ("error",)
    if is_text:
        tell_faults(faults)
        if found.campaigns or not faults:
            _tell(found, known, len(faults))
    else:
        _write(found, faults, output_format, chosen or [*_checks_by_name().values()], failing)
    if faults or any(one.severity.value in failing for one in found.findings):
        context.exit(1)


def _write(
    found: "Review",
    faults: Sequence[Fault],
    output_format: str,
    checks: "Sequence[Check]",
    failing: Sequence[str],
) -> None:
    """Write for a program what was found; faults too, since it reads nothing else."""
    from campaigner.checks.formats import WRITERS, Judgement
    from campaigner.checks.unreadable import findings_of
    from campaigner.model.finding import Severity

    text = WRITERS[output_format](
        Judgement(
            findings=(*findings_of(faults), *found.findings),
            checks=checks,
            campaigns=found.campaigns,
            failing=frozenset(map(Severity, failing)),
        )
    )
    # a name that is not UTF-8 is written as an escape
    click.echo(text.encode(errors="backslashreplace"), nl=bool(text))


def _checks_by_name() -> "dict[str, Check]":
    """All checks; to load them takes a while."""
    from campaigner.checks import CHECKS

    return {check.name: check for check in CHECKS}


def _check(name: str) -> "Check":
    """The check that was meant; raises BadParameter where there is none of that name."""
    by_name = _checks_by_name()
    if name not in by_name:
        hint = nearest(name, by_name) or "See `campaigner check --list`."
        raise click.BadParameter(f'there is no check "{name}". {hint}', param_hint="--only")
    return by_name[name]


def _found(
    context: click.Context,
    slugs: Sequence[str],
    drafts: bool,
    only: Sequence[str],
    jobs: int | None,
    readers: Path | None,
    baseline: Path | None,
    online: bool,
    *,
    is_quiet: bool,
) -> "tuple[Review, int, Sequence[Fault]]":
    """What is found, how many findings were left out since the baseline has them, and what cannot be looked at."""
    from campaigner.build.review import PartlyReviewed, Request, Review, review

    faults: Sequence[Fault] = ()
    try:
        before = _baseline(Path(context.obj), baseline) if baseline else None
        with progress_bar("Checking", is_shown=not is_quiet and is_terminal()) as progress:
            found = review(
                workspace_of(context),
                Request(
                    slugs=tuple(slugs),
                    drafts=drafts,
                    only=tuple(only),
                    readers=(Path(context.obj) / readers).resolve() if readers else None,
                    is_online=online,
                ),
                jobs=jobs or os.cpu_count() or 1,
                now=now().strftime("%Y-%m-%dT%H:%M:%SZ"),
                progress=progress,
            )
    except UnknownCampaign:
        raise  # the command is wrong, and nothing that it looks at
    except PartlyReviewed as error:
        found, faults = error.rest, error.faults
    except CampaignerError as error:
        return Review(campaigns=0, findings=()), 0, error.faults
    if before is None:
        return found, 0, faults
    from campaigner.checks.waiving import not_in_baseline

    new = not_in_baseline(found.findings, before)
    return replace(found, findings=tuple(new)), len(found.findings) - len(new), faults


def _baseline(folder: Path, file: Path) -> "Counter[Fingerprint]":
    from campaigner.checks.waiving import baseline_of

    return baseline_of(_text(folder / file), path=str(file))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise click.BadParameter(f"{file} cannot be read: {reason}", param_hint="--baseline") from None


def _workspace_if_any(context: click.Context) -> "Workspace":
    """The workspace, or the folder where there is none: what ships is explained anywhere."""
    from campaigner.content.workspace import Workspace

    try:
        return workspace_of(context)
    except CampaignerError:
        return Workspace(root=context.obj)


def _tell(found: "Review", known: int, faults: int) -> None:
    findings = told(found.findings)
    for campaign, group in groupby(findings, key=lambda one: one.finding.campaign):
        click.echo(click.style(campaign or "The site", bold=True))
        for one, where in ((together.finding, together.where) for together in group):
            severity = click.style(f"{one.severity.value:7}", fg=COLOURS[one.severity.value])
            place = one_line(f"{one.path}:{one.line}:{one.column}")
            # what it quotes may have lines of its own, or signs that a terminal obeys
            click.echo(f"  {place}: {severity} {one_line(one.told)}")
            click.echo(click.style(f"    {one.check}, {where}", dim=True))
        click.echo()
    counts = [
        f"{count} {name}{'' if count == 1 else 's'}"
        for name in COLOURS
        if (count := sum(one.finding.severity.value == name for one in findings))
    ]
    campaigns = "1 campaign" if found.campaigns == 1 else f"{found.campaigns:,} campaigns"
    left_out = f" {known} known from the baseline left out." if known else ""
    fault = "1 fault keeps" if faults == 1 else f"{faults} faults keep"
    unread = f" {fault} the rest from being checked." if faults else ""
    click.echo(f"{campaigns} checked: {', '.join(counts) or 'nothing found'}.{left_out}{unread}")
