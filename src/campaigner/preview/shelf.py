"""Keeps the last things that were made, so that what is looked at again need not be made again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Held = TypeVar("Held")


class Shelf(Generic[Key, Held]):
    """The last things that were made; the longest unused one makes room."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Held] = OrderedDict()

    def get(self, key: Key) -> Held | None:
        """What is kept under a key, or None."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: Key, value: Held) -> Held:
        """Keep something."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return value

    def drop(self, is_stale: Callable[[Key], bool]) -> None:
        """Forget what is stale."""
        for key in [key for key in self._kept if is_stale(key)]:
            del self._kept[key]
