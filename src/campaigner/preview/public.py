"""The public app within the preview: the form of a sign-up page works, and its mails go to the outbox.

All of it is loaded with the first sign-up, so that a preview begins as quickly as without.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from secrets import token_urlsafe
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from campaigner.build.kinds import LANDING
from campaigner.content.workspace import Workspace
from campaigner.errors import CampaignerError, Fault
from campaigner.preview.press import Press, Unit

if TYPE_CHECKING:
    from campaigner.render.pages import CampaignPages
    from campaigner.render.publication import Publication
    from campaigner.signup.house import SignUpForm
    from campaigner.signup.service import Service
    from campaigner.transport.outbox import Outbox

Result = TypeVar("Result")
Run = Callable[[Callable[[], Result]], Awaitable[Result]]
#: where the preview has the site
SITE = "/site/"
ROUTES = ("signup/{slug}", "confirm/{token}", "unsubscribe/{token}", "preferences/{token}")
#: of trials, where the workspace's own database is one of real readers
TRIALS = "preview.db"


def outbox_of(workspace: Workspace) -> "Outbox":
    """Give the outbox of a workspace."""
    from campaigner.transport.outbox import Outbox

    return Outbox(workspace.state / "outbox")


def prefix_of(publication: "Publication") -> str:
    """The path that the public routes are below, as forms are built; it ends in /."""
    signup = publication.settings.signup
    return urlsplit((signup.url or publication.base_url).rstrip("/") + "/").path


def form_at_home(content: bytes, publication: "Publication") -> bytes:
    """Give a page with its form posting to this preview, where it would post to our app on another host."""
    url = publication.settings.signup.url.rstrip("/")
    if not url:
        return content
    return content.replace(
        f'action="{url}/signup/'.encode(), f'action="{prefix_of(publication)}signup/'.encode()
    )


class PreviewHouse:
    """The campaigns on the desk, as they are now."""

    def __init__(self, press: Press, run: "Run[object]") -> None:
        self._press = press
        self._run = run

    @property
    def publication(self) -> "Publication":
        """The publication."""
        return self._press.desk.publication

    def pages(self, slug: str) -> "CampaignPages | None":
        """A campaign that the preview shows."""
        folder = self._press.desk.folders.get(slug)
        if folder is None:
            return None
        self._press.rendered(Unit(kind=LANDING, of=folder))  # so that its pictures are known
        return self._press.pages(folder)[0]

    async def form(self, slug: str) -> "SignUpForm | None":
        """The form of a campaign, as it is now."""
        from campaigner.signup.house import sign_up_form

        def made() -> "SignUpForm | None":
            pages = self.pages(slug)
            return None if pages is None else sign_up_form(pages)

        return await self.run(made)

    def run(self, work: Callable[[], Result]) -> Awaitable[Result]:
        """Do it on the thread of the press."""
        return self._run(work)  # type: ignore[return-value]


class Public:
    """Answers for the public routes."""

    def __init__(self, press: Press, run: "Run[object]", tell: Callable[[Fault], None]) -> None:
        """Take the press and its thread; `tell` is given what goes wrong."""
        self._press = press
        self._house = PreviewHouse(press, run)
        self._tell = tell
        self._prefix = prefix_of(press.desk.publication)
        self._opening = asyncio.Lock()
        self._app: ASGIApp | None = None
        self._posting: asyncio.Task[None] | None = None

    def routes(self) -> list[Route]:
        """Give the routes, where forms and mails lead."""
        return [Route(self._prefix + route, endpoint=self) for route in ROUTES]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        async with self._opening:
            try:
                app = self._app or await self._opened(scope)
            except CampaignerError as error:
                self._tell(error.faults[0])
                await PlainTextResponse(f"{error}\n", status_code=503)(scope, receive, send)
                return
        await app(scope, receive, send)

    async def _opened(self, scope: Scope) -> ASGIApp:
        host = Headers(scope=scope).get("host", "")
        service = await to_thread.run_sync(self._service, f"{scope['scheme']}://{host}{self._prefix}")
        self._posting = asyncio.create_task(service.postman.run())
        self._app = service.app(self._prefix)
        return self._app

    def _service(self, base_url: str) -> "Service":
        from campaigner.audience.database import FILE, VARIABLE, open_database
        from campaigner.signup.secrets import environment_of, preview_keys
        from campaigner.signup.service import Service
        from campaigner.signup.surroundings import Surroundings

        workspace = self._press.desk.workspace
        environment = environment_of(workspace, os.environ)
        mail = self._house.publication.settings.signup.mail
        is_real = mail != "outbox" or bool(environment.get(VARIABLE))
        # what real readers are owed must not end in an outbox
        file = workspace.state / (TRIALS if is_real else FILE)
        return Service(
            database=open_database(file, {}, place=workspace.shown(file)),
            house=self._house,
            carrier=outbox_of(workspace),
            keys=preview_keys(workspace, environment),
            surroundings=Surroundings(base_url=base_url, root=SITE, ancestors="'self'"),
            now=lambda: datetime.now(UTC),
            new_id=lambda: token_urlsafe(16),
            tell=self._tell,
        )
