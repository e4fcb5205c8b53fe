"""The command line: one file a verb. The only place that knows click and the screen."""

import gc
import os
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from campaigner import __version__
from campaigner.cli.ending import ended_at_once
from campaigner.cli.streams import ended_in_order, told_or_ended
from campaigner.cli.words import Words

#: verbs in the order in which they are used
VERBS = ("init", "new", "list", "build", "preview", "check", "publish", "serve", "audience")
#: objects that are made before unused ones are looked for; 700 by default
SELDOM = 500_000


class Verbs(Words):
    """Loads a verb's file only when it is asked for."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the command line, and answer at once where it asks for help or for the version."""
        with told_or_ended():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb."""
        with ended_in_order(), told_or_ended():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs, in the order of use."""
        return [*VERBS]  # `list` is a verb's module here, once it is loaded

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a verb."""
        if cmd_name not in VERBS:
            return None
        command: click.Command = import_module(f"campaigner.cli.{cmd_name}").command
        return command


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Shell completion: `campaigner` is built on click, so put this into ~/.bashrc (or zsh, fish): "
    'eval "$(_CAMPAIGNER_COMPLETE=bash_source campaigner)"',
)
@click.option(
    "-C",
    "folder",
    metavar="DIR",
    default=".",
    type=click.Path(file_okay=False, path_type=Path),
    help="Run as if in DIR.",
)
@click.version_option(__version__, prog_name="campaigner")
@click.pass_context
def main(context: click.Context, folder: Path) -> None:
    """One article in, a whole campaign out: blog post, newsletter and sign-up page.

    \b
    Examples:
      campaigner init my-publication       a new workspace
      campaigner new spring-offer          a new draft in it
      campaigner build                     make site and mail in output/
    """
    context.obj = folder
    # a command is over before it would pay to look through all that it holds for what it could drop
    gc.set_threshold(SELDOM)
    if os.environ.get("NO_COLOR"):
        context.color = False


def program() -> None:
    """The command line as a program of its own."""
    with ended_at_once():
        main()
