"""`campaigner new`."""

import shutil
from pathlib import Path

import click

from campaigner.cli.console import Verb, workspace_of
from campaigner.errors import Fault, WorkspaceError


@click.command(cls=Verb)
@click.argument("slug")
@click.option("--title", metavar="T", default="", help="Title; else the document's, else SLUG in words.")
@click.option(
    "--from",
    "source",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A document to begin with: .md, .txt, .html or .docx.",
)
@click.pass_context
def command(context: click.Context, slug: str, title: str, source: Path | None) -> None:
    """Make a new draft in campaigns/SLUG/, from the starter or from a document.

    \b
    Examples:
      campaigner new spring-offer
      campaigner new spring-offer --title "Spring is here"
      campaigner new spring-offer --from ~/Documents/spring.docx
    """
    from campaigner.content.drafts import draft_from_document, draft_from_starter
    from campaigner.model.text import as_slug, without_control_characters

    try:
        slug = as_slug(slug)
        title = without_control_characters(title)
    except ValueError as error:
        raise click.UsageError(str(error), context) from None
    workspace = workspace_of(context)
    folder = workspace.campaigns / slug
    if folder.exists():
        message, hint = f"there is a folder campaigns/{slug} already", "Choose another slug"
        raise WorkspaceError(Fault(path=f"campaigns/{slug}", message=message, hint=hint))
    if source is not None:
        document = source if source.is_absolute() else Path(context.obj) / source
        files = draft_from_document(document, shown=str(source), slug=slug, title=title)
    else:
        files = draft_from_starter(slug=slug, title=title)
    try:
        _write(folder, files)
    except OSError as error:
        message = f"the draft cannot be written: {error.strerror}"
        raise WorkspaceError(Fault(path=f"campaigns/{slug}", message=message)) from None
    for name in files:
        click.echo(f"{click.style('made', fg='green')}  campaigns/{slug}/{name}")
    click.echo(f"It is a draft. To see it: campaigner build {slug} --drafts")


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write a folder that appears whole or not at all; hidden folders are no campaigns."""
    waiting = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(waiting, ignore_errors=True)
    try:
        for name, content in files.items():
            file = waiting / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        waiting.rename(folder)
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
