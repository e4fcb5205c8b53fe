"""Signs people up in a process of its own, and tells each one that was answered: `python writer.py FILE ADDRESS…`.

Arguments: the file, the variable of the environment as `NAME=VALUE` or `-`, the name of this writer, how many.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from audience.conftest import asked, ids
from campaigner.audience.sign_ups import sign_up
from campaigner.audience.storage.database import open_database
from campaigner.audience.storage.limits_store import LimitsStore
from campaigner.audience.suppressions import Cause, suppress

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def main(file: str, variable: str, writer: str, count: str) -> None:
    name, _, value = variable.partition("=")
    database = open_database(Path(file), {name: value})
    limits = LimitsStore(database)
    for number in range(int(count)):
        limits.incr("total", 3600)
        with database.writing() as connection:
            # one address of its own, and one that all writers sign up
            sign_up(
                connection,
                asked(f"{writer}-{number}@clinic.example"),
                now=NOW,
                ids=ids(f"{writer}-{number}"),
            )
            sign_up(
                connection,
                asked(f"all-{number}@clinic.example"),
                now=NOW,
                ids=ids(f"all-{writer}-{number}"),
            )
            suppress(connection, f"{writer}-{number}", Cause.BY_HAND, now=NOW)
        os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
