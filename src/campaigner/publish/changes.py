"""What a publication will change, by content and not by time."""

from collections.abc import Mapping
from typing import Self

from campaigner.value import Value


class Changes(Value):
    """Paths in the site, sorted."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]

    @classmethod
    def between(cls, before: Mapping[str, str], after: Mapping[str, str]) -> Self:
        """What is to be done so that `before` becomes `after`, each digests by path."""
        both = before.keys() & after.keys()
        changed = {path for path in both if after[path] != before[path]}
        return cls(
            new=tuple(sorted(after.keys() - before.keys())),
            changed=tuple(sorted(changed)),
            removed=tuple(sorted(before.keys() - after.keys())),
            unchanged=tuple(sorted(both - changed)),
        )

    @property
    def uploads(self) -> tuple[str, ...]:
        """What must be brought to the target."""
        return (*self.new, *self.changed)

    def __bool__(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.new or self.changed or self.removed)


NOTHING = Changes(new=(), changed=(), removed=(), unchanged=())
