"""Pictures of each page and of each simulated inbox, by Playwright and the Chromium that is there."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from campaigner.clients.programs import PROGRAMS, Program
from campaigner.errors import Fault, WorkspaceError
from campaigner.model.output import OutputFile
from campaigner.preview import mail_views, views
from campaigner.preview.destination import PICTURED, check_campaigns, check_destination, check_own
from campaigner.preview.press import Press
from campaigner.render import addresses
from campaigner.value import Value

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Route

#: CSS pixels: a phone and a desk
WIDTHS = (390, 1280)
HEIGHT = 900
#: nothing listens there: every request is answered here
BASE = "http://preview.invalid/"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = ("--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
#: milliseconds that a page may take
PATIENCE = 20_000

Progress = Callable[[int, int], None]


class Shot(Value):
    """One picture to be taken."""

    slug: str
    #: what is shown, as its file is called and in words
    name: str
    title: str
    #: below BASE
    address: str
    width: int
    dark: bool
    #: None for a page, and for a mail as it is written
    program: Program | None = None

    @property
    def view(self) -> views.ShotView:
        """The picture on the sheet of all pictures."""
        return views.ShotView(
            slug=self.slug,
            name=self.title,
            file=self.file,
            width=self.width,
            dark=self.dark,
            note=views.DARK_MODES[self.program.dark] if self.program and self.dark else "",
        )

    @property
    def file(self) -> str:
        """Where it is written, below the folder."""
        return f"{self.slug}/{self.name}.{self.width}.{'dark' if self.dark else 'light'}.png"


def take_screenshots(press: Press, folder: Path, *, progress: Progress = lambda done, total: None) -> int:
    """Write pictures and a page that shows all of them; give how many pictures.

    Raises CampaignerError with everything that is wrong with a campaign, WorkspaceError where there is no
    Playwright, no browser, or the folder cannot be written.
    """
    shown = [
        one
        for one in press.desk.lineup.shown.values()
        if not press.desk.slugs or one.card.slug in press.desk.slugs
    ]
    check_destination(press.desk.workspace, folder)
    check_own(folder, PICTURED)
    check_campaigns(press, [one.folder for one in shown])
    shots = [shot for one in shown for shot in _shots(one.card.slug)]
    try:
        with _browser() as browser:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / PICTURED).write_text("Written by campaigner preview --screenshots.\n", encoding="utf-8")
            _take(press, browser, shots, folder, progress)
        sheet = views.contact_sheet(press, [shot.view for shot in shots])
        (folder / "index.html").write_text(sheet, encoding="utf-8")
        shutil.copyfile(views.STATIC / "preview.css", folder / "preview.css")
    except OSError as error:
        message = f"this cannot be written: {error.strerror}"
        raise WorkspaceError(
            Fault(path=str(folder), message=message, hint="Make room, or name another folder")
        ) from None
    return len(shots)


def _shots(slug: str) -> Iterator[Shot]:
    pages = (
        ("post", "Blog post", addresses.post(slug)),
        ("landing", "Sign-up page", addresses.landing(slug)),
        ("thanks", "Thanks", addresses.thanks(slug)),
        ("confirmed", "Confirmed", addresses.confirmed(slug)),
    )
    for dark in (False, True):
        for width in WIDTHS:
            for name, title, page in pages:
                yield Shot(
                    slug=slug, name=name, title=title, address=f"site/{quote(page)}", width=width, dark=dark
                )
            for program in (None, *PROGRAMS):
                view = mail_views.View(program=program, dark=dark, images=True, reader=0)
                yield Shot(
                    slug=slug,
                    name=f"newsletter.{program.name if program else mail_views.AS_WRITTEN}",
                    title=program.title if program else "Newsletter, as written",
                    address=f"campaign/{quote(slug)}/mail/{view.name}",
                    width=width,
                    dark=dark,
                    program=program,
                )


@contextmanager
def _browser() -> Iterator["Browser"]:
    """A Chromium: the one on the PATH, else Playwright's own."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        message, hint = "pictures of pages want Playwright", "pip install 'campaigner[browser]'"
        raise WorkspaceError(Fault(path="--screenshots", message=message, hint=hint)) from None
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=found, chromium_sandbox=False, args=[*OPTIONS]
            )
            try:
                yield browser
            finally:
                browser.close()
    except Error as error:
        first = str(error).strip().splitlines()[0]
        message, hint = (
            f"there is no Chromium that starts: {first}",
            "Install one, or: playwright install chromium",
        )
        raise WorkspaceError(Fault(path="--screenshots", message=message, hint=hint)) from None


def _take(press: Press, browser: "Browser", shots: list[Shot], folder: Path, progress: Progress) -> None:
    done = 0
    for width in WIDTHS:
        for dark in (False, True):
            context = browser.new_context(
                viewport={"width": width, "height": HEIGHT},
                color_scheme="dark" if dark else "light",
                java_script_enabled=False,
            )
            context.set_default_timeout(PATIENCE)
            context.route("**/*", lambda route: _answer(press, route))
            page = context.new_page()
            for shot in shots:
                if (shot.width, shot.dark) != (width, dark):
                    continue
                file = folder / shot.file
                file.parent.mkdir(parents=True, exist_ok=True)
                page.goto(BASE + shot.address)
                page.screenshot(path=file, full_page=True)
                done += 1
                progress(done, len(shots))
            context.close()


def _answer(press: Press, route: "Route") -> None:
    """Answer a request of the browser from the press; all else is not there."""
    path = unquote(urlsplit(route.request.url).path.lstrip("/"))
    content: bytes | None = None
    if route.request.url.startswith(BASE):
        content = _content(press, path)
    if content is None:
        route.abort()
        return
    kind = guess_type(path)[0] if "." in path.rpartition("/")[2] else "text/html"
    route.fulfill(body=content, content_type=kind or "application/octet-stream")


def _content(press: Press, path: str) -> bytes | None:
    if path.startswith("site/"):
        file = press.file(path.removeprefix("site/"))
        if file is None:
            return None
        return file.content if isinstance(file, OutputFile) else file.file.read_bytes()
    slug, _, name = path.removeprefix("campaign/").partition("/mail/")
    folder, view = press.desk.folders.get(slug), mail_views.view_of(name, len(press.desk.readers))
    html = mail_views.html_of(press, folder, view) if folder and view else None
    return html.encode() if html is not None else None
