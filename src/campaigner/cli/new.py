"""`campaigner new`."""

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from campaigner.cli.console import Verb, workspace_of
from campaigner.content.workspace import Workspace
from campaigner.errors import ContentError, Fault, WorkspaceError, one_line
from campaigner.value import replace

if TYPE_CHECKING:
    from campaigner.content.drafts import Draft

#: what had to be left out of a document for the draft to build
MISSING = (
    "{shown} shows pictures that could not be taken along: {}. Their words stand in their places. "
    "Put the pictures beside article.md, and name them there."
)
UNTOLD = "Nobody says what {} shows, so it waits under `params`. Write `image: …` and `image_alt: …`."
UNKNOWN = (
    "Nobody describes the sources {}, so their citations stand as plain words. "
    "Describe them under `sources:`, and take the backslashes out."
)


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
    from campaigner.model.text import as_slug, without_control_characters, without_merge_fields

    try:
        slug = as_slug(slug)
        title = without_merge_fields(without_control_characters(title))
    except ValueError as error:
        raise click.UsageError(str(error), context) from None
    workspace = workspace_of(context)
    folder = workspace.campaigns / slug
    if folder.exists():
        message, hint = f"there is a folder campaigns/{slug} already", "Choose another slug"
        raise WorkspaceError(Fault(path=f"campaigns/{slug}", message=message, hint=hint))
    if source is None:
        files, remarks = draft_from_starter(slug=slug, title=title), list[str]()
    else:
        document = source if source.is_absolute() else Path(context.obj) / source
        draft = draft_from_document(document, shown=str(source), slug=slug, title=title)
        files, remarks = _settled(draft, workspace, slug, shown=str(source))
    try:
        _write(folder, files)
    except OSError as error:
        message = f"the draft cannot be written: {error.strerror}"
        raise WorkspaceError(Fault(path=f"campaigns/{slug}", message=message)) from None
    for name in files:
        click.echo(f"{click.style('made', fg='green')}  campaigns/{slug}/{name}")
    click.echo(f"It is a draft. To see it: campaigner build {slug} --drafts")
    for remark in remarks:
        click.echo(f"Note: {one_line(remark)}", err=True)


def _settled(
    draft: "Draft", workspace: Workspace, slug: str, *, shown: str
) -> tuple[dict[str, bytes], list[str]]:
    """The files of a draft that builds at once, and what had to be left out for that, in sentences.

    Raises ContentError where no article can be made of the document.
    """
    from campaigner.model.text import shortened
    from campaigner.render.foreign import refuse_unreadable, settled

    largest, reader_fields, source_ids = _known(workspace)
    body = settled(
        draft.body,
        pictures=draft.pictures,
        reader_fields=reader_fields,
        source_ids={*source_ids, *draft.sources},
    )
    missing = dict.fromkeys((*draft.missing_pictures, *body.missing_pictures))
    told = ((MISSING, missing), (UNTOLD, draft.untold_pictures), (UNKNOWN, body.unknown_sources))
    remarks = [
        remark.format(", ".join(map(shortened, names)), shown=shown) for remark, names in told if names
    ]
    files = replace(draft, body=body.text).files
    refuse_unreadable(
        files["article.md"],
        folder=slug,
        shown=shown,
        largest=largest,
        reader_fields=reader_fields,
        source_ids=source_ids,
    )
    return files, remarks


def _known(workspace: Workspace) -> tuple[int, Collection[str], Collection[str]]:
    """How large an article may be, own merge fields, and shared sources; what is wrong there the build tells."""
    from campaigner.content.settings import read_settings
    from campaigner.content.sources import read_sources
    from campaigner.model.settings import Content, Reader

    try:
        settings = read_settings(workspace)
    except ContentError as error:
        settings = error.rest
    content, reader = (settings.content, settings.reader) if settings else (Content(), Reader())
    try:
        sources: Collection[str] = read_sources(workspace)
    except ContentError as error:
        sources = error.rest or ()
    return content.largest_article, reader.fields, sources


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
