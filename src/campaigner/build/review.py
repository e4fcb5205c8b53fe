"""Reviews campaigns: everything that is shown, or those that were named, judged by all checks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from campaigner.build.engine import engine_digest
from campaigner.build.inputs import Inputs
from campaigner.build.lineup import Lineup, shown_campaigns
from campaigner.build.rendering import Bench
from campaigner.build.reviewing import ReviewTask
from campaigner.build.staging import Staging
from campaigner.build.survey import survey
from campaigner.build.workers import Workers
from campaigner.checks.check import Severity
from campaigner.checks.findings import Finding
from campaigner.checks.packs import read_policies
from campaigner.content.settings import read_settings
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import State
from campaigner.render.press import open_publication


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a review found."""

    #: how many campaigns were looked at
    campaigns: int
    #: in reading order
    findings: tuple[Finding, ...]


def review(
    workspace: Workspace,
    *,
    slugs: Sequence[str],
    drafts: bool,
    jobs: int,
    now: str,
    checks: Mapping[str, Severity],
    progress: Callable[[int, int], None],
) -> Review:
    """Have `checks`, names with the severity that their findings have, judge campaigns; write nothing.

    `now` is UTC in RFC 3339. A campaign that is named is looked at in whatever state it is. Raises
    CampaignerError with every fault where something cannot be rendered.
    """
    settings = read_settings(workspace)
    policies = read_policies(workspace, settings.check.policies)
    inputs = Inputs(root=workspace.root, known={}, looked_at=0)
    publication = open_publication(
        workspace,
        settings,
        base_url=settings.site.url.rstrip("/") + "/",
        dialect="campaigner",
        program=engine_digest(inputs),
    )
    # nothing is put there: it is where a build would
    staging = Staging(output=workspace.output, build="review", afresh=False)
    bench = Bench(workspace=workspace, publication=publication, staging=staging)
    with Workers(bench, jobs=jobs) as workers:
        found = survey(
            workspace,
            inputs,
            (),
            slugs=slugs,
            read=workers.read,
            largest=settings.content.largest_article,
            was_whole=False,
        )
        faults: list[Fault] = list(found.faults)
        states = {*State} if slugs or drafts else {*State} - {State.DRAFT}
        shown = Lineup(shown_campaigns(found.campaigns.items(), states=states, now=now)).shown
        tasks = [
            ReviewTask(folder=folder, state=one.state, today=now[:10], checks=checks, policies=policies)
            for folder, one in shown.items()
            if folder in found.selected
        ]
        findings: list[Finding] = []
        for number, made in enumerate(workers.review(tasks), start=1):
            findings += made.findings
            faults += made.faults
            progress(number, len(tasks))
    if faults:
        raise CampaignerError(faults)
    return Review(campaigns=len(tasks), findings=tuple(sorted(findings, key=lambda one: (one.campaign, one))))
