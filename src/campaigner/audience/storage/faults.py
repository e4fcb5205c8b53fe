"""What a database says when it fails, in words that help, and never with a password in them."""

import sqlite3

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from campaigner.errors import AudienceError, Fault

#: a log beside it that is left would be read into what is restored
ANEW = "Move it away, with the files beside it that are called alike, and restore a backup"
#: by SQLite's primary result codes (https://sqlite.org/rescode.html)
OF_SQLITE = {
    5: ("another program has held the database for too long", "Try again when it is done"),
    6: ("another program has held the database for too long", "Try again when it is done"),
    8: ("the database is read-only", "Give the right to write it, and its folder too"),
    10: ("the disk that the database is on fails", "Look at the disk, and restore a backup on another one"),
    11: ("the database is damaged", ANEW),
    13: ("the disk that the database is on is full", "Make room: nothing is kept before"),
    14: (
        "the database cannot be opened",
        "Give the right to read and to write it, and its folder too",
    ),
    26: ("this is no database, or a damaged one", ANEW),
}
#: two waited for each other, and PostgreSQL ended one of them
DEADLOCK = "40P01"
#: by PostgreSQL's SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html)
OF_POSTGRESQL = {
    "53100": ("the disk that the database is on is full", "Make room: nothing is kept before"),
    "53300": ("PostgreSQL has no connection left", "Raise its max_connections, or start fewer processes"),
    "25006": ("the database is read-only", "Name the server that may be written to"),
    "42501": ("PostgreSQL does not permit it", "Give the user the right to create tables, and to write them"),
    DEADLOCK: ("others wrote the same at that moment", "Try again: nothing is half done"),
    "42P07": ("the database has tables of another program", "Give campaigner a database of its own"),
}


class Deadlock(AudienceError):
    """PostgreSQL ended this transaction so that another one can go on; it may be done once more."""


def audience_error(error: SQLAlchemyError, *, place: str, secret: str = "") -> AudienceError:
    """Give the error as one of ours; `secret` is taken out wherever it stands."""
    message, hint = _told(error)
    if secret:
        message = message.replace(secret, "***")
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    kind = Deadlock if state == DEADLOCK else AudienceError
    return kind(Fault(path=place, message=message, hint=hint))


def as_sqlalchemy(error: sqlite3.Error) -> SQLAlchemyError:
    """Give what SQLite raised as it comes out of SQLAlchemy."""
    return DBAPIError("", None, error)


def _told(error: SQLAlchemyError) -> tuple[str, str]:
    # of other errors only the kind: their text has statements in it, and these the data of people
    if not isinstance(error, DBAPIError) or error.orig is None:
        return f"the database cannot be used: {type(error).__name__}", ""
    original = error.orig
    code = getattr(original, "sqlite_errorcode", None)
    if code is not None:
        return OF_SQLITE.get(code & 0xFF, (f"the database refuses: {original}", ""))
    state = getattr(original, "sqlstate", None)
    if state:
        said = getattr(getattr(original, "diag", None), "message_primary", None) or type(original).__name__
        return OF_POSTGRESQL.get(state, (f"PostgreSQL refuses: {said}", ""))
    first = (str(original).strip() or type(original).__name__).splitlines()[0]
    return f"PostgreSQL cannot be reached: {first}", "Look whether it runs, and at CAMPAIGNER_DATABASE"
