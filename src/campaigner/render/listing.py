"""Home and the pages of tags: what is live, the newest first, in pages."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from campaigner.content.cards import tag_slug
from campaigner.model.campaign import Card
from campaigner.model.output import OutputFile
from campaigner.model.pages import AuthorView, LinkView, ListPage, Picture, Teaser
from campaigner.render import addresses
from campaigner.render.addresses import relative
from campaigner.render.body.typography import typographic
from campaigner.render.dates import date_view
from campaigner.render.illustrations import web_picture
from campaigner.render.pictures import CachedFile, PictureProblem, WebPicture
from campaigner.render.publication import Publication
from campaigner.render.structured_data import site_data

Item = TypeVar("Item")

HOME_TEMPLATE = "blog/index.html"
TAG_TEMPLATE = "blog/tag.html"
PER_PAGE = 24


def chunks(listed: Sequence[Item]) -> list[Sequence[Item]]:
    """What each page of a listing shows; one empty page where there is nothing."""
    return [listed[start : start + PER_PAGE] for start in range(0, len(listed), PER_PAGE)] or [()]


def render_home(
    publication: Publication, cards: Sequence[Card], *, number: int, count: int, tags: Mapping[str, str]
) -> tuple[OutputFile | CachedFile, ...]:
    """Give one page of home, and the pictures on it; `tags` are the names of all tags by slug, for the first page."""
    page = addresses.paged(addresses.HOME, number)
    site = publication.settings.site
    view = _page(
        publication,
        cards,
        page=page,
        first=addresses.HOME,
        number=number,
        count=count,
        title=site.name,
        intro=site.description,
        tags=tuple(
            LinkView(label=name, href=relative(addresses.tag(slug), page)) for slug, name in tags.items()
        ),
    )
    return _rendered(publication, HOME_TEMPLATE, page, view, cards)


def render_tag(
    publication: Publication, cards: Sequence[Card], *, name: str, number: int, count: int
) -> tuple[OutputFile | CachedFile, ...]:
    """Give one page of a tag, and the pictures on it."""
    first = addresses.tag(tag_slug(name))
    page = addresses.tag(tag_slug(name), number)
    view = _page(
        publication,
        cards,
        page=page,
        first=first,
        number=number,
        count=count,
        title=name,
        intro="",
        tags=(),
    )
    return _rendered(publication, TAG_TEMPLATE, page, view, cards)


def _rendered(
    publication: Publication, template: str, page: str, view: ListPage, cards: Sequence[Card]
) -> tuple[OutputFile | CachedFile, ...]:
    context = {
        "page": view,
        "site": publication.site_view(page),
        "words": publication.theme.words(publication.settings.site.language),
    }
    html = publication.theme.render(template, context)
    lead = _lead(publication, cards[0]) if view.number == 1 and cards else None
    return (
        OutputFile(path=addresses.file_of(page), content=html.encode()),
        *((*lead.webp, *lead.fallback) if lead else ()),
    )


def _page(
    publication: Publication,
    cards: Sequence[Card],
    *,
    page: str,
    first: str,
    number: int,
    count: int,
    title: str,
    intro: str,
    tags: tuple[LinkView, ...],
) -> ListPage:
    site = publication.settings.site
    words = publication.theme.words(site.language)
    is_home = first == addresses.HOME
    shown = title if is_home else words("tag_title", tag=title, site=site.name)
    if number > 1:
        shown += f" – {words('page_of', number=number, count=count)}"
    return ListPage(
        head=publication.head(
            page=page,
            title=typographic(shown, site.language),
            description=site.description
            if is_home
            else typographic(words("tag_text", tag=title, site=site.name), site.language),
            language=site.language,
            share_image=publication.share_image,
            structured_data=site_data(publication) if is_home and number == 1 else None,
        ),
        title=typographic(title, site.language),
        intro=typographic(intro, site.language) if number == 1 else "",
        teasers=tuple(
            _teaser(publication, card, page, is_lead=number == 1 and index == 0)
            for index, card in enumerate(cards)
        ),
        number=number,
        count=count,
        newer=_turn(words("newer"), first, number - 1, page) if number > 1 else None,
        older=_turn(words("older"), first, number + 1, page) if number < count else None,
        tags=tags if number == 1 else (),
    )


def _turn(label: str, first: str, number: int, page: str) -> LinkView:
    return LinkView(label=label, href=relative(addresses.paged(first, number), page))


def _teaser(publication: Publication, card: Card, page: str, *, is_lead: bool) -> Teaser:
    language = publication.language(card.lang)
    return Teaser(
        title=typographic(card.title, language),
        description=typographic(card.description, language),
        lang=publication.foreign(card.lang, publication.settings.site.language),
        href=relative(addresses.post(card.slug), page),
        date=date_view(card.date, publication.settings.site.language),
        tags=tuple(
            LinkView(label=tag, href=relative(addresses.tag(tag_slug(tag)), page)) for tag in card.tags
        ),
        authors=tuple(AuthorView(name=name, role="", url="") for name in card.authors),
        reading_minutes=card.reading_minutes,
        image=_lead_picture(publication, card, page) if is_lead else None,
    )


def _lead(publication: Publication, card: Card) -> WebPicture | None:
    """The newest piece's picture. What is wrong with it is told where its own pages are rendered."""
    if not card.image:
        return None
    try:
        return publication.pictures.web(publication.pictures.workspace / card.image)
    except PictureProblem:
        return None


def _lead_picture(publication: Publication, card: Card, page: str) -> Picture | None:
    made = _lead(publication, card)
    if made is None:
        return None
    return web_picture(
        made, base_url=publication.base_url, page=page, alt=card.image_alt, caption="", eager=True
    )
