"""Reviews the pages that belong to no campaign: the privacy page as it reads, home and 404 by where they lead."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from campaigner.build.lineup import Lineup
from campaigner.checks.article import Article
from campaigner.checks.check import Check
from campaigner.checks.facts import facts_of
from campaigner.checks.findings import judged
from campaigner.checks.page_styles import styles_of
from campaigner.checks.places import Places
from campaigner.checks.subjects import Page
from campaigner.checks.whole_site import Facts
from campaigner.content.articles import plain_article
from campaigner.content.workspace import SETTINGS_FILE, Workspace
from campaigner.errors import ContentError
from campaigner.model.campaign import Campaign
from campaigner.model.finding import Finding, Output, Severity
from campaigner.model.output import OutputFile
from campaigner.render import addresses, listing, plain
from campaigner.render.body.markdown import Converter
from campaigner.render.illustrations import IN_SITE
from campaigner.render.pages import CampaignPages
from campaigner.render.press import privacy_pages
from campaigner.render.publication import Publication


@dataclass(frozen=True, kw_only=True)
class SiteReviewed:
    """What came of it."""

    findings: tuple[Finding, ...]
    facts: tuple[Facts, ...]


def site_reviewed(
    publication: Publication,
    workspace: Workspace,
    lineup: Lineup,
    checks: Mapping[str, Check],
    severities: Mapping[str, Severity],
    *,
    today: str,
) -> SiteReviewed:
    """Review them; raises CampaignerError where one of them cannot be rendered."""
    around = [_page(publication, workspace, *made, today=today) for made in _around(publication, lineup)]
    facts = [facts_of(page, base_url=publication.base_url) for page in around]
    findings: list[Finding] = []
    if publication.settings.site.privacy.endswith(".md"):
        pages = privacy_pages(publication, workspace, Converter())
        html = _text(plain.render_privacy(pages)[0])
        if pages.illustrations.faults:
            raise ContentError(pages.illustrations.faults)
        page = Page(
            output=Output.SITE,
            address=addresses.PRIVACY,
            html=html,
            article=_article(publication, pages.campaign, pages, today=today),
        )
        facts.append(facts_of(page, base_url=publication.base_url))
        places = Places(workspace, pages.campaign, publication.theme)
        findings += judged([page], checks.values(), places, severities)
    return SiteReviewed(
        findings=tuple(replace(one, campaign="") for one in findings),
        facts=tuple(replace(one, campaign="") for one in facts),
    )


def _around(publication: Publication, lineup: Lineup) -> Iterator[tuple[str, str, OutputFile]]:
    """Address, template and content of home and of the page for addresses that do not exist."""
    shown = listing.chunks(lineup.listed)
    tags = {slug: tagged.name for slug, tagged in lineup.tags.items()}
    cards = [one.card for one in shown[0]] if shown else []
    home = listing.render_home(publication, cards, number=1, count=len(shown), tags=tags)
    yield addresses.HOME, listing.HOME_TEMPLATE, next(one for one in home if isinstance(one, OutputFile))
    yield addresses.NOT_FOUND, plain.NOT_FOUND_TEMPLATE, plain.render_not_found(publication)[0]


def _page(
    publication: Publication,
    workspace: Workspace,
    address: str,
    template: str,
    made: OutputFile,
    *,
    today: str,
) -> Page:
    own = f"templates/{template}"
    path = own if (workspace.root / own).is_file() else SETTINGS_FILE
    nobody = plain_article("", path=path, title=publication.settings.site.name)
    article = _article(publication, nobody, None, today=today)
    return Page(output=Output.SITE, address=address, html=_text(made), article=article)


def _article(
    publication: Publication, campaign: Campaign, pages: CampaignPages | None, *, today: str
) -> Article:
    files = pages.illustrations.files if pages else {}
    return Article(
        today=today,
        campaign=campaign,
        settings=publication.settings,
        sources=pages.sources if pages else {},
        pictures={path.removeprefix(IN_SITE): file for path, file in files.items()},
        palettes=publication.palettes,
        styles=styles_of(publication),
    )


def _text(made: OutputFile) -> str:
    return made.content.decode()
