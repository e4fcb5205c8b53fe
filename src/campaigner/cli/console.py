"""What verbs share: how faults are told, in which workspace they run, and what time it is."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from campaigner.content.workspace import Workspace, campaign_folders, find_workspace
from campaigner.errors import CampaignerError, Fault, UnknownCampaign, UnknownSegment, one_line
from campaigner.value import asdict

WRONG_INPUT = 1
WRONG_USAGE = 2
#: less of it needs no progress bar
LONG_WORK = 20

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


class Verb(click.Command):
    """A verb: faults of the input become lines on standard error and an exit code, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        try:
            return super().invoke(ctx)
        except CampaignerError as error:
            tell_faults(error.faults)
            ctx.exit(exit_code(error))


def exit_code(error: CampaignerError) -> int:
    """1 where something is wrong with the input, 2 where the command was."""
    return WRONG_USAGE if isinstance(error, UnknownCampaign | UnknownSegment) else WRONG_INPUT


def tell_faults(faults: Sequence[Fault]) -> None:
    """Write each fault as one line on standard error."""
    for fault in faults:
        place, _, told = str(fault).partition(f":{fault.line}:{fault.column}: ")
        position = f"{place}:{fault.line}:{fault.column}:"
        click.echo(f"{click.style(position, bold=True)} {told}", err=True)


def workspace_of(context: click.Context) -> Workspace:
    """The workspace that the verb runs in."""
    folder: Path = context.obj
    return find_workspace(folder)


def now() -> datetime:
    """The time, in UTC; that of SOURCE_DATE_EPOCH where it is set (reproducible-builds.org)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f'SOURCE_DATE_EPOCH is "{one_line(epoch)}", and no time: write seconds since 1970, or unset it'
        ) from None


def tell_json(value: object) -> None:
    """Write one JSON object on standard output."""
    text = json.dumps(value, ensure_ascii=False)
    click.echo(text.encode(errors="backslashreplace"))  # a name that is not UTF-8 becomes a JSON escape


def faults_as_json(faults: Sequence[Fault]) -> list[dict[str, object]]:
    """Faults for programs: path, line, column, message, hint."""
    return [asdict(fault) for fault in faults]


def is_terminal() -> bool:
    """Whether a person looks at standard error."""
    return bool(sys.stderr and sys.stderr.isatty())  # none where it was closed


def complete_slug(context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Campaigns for shell completion."""
    try:
        folder = (context.find_root().params.get("folder")) or Path()
        return [name for name in campaign_folders(find_workspace(folder)) if name.startswith(typed)]
    except CampaignerError:
        return []


def format_option(command: Decorated) -> Decorated:
    """`--format text|json`."""
    return _format_option(["text", "json"], "How to tell what was done.")(command)


def list_format_option(command: Decorated) -> Decorated:
    """`--format text|json|csv`."""
    return _format_option(["text", "json", "csv"], "How to list them.")(command)


def _format_option(formats: list[str], told: str) -> Callable[[Decorated], Decorated]:
    return click.option(
        "--format",
        "output_format",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help=told,
    )


@contextmanager
def progress_bar(what: str, *, is_shown: bool) -> Iterator[Callable[[int, int], None]]:
    """Give what is told how much is done, of how much: a bar, where somebody sees it and it is long work."""
    if not is_shown:
        yield lambda done, total: None
        return
    bars: list[tuple[Any, Any]] = []

    def progress(done: int, total: int) -> None:
        if total < LONG_WORK:
            return
        if not bars:
            from rich.console import Console
            from rich.progress import Progress as Bar

            bar = Bar(console=Console(stderr=True), transient=True)
            bar.start()
            bars.append((bar, bar.add_task(what, total=total)))
        bar, task = bars[0]
        bar.update(task, completed=done)

    try:
        yield progress
    finally:
        for bar, _ in bars:
            bar.stop()
