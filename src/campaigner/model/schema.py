"""What the typed files have in common: strict keys, frozen values, a sentence for each field."""

import os
from collections.abc import Callable
from typing import Any, dataclass_transform

from pydantic import ConfigDict, Field, GetCoreSchemaHandler
from pydantic.dataclasses import dataclass
from pydantic_core import CoreSchema
from pydantic_core.core_schema import (
    no_info_after_validator_function,
    no_info_before_validator_function,
)

# what is read of a file must not depend on what else is installed, and to look for plugins takes 5 ms
os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
#: built when first used: a block within another is built as part of that one
STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True, defer_build=True)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
def block(cls: type) -> Any:
    """Make `cls` a frozen, keyword-only dataclass that refuses unknown keys and checks its types."""
    return dataclass(frozen=True, kw_only=True, config=STRICT)(cls)


def unwritten(description: str) -> Any:
    """A field for a block of which every key may be left out, and the block with them.

    What is in it then is found out with all the rest: to be called, a block must be made ready on its own.
    """
    return Field(default_factory=dict, validate_default=True, description=description)


class Before:
    """What a function of one value makes of what was written, before its type is checked.

    It is pydantic's BeforeValidator, which looks at the function's signature for each field, some five hundred
    times: a tenth of what the schemas take to be ready.
    """

    def __init__(self, function: Callable[[Any], object]) -> None:
        self.function = function

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What pydantic asks for."""
        return no_info_before_validator_function(self.function, handler(source))


class After(Before):
    """The same once its type is checked."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """What pydantic asks for."""
        return no_info_after_validator_function(self.function, handler(source))
