"""What the typed files have in common: strict keys, frozen values, a sentence for each field."""

from typing import Any, dataclass_transform

from pydantic import ConfigDict, Field
from pydantic.dataclasses import dataclass

#: built when first used: a block within another is built as part of that one
STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True, defer_build=True)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
def block(cls: type) -> Any:
    """Make `cls` a frozen, keyword-only dataclass that refuses unknown keys and checks its types."""
    return dataclass(frozen=True, kw_only=True, config=STRICT)(cls)
