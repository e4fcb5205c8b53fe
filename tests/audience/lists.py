"""Lists as other programs write them, brought into a database as the command does."""

import itertools
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from campaigner.audience.consent import Event
from campaigner.audience.lists.columns import columns_of
from campaigner.audience.lists.csv_files import layout_of
from campaigner.audience.lists.importing import Tally, Untaken, import_blocks, import_id
from campaigner.audience.lists.incoming import Reading
from campaigner.audience.lists.merging import Source
from campaigner.audience.lists.preparing import blocks
from campaigner.audience.own_fields import OwnField
from campaigner.audience.storage.database import Database
from campaigner.audience.subscribers import Status
from campaigner.value import Value
from conftest import NOW

FIELDS = {
    "first_name": OwnField(label="First name", type="line"),
    "last_name": OwnField(label="Last name", type="line"),
    "profession": OwnField(label="Profession", type="choice", options=("Nurse", "Doctor")),
    "beds": OwnField(label="Beds", type="number"),
    "born": OwnField(label="Birthday", type="date"),
    "member": OwnField(label="Member", type="boolean"),
    "note": OwnField(label="Note"),
}
CONSENT = "Asked for it at the fair"
NUMBERS = itertools.count()


class Came(Value):
    """What came of a list."""

    tally: Tally
    untaken: list[Untaken]

    @property
    def counts(self) -> dict[str, int]:
        """The outcomes that there were."""
        return {name: count for name, count in self.tally.counts.items() if count}

    @property
    def reasons(self) -> list[tuple[int, str]]:
        """Line and reason of each row that nothing came of."""
        return [(row.line, row.reason) for row in self.untaken]


def bring_in(
    database: Database,
    file: Path,
    content: str | bytes,
    *,
    told: Sequence[tuple[str, str]] = (),
    status: Status = Status.CONFIRMED,
    consent: str = CONSENT,
    jobs: int = 1,
    now: datetime = NOW,
    is_trial: bool = False,
    progress: Callable[[int], None] = lambda line: None,
) -> Came:
    """Write a list and bring it in."""
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    layout = layout_of(file, shown=file.name)
    columns = columns_of(layout.header, told=told, fields=FIELDS, shown=layout.shown)
    reading = Reading(
        columns=columns,
        header=layout.header,
        fields=FIELDS,
        status=status,
        now=now,
        consent=consent,
        place=file.name,
        keeps_cells=True,
    )
    source = Source(
        id=import_id(layout.digest, consent=consent, columns=dict(columns.places), status=status),
        event=Event.IMPORTED,
        method="import",
        operator="ruth",
    )
    untaken: list[Untaken] = []
    with blocks(layout, reading, jobs=jobs) as found:
        tally = import_blocks(
            database,
            found,
            source,
            now=now,
            new_ids=lambda count: [f"person-{next(NUMBERS)}" for _ in range(count)],
            tell=untaken.append,
            progress=progress,
            is_trial=is_trial,
        )
    return Came(tally=tally, untaken=untaken)
