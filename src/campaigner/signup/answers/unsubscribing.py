"""Lets whoever wants to leave, whatever sends them here."""

from starlette.requests import Request
from starlette.responses import Response

from campaigner.audience.leaving import unsubscribe
from campaigner.audience.subscribers import by_digest
from campaigner.signup.answers.context import Context
from campaigner.signup.answers.saying import message, question
from campaigner.signup.requests import is_one_click
from campaigner.signup.tokens import read_unsubscribe


async def unsubscribing(context: Context, request: Request) -> Response:
    """Show a button on GET; unsubscribe on POST, also of a mail program (RFC 8058), as often as it comes."""
    digest = read_unsubscribe(context.keys, request.path_params["token"])
    person = await context.write(lambda connection: by_digest(connection, digest))
    language = context.language_of(person)
    if request.method != "POST":
        return await question(context, language, "unsubscribe")
    method = "one-click" if await is_one_click(request) else "link"
    origin, now = context.origin(request), context.now()
    await context.write(
        lambda connection: unsubscribe(connection, digest, now=now, origin=origin, method=method)
    )
    return await message(context, language, "unsubscribed")
