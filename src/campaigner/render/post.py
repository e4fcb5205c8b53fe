"""The blog post."""

from campaigner.model.campaign import Card
from campaigner.model.output import OutputFile
from campaigner.model.pages import LinkView, PostPage, RedirectPage
from campaigner.render import addresses
from campaigner.render.addresses import relative
from campaigner.render.body.typography import typographic
from campaigner.render.body.web import web_body
from campaigner.render.pages import CampaignPages
from campaigner.render.references import with_returns
from campaigner.render.structured_data import article_data

TEMPLATES = ("blog/post.html", "page/redirect.html")


def render_post(pages: CampaignPages, *, previous: Card | None, following: Card | None) -> list[OutputFile]:
    """Give the blog post and the redirects from its earlier addresses."""
    page = addresses.post(pages.campaign.slug)
    view = post_view(pages, page, previous=previous, following=following)
    html = pages.publication.theme.render("blog/post.html", pages.context(page, view))
    post = OutputFile(path=addresses.file_of(page), content=html.encode())
    return [post, *_redirects(pages, page)]


def post_view(pages: CampaignPages, page: str, *, previous: Card | None, following: Card | None) -> PostPage:
    """Give the blog post as its template sees it."""
    publication, campaign = pages.publication, pages.campaign
    meant = campaign.front_matter
    image = pages.illustrations.cover(page)
    body = web_body(pages.body, "blog", pages.web_context(page))
    references = with_returns(pages.references, body.cited)
    share = pages.illustrations.share(pages.language)
    published = meant.date or meant.publish_date
    landing = meant.landing
    return PostPage(
        head=publication.head(
            page=page,
            title=pages.set(meant.title),
            description=pages.summary,
            language=pages.language,
            kind="article",
            listed=pages.listed,
            canonical=meant.canonical_url,
            share_image=share,
            structured_data=article_data(
                publication,
                campaign,
                page=page,
                description=pages.summary,
                language=pages.language,
                image=share,
                references=references,
            ),
            published=str(published or ""),
            modified=str(meant.updated or ""),
            authors=tuple(author.name for author in meant.authors),
            tags=meant.tags,
        ),
        title=pages.set(meant.title),
        standfirst=pages.set(meant.description),
        date=pages.date,
        updated=pages.updated,
        authors=pages.authors,
        tags=pages.tags(page),
        reading_minutes=pages.reading_minutes,
        image=image,
        body=body.html,
        contents=body.contents,
        references=references,
        join=LinkView(
            label=pages.set(landing.form.button) or pages.words("join_label"),
            href=relative(addresses.landing(campaign.slug), page),
        ),
        join_text=pages.set(landing.headline),
        previous=_neighbour(pages, previous, page),
        next=_neighbour(pages, following, page),
        expired=pages.expired,
        params=meant.params,
    )


def _neighbour(pages: CampaignPages, card: Card | None, page: str) -> LinkView | None:
    if card is None:
        return None
    return LinkView(
        label=typographic(card.title, pages.publication.language(card.lang)),
        href=relative(addresses.post(card.slug), page),
        lang=pages.publication.foreign(card.lang, pages.language),
    )


def _redirects(pages: CampaignPages, target: str) -> list[OutputFile]:
    files = []
    for alias in pages.aliases:
        view = RedirectPage(
            head=pages.publication.head(
                page=target,
                title=pages.set(pages.campaign.front_matter.title),
                description="",
                language=pages.language,
                listed=False,
            ),
            href=relative(target, alias),
        )
        html = pages.publication.theme.render("page/redirect.html", pages.context(alias, view))
        files.append(OutputFile(path=addresses.file_of(alias), content=html.encode()))
    return files
