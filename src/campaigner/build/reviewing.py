"""Has checks judge what was rendered for them: what one campaign became, or the mails of the sign-up app."""

from collections.abc import Mapping, Sequence

from campaigner.build.criteria import Criteria
from campaigner.build.mails_review import MailsReviewed, mails_reviewed
from campaigner.build.proving import Proved, ProvedMails
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
from campaigner.model.finding import Finding
from campaigner.render.merge_fields import KNOWN
from campaigner.render.proofs import Proofs
from campaigner.render.publication import Publication
from campaigner.value import Value, field


class Reviewed(Value):
    """What came of a campaign."""

    folder: str
    slug: str = ""
    findings: tuple[Finding, ...] = ()
    waivers: tuple[Granted, ...] = ()
    facts: tuple[Facts, ...] = ()
    #: the pictures it uses: digests of what was read, by path in the workspace
    pictures: Mapping[str, str] = field(default_factory=dict)
    #: why it cannot be rendered
    faults: tuple[Fault, ...] = ()


def reviewed(
    workspace: Workspace, publication: Publication, criteria: Criteria, made: Proved | ProvedMails
) -> Reviewed | MailsReviewed:
    """Have judged what was rendered."""
    if isinstance(made, ProvedMails):
        return mails_reviewed(workspace, publication, criteria, made)
    return _campaign(workspace, publication, criteria, made)


def _campaign(workspace: Workspace, publication: Publication, criteria: Criteria, made: Proved) -> Reviewed:
    """Have a campaign judged; of one that could not be rendered only why."""
    folder = made.task.folder
    if made.proofs is None or made.faults:
        return Reviewed(folder=folder, faults=made.faults)
    try:
        readers = _readers(workspace, publication, criteria)
        judgement = judge(made.proofs, workspace, publication, readers, criteria, place=made.task.place)
    except CampaignerError as error:
        return Reviewed(folder=folder, faults=error.faults)
    return Reviewed(
        folder=folder,
        slug=made.proofs.campaign.slug,
        findings=judgement.findings,
        waivers=judgement.waivers,
        facts=judgement.facts,
        pictures=made.pictures,
    )


class Judgement(Value):
    """What checks said of a campaign that was rendered for them."""

    #: what the site must know about its pages
    facts: tuple[Facts, ...]
    findings: tuple[Finding, ...]
    #: its own, which nobody has held against the findings yet
    waivers: tuple[Granted, ...]


def judge(
    proofs: Proofs,
    workspace: Workspace,
    publication: Publication,
    readers: Sequence[Reader],
    criteria: Criteria,
    *,
    place: int | None,
) -> Judgement:
    """Have checks judge a campaign with its place in listings (see Article)."""
    subjects = subjects_of(
        proofs, publication, readers, today=criteria.today, policies=criteria.policies, place=place
    )
    chosen = [check for check in CHECKS if check.name in criteria.checks]
    base_url = publication.base_url
    places = Places(workspace, proofs.campaign, publication.theme)
    return Judgement(
        facts=tuple(facts_of(one, base_url=base_url) for one in subjects if isinstance(one, Page | Mail)),
        findings=tuple(judged(subjects, chosen, places, criteria.checks)),
        waivers=own_waivers(proofs.campaign, today=criteria.today, known=NAMES),
    )


def _readers(workspace: Workspace, publication: Publication, criteria: Criteria) -> Sequence[Reader]:
    known = frozenset((*KNOWN, *publication.settings.reader.fields))
    if criteria.readers is None:
        return sample_readers(workspace, known=known)
    return listed_readers(criteria.readers, workspace.shown(criteria.readers), known)
