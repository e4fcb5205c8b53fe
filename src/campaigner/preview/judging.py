"""What checks find in a campaign, as the preview shows it: without what waivers allow."""

from campaigner.build.reviewing import judge
from campaigner.checks import NAMES
from campaigner.checks.letters import sample_readers
from campaigner.checks.packs import read_policies
from campaigner.checks.severities import severities_of
from campaigner.checks.waiving import shared_waivers, waived
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError
from campaigner.model.finding import Finding
from campaigner.render.merge_fields import KNOWN
from campaigner.render.pages import CampaignPages


def findings_in(pages: CampaignPages, workspace: Workspace, *, today: str) -> tuple[Finding, ...]:
    """Give what is found, the worst first; nothing where something is wrong that is told as a fault."""
    settings = pages.publication.settings
    try:
        severities = severities_of(workspace, settings)
        readers = sample_readers(workspace, known=(*KNOWN, *settings.reader.fields))
        policies = read_policies(workspace, settings.check.policies)
        judgement = judge(pages, workspace, readers, severities, today=today, policies=policies)
        waivers = (*judgement.waivers, *shared_waivers(workspace, settings, today=today, known=NAMES))
    except CampaignerError:
        return ()
    left, _ = waived(judgement.findings, waivers, ran=NAMES, campaigns=None)
    return tuple(sorted(left, key=lambda one: (ORDER.index(one.severity.value), one)))


ORDER = ("error", "warning", "note")
