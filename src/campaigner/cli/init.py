"""`campaigner init`."""

from pathlib import Path

import click

from campaigner.cli.console import Verb
from campaigner.errors import Fault, WorkspaceError
from campaigner.resources import PACKAGE, starter_folder

GITIGNORE = """\
# what campaigner makes
/output/
.campaigner/
.*.staging/
# what is secret
.env
"""


@click.command(cls=Verb)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.pass_context
def command(context: click.Context, folder: Path) -> None:
    """Make a new workspace: campaigner.toml, one starter campaign and a .gitignore.

    What is there already is kept as it is.

    \b
    Examples:
      campaigner init my-publication
      campaigner init
    """
    workspace = Path(context.obj) / folder
    starter = starter_folder()
    wanted: dict[str, bytes] = {
        "campaigner.toml": (PACKAGE / "cli" / "workspace.toml").read_bytes(),
        ".gitignore": GITIGNORE.encode(),
    }
    if not (workspace / "campaigns").exists():
        for file in sorted(starter.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                wanted[f"campaigns/starter/{file.relative_to(starter).as_posix()}"] = file.read_bytes()
    for path, content in wanted.items():
        try:
            is_new = _write(workspace / path, content)
        except OSError as error:
            message = f"the workspace cannot be made: {error.strerror}"
            raise WorkspaceError(
                Fault(path=str(workspace), message=message, hint="Choose another folder")
            ) from None
        click.echo(
            f"{click.style('made', fg='green') if is_new else click.style('kept', fg='yellow')}  {path}"
        )
    click.echo(
        f"The workspace is ready. Next: cd {folder} && campaigner build"
        if str(folder) != "."
        else "The workspace is ready. Next: campaigner build"
    )


def _write(file: Path, content: bytes) -> bool:
    """Write a file that is not there yet; give whether it was not."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("xb") as new:
            new.write(content)
    except FileExistsError:
        return False
    return True
