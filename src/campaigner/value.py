"""What crosses a floor: a frozen, keyword-only value, which stands on nothing of ours.

It is a struct of msgspec, whose classes are made at once where a dataclass has Python compile its methods
anew each time that the program starts.
"""

from typing import Any, dataclass_transform

from msgspec import Struct, StructMeta, field
from msgspec.structs import asdict, replace

__all__ = ("Value", "asdict", "field", "replace")


class _Frozen(StructMeta):
    """Makes each class of values frozen and keyword-only, with room for what is worked out once."""

    def __new__(
        mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any
    ) -> "_Frozen":
        return super().__new__(
            mcls, name, bases, namespace, **{"frozen": True, "kw_only": True, "dict": True, **options}
        )


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Value(Struct, metaclass=_Frozen, frozen=True, kw_only=True, dict=True):
    """A frozen value with keyword-only fields; `functools.cached_property` works on it too."""
