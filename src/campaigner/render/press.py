"""Opens a publication: everything that must be ready before its first page can be rendered."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from msgspec import to_builtins

from campaigner.content.articles import plain_article, read_campaign
from campaigner.content.settings import settings_position
from campaigner.content.sources import read_sources
from campaigner.content.workspace import SETTINGS_FILE, Workspace, read_text
from campaigner.errors import ContentError, Fault
from campaigner.model.campaign import Campaign, State
from campaigner.model.front_matter import Sources
from campaigner.model.pages import Palette
from campaigner.model.settings import Brand, Settings
from campaigner.render.body.article import ArticleBody, read_body
from campaigner.render.body.markdown import Converter
from campaigner.render.body.tables import mark_cells
from campaigner.render.illustrations import Illustrations
from campaigner.render.kept import Kept
from campaigner.render.merge_fields import KNOWN
from campaigner.render.merge_tags import DIALECTS, Dialect, MergeField
from campaigner.render.pages import CampaignPages
from campaigner.render.palette import Palettes, palettes
from campaigner.render.pictures import Pictures
from campaigner.render.publication import Publication
from campaigner.render.shared_files import shared_files
from campaigner.render.theme import Theme

Made = TypeVar("Made")
#: the key of front matter, and what sources.yaml holds
SOURCES = "sources"


def open_publication(
    workspace: Workspace,
    settings: Settings,
    *,
    base_url: str,
    dialect: str,
    program: str,
    unread: frozenset[str] = frozenset(),
    cache: Path | None = None,
    is_staging: bool = False,
) -> Publication:
    """Give a publication with its look, sources and shared files ready.

    `base_url` ends in /; `dialect` is one of merge_tags.DIALECTS; `program` is a hash of the program, whose
    builds keep what they worked out for each other, in the folder `cache` or in the workspace's own; `unread` names
    tables that the settings lack, since they could not be read; `is_staging` keeps search engines out. Raises
    TemplateFault; raises ContentError with everything else that is wrong, and with the
    publication as far as it can be had.
    """
    faults: list[Fault] = []

    def as_far_as_possible(read: Callable[[], Made]) -> Made:
        try:
            return read()
        except ContentError as error:
            if error.rest is None:
                raise ContentError([*faults, *error.faults]) from None
            faults.extend(error.faults)
            rest: Made = error.rest
            return rest

    def known_sources() -> Sources:
        nonlocal unread
        try:
            return read_sources(workspace)
        except ContentError as error:
            if error.rest is None or SOURCES in error.without:
                unread |= {SOURCES}
            raise ContentError(error.faults, rest=error.rest or {}) from None

    cache = cache or workspace.state / "cache"
    theme = Theme(workspace.root)
    pictures = Pictures(workspace.root, cache / "pictures")
    kept = Kept(folder=cache, program=program)
    colours = kept_palettes(settings.brand, kept)
    publication = Publication(
        settings=settings,
        base_url=base_url,
        is_staging=is_staging,
        theme=theme,
        palettes=colours,
        pictures=pictures,
        kept=kept,
        shared=as_far_as_possible(lambda: shared_files(settings, colours, theme, pictures)),
        sources=as_far_as_possible(known_sources),
        dialect=DIALECTS[dialect],
        unread=unread,
    )
    faults += _clashing_fields(workspace, settings, publication.dialect)
    if faults:
        raise ContentError(faults, rest=publication)
    return publication


def _clashing_fields(workspace: Workspace, settings: Settings, dialect: Dialect) -> Iterator[Fault]:
    """Say which merge fields a dialect writes alike, so that a reader would get the wrong one."""
    written: dict[str, str] = {}
    for name in dict.fromkeys((*KNOWN, *settings.reader.fields)):  # a known one may have a label of its own
        tag = dialect.field(MergeField(name=name, fallback="x"), html=False)
        if tag in written:
            place = settings_position(workspace, f"reader.fields.{name}")
            yield Fault(
                path=SETTINGS_FILE,
                line=place.line,
                column=place.column,
                message=f'{dialect.name} cannot tell the merge fields "{written[tag]}" and "{name}" apart',
                hint="Rename one under [reader.fields]",
            )
        written.setdefault(tag, name)


def kept_palettes(brand: Brand, kept: Kept) -> Palettes:
    """Give the brand's palettes, derived once: the library for it takes long to load."""
    colours = repr((brand.ink, brand.paper, brand.accent))
    known = kept.get("palettes", colours)
    try:
        return Palettes(
            light=Palette(**known["light"]), dark=Palette(**known["dark"]), shifts=tuple(known["shifts"])
        )
    except (TypeError, KeyError):
        made = palettes(brand)
        kept.put("palettes", colours, to_builtins(made))
        return made


def campaign_pages(
    publication: Publication, campaign: Campaign, *, state: State, converter: Converter
) -> CampaignPages:
    """Give a campaign with its text read and checked.

    Raises ContentError with everything that is wrong with the text, and with the campaign as far as its
    text can be understood.
    """
    settings = publication.settings
    unread = publication.unread | campaign.unread

    def with_body(body: ArticleBody) -> CampaignPages:
        return CampaignPages(
            publication=publication,
            campaign=campaign,
            state=state,
            body=body,
            illustrations=Illustrations(
                campaign,
                settings=settings,
                base_url=publication.base_url,
                pictures=publication.pictures,
                palettes=publication.palettes,
            ),
        )

    try:
        body = read_body(
            campaign,
            language=publication.language(campaign.front_matter.lang),
            converter=converter,
            reader_fields=publication.reader_fields,
            source_ids=None if SOURCES in unread else {*publication.sources, *campaign.front_matter.sources},
            refuse_html=settings.content.raw_html == "refuse",
        )
    except ContentError as error:
        raise ContentError(error.faults, rest=with_body(error.rest) if error.rest else None) from None
    mark_cells(body)
    return with_body(body)


def open_campaign(
    publication: Publication, workspace: Workspace, folder: str, *, state: State, converter: Converter
) -> tuple[CampaignPages | None, tuple[Fault, ...]]:
    """Give the campaign in a folder with its text, as far as they can be understood, and what is wrong."""
    faults: list[Fault] = []
    largest = publication.settings.content.largest_article
    campaign: Campaign | None
    try:
        campaign = read_campaign(workspace, folder, largest=largest)
    except ContentError as error:
        faults += error.faults
        campaign = error.rest
    if campaign is None:
        return None, tuple(faults)
    try:
        pages = campaign_pages(publication, campaign, state=state, converter=converter)
    except ContentError as error:
        return error.rest, (*faults, *error.faults)
    return pages, tuple(faults)


def stand_in_pages(publication: Publication, language: str, converter: Converter) -> CampaignPages:
    """Give a campaign that is none, for what is rendered without one: its title is the site's name."""
    article = plain_article("", path=SETTINGS_FILE, title=publication.settings.site.name, lang=language)
    return campaign_pages(publication, article, state=State.LIVE, converter=converter)


def privacy_pages(publication: Publication, workspace: Workspace, converter: Converter) -> CampaignPages:
    """Give the privacy page's text; `site.privacy` names a Markdown file.

    Raises ContentError where it cannot be read.
    """
    settings = publication.settings
    path = workspace.root / settings.site.privacy
    text, _ = read_text(workspace, path, largest=settings.content.largest_article)
    words = publication.theme.words(settings.site.language)
    article = plain_article(text, path=workspace.shown(path), title=words("privacy"))
    return campaign_pages(publication, article, state=State.LIVE, converter=converter)
