"""Says which checks are to look, and how bad what they find is."""

from collections.abc import Collection

from campaigner.checks import CHECKS, NAMES
from campaigner.content.settings import settings_position
from campaigner.content.workspace import SETTINGS_FILE, Workspace
from campaigner.errors import ContentError, Fault, nearest
from campaigner.model.finding import Severity
from campaigner.model.settings import Settings

OFF = "off"


def severities_of(
    workspace: Workspace, settings: Settings, only: Collection[str] = ()
) -> dict[str, Severity]:
    """Give the checks that are to look, by name, with the severity of what they find.

    Raises ContentError where the settings name one that there is not.
    """
    own = settings.check.severities
    unknown = [name for name in own if name not in NAMES]
    if unknown:
        raise ContentError(_no_such_check(workspace, name) for name in unknown)
    return {
        check.name: Severity(own.get(check.name, check.severity))
        for check in CHECKS
        if (not only or check.name in only) and own.get(check.name) != OFF
    }


def _no_such_check(workspace: Workspace, name: str) -> Fault:
    place = settings_position(workspace, f"check.severities.{name}")
    return Fault(
        path=SETTINGS_FILE,
        line=place.line,
        column=place.column,
        message=f'there is no check "{name}"',
        hint=nearest(name, NAMES),
    )
