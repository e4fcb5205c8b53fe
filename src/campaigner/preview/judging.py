"""What checks find in a campaign, as the preview shows it: without what waivers allow."""

from collections.abc import Collection

from campaigner.build.criteria import Criteria
from campaigner.build.reviewing import judge
from campaigner.checks import CHECKS, NAMES
from campaigner.checks.findings import judged
from campaigner.checks.letters import sample_readers
from campaigner.checks.packs import read_policies
from campaigner.checks.places import Places
from campaigner.checks.severities import severities_of
from campaigner.checks.unreadable import findings_of
from campaigner.checks.waiving import shared_waivers, waived
from campaigner.checks.whole_site import Site
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.finding import Finding
from campaigner.render.merge_fields import KNOWN
from campaigner.render.pages import CampaignPages
from campaigner.render.proofs import proofs_of

ORDER = ("error", "warning", "note")
#: checks of the whole site that can judge the pages of one campaign without those of others
OF_ONE = ("link-broken", "anchor-broken")


def findings_in(
    pages: CampaignPages,
    workspace: Workspace,
    *,
    places: frozenset[str],
    place: int | None,
    today: str,
    faults: Collection[Fault] = (),
) -> tuple[Finding, ...]:
    """Give what is found, the worst first; where it cannot be judged, why, but for `faults` that are told.

    `places` is everything that there is in the site; `place` is that of the campaign among those that
    listings show.
    """
    settings = pages.publication.settings
    try:
        criteria = Criteria(
            today=today,
            checks=severities_of(workspace, settings),
            policies=read_policies(workspace, settings.check.policies),
        )
        readers = sample_readers(workspace, known=(*KNOWN, *settings.reader.fields))
        judgement = judge(proofs_of(pages), workspace, pages.publication, readers, criteria, place=place)
        waivers = (*judgement.waivers, *shared_waivers(workspace, settings, today=today, known=NAMES))
    except CampaignerError as error:
        return findings_of([one for one in error.faults if one not in faults])
    site = Site(settings=settings, pages=judgement.facts, places=places, answers={})
    checks = [check for check in CHECKS if check.name in OF_ONE and check.name in criteria.checks]
    together = (one for one in judged([site], checks, Places(workspace), criteria.checks) if one.campaign)
    left, _ = waived([*judgement.findings, *together], waivers, ran=NAMES, campaigns=None)
    return tuple(sorted(left, key=lambda one: (ORDER.index(one.severity.value), one)))
