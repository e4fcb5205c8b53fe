"""Brings a list into the database, some thousand rows in each transaction.

A killed import is simply run again: each transaction is kept whole or not at all, and whoever has an entry of this
very import in the ledger is not touched a second time. Nothing else remembers how far it came.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from hashlib import sha256
from operator import attrgetter

import msgspec
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, select

from campaigner.audience.lists.incoming import Incoming, RefusedRow
from campaigner.audience.lists.merging import Merged, NewIds, Outcome, Source, merge
from campaigner.audience.lists.preparing import Block
from campaigner.audience.storage.bulk import among, ease, insert_rows, pieces, settle
from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import Status
from campaigner.value import Value

#: blocks in one transaction: others who write wait so long, and a disk is waited for so seldom
AT_ONCE = 4
#: hexadecimal digits of a hash, which fit into a whole number of both databases; two of a million addresses have
#: them in common once in two million lists
TOLD_APART = 15
#: the addresses of this list, for as long as it is read: a million of them are not to be in memory
seen = Table(
    "seen",
    MetaData(),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("line", BigInteger, nullable=False),
    prefixes=["TEMPORARY"],
)


class Untaken(Value):
    """A row that nothing came of, and why."""

    outcome: Outcome
    line: int
    reason: str
    #: as they were written, where somebody wants them back
    cells: tuple[str, ...]


#: rows of addresses that stand in the list for the first time, those that do not, and what comes of the first
_Taken = tuple[list[Incoming], list[Untaken], list[Merged]]


class Tally(Value):
    """What came of a list: how many rows of each outcome."""

    counts: dict[str, int]

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return sum(self.counts.values())

    @property
    def wrong(self) -> int:
        """How many of them are at fault."""
        return self.counts[Outcome.REFUSED]


def import_id(digest: str, *, consent: str, columns: dict[str, int], status: Status) -> str:
    """Give the id of an import: the same for the same file that is taken in the same way."""
    told = msgspec.json.encode((digest, consent, sorted(columns.items()), status))
    return f"import-{sha256(told).hexdigest()[:24]}"


def import_blocks(
    database: Database,
    blocks: Iterable[Block],
    source: Source,
    *,
    now: datetime,
    new_ids: NewIds,
    tell: Callable[[Untaken], None],
    progress: Callable[[int], None] = lambda line: None,
    is_trial: bool = False,
) -> Tally:
    """Take all blocks of a list; `tell` is given each row that nothing came of, `progress` the line after each.

    A trial writes nothing. Raises AudienceError where the list or the database fails; what was done by then stays.
    """
    counts = dict.fromkeys(map(str, Outcome), 0)
    with database.held() as held, _swept() as sweep:
        with (held.reading if is_trial else held.writing)() as connection:
            ease(connection)
            seen.create(connection)

        def take(connection: Connection, incoming: Sequence[Incoming]) -> _Taken:
            first, repeated = _told_apart(connection, incoming)
            done = merge(connection, first, source, now=now, new_ids=new_ids, is_trial=is_trial)
            return first, repeated, done

        for some in pieces(blocks, AT_ONCE):
            incoming = [one for block in some for one in block.incoming]
            untaken = [_refused(one) for block in some for one in block.refused]
            if is_trial:
                with held.reading() as connection:
                    first, repeated, done = take(connection, incoming)
            else:
                first, repeated, done = held.write(partial(take, incoming=incoming))
            for came in done:
                counts[came.outcome] += 1
            untaken += [_untaken(one, came) for one, came in zip(first, done, strict=True) if came.reason]
            for row in sorted((*untaken, *repeated), key=attrgetter("line")):
                counts[row.outcome] += row.outcome in (Outcome.REFUSED, Outcome.REPEATED)
                tell(row)
            progress(some[-1].until)
            sweep()
    if not is_trial:
        settle(database)
    return Tally(counts=counts)


@contextmanager
def _swept() -> Iterator[Callable[[], object]]:
    """Give what looks for unused objects, among those that are made inside: a command itself looks very seldom.

    What a transaction leaves behind refers to itself, and goes only when somebody looks.
    """
    gc.freeze()
    try:
        yield gc.collect
    finally:
        gc.unfreeze()


def _told_apart(connection: Connection, incoming: Sequence[Incoming]) -> tuple[list[Incoming], list[Untaken]]:
    """Part those whose address did not stand in the list before from those whose did."""
    numbers = [int(one.digest[:TOLD_APART], 16) for one in incoming]
    here: dict[int, int] = {}
    for number, one in zip(numbers, incoming, strict=True):
        here.setdefault(number, one.line)
    added = insert_rows(connection, seen, ("number", "line"), list(here.items()), is_lenient=True)
    if added == len(incoming):
        return list(incoming), []
    wanted = select(seen.c.number, seen.c.line).where(among(connection, seen.c.number, list(here)))
    lines: dict[int, int] = dict(tuple(row) for row in connection.execute(wanted))
    first, repeated = [], []
    for number, one in zip(numbers, incoming, strict=True):
        if lines[number] == one.line:
            first.append(one)
            continue
        reason = f"the address of line {lines[number]} once more"
        repeated.append(Untaken(outcome=Outcome.REPEATED, line=one.line, reason=reason, cells=one.cells))
    return first, repeated


def _refused(row: RefusedRow) -> Untaken:
    return Untaken(outcome=Outcome.REFUSED, line=row.line, reason=row.reason, cells=row.cells)


def _untaken(row: Incoming, came: Merged) -> Untaken:
    return Untaken(outcome=came.outcome, line=row.line, reason=came.reason, cells=row.cells)
