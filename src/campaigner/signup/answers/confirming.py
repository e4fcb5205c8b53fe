"""Confirms a sign-up."""

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from campaigner.audience.sign_ups import Outcome, confirm
from campaigner.audience.subscribers import Subscriber, by_id
from campaigner.render import addresses
from campaigner.signup.answers.context import Context
from campaigner.signup.answers.saying import message, over, question
from campaigner.signup.tokens import read_confirmation


async def confirming(context: Context, request: Request) -> Response:
    """Ask once more on GET, since programs follow links; confirm on POST."""
    now = context.now()
    token = read_confirmation(context.keys, request.path_params["token"], now=now)
    if token.is_over or request.method != "POST":
        person = await context.write(lambda connection: by_id(connection, token.subscriber))
        language = context.language_of(person)
        return await (over(context, language) if token.is_over else question(context, language, "confirm"))
    origin, mail = context.origin(request), context.new_id()

    def work(connection: Connection) -> tuple[Outcome, Subscriber | None]:
        outcome = confirm(connection, token.subscriber, token.request, now=now, origin=origin, mail=mail)
        return outcome, by_id(connection, token.subscriber)

    outcome, person = await context.write(work)
    language, slug = context.language_of(person), person.campaign if person else ""
    if outcome is Outcome.OVER:
        return await over(context, language, slug=slug)
    context.wake()
    if await context.house.form(slug) is None:  # the campaign was taken away since, and its page with it
        return await message(context, language, "confirmed")
    return context.to_site(addresses.confirmed(slug))
