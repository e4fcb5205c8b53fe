"""Pages that say how it stands, or ask once more."""

from starlette.responses import Response

from campaigner.model.pages import LinkView
from campaigner.render import addresses
from campaigner.render.app_pages import MESSAGE, QUESTION, app_page
from campaigner.render.theme import Words
from campaigner.signup.answers.context import Context

#: of what is asked for too often
RETRY_SECONDS = "3600"


def retry(status: int) -> dict[str, str]:
    """The header that says when to come again."""
    return {"retry-after": RETRY_SECONDS} if status == 429 else {}


async def question(context: Context, language: str, what: str) -> Response:
    """A page with a button, in the words that begin so."""

    def page() -> str:
        publication = context.publication
        words = publication.theme.words(language)
        return app_page(
            publication,
            QUESTION,
            language,
            root=context.surroundings.root,
            title=words(f"{what}_title"),
            paragraphs=(words(f"{what}_text", site=publication.settings.site.name),),
            button=words(f"{what}_button"),
        )

    return await context.page(page)


async def message(
    context: Context, language: str, what: str, *, status: int = 200, slug: str = ""
) -> Response:
    """A page that says how it stands, in the words that begin so; `slug` is of the campaign it is about."""

    def page() -> str:
        publication = context.publication
        words, site = publication.theme.words(language), publication.settings.site.name
        texts = [words(f"{what}_text", site=site)]
        if what == "unsubscribed":
            texts.append(words("unsubscribed_next"))
        return app_page(
            publication,
            MESSAGE,
            language,
            root=context.surroundings.root,
            title=words(f"{what}_title"),
            paragraphs=tuple(texts),
            further=further(context, words, slug if what == "over" else ""),
        )

    return await context.page(page, status=status, headers=retry(status))


async def over(context: Context, language: str = "", *, slug: str = "") -> Response:
    """The page for a link that leads nowhere any more, in the site's language where no other is known."""
    return await message(context, language or context.language, "over", status=410, slug=slug)


def further(context: Context, words: Words, slug: str) -> LinkView:
    """Where to go on: to the sign-up page of a campaign, where it is still there, else home."""
    if slug and context.house.pages(slug):
        return LinkView(label=words("over_further"), href=context.site(addresses.landing(slug)))
    site = context.publication.settings.site.name
    return LinkView(label=words("home_further", site=site), href=context.site(addresses.HOME))
