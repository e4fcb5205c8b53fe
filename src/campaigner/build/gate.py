"""Keeps what has errors from going on: into the output folder, or out of the house."""

from collections.abc import Callable, Sequence

from campaigner.build.inputs import Glance
from campaigner.build.review import PartlyReviewed, Request, Review, review
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.finding import Finding, Severity

Progress = Callable[[int, int], None]


def refuse_errors(
    workspace: Workspace,
    request: Request,
    *,
    jobs: int,
    now: str,
    progress: Progress = lambda done, total: None,
    glance: Glance | None = None,
) -> None:
    """Raise CampaignerError with the errors that checks find in what is asked for.

    `now` is UTC in RFC 3339, `glance` as for a review.
    """
    errors = _errors(review(workspace, request, jobs=jobs, now=now, progress=progress, glance=glance))
    if errors:
        raise CampaignerError([_fault(one) for one in errors])


def errors_beside(
    workspace: Workspace, slugs: tuple[str, ...], *, jobs: int, now: str, progress: Progress
) -> tuple[str, ...]:
    """What is wrong with campaigns beside those that are asked for, of which nothing is wrong.

    A line for each fault of what cannot be rendered, and one for all errors that checks find in what can.
    """
    faults: tuple[str, ...] = ()
    try:
        found = review(workspace, Request(), jobs=jobs, now=now, progress=progress)
    except PartlyReviewed as error:
        found, faults = error.rest, tuple(map(str, error.faults))
    except CampaignerError as error:
        return tuple(map(str, error.faults))
    errors = [one for one in _errors(found) if one.campaign and one.campaign not in slugs]
    return (*faults, *_in_a_line(errors))


def _in_a_line(errors: Sequence[Finding]) -> tuple[str, ...]:
    """One line for errors; none where there are none."""
    if not errors:
        return ()
    campaigns = {one.campaign for one in errors}
    count = "an error" if len(errors) == 1 else f"{len(errors):,} errors"
    where = "another campaign" if len(campaigns) == 1 else f"{len(campaigns):,} other campaigns"
    first = "" if len(errors) == 1 else "the first is "
    return (f"`campaigner check` finds {count} in {where}; {first}{_fault(errors[0])}",)


def _errors(found: Review) -> list[Finding]:
    return [one for one in found.findings if one.severity is Severity.ERROR]


def _fault(error: Finding) -> Fault:
    return Fault(
        path=error.path,
        line=error.line,
        column=error.column,
        message=f"{error.message} ({error.check})",
        hint=error.hint,
    )
