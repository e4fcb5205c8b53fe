"""The preview as a web application: its routes, and what each may do in a browser."""

from collections.abc import Callable
from mimetypes import guess_type
from typing import TypeVar
from urllib.parse import quote

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from campaigner.content.source_lines import excerpt, line_of
from campaigner.content.workspace import read_text
from campaigner.errors import ContentError, Fault
from campaigner.model.output import OutputFile
from campaigner.preview import mail_views, outbox_views, views
from campaigner.preview.bugs import as_fault
from campaigner.preview.desk import digest
from campaigner.preview.guard import Guard
from campaigner.preview.live import Live
from campaigner.preview.press import File, Press
from campaigner.preview.public import Public, form_at_home, outbox_of
from campaigner.preview.views import LARGEST_SOURCE, STATIC, Place
from campaigner.preview.worker import Worker
from campaigner.render import addresses

Result = TypeVar("Result")

#: the tool's own pages: nothing but its own files, and frames of its own routes
OWN = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; frame-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
#: pages of the site: as strict as they are meant to be served
SITE = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-forms"
)
#: mails: their styles stand in their elements; nothing is fetched from elsewhere
MAIL = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src 'self'; form-action 'none'; "
    "base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
)
#: mails of the outbox: whoever clicks on a link of theirs leaves the frame
LETTER = f"{MAIL} allow-top-navigation-by-user-activation"
#: parts of a mail, which are pages of the tool in a frame
PART = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-same-origin"
)
HTML = "text/html; charset=utf-8"
#: a block that is looked for; more of it says no more
LONGEST_BLOCK = 2000
A_YEAR = "public, max-age=31536000, immutable"


class Preview:
    """Answers requests. What renders runs on one thread, so that the desk need not be locked."""

    def __init__(self, press: Press, live: Live, tell: Callable[[Fault], None]) -> None:
        self.press = press
        self.live = live
        #: is given what goes wrong in the preview itself
        self.tell = tell
        self._worker = Worker()

    async def run(self, work: Callable[[], Result]) -> Result:
        """Do something with desk and press, which only one may use at a time."""
        return await self._worker.run(work)

    async def home(self, request: Request) -> Response:
        """All campaigns."""
        return await self._page(request, lambda: views.home_page(self.press, Place(root="")), OWN)

    async def campaign(self, request: Request) -> Response:
        """One campaign with its tabs."""
        place = Place(root="../../")
        return await self._page_of(
            request, lambda folder: views.campaign_page(self.press, folder, place), OWN
        )

    async def problems(self, request: Request) -> Response:
        """What is wrong with one campaign, for its card: all of it is rendered for that."""
        return await self._page_of(request, lambda folder: views.problems_part(self.press, folder), OWN)

    async def findings(self, request: Request) -> Response:
        """What checks find in one campaign, for the panel beside it."""
        return await self._page_of(request, lambda folder: views.findings_part(self.press, folder), OWN)

    async def mail(self, request: Request) -> Response:
        """A view of a newsletter, a part of it, or its message."""
        name, readers = request.path_params["name"], len(self.press.desk.readers)
        view = mail_views.view_of(name, readers)
        if view:
            return await self._page_of(
                request, lambda folder: mail_views.html_of(self.press, folder, view), MAIL
            )
        part, eml = mail_views.PART.fullmatch(name), mail_views.EML.fullmatch(name)
        reader = int((part or eml or {"reader": readers})["reader"])
        if part and reader < readers:
            place = Place(root="../../../")
            return await self._page_of(
                request,
                lambda folder: views.part_page(self.press, folder, part["part"], reader, place),
                PART,
            )
        if eml and reader < readers:
            return await self._message(request, reader)
        return self._missing("../../../")

    async def _message(self, request: Request, reader: int) -> Response:
        mail = await self.run(self._with_folder(request, lambda folder: self.press.mail(folder, reader)))
        if mail is None:
            return self._missing("../../../")
        disposition = f"attachment; filename*=UTF-8''{quote(request.path_params['slug'])}.eml"
        return Response(
            mail.message,
            media_type="message/rfc822",
            headers={"content-disposition": disposition, **_headers(PART, "no-store")},
        )

    async def source(self, request: Request) -> Response:
        """The lines of an article that a block of a page was made from."""
        block = request.query_params.get("text", "")[:LONGEST_BLOCK]
        found = await self.run(self._with_folder(request, lambda folder: self._line(folder, block)))
        if found is None:
            return self._missing("../../")
        return JSONResponse(found, headers=_headers(OWN, "no-store"))

    def _line(self, folder: str, block: str) -> dict[str, object]:
        desk = self.press.desk
        card = desk.lineup.shown[folder].card
        try:
            text, _ = read_text(desk.workspace, desk.workspace.root / card.path, largest=LARGEST_SOURCE)
        except ContentError:
            return {"path": card.path, "line": None, "lines": []}
        line = line_of(text, block)
        lines = excerpt(text, line).lines if line else ()
        return {"path": card.path, "line": line, "lines": lines}

    async def site(self, request: Request) -> Response:
        """A file of the site, as a build would write it."""
        path = request.path_params["path"]
        file = await self.run(lambda: self._file(path))
        if (
            file is None
            and path
            and not path.endswith("/")
            and await self.run(lambda: self._file(f"{path}/"))
        ):
            return RedirectResponse(f"{quote(path.rpartition('/')[2])}/", status_code=308)
        if file is None:
            missing = await self.run(lambda: self._file(addresses.NOT_FOUND))
            return await self._site_file(request, missing, status=404) if missing else self._missing("../")
        return await self._site_file(request, file)

    def _file(self, path: str) -> File | None:
        self.press.desk_is_current()
        return self.press.file(path)

    async def _site_file(self, request: Request, file: File, *, status: int = 200) -> Response:
        content = (
            file.content if isinstance(file, OutputFile) else await to_thread.run_sync(file.file.read_bytes)
        )
        content = form_at_home(content, self.press.desk.publication)
        kind = guess_type(file.path)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind.endswith(("xml", "json")):
            kind += "; charset=utf-8"
        is_mail = "/newsletter/" in file.path
        lasting = A_YEAR if file.path.startswith("site/assets/") else "no-cache"
        return _answer(request, content, kind, MAIL if is_mail else SITE, lasting=lasting, status=status)

    async def outbox(self, request: Request) -> Response:
        """The mails of the sign-up form."""
        desk = self.press.desk
        name = desk.publication.settings.site.name
        return await self._page(
            request, lambda: outbox_views.list_page(desk.workspace, name, Place(root="../")), OWN
        )

    async def letter(self, request: Request) -> Response:
        """One of them."""
        workspace, name = self.press.desk.workspace, request.path_params["name"]
        return await self._page(
            request,
            lambda: outbox_views.mail_page(
                workspace,
                name,
                Place(root="../../"),
                view=request.query_params.get("view", ""),
                on_phone=request.query_params.get("width") == "phone",
            ),
            OWN,
        )

    async def letter_html(self, request: Request) -> Response:
        """Its HTML, as it was written or in a view."""
        desk, name = self.press.desk, request.path_params["name"]
        view = request.path_params.get("view", "")
        return await self._page(
            request,
            lambda: outbox_views.html_of(
                outbox_of(desk.workspace), name, desk.publication.base_url, view=view
            ),
            LETTER,
        )

    async def static(self, request: Request) -> Response:
        """Styles and scripts of the tool."""
        name = request.path_params["name"]
        known = {file.name: file for file in STATIC.iterdir()}
        if name not in known:
            return self._missing("../")
        kind = guess_type(name)[0] or "application/octet-stream"
        content = await to_thread.run_sync(known[name].read_bytes)
        return _answer(request, content, f"{kind}; charset=utf-8", OWN)

    async def follow(self, request: Request) -> Response:
        """Tells a browser whenever something changed."""
        return StreamingResponse(
            self.live.events(), media_type="text/event-stream", headers=_headers(OWN, "no-store")
        )

    async def missing(self, request: Request) -> Response:
        """Whatever else is asked for."""
        return self._missing("../" * request.url.path.strip("/").count("/"))

    async def failed(self, request: Request, error: Exception) -> Response:
        """An answer where there is none to give."""
        fault = as_fault(error)
        self.tell(fault)
        return PlainTextResponse(f"{fault}\n", status_code=500, headers=_headers(PART, "no-store"))

    def _with_folder(
        self, request: Request, make: Callable[[str], Result | None]
    ) -> Callable[[], Result | None]:
        """Work on the campaign that a request names; None where there is none, or no longer."""

        def work() -> Result | None:
            folder = self.press.desk.folders.get(request.path_params["slug"])
            return None if folder is None else make(folder)

        return work

    async def _page_of(self, request: Request, make: Callable[[str], str | None], policy: str) -> Response:
        """A page of the campaign that a request names."""
        return await self._page(request, self._with_folder(request, make), policy)

    async def _page(self, request: Request, make: Callable[[], str | None], policy: str) -> Response:
        def current() -> str | None:
            self.press.desk_is_current()
            return make()

        html = await self.run(current)
        if html is None:
            return self._missing("../" * (request.url.path.count("/") - 1))
        return _answer(request, html.encode(), HTML, policy)

    def _missing(self, root: str) -> Response:
        return Response(
            views.not_found_page(Place(root=root)),
            status_code=404,
            media_type=HTML,
            headers=_headers(OWN, "no-store"),
        )


def _answer(
    request: Request, content: bytes, kind: str, policy: str, *, lasting: str = "no-cache", status: int = 200
) -> Response:
    """A file with its policy, or the word that the browser has it already."""
    tag = f'"{digest(content)}"'
    headers = {"etag": tag, **_headers(policy, lasting)}
    if status == 200 and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, status_code=status, media_type=kind, headers=headers)


def _headers(policy: str, lasting: str) -> dict[str, str]:
    return {
        "content-security-policy": policy,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": lasting,
    }


def preview_app(
    press: Press, live: Live, *, host: str, token: str = "", tell: Callable[[Fault], None]
) -> tuple[Starlette, Preview]:
    """Give the application, and what answers for it."""
    preview = Preview(press, live, tell)
    routes = [
        Route("/", preview.home),
        Route("/live", preview.follow),
        Route("/static/{name}", preview.static),
        Route("/campaign/{slug}/", preview.campaign),
        Route("/campaign/{slug}/source", preview.source),
        Route("/campaign/{slug}/problems", preview.problems),
        Route("/campaign/{slug}/findings", preview.findings),
        Route("/campaign/{slug}/mail/{name}", preview.mail),
        Route("/outbox/", preview.outbox),
        Route("/outbox/{name}/", preview.letter),
        Route("/outbox/{name}/mail.html", preview.letter_html),
        Route("/outbox/{name}/{view}", preview.letter_html),
        *Public(press, preview.run, tell).routes(),
        Route("/site/{path:path}", preview.site),
        Route("/{path:path}", preview.missing),
    ]
    guard = Middleware(Guard, host=host, token=token)
    failures = {Exception: preview.failed}
    return Starlette(routes=routes, middleware=[guard], exception_handlers=failures), preview
