"""Has checks judge the mails of the sign-up app.

Whoever signs up gets them, for whatever campaign, so they are judged once for each language that campaigns have,
with a campaign that stands in for all. Where nobody knows the line of a fault, it is told at the template of the
workspace's own, else of the settings.
"""

from collections.abc import Iterator, Mapping

from campaigner.build.criteria import Criteria
from campaigner.build.proving import ProvedMails
from campaigner.checks import CHECKS
from campaigner.checks.app_mails import app_mail
from campaigner.checks.facts import facts_of
from campaigner.checks.findings import judged
from campaigner.checks.places import Places
from campaigner.checks.subjects import AppMail
from campaigner.checks.whole_site import Facts
from campaigner.content.workspace import Workspace
from campaigner.errors import Fault
from campaigner.model.finding import Finding
from campaigner.render import addresses
from campaigner.render.publication import Publication
from campaigner.value import Value, field, replace


class MailsReviewed(Value):
    """What came of them."""

    findings: tuple[Finding, ...] = ()
    facts: tuple[Facts, ...] = ()
    #: they have none that are read
    pictures: Mapping[str, str] = field(default_factory=dict)
    #: why some cannot be rendered
    faults: tuple[Fault, ...] = ()


def mails_reviewed(
    workspace: Workspace, publication: Publication, criteria: Criteria, made: ProvedMails
) -> MailsReviewed:
    """Have the mails judged that could be rendered."""
    mails = [
        app_mail(proof, made.campaign, publication, today=criteria.today, policies=criteria.policies)
        for proof in made.proofs
    ]
    chosen = [check for check in CHECKS if check.name in criteria.checks]
    findings = [
        finding
        for mail in mails
        for finding in judged(
            [mail], chosen, Places(workspace, mail.article.campaign, publication.theme), criteria.checks
        )
    ]
    return MailsReviewed(
        findings=tuple(replace(one, campaign="") for one in findings),
        facts=tuple(_facts(mails, publication.base_url)),
        faults=made.faults,
    )


def _facts(mails: list[AppMail], base_url: str) -> Iterator[Facts]:
    """What the site must know of them; to the campaign that stands in nothing leads."""
    for mail in mails:
        nowhere = addresses.post(mail.article.campaign.slug)
        facts = facts_of(mail, base_url=base_url)
        links = tuple(link for link in facts.links if link.target != nowhere)
        yield replace(facts, campaign="", links=links)
