"""Reviews the pages that belong to no campaign: privacy, home, tags, and the one for addresses that do not exist.

Of the pages that a listing has the first stands for all: the others are made of the same template. The pages of
all tags are looked at, which takes some ms for each whose campaigns are not what they were when it was looked at last.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from campaigner.build.inputs import Inputs
from campaigner.build.judgements import Judgements
from campaigner.build.lineup import Lineup, Shown
from campaigner.build.units import seal
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
from campaigner.model.campaign import Campaign, Card
from campaigner.model.finding import Finding, Output, Severity
from campaigner.model.output import OutputFile
from campaigner.render import addresses, listing, plain
from campaigner.render.body.markdown import Converter
from campaigner.render.illustrations import IN_SITE
from campaigner.render.pages import CampaignPages
from campaigner.render.pictures import CachedFile
from campaigner.render.press import privacy_pages
from campaigner.render.publication import Publication
from campaigner.value import Value, replace

#: what pages around the campaigns are held for; where they lead is a matter of the whole site
GROUPS = frozenset(("accessibility", "search"))


class SiteReviewed(Value):
    """What came of it."""

    findings: tuple[Finding, ...]
    facts: tuple[Facts, ...]


def site_reviewed(
    publication: Publication,
    workspace: Workspace,
    lineup: Lineup,
    checks: Mapping[str, Check],
    severities: Mapping[str, Severity],
    judgements: Judgements,
    *,
    today: str,
) -> SiteReviewed:
    """Review them; raises CampaignerError where one of them cannot be rendered."""
    findings: list[Finding] = []
    facts: list[Facts] = []
    readable = [check for check in checks.values() if check.group in GROUPS]

    def look(around: Around) -> SiteReviewed:
        page = _page(publication, workspace, around, today=today)
        places = Places(workspace, page.article.campaign, publication.theme)
        is_known = around.template != listing.TAG_TEMPLATE
        return SiteReviewed(
            findings=tuple(judged([page], readable, places, severities)),
            facts=(facts_of(page, base_url=publication.base_url),) if is_known else (),
        )

    for around in _around(publication, lineup, judgements.inputs):
        looked = judgements.of_page(around.address, around.seal, partial(look, around), SiteReviewed)
        findings += looked.findings
        facts += looked.facts
    if publication.settings.site.privacy.endswith(".md"):
        pages = privacy_pages(publication, workspace, Converter())
        html = _text(plain.render_privacy(pages))
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


class Around(Value):
    """A page that belongs to no campaign."""

    address: str
    output: Output
    template: str
    #: hash of what it is made of, beside what all pages have in common
    seal: str
    render: Callable[[], Sequence[OutputFile | CachedFile]]


def _around(publication: Publication, lineup: Lineup, inputs: Inputs) -> Iterator[Around]:
    """Home, the pages of tags, and the page for addresses that do not exist."""
    names = {slug: tagged.name for slug, tagged in lineup.tags.items()}
    home = listing.chunks(lineup.listed)
    yield Around(
        address=addresses.HOME,
        output=Output.LISTING,
        template=listing.HOME_TEMPLATE,
        seal=_listing_seal(home[0], inputs, (len(home), names)),
        render=partial(
            listing.render_home, publication, _cards(home[0]), number=1, count=len(home), tags=names
        ),
    )
    for slug, tagged in lineup.tags.items():
        filed = listing.chunks(tagged.shown)
        yield Around(
            address=addresses.tag(slug),
            output=Output.LISTING,
            template=listing.TAG_TEMPLATE,
            seal=_listing_seal(filed[0], inputs, (len(filed), tagged.name)),
            render=partial(
                listing.render_tag,
                publication,
                _cards(filed[0]),
                name=tagged.name,
                number=1,
                count=len(filed),
            ),
        )
    yield Around(
        address=addresses.NOT_FOUND,
        output=Output.SITE,
        template=plain.NOT_FOUND_TEMPLATE,
        seal="",
        render=partial(plain.render_not_found, publication),
    )


def _cards(shown: Iterable[Shown]) -> list[Card]:
    return [one.card for one in shown]


def _listing_seal(shown: Sequence[Shown], inputs: Inputs, place: tuple[object, ...]) -> str:
    """A hash of what the first page of a listing is made of: its campaigns, the newest one's picture, and its place."""
    newest = shown[0] if shown else None
    picture = inputs.look(newest.card.image, newest.folder) if newest and newest.card.image else ""
    return seal(([one.seal for one in shown], picture, place))


def _page(publication: Publication, workspace: Workspace, around: Around, *, today: str) -> Page:
    own = f"templates/{around.template}"
    path = own if (workspace.root / own).is_file() else SETTINGS_FILE
    nobody = plain_article("", path=path, title=publication.settings.site.name)
    article = _article(publication, nobody, None, today=today)
    html = _text(around.render())
    return Page(output=around.output, address=around.address, html=html, article=article)


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


def _text(files: Iterable[OutputFile | CachedFile]) -> str:
    """The HTML among the files that a page is made of."""
    return next(one for one in files if isinstance(one, OutputFile)).content.decode()
