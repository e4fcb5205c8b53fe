"""Keeps what has errors from going on: into the output folder, or out of the house."""

from campaigner.build.inputs import Glance
from campaigner.build.review import Request, review
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.finding import Severity


def refuse_errors(
    workspace: Workspace, request: Request, *, jobs: int, now: str, glance: Glance | None = None
) -> None:
    """Raise CampaignerError with the errors that checks find in what is asked for.

    `now` is UTC in RFC 3339, `glance` as for a review.
    """
    found = review(workspace, request, jobs=jobs, now=now, glance=glance)
    errors = [
        Fault(
            path=one.path,
            line=one.line,
            column=one.column,
            message=f"{one.message} ({one.check})",
            hint=one.hint,
        )
        for one in found.findings
        if one.severity is Severity.ERROR
    ]
    if errors:
        raise CampaignerError(errors)
