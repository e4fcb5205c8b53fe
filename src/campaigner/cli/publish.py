"""`campaigner publish`, and what belongs to it: status, rollback and config."""

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from campaigner.cli import publish_telling as telling
from campaigner.cli.console import (
    Verb,
    format_option,
    is_terminal,
    now,
    progress_bar,
    tell_faults,
    tell_json,
    workspace_of,
)
from campaigner.errors import PublishError, UnknownCampaign, one_line

if TYPE_CHECKING:
    from campaigner.content.workspace import Workspace
    from campaigner.publish.host import Host
    from campaigner.publish.publishing import Plan
    from campaigner.publish.targets import Chosen

#: more removals are a mistake, mostly
MOST_DELETES = 256
#: what publishes, where no word says otherwise
PUBLISH = "publish"

Bar = Callable[[str], AbstractContextManager[Callable[[int, int], None]]]


class Publish(click.Group):
    """Publishes, unless the first word says otherwise."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take all words for those of a publication, where the first is no command of its own."""
        if not args or args[0] == PUBLISH or args[0] not in self.commands:
            args = [PUBLISH, *args]
        return super().parse_args(ctx, args)


class Publishing(Verb):
    """What `publish` itself does: it has no word of its own, and is told as the group that it is of."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the words in the place of the group."""
        above = parent.parent if parent else None
        return super().make_context(PUBLISH, args, parent=above, **extra)


yes_option = click.option("--yes", is_flag=True, help="Do not ask; needed where nobody could answer.")
dry_run_option = click.option("--dry-run", is_flag=True, help="Only tell what there is to do.")


@click.group(cls=Publish)
def command() -> None:
    """Put the site where the world sees it."""


@command.command(PUBLISH, cls=Publishing)
@click.argument("words", metavar="[TARGET] [SLUG]...", nargs=-1)
@dry_run_option
@click.option("--diff", is_flag=True, help="Show how texts change.")
@yes_option
@click.option(
    "--max-deletes",
    type=click.IntRange(0),
    default=MOST_DELETES,
    show_default=True,
    help="Stop where more files would be removed.",
)
@click.option("--verify", is_flag=True, help="Ask the web server for each changed page, and compare.")
@click.option("--adopt", is_flag=True, help="Make what stands there already a release, and replace it.")
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
    verify: bool,
    adopt: bool,
    jobs: int | None,
    output_format: str,
) -> None:
    """Build, check, plan, ask, and publish the site to a target of campaigner.toml.

    What readers see is the release before until the new one is whole. Drafts and campaigns of the future
    never leave, and an error that `campaigner check` finds stops all of it.

    \b
    Commands of its own:
      campaigner publish status [TARGET]      what is where, since when
      campaigner publish rollback [TARGET]    back to the release before
      campaigner publish config SERVER        settings for a web server

    \b
    Examples:
      campaigner publish --dry-run --diff
      campaigner publish
      campaigner publish staging --yes --verify
      campaigner publish spring-offer
    """
    from campaigner.publish.publishing import publish

    if words and words[0] in command.commands:
        raise click.UsageError(f"Options come behind that: campaigner {PUBLISH} {words[0]} …")
    workspace, moment, is_text = workspace_of(context), now(), output_format == "text"

    def bar(what: str) -> AbstractContextManager[Callable[[int, int], None]]:
        return progress_bar(what, is_shown=is_text and is_terminal())

    plan = _planned(workspace, words, jobs=jobs or os.cpu_count() or 1, adopt=adopt, bar=bar)
    if is_text:
        telling.tell_plan(plan, diff=diff)
    for note in plan.site.notes:
        click.echo(f"Warning: {note}", err=True)
    release = plan.before
    if plan.is_due and not dry_run:
        if len(plan.changes.removed) > max_deletes:
            _stop(
                f"{len(plan.changes.removed):,} files would be removed, more than --max-deletes allows "
                f"({max_deletes:,})."
            )
        also = "Take over what stands there, and publish" if plan.is_taking_over else "Publish"
        _ask(f"{also} to {plan.chosen.name}?", yes=yes)
        with bar("Publishing") as progress:
            release = publish(plan, workspace, now=moment, progress=progress)
        if is_text:
            click.echo(f"Published as {one_line(release.name)}.")
    if not is_text:
        tell_json(telling.plan_as_json(plan, release.name if release else None))
    if verify and not dry_run:
        _verify(context, plan, bar)


def _planned(workspace: "Workspace", words: tuple[str, ...], *, jobs: int, adopt: bool, bar: Bar) -> "Plan":
    """Build and check the site, and hold it against what is published."""
    from campaigner.build.gate import errors_beside, refuse_errors
    from campaigner.build.inputs import Glance
    from campaigner.build.review import Request
    from campaigner.publish.compression import check_compression
    from campaigner.publish.partial import standing
    from campaigner.publish.publishing import planned
    from campaigner.publish.site import build_site
    from campaigner.publish.targets import refuse_misspelt_target
    from campaigner.value import replace

    choice, host = _meant(workspace, words)
    host.check(adopt=adopt)
    check_compression(choice.target.precompress)
    moment, glance = now(), Glance()
    said = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    others: tuple[str, ...] = ()
    with bar("Checking") as progress:
        request = Request(slugs=choice.slugs)
        try:
            refuse_errors(workspace, request, jobs=jobs, now=said, progress=progress, glance=glance)
        except UnknownCampaign:
            refuse_misspelt_target(workspace, words)
            raise
        if choice.slugs:
            others = errors_beside(workspace, choice.slugs, jobs=jobs, now=said, progress=progress)
    before = standing(host) if choice.slugs else None
    with bar("Rendering") as progress:
        built = build_site(
            workspace, choice, jobs=jobs, now=moment, progress=progress, glance=glance, before=before
        )
    # a fault may keep a campaign from being read, for a build too, or only from being rendered
    notes = tuple(dict.fromkeys((*built.notes, *others)))
    return planned(workspace, choice, host, replace(built, notes=notes))


def _meant(workspace: "Workspace", words: tuple[str, ...]) -> "tuple[Chosen, Host]":
    """The target that is meant, and where it is."""
    from campaigner.publish.hosts import host_of
    from campaigner.publish.targets import chosen

    choice = chosen(workspace, words)
    return choice, host_of(choice, workspace)


def _verify(context: click.Context, plan: "Plan", bar: Bar) -> None:
    """Hold what the web server answers against what was published last."""
    from campaigner.publish.publishing import last_uploads
    from campaigner.publish.site import file_of
    from campaigner.publish.verifying import pages_of, patience_with, verify

    uploads = plan.changes.uploads if plan.is_due else last_uploads(plan.host, plan.site)
    pages = pages_of(uploads, map(file_of, plan.site.redirects))
    with bar("Verifying") as progress:
        patience = patience_with(plan.chosen.target.to)
        wrong = verify(pages, plan.chosen.url, plan.site.folder, progress, patience=patience)
    if wrong:
        tell_faults(wrong)
        context.exit(1)
    count = "1 page is" if len(pages) == 1 else f"{len(pages):,} pages are"
    click.echo(f"Verified: {count} as published.", err=True)


def _stop(message: str) -> None:
    raise click.ClickException(f"{message} Nothing was published.")


def _ask(question: str, *, yes: bool) -> None:
    """Go on only where somebody says yes, on the command line or now."""
    if yes:
        return
    if not (sys.stdin and sys.stdin.isatty()):
        raise click.UsageError(
            "Nobody can be asked here. Say --yes, or see what there is to do with --dry-run."
        )
    click.confirm(question, abort=True, err=True)


@command.command(cls=Verb)
@click.argument("words", metavar="[TARGET]", nargs=-1)
@format_option
@click.pass_context
def status(context: click.Context, words: tuple[str, ...], output_format: str) -> None:
    """Say what is where, since when and from which commit.

    \b
    Examples:
      campaigner publish status
      campaigner publish status production --format json
    """
    from campaigner.publish.hosts import host_of
    from campaigner.publish.targets import chosen, read_targets

    workspace, is_text = workspace_of(context), output_format == "text"
    choices = [chosen(workspace, (name,)) for name in words or read_targets(workspace)[0] or ("",)]
    for choice in choices:
        _only_a_target(choice)
    told, code = [], 0
    for choice in choices:
        # what is wrong with one target says nothing of the others
        try:
            host = host_of(choice, workspace)
            host.check(adopt=False)
            if is_text:
                telling.tell_status(choice, host)
            else:
                told.append(telling.status_as_json(choice, host))
        except PublishError as error:
            code = 1
            if is_text:
                telling.tell_no_status(choice)
            told.append({"target": choice.name, "error": str(error)})
            tell_faults(error.faults)
    if not is_text:
        tell_json({"targets": told})
    context.exit(code)


@command.command(cls=Verb)
@click.argument("words", metavar="[TARGET]", nargs=-1)
@click.option(
    "--to", "release", metavar="RELEASE", default="", help="The release, instead of the one before."
)
@dry_run_option
@yes_option
@format_option
@click.pass_context
def rollback(
    context: click.Context, words: tuple[str, ...], release: str, dry_run: bool, yes: bool, output_format: str
) -> None:
    """Go back to the release before, or to any that `publish status` lists.

    \b
    Examples:
      campaigner publish rollback
      campaigner publish rollback production --to 20261126T105100Z-7 --yes
    """
    from campaigner.publish.publishing import go_back, planned_back

    (choice, host), is_text = _meant(workspace_of(context), words), output_format == "text"
    _only_a_target(choice)
    host.check(adopt=False)
    plan = planned_back(choice, host, release)
    if is_text:
        telling.tell_return(plan)
    if plan.is_due and not dry_run:
        _ask(f"Go back to {one_line(plan.after.name)}?", yes=yes)
        with progress_bar("Going back", is_shown=is_text and is_terminal()) as progress:
            go_back(plan, progress=progress)
        if is_text:
            click.echo(f"Readers see {one_line(plan.after.name)} again.")
    if not is_text:
        tell_json(telling.return_as_json(plan))


@command.command(cls=Verb)
@click.argument("words", metavar="[SERVER] [TARGET]", nargs=-1)
@click.option(
    "--output",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the files there, instead of showing them.",
)
@click.pass_context
def config(context: click.Context, words: tuple[str, ...], output: Path | None) -> None:
    """Give settings for a web server: security headers, how long files are kept, redirects, the 404 page.

    SERVER is nginx, netlify or cloudflare; nginx for a folder unless told. For nginx it is one file, to be
    included in a `server` block; for Netlify and Cloudflare Pages `_headers` and `_redirects`, which belong
    into the folder that a build makes.

    \b
    Examples:
      campaigner publish config nginx > site.conf
      campaigner publish config netlify --output output/site
    """
    from campaigner.content.settings import read_settings
    from campaigner.publish.hosts import host_of
    from campaigner.publish.server_settings import NGINX, SERVERS, ServerSettings
    from campaigner.publish.site import build_site
    from campaigner.publish.targets import chosen, chosen_by_nobody

    workspace = workspace_of(context)
    named, words = (words[0], words[1:]) if words and words[0] in SERVERS else ("", words)
    needs_target = bool(words) or named in ("", NGINX)
    choice = (None if needs_target else chosen_by_nobody(workspace)) or chosen(workspace, words)
    if choice.slugs:
        listed = f"{', '.join(SERVERS[:-1])} and {SERVERS[-1]}"
        raise click.UsageError(f"{_no_target(choice)} The servers that can be told are {listed}.")
    server = named or host_of(choice, workspace).server
    folder = host_of(choice, workspace).root if server == NGINX else ""
    built = build_site(
        workspace, choice, jobs=os.cpu_count() or 1, now=now(), progress=lambda done, total: None
    )
    signup = read_settings(workspace).signup
    settings = ServerSettings(
        url=choice.url,
        redirects=built.redirects,
        endpoint=signup.endpoint or signup.url,
        is_staging=choice.target.staging,
        precompress=choice.target.precompress,
    )
    files = settings.files(server, folder)
    if output is None:
        for name, text in files.items():
            click.echo(f"# {name}\n{text}" if len(files) > 1 else text, nl=False)
        return
    place = Path(context.obj) / output
    for name, text in files.items():
        try:
            place.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text, encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"{output / name} cannot be written: {error.strerror}") from None


def _only_a_target(choice: "Chosen") -> None:
    if choice.slugs:
        raise click.UsageError(_no_target(choice))


def _no_target(choice: "Chosen") -> str:
    return f'There is no target "{choice.slugs[0]}" in campaigner.toml.'
