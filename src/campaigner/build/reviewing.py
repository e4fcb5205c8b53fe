"""Reviews one campaign: renders it in memory and has checks judge what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from campaigner.build.rendering import Renderer
from campaigner.checks import CHECKS
from campaigner.checks.check import Severity
from campaigner.checks.findings import Finding, judged
from campaigner.checks.opening import subjects_of
from campaigner.checks.places import Places
from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import State
from campaigner.model.policy import Policy
from campaigner.render.press import open_campaign


@dataclass(frozen=True, kw_only=True)
class ReviewTask:
    """A campaign to be reviewed."""

    folder: str
    state: State
    #: "2026-11-26"
    today: str
    #: names of the checks, with the severity that their findings have
    checks: Mapping[str, Severity]
    #: the packs that hold
    policies: tuple[Policy, ...]


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """What came of a task."""

    folder: str
    findings: tuple[Finding, ...] = ()
    #: why it cannot be rendered
    faults: tuple[Fault, ...] = ()


def reviewed(renderer: Renderer, task: ReviewTask) -> Reviewed:
    """Review a campaign."""
    bench = renderer.bench
    pages, faults = open_campaign(
        bench.publication, bench.workspace, task.folder, state=task.state, converter=renderer.converter
    )
    if pages is None or faults:
        return Reviewed(folder=task.folder, faults=faults)
    try:
        subjects = subjects_of(pages, today=task.today, policies=task.policies)
    except CampaignerError as error:
        return Reviewed(folder=task.folder, faults=error.faults)
    if pages.illustrations.faults:
        return Reviewed(folder=task.folder, faults=tuple(pages.illustrations.faults))
    checks = [check for check in CHECKS if check.name in task.checks]
    places = Places(bench.workspace, pages.campaign)
    return Reviewed(folder=task.folder, findings=tuple(judged(subjects, checks, places, task.checks)))
