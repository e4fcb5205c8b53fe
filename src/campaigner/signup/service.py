"""The app with its postman, put together: for `campaigner serve` and for the preview."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from campaigner.audience.storage.database import Database
from campaigner.audience.storage.gathering import Gathering
from campaigner.errors import Fault
from campaigner.signup.answers.context import Context
from campaigner.signup.answers.guarding import trouble
from campaigner.signup.house import House
from campaigner.signup.postman import Postman
from campaigner.signup.routes import public_routes
from campaigner.signup.surroundings import Surroundings
from campaigner.signup.tokens import Keys
from campaigner.signup.watching import Watching
from campaigner.transport.carrier import Carrier

#: seconds that mails in hand have to leave at the end
LAST_SECONDS = 30.0


class Service:
    """What answers and what posts, sharing a database."""

    def __init__(
        self,
        *,
        database: Database,
        house: House,
        carrier: Carrier,
        keys: Keys,
        surroundings: Surroundings,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        tell: Callable[[Fault], None],
        watch_token: str = "",
    ) -> None:
        """Take what both need; `new_id` gives random ids, `watch_token` shows figures to who has it."""
        gathering = Gathering(database)
        self.watching = Watching(database, watch_token)
        self.postman = Postman(
            database=database,
            gathering=gathering,
            house=house,
            carrier=carrier,
            keys=keys,
            base_url=surroundings.base_url,
            holder=new_id(),
            now=now,
            tell=tell,
        )
        self.context = Context(
            database=database,
            gathering=gathering,
            house=house,
            keys=keys,
            surroundings=surroundings,
            now=now,
            new_id=new_id,
            wake=self.postman.wake,
            tell=tell,
        )

    @asynccontextmanager
    async def posting(self) -> AsyncIterator[None]:
        """Let mails leave meanwhile."""
        task = asyncio.create_task(self.postman.run())
        try:
            yield
        finally:
            # a mail that was cut off in the middle would leave once more
            self.postman.end()
            with suppress(asyncio.CancelledError, TimeoutError):
                await asyncio.wait_for(task, LAST_SECONDS)

    def app(self, prefix: str) -> Starlette:
        """Give the app, whose routes are below a path that ends in /."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            async with self.posting():
                yield

        async def failed(request: Request, error: Exception) -> Response:
            status = error.status_code if isinstance(error, HTTPException) else 500
            answer = await trouble(self.context, status)
            # which methods there are belongs to the answer to another (RFC 9110, 15.5.6)
            answer.headers.update((isinstance(error, HTTPException) and error.headers) or {})
            return self.context.surroundings.with_headers(request, answer)

        app = Starlette(
            routes=[*public_routes(self.context, prefix), *self.watching.routes()],
            lifespan=lifespan,
            exception_handlers={HTTPException: failed},
        )
        # a slash too many would be answered with an address made of the Host header, which anybody can write
        app.router.redirect_slashes = False
        return app
