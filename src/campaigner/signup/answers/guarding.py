"""What is answered where something goes wrong, and what goes with every answer."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from campaigner.errors import AudienceError, CampaignerError
from campaigner.signup.answers.context import Context
from campaigner.signup.answers.saying import message, retry
from campaigner.signup.failing import bug_of
from campaigner.signup.requests import wants_json
from campaigner.signup.tokens import Refused

Handler = Callable[[Context, Request], Awaitable[Response]]


def guarded(context: Context, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Give what answers whatever comes, as JSON where that is asked for."""

    async def answer(request: Request) -> Response:
        response = await _answer(context, handler, request)
        status = response.status_code
        if status >= 400 and isinstance(response, HTMLResponse) and wants_json(request):
            error = {"error": HTTPStatus(status).phrase}
            response = JSONResponse(error, status_code=status, headers=retry(status))
        return context.surroundings.with_headers(request, response)

    return answer


async def _answer(context: Context, handler: Handler, request: Request) -> Response:
    try:
        return await handler(context, request)
    except Refused:
        return await trouble(context, 404)
    except HTTPException as error:
        return await trouble(context, error.status_code)
    except AudienceError as error:
        context.tell(error.faults[0])
        return await trouble(context, 503)
    except CampaignerError as error:
        context.tell(error.faults[0])
        return await trouble(context, 500)
    except Exception as error:  # whatever it is, it is told, and the next one is answered
        context.tell(bug_of(error))
        return await trouble(context, 500)


async def trouble(context: Context, status: int) -> Response:
    """An answer where there is none to give; a line where not even a page can be made."""
    what = "missing" if status < 500 else "trouble"
    try:
        return await message(context, context.language, what, status=status)
    except CampaignerError as error:
        context.tell(error.faults[0])
        return PlainTextResponse("That did not work.\n", status_code=status)
