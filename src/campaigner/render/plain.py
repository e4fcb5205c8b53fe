"""The pages that belong to no campaign: privacy, and the one for addresses that do not exist."""

from markupsafe import Markup

from campaigner.model.output import OutputFile
from campaigner.model.pages import PlainPage
from campaigner.render import addresses
from campaigner.render.body.web import web_body
from campaigner.render.pages import CampaignPages
from campaigner.render.publication import Publication

PRIVACY_TEMPLATE = "page/privacy.html"
NOT_FOUND_TEMPLATE = "page/404.html"


def render_not_found(publication: Publication) -> tuple[OutputFile, ...]:
    """Give the page for addresses that do not exist."""
    language = publication.settings.site.language
    words = publication.theme.words(language)
    view = PlainPage(
        head=publication.head(
            page=addresses.NOT_FOUND,
            title=words("not_found_title"),
            description=words("not_found_text"),
            language=language,
            listed=False,
            canonical="",
        ),
        title=words("not_found_title"),
        body=Markup(),
    )
    context = {"page": view, "site": publication.site_view(addresses.NOT_FOUND), "words": words}
    html = publication.theme.render(NOT_FOUND_TEMPLATE, context)
    return (OutputFile(path=addresses.file_of(addresses.NOT_FOUND), content=html.encode()),)


def render_privacy(pages: CampaignPages) -> tuple[OutputFile, ...]:
    """Give the privacy page, which is read like an article."""
    page = addresses.PRIVACY
    title = pages.set(pages.campaign.front_matter.title)
    view = PlainPage(
        head=pages.publication.head(
            page=page,
            title=title,
            description=f"{title} – {pages.publication.settings.site.name}",
            language=pages.language,
        ),
        title=title,
        body=web_body(pages.body, "blog", pages.web_context(page)).html,
    )
    html = pages.publication.theme.render(PRIVACY_TEMPLATE, pages.context(page, view))
    return (OutputFile(path=addresses.file_of(page), content=html.encode()),)
