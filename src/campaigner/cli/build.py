"""`campaigner build`."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from campaigner.build.options import Options
from campaigner.build.report import Report
from campaigner.build.run import build
from campaigner.cli.console import (
    Verb,
    complete_slug,
    exit_code,
    faults_as_json,
    format_option,
    is_terminal,
    now,
    progress_bar,
    tell_faults,
    tell_json,
    workspace_of,
)
from campaigner.errors import CampaignerError

DIALECTS = ("campaigner", "mailchimp", "brevo", "sendgrid", "klaviyo", "hubspot", "listmonk", "liquid")
#: more lines than a screen help nobody
MOST_LINES = 30


@click.command(cls=Verb)
@click.argument("slugs", metavar="[SLUG]...", nargs=-1, shell_complete=complete_slug)
@click.option("--drafts", is_flag=True, help="Build drafts too; they are kept out of search and listings.")
@click.option("--future", is_flag=True, help="Build scheduled campaigns too, in the same way.")
@click.option("--force", is_flag=True, help="Render everything anew.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), help="Processes to render with; one for each core unless told."
)
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for site/ and mail/; output/ of the workspace unless told.",
)
@click.option("--base-url", metavar="URL", help="Address of the site, instead of site.url.")
@click.option(
    "--merge-tags",
    type=click.Choice(DIALECTS),
    default="campaigner",
    show_default=True,
    help="Whose merge tags the mail has, so that it can be pasted there.",
)
@click.option(
    "--check", "is_checked", is_flag=True, help="Write nothing where `campaigner check` finds an error."
)
@click.option("--explain", is_flag=True, help="Say why each piece was rendered, dropped or kept.")
@format_option
@click.pass_context
def command(
    context: click.Context,
    slugs: tuple[str, ...],
    drafts: bool,
    future: bool,
    force: bool,
    jobs: int | None,
    output: Path | None,
    base_url: str | None,
    merge_tags: str,
    is_checked: bool,
    explain: bool,
    output_format: str,
) -> None:
    """Make blog posts, newsletters and sign-up pages of all campaigns, or of those named.

    Only what an edit touches is rendered. Where anything is wrong, all of it is told and nothing is
    written.

    \b
    Examples:
      campaigner build
      campaigner build spring-offer --drafts
      campaigner build --check
      campaigner build --merge-tags mailchimp --output for-mailchimp
      campaigner build --base-url https://staging.example.com --explain
    """
    started = time.perf_counter()
    if base_url is not None:
        _check_base_url(base_url)
    try:
        workspace = workspace_of(context)
        given: dict[str, Any] = {"jobs": jobs} if jobs else {}
        options = Options(
            output=(Path(context.obj) / output).resolve() if output else workspace.output,
            slugs=slugs,
            drafts=drafts,
            future=future,
            force=force,
            explain=explain,
            base_url=base_url or "",
            merge_tags=merge_tags,
            **given,
        )
        if is_checked:
            from campaigner.build.gate import refuse_errors
            from campaigner.build.review import Request

            moment = now().strftime("%Y-%m-%dT%H:%M:%SZ")
            refuse_errors(workspace, Request(slugs=slugs, drafts=drafts), jobs=options.jobs, now=moment)
        with progress_bar("Rendering", is_shown=output_format == "text" and is_terminal()) as progress:
            report = build(workspace, options, now=now(), progress=progress)
    except CampaignerError as error:
        if output_format == "json":
            _tell_json(None, error, time.perf_counter() - started, explain=explain)
        else:
            tell_faults(error.faults)
            count = len(error.faults)
            click.echo(f"Nothing was written: {count} {'fault' if count == 1 else 'faults'}.", err=True)
        context.exit(exit_code(error))
    seconds = time.perf_counter() - started
    if output_format == "json":
        _tell_json(report, None, seconds, explain=explain)
    else:
        _tell(report, seconds, explain=explain)
    for note in report.notes:
        click.echo(f"Note: {note}", err=True)


def _check_base_url(base_url: str) -> None:
    from campaigner.model.text import as_base_address

    try:
        as_base_address(base_url)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base-url") from None


def _tell(report: Report, seconds: float, *, explain: bool) -> None:
    if explain:
        for change in report.changes:
            what = (
                click.style("dropped ", fg="yellow")
                if change.is_dropped
                else click.style("rendered", fg="cyan")
            )
            click.echo(f"{what}  {change.unit}: {change.reason}")
        _tell_some("kept    ", "blue", [f"{change.unit}: {change.reason}" for change in report.kept])
    _tell_some("written", "green", report.written)
    _tell_some("removed", "yellow", report.removed)
    campaigns = "1 campaign" if report.campaigns == 1 else f"{report.campaigns:,} campaigns"
    click.echo(
        f"{campaigns}: {len(report.written):,} files written, {report.unchanged:,} unchanged, "
        f"{len(report.removed):,} removed in {seconds:.2f} s."
    )


def _tell_some(what: str, colour: str, lines: Sequence[str]) -> None:
    for line in lines[:MOST_LINES]:
        click.echo(f"{click.style(what, fg=colour)}  {line}")
    if len(lines) > MOST_LINES:
        click.echo(f"{click.style(what, fg=colour)}  … and {len(lines) - MOST_LINES:,} more")


def _tell_json(
    report: Report | None, error: CampaignerError | None, seconds: float, *, explain: bool
) -> None:
    told: dict[str, object] = {
        "campaigns": report.campaigns if report else 0,
        "written": report.written if report else [],
        "unchanged": report.unchanged if report else 0,
        "removed": report.removed if report else [],
        "seconds": round(seconds, 3),
        "errors": faults_as_json(error.faults) if error else [],
    }
    if explain and report:
        for name, units in (
            ("rendered", [change for change in report.changes if not change.is_dropped]),
            ("dropped", [change for change in report.changes if change.is_dropped]),
            ("kept", report.kept),
        ):
            told[name] = [{"unit": one.unit, "reason": one.reason} for one in units]
    tell_json(told)
