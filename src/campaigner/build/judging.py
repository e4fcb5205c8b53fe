"""Has checks judge a site: the pages around its campaigns, and all of it together."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from campaigner.build.criteria import Criteria
from campaigner.build.judgements import Judgements
from campaigner.build.lineup import Lineup
from campaigner.build.mails_review import MailsReviewed
from campaigner.build.review import PartlyReviewed, Request, Review
from campaigner.build.reviewing import Reviewed
from campaigner.build.site import site_places
from campaigner.build.site_review import SiteReviewed, site_reviewed
from campaigner.checks import CHECKS, NAMES
from campaigner.checks.app_mails import told_of_no_newsletter
from campaigner.checks.check import Check
from campaigner.checks.findings import judged
from campaigner.checks.online import Answer, answers
from campaigner.checks.packs import read_policies
from campaigner.checks.places import Places
from campaigner.checks.severities import severities_of
from campaigner.checks.waiving import shared_waivers, waived
from campaigner.checks.whole_site import Facts, Site
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.model.finding import Finding
from campaigner.model.settings import Settings
from campaigner.render import addresses
from campaigner.render.publication import Publication
from campaigner.value import Value, replace


def criteria_of(workspace: Workspace, settings: Settings, request: Request, *, today: str) -> Criteria:
    """Give what campaigns are held against; raises ContentError where the settings name what there is not."""
    return Criteria(
        today=today,
        checks=severities_of(workspace, settings, request.only),
        policies=read_policies(workspace, settings.check.policies),
        readers=request.readers,
    )


class Judging(Value):
    """A site that is judged."""

    workspace: Workspace
    publication: Publication
    request: Request
    criteria: Criteria
    lineup: Lineup
    #: UTC in RFC 3339
    now: str

    @cached_property
    def _checks(self) -> tuple[Check, ...]:
        return tuple(check for check in CHECKS if check.name in self.criteria.checks)

    def whole(
        self,
        campaigns: Sequence[Reviewed],
        mails: Sequence[MailsReviewed],
        judgements: Judgements,
        *,
        faults: Sequence[Fault],
        unread: Collection[str],
        cache: Path,
    ) -> Review:
        """Give what is found in campaigns, in the app's mails, in the pages around them and in all together.

        `faults` are those of campaigns that could not be surveyed, `unread` the folders of others that cannot be
        read; what links were answered is kept in the folder `cache`. Raises PartlyReviewed where something cannot
        be rendered.
        """
        reviewed = [one for one in campaigns if not one.faults]
        faults = [*faults, *(fault for one in campaigns for fault in one.faults)]
        faults += [fault for one in mails for fault in one.faults]
        around = SiteReviewed(findings=(), facts=())
        try:
            around = self._around(judgements)
        except CampaignerError as error:
            faults += error.faults
        # the whole of a site that has gaps cannot be judged: a link into one of them is none that is broken
        together = () if faults else self._together([*reviewed, *mails, around], unread, cache)
        findings = [
            *(finding for made in reviewed for finding in made.findings),
            *_told_nowhere_else(around.findings, reviewed),
            *told_of_no_newsletter(
                (finding for made in mails for finding in made.findings),
                (finding for made in reviewed for finding in made.findings),
            ),
            *together,
        ]
        looked = Review(
            campaigns=len(reviewed),
            findings=self._unwaived(findings, reviewed, is_whole=not faults and not unread),
        )
        if faults:
            raise PartlyReviewed(faults, rest=looked)
        return looked

    def _around(self, judgements: Judgements) -> SiteReviewed:
        """The pages that belong to no campaign, where all are looked at."""
        if self.request.slugs:
            return SiteReviewed(findings=(), facts=())
        return site_reviewed(
            self.publication,
            self.workspace,
            self.lineup,
            {check.name: check for check in self._checks},
            self.criteria.checks,
            judgements,
            today=self.criteria.today,
        )

    def _together(
        self, made: Iterable[Reviewed | MailsReviewed | SiteReviewed], unread: Iterable[str], cache: Path
    ) -> Iterator[Finding]:
        """What is found in all pages together; of a campaign that cannot be read its folder is all that is known."""
        pages = tuple(facts for one in made for facts in one.facts)
        settings = self.publication.settings
        site = Site(
            settings=settings,
            pages=pages,
            places=site_places(settings, self.lineup, unread),
            answers=self._answers(pages, cache) if self.request.is_online else {},
            listed=None
            if self.request.slugs
            else frozenset(addresses.post(one.card.slug) for one in self.lineup.listed),
        )
        return judged([site], self._checks, Places(self.workspace), self.criteria.checks)

    def _unwaived(
        self, findings: Iterable[Finding], reviewed: Sequence[Reviewed], *, is_whole: bool
    ) -> tuple[Finding, ...]:
        """What waivers do not allow, and what is wrong with these, in reading order.

        Unless `is_whole` nobody looked at all of the site.
        """
        settings, severities = self.publication.settings, self.criteria.checks
        left, waivers = waived(
            findings,
            [
                *shared_waivers(self.workspace, settings, today=self.criteria.today, known=NAMES),
                *(waiver for made in reviewed for waiver in made.waivers),
            ],
            ran={check.name for check in CHECKS if is_whole or check.subject is not Site} & severities.keys(),
            campaigns={made.slug for made in reviewed} if self.request.slugs or not is_whole else None,
        )
        left += judged(waivers, self._checks, Places(self.workspace), severities)
        return tuple(sorted(_each_once(left), key=lambda one: (one.campaign, one)))

    def _answers(self, pages: Iterable[Facts], cache: Path) -> dict[str, Answer]:
        """What is answered at the web addresses that pages link to."""
        links = (link for page in pages for link in page.external)
        return answers(links, cache=cache / "links.json", now=datetime.fromisoformat(self.now))


def _told_nowhere_else(around: Iterable[Finding], reviewed: Iterable[Reviewed]) -> Iterator[Finding]:
    """What no campaign is told of already: all pages have one head and foot, and listings show what articles say."""
    told = {(one.check, one.message) for made in reviewed for one in made.findings}
    for one in around:
        if (one.check, one.message) not in told:
            told.add((one.check, one.message))
            yield one


def _each_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """What several campaigns have from one place, such as campaigner.toml, is told once, of the site."""
    alike: dict[Finding, list[Finding]] = {}
    for one in findings:
        alike.setdefault(replace(one, campaign=""), []).append(one)
    for of_the_site, found in alike.items():
        yield found[0] if len(found) == 1 else of_the_site
