"""Reviews one campaign: renders it in memory and has checks judge what came of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from campaigner.build.rendering import Bench, Renderer
from campaigner.checks import CHECKS, NAMES
from campaigner.checks.facts import facts_of
from campaigner.checks.findings import judged
from campaigner.checks.granted import Granted
from campaigner.checks.letters import listed_readers, sample_readers
from campaigner.checks.opening import subjects_of
from campaigner.checks.places import Places
from campaigner.checks.subjects import Mail, Page, Reader
from campaigner.checks.waiving import own_waivers
from campaigner.checks.whole_site import Facts
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import State
from campaigner.model.finding import Finding, Severity
from campaigner.model.policy import Policy
from campaigner.render.merge_fields import KNOWN
from campaigner.render.pages import CampaignPages
from campaigner.render.press import open_campaign
from campaigner.value import Value, field


class ReviewTask(Value):
    """A campaign to be reviewed."""

    folder: str
    state: State
    #: "2026-11-26"
    today: str
    #: a list of readers as CSV, instead of readers.yaml
    readers: Path | None
    #: names of the checks, with the severity that their findings have
    checks: Mapping[str, Severity]
    #: the packs that hold
    policies: tuple[Policy, ...]
    #: see Article
    place: int | None


class Reviewed(Value):
    """What came of a task."""

    folder: str
    slug: str = ""
    findings: tuple[Finding, ...] = ()
    waivers: tuple[Granted, ...] = ()
    facts: tuple[Facts, ...] = ()
    #: the pictures it uses: digests of what was read, by path in the workspace
    pictures: Mapping[str, str] = field(default_factory=dict)
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
        judgement = judge(
            pages,
            bench.workspace,
            _readers(bench, task),
            task.checks,
            today=task.today,
            policies=task.policies,
            place=task.place,
        )
    except CampaignerError as error:
        return Reviewed(folder=task.folder, faults=error.faults)
    if pages.illustrations.faults:
        return Reviewed(folder=task.folder, faults=tuple(pages.illustrations.faults))
    return Reviewed(
        folder=task.folder,
        slug=pages.campaign.slug,
        findings=judgement.findings,
        waivers=judgement.waivers,
        facts=judgement.facts,
        pictures=bench.publication.pictures.read_digests(pages.illustrations.used),
    )


class Judgement(Value):
    """What checks said of a campaign that was rendered for them."""

    #: what the site must know about its pages
    facts: tuple[Facts, ...]
    findings: tuple[Finding, ...]
    #: its own, which nobody has held against the findings yet
    waivers: tuple[Granted, ...]


def judge(
    pages: CampaignPages,
    workspace: Workspace,
    readers: Sequence[Reader],
    checks: Mapping[str, Severity],
    *,
    today: str,
    policies: tuple[Policy, ...],
    place: int | None,
) -> Judgement:
    """Have checks judge a campaign; raises CampaignerError where it cannot be rendered."""
    subjects = subjects_of(pages, readers, today=today, policies=policies, place=place)
    chosen = [check for check in CHECKS if check.name in checks]
    base_url = pages.publication.base_url
    places = Places(workspace, pages.campaign, pages.publication.theme)
    return Judgement(
        facts=tuple(facts_of(one, base_url=base_url) for one in subjects if isinstance(one, Page | Mail)),
        findings=tuple(judged(subjects, chosen, places, checks)),
        waivers=own_waivers(pages.campaign, today=today, known=NAMES),
    )


def _readers(bench: Bench, task: ReviewTask) -> Sequence[Reader]:
    known = frozenset((*KNOWN, *bench.publication.settings.reader.fields))
    if task.readers is None:
        return sample_readers(bench.workspace, known=known)
    return listed_readers(task.readers, bench.workspace.shown(task.readers), known)
