"""What the commands of `campaigner audience` share: the database, who runs them, and addresses as they are typed."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from campaigner.cli.console import workspace_of
from campaigner.content.workspace import Workspace
from campaigner.errors import one_line

if TYPE_CHECKING:  # all that talks to a database is loaded when it is used: `--help` loads this file too
    from campaigner.audience.addresses import Address
    from campaigner.audience.storage.database import Database

Decorated = TypeVar("Decorated", bound=Callable[..., Any])
LONGEST_OPERATOR = 100
#: objects that are made before unused ones are looked for
NOW_AND_THEN = 10_000

yes_option = click.option("--yes", is_flag=True, help="Do not ask; needed where nobody could answer.")


@contextmanager
def database_of(workspace: Workspace) -> "Iterator[Database]":
    """Give the database of a workspace: SQLite, or the PostgreSQL that the environment or `.env` names."""
    from campaigner.audience.storage.database import FILE, open_database
    from campaigner.signup.secrets import environment_of

    gc.set_threshold(NOW_AND_THEN)  # what reads a million people one after the other must not pile them up
    file = workspace.state / FILE
    database = open_database(file, environment_of(workspace, os.environ), place=workspace.shown(file))
    try:
        yield database
    finally:
        database.close()


@contextmanager
def opened(context: click.Context) -> "Iterator[Database]":
    """Give the database of the workspace that the command runs in."""
    with database_of(workspace_of(context)) as database:
        yield database


def real_now() -> datetime:
    """The time as it passes, whatever SOURCE_DATE_EPOCH says: the ledger of consent must be true."""
    return datetime.now(UTC)


class NewIds:
    """Gives random ids, of 96 bits each behind what all of one process have in common.

    So those that are given one after the other are neighbours in an index: ids that are not are written all over
    it, which takes a list of a million twice as long.
    """

    def __init__(self) -> None:
        from secrets import token_urlsafe

        self._token = token_urlsafe
        self._first = token_urlsafe(6)
        self._count = 0

    def __call__(self, count: int) -> list[str]:
        """Give so many."""
        random = self._token(12 * count)
        first, begin = self._first, self._count
        self._count += count
        return [f"{first}{begin + n:08x}{random[16 * n : 16 * n + 16]}" for n in range(count)]


class AddressType(click.ParamType["Address"]):
    """An e-mail address; what is none is a mistake in the command."""

    name = "address"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Address":
        """Read it."""
        from campaigner.audience.addresses import AddressRefused, read_address

        try:
            return read_address(str(value))
        except AddressRefused as refused:
            self.fail(str(refused), param, ctx)


def address_argument(command: Decorated) -> Decorated:
    """`ADDRESS`."""
    return click.argument("address", metavar="ADDRESS", type=AddressType())(command)


def operator_option(command: Decorated) -> Decorated:
    """`--operator NAME`."""
    return click.option(
        "--operator",
        metavar="NAME",
        callback=_operator,
        help="Who does this, for the ledger of consent; the user of this machine unless told.",
    )(command)


def _operator(context: click.Context, parameter: click.Parameter, told: str | None) -> str:
    from getpass import getuser

    if told is None:
        try:
            told = getuser()
        except (OSError, KeyError):
            told = ""
    name = one_line(told.strip())
    if not name or len(name) > LONGEST_OPERATOR:
        raise click.BadParameter(
            f"say who does this, in at most {LONGEST_OPERATOR} characters", context, parameter
        )
    return name


def ask(question: str, *, yes: bool) -> None:
    """Go on only where somebody says yes, on the command line or now."""
    if yes:
        return
    if not (sys.stdin and sys.stdin.isatty()):
        raise click.UsageError("Nobody can be asked here. Say --yes.")
    click.confirm(question, abort=True, err=True)


def read_words(words: Sequence[str], read: Callable[[str], str], option: str) -> tuple[str, ...]:
    """Read what was said with an option or argument; what cannot be is a mistake in the command."""
    try:
        return tuple(dict.fromkeys(map(read, words)))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None
