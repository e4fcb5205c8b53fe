"""What a build did."""

from campaigner.value import Value

#: why a unit that a build looked at was kept
UNCHANGED = "nothing that it is made from changed"


class Change(Value):
    """A unit that was rendered, dropped or kept, and why."""

    unit: str
    reason: str
    is_dropped: bool = False


class Report(Value):
    """What a build did; paths are relative to the output folder."""

    #: how many campaigns the output folder holds
    campaigns: int
    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    #: units that stay as they were; none unless they were asked for, since there may be thousands
    kept: tuple[Change, ...] = ()
    #: what a marketer should know, though nothing is wrong
    notes: tuple[str, ...] = ()
    #: folders of the campaigns that were asked for, and of those that stand beside them where it is published
    asked: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
