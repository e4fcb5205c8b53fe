"""Reviews campaigns: everything that is shown, or those that were named, judged by all checks."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from campaigner.build.engine import engine_digest
from campaigner.build.lineup import Lineup, shown_campaigns
from campaigner.build.manifest import Damaged
from campaigner.build.remembered import remembered
from campaigner.build.rendering import Bench
from campaigner.build.reviewing import Reviewed, ReviewTask
from campaigner.build.site import site_places
from campaigner.build.staging import Staging
from campaigner.build.survey import survey
from campaigner.build.workers import Workers
from campaigner.checks import CHECKS, NAMES
from campaigner.checks.check import Severity
from campaigner.checks.findings import Finding, judged
from campaigner.checks.online import Answer, answers
from campaigner.checks.packs import read_policies
from campaigner.checks.places import Places
from campaigner.checks.subjects import Facts, Site
from campaigner.checks.waiving import shared_waivers, waived
from campaigner.content.settings import read_settings, settings_position
from campaigner.content.workspace import SETTINGS_FILE, Workspace
from campaigner.errors import CampaignerError, ContentError, Fault, nearest
from campaigner.model.campaign import State
from campaigner.model.settings import Settings
from campaigner.render.press import open_publication

OFF = "off"


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
    only: Collection[str] = (),
    readers: Path | None = None,
    is_online: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Review:
    """Have all checks, or `only` some, judge campaigns; write nothing.

    `now` is UTC in RFC 3339; `readers` is a list as CSV of those who are to get the newsletters; `is_online`
    asks whether links to elsewhere are answered. A campaign that is named is looked at in whatever state it
    is. Raises CampaignerError with every fault where something cannot be rendered.
    """
    settings = read_settings(workspace)
    checks = severities_of(workspace, settings, only)
    policies = read_policies(workspace, settings.check.policies)
    inputs, rows = remembered(workspace)
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
    reviewed: list[Reviewed] = []
    with Workers(bench, jobs=jobs) as workers:
        look = partial(
            survey,
            workspace,
            inputs,
            slugs=slugs,
            read=workers.read,
            largest=settings.content.largest_article,
            was_whole=False,
        )
        try:
            found = look(rows=rows)
        except Damaged:
            found = look(rows=())
        states = {*State} if slugs or drafts else {*State} - {State.DRAFT}
        lineup = Lineup(shown_campaigns(found.campaigns.items(), states=states, now=now))
        tasks = [
            ReviewTask(
                folder=folder,
                state=one.state,
                today=now[:10],
                readers=readers,
                checks=checks,
                policies=policies,
            )
            for folder, one in lineup.shown.items()
            if folder in found.selected
        ]
        for number, made in enumerate(workers.review(tasks), start=1):
            reviewed.append(made)
            progress(number, len(tasks))
    faults = [*found.faults, *(fault for made in reviewed for fault in made.faults)]
    if faults:
        raise CampaignerError(faults)
    chosen = [check for check in CHECKS if check.name in checks]
    everywhere = Places(workspace)
    pages = tuple(facts for made in reviewed for facts in made.facts)
    site = Site(
        settings=settings,
        pages=pages,
        places=site_places(publication, lineup),
        answers=_answers(workspace, pages, now) if is_online else {},
    )
    findings, waivers = waived(
        [
            *(finding for made in reviewed for finding in made.findings),
            *judged([site], chosen, everywhere, checks),
        ],
        [
            *shared_waivers(workspace, settings, today=now[:10], known=NAMES),
            *(waiver for made in reviewed for waiver in made.waivers),
        ],
        ran=checks.keys(),
        campaigns={made.slug for made in reviewed} if slugs else None,
    )
    findings += judged(waivers, chosen, everywhere, checks)
    return Review(campaigns=len(tasks), findings=tuple(sorted(findings, key=lambda one: (one.campaign, one))))


def _answers(workspace: Workspace, pages: Iterable[Facts], now: str) -> dict[str, Answer]:
    """What is answered at the web addresses that pages link to."""
    cache = workspace.state / "cache" / "links.json"
    links = (link for page in pages for link in page.external)
    return answers(links, cache=cache, now=datetime.fromisoformat(now))


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
