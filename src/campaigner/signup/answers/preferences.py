"""Shows what a subscriber gets; saves, hands out and erases it."""

import json
from collections.abc import Mapping

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response

from campaigner.audience.leaving import erase
from campaigner.audience.preferences import set_preferences
from campaigner.audience.subscribers import Known, Status, Subscriber, by_id, data_of
from campaigner.model.pages import ChoiceView
from campaigner.render.app_pages import PREFERENCES, app_page, name_field
from campaigner.signup.answers.context import Context
from campaigner.signup.answers.saying import further, message, over
from campaigner.signup.form import read_name
from campaigner.signup.requests import form_of
from campaigner.signup.tokens import read_preferences
from campaigner.value import replace


async def preferences(context: Context, request: Request) -> Response:
    """Show the page on GET; do what was wished on POST."""
    subscriber = read_preferences(context.keys, request.path_params["token"])
    person = await context.write(lambda connection: by_id(connection, subscriber))
    if person is None:
        return await over(context)
    if request.method != "POST":
        return await _shown(context, person)
    sent = await form_of(request)
    wish = sent.get("do", ["save"])[-1]
    if wish == "download":
        return await _download(context, person)
    if wish == "erase":
        return await _erase(context, person, is_sure=bool(sent.get("sure")))
    return await _save(context, request, person, sent)


async def _save(
    context: Context, request: Request, person: Subscriber, sent: Mapping[str, list[str]]
) -> Response:
    words = await context.words(context.language_of(person))
    name, error = read_name(sent.get("name", [""])[-1], words)
    offered = tuple(context.publication.settings.signup.lists)
    chosen = tuple(sent.get("list", []))
    if error:
        others = (tag for tag in person.tags if tag not in offered)
        return await _shown(
            context, replace(person, name=name, tags=(*others, *chosen)), name_error=error, status=422
        )
    origin, now = context.origin(request), context.now()
    saved = await context.write(
        lambda connection: set_preferences(
            connection, person.id, name=name, lists=chosen, offered=offered, now=now, origin=origin
        )
    )
    return await (over(context) if saved is None else _shown(context, saved, is_saved=True))


async def _download(context: Context, person: Subscriber) -> Response:
    def work() -> Known | None:
        with context.database.reading() as connection:
            return data_of(connection, person.digest)

    known = await to_thread.run_sync(work)
    if known is not None:  # of mails that wait: that they do, and not their bytes
        known = replace(known, mails=tuple(replace(mail, message=None) for mail in known.mails))
    text = json.dumps(msgspec.to_builtins(known), ensure_ascii=False, indent=2) + "\n"
    return Response(
        text,
        media_type="application/json",
        headers={"content-disposition": 'attachment; filename="my-data.json"'},
    )


async def _erase(context: Context, person: Subscriber, *, is_sure: bool) -> Response:
    language = context.language_of(person)
    if not is_sure:
        words = await context.words(language)
        return await _shown(context, person, erase_error=words("preferences_erase_unsure"), status=422)
    now = context.now()
    await context.write(lambda connection: erase(connection, person.digest, now=now))
    return await message(context, language, "erased")


async def _shown(
    context: Context,
    person: Subscriber,
    *,
    is_saved: bool = False,
    name_error: str = "",
    erase_error: str = "",
    status: int = 200,
) -> Response:
    language = context.language_of(person)

    def page() -> str:
        publication = context.publication
        words = publication.theme.words(language)
        is_confirmed = person.status == Status.CONFIRMED
        texts = [words("preferences_text", site=publication.settings.site.name)]
        return app_page(
            publication,
            PREFERENCES,
            language,
            root=context.surroundings.root,
            title=words("preferences_title"),
            paragraphs=(*texts, *(() if is_confirmed else (words("preferences_left"),))),
            further=None if is_confirmed else further(context, words, person.campaign),
            address=person.address,
            is_confirmed=is_confirmed,
            name=name_field(publication, language, value=person.name, error=name_error),
            choices=_choices(context, person) if is_confirmed else (),
            is_saved=is_saved,
            erase_error=erase_error,
        )

    return await context.page(page, status=status)


def _choices(context: Context, person: Subscriber) -> tuple[ChoiceView, ...]:
    """The lists that are offered."""
    return tuple(
        ChoiceView(name=name, label=one.label, is_chosen=name in person.tags)
        for name, one in context.publication.settings.signup.lists.items()
    )
