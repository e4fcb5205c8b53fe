"""Custom properties: what `var(--ink)` stands for."""

import re
from collections.abc import Mapping

from campaigner.checks.colouring import INHERITED, UNKNOWN

#: with a fallback in which one pair of brackets stands in no other
VARIABLE = re.compile(r"var\(\s*(--[^\s,()]+)\s*(?:,((?:[^()]|\([^()]*\))*))?\)", re.IGNORECASE)
#: variables in variables, and characters of a value, up to which they are followed
DEEPEST, LONGEST = 10, 1_000


def resolved(value: str, variables: Mapping[str, str]) -> str:
    """Give a value without variables; UNKNOWN where nobody can tell it, INHERITED where one of them has none."""
    for _ in range(DEEPEST):
        if "var(" not in value[:LONGEST].lower():
            return value
        if len(value) > LONGEST:
            return UNKNOWN
        is_missing = False

        def of(found: re.Match[str]) -> str:
            nonlocal is_missing
            known = variables.get(found[1], found[2])
            is_missing = is_missing or known is None
            return known or ""

        made = VARIABLE.sub(of, value)
        if is_missing:  # what has none counts as if it were not there (CSS Variables 1, section 3.1)
            return INHERITED
        if made == value:
            break
        value = made
    return UNKNOWN
