"""What a build did."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Change:
    """A unit that was rendered or dropped, and why."""

    unit: str
    reason: str
    is_dropped: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a build did; paths are relative to the output folder."""

    #: how many campaigns the output folder holds
    campaigns: int
    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    #: what a marketer should know, though nothing is wrong
    notes: tuple[str, ...] = ()
