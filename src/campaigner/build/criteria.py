"""What checks hold campaigns against."""

from collections.abc import Mapping
from pathlib import Path

from campaigner.model.finding import Severity
from campaigner.model.policy import Policy
from campaigner.value import Value


class Criteria(Value):
    """What all campaigns of a review are held against."""

    #: "2026-11-26"
    today: str
    #: names of the checks, with the severity that their findings have
    checks: Mapping[str, Severity]
    #: the packs that hold
    policies: tuple[Policy, ...]
    #: a list of readers as CSV, instead of readers.yaml
    readers: Path | None = None
