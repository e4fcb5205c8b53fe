"""The whole preview as files that open from a disk or any host, for the person who approves."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from campaigner.build.kinds import FEED, HOME, LANDING, NEWSLETTER, POST, PRIVACY, ROBOTS, SITEMAP, TAG
from campaigner.errors import Fault, WorkspaceError
from campaigner.model.output import OutputFile
from campaigner.preview import mail_views, views
from campaigner.preview.destination import EXPORTED, check_campaigns, check_destination, check_own
from campaigner.preview.press import File, Press, Unit
from campaigner.preview.schemes import SCHEMES, page_in_scheme, styles_in_scheme
from campaigner.preview.views import STATIC, Place
from campaigner.render.listing import chunks

INDEX = "index.html"
#: a link to a folder of the site: a disk shows its list of files, and not the page in it
FOLDER_LINK = re.compile(r'(\bhref=")((?![A-Za-z][A-Za-z0-9+.-]*:|//)[^"#?]*/)((?:[#?][^"]*)?")')
#: a link to styles of the site
STYLE_LINK = re.compile(r'(<link\b[^>]*\bhref="(?![A-Za-z][A-Za-z0-9+.-]*:|//)[^"#?]*)\.css(["#?])')

Progress = Callable[[int, int], None]


def export(press: Press, folder: Path, *, progress: Progress = lambda done, total: None) -> int:
    """Write the preview into a folder, which is new, empty, or an earlier export; give how many files.

    Raises CampaignerError with everything that is wrong with a campaign, and WorkspaceError where the
    folder holds something else or cannot be written; it is as it was then.
    """
    check_destination(press.desk.workspace, folder)
    check_own(folder, EXPORTED)
    check_campaigns(press, _folders(press))
    waiting = folder.parent / f".{folder.name}.staging"
    try:
        shutil.rmtree(waiting, ignore_errors=True)
        waiting.mkdir(parents=True)
        (waiting / EXPORTED).write_text("Written by campaigner preview --export.\n", encoding="utf-8")
        written: set[str] = set()
        works = [*_works(press)]
        for number, work in enumerate(works, start=1):
            for path, content in work():
                file = waiting / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
                written.add(path)
            progress(number, len(works))
        shutil.rmtree(folder, ignore_errors=True)
        waiting.rename(folder)
    except OSError as error:
        message = f"this cannot be written: {error.strerror}"
        raise WorkspaceError(
            Fault(path=str(folder), message=message, hint="Make room, or name another folder")
        ) from None
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return len(written)


def _folders(press: Press) -> list[str]:
    """The campaigns that are exported: those that were asked for, else all that are shown."""
    desk = press.desk
    shown = desk.lineup.shown.values()
    return [one.folder for one in shown if not desk.slugs or one.card.slug in desk.slugs]


Work = Callable[[], Iterator[tuple[str, bytes]]]


def _works(press: Press) -> Iterator[Work]:
    """Pieces of work, each of which gives paths and contents."""
    yield lambda: _tool(press)
    for folder in _folders(press):
        yield lambda folder=folder: _campaign(press, folder)  # type: ignore[misc]
    for unit in _units(press):
        yield lambda unit=unit: _site(press, unit)  # type: ignore[misc]


def _tool(press: Press) -> Iterator[tuple[str, bytes]]:
    for own in sorted(STATIC.iterdir()):
        yield f"static/{own.name}", own.read_bytes()
    for folder in press.desk.folders.values():
        press.verdicts.findings(folder)  # which the cards tell
    yield INDEX, views.home_page(press, Place(root="", index=INDEX, is_live=False)).encode()
    shared = press.desk.publication.shared
    files: tuple[File, ...] = (*shared.written, *shared.copied)
    for file in files:
        yield from _in_schemes(file.path, _content(file))


def _campaign(press: Press, folder: str) -> Iterator[tuple[str, bytes]]:
    slug = press.desk.lineup.shown[folder].card.slug
    base = f"campaign/{slug}/"
    yield (
        base + INDEX,
        views.campaign_page(press, folder, Place(root="../../", index=INDEX, is_live=False)).encode(),
    )
    readers = len(press.desk.readers)
    for view in mail_views.all_views(readers):
        html = mail_views.html_of(press, folder, view)
        if html is not None:
            yield f"{base}mail/{view.name}", _with_files(html)
    place = Place(root="../../../", index=INDEX, is_live=False)
    for reader in range(readers):
        for part in mail_views.PARTS:
            page = views.part_page(press, folder, part, reader, place)
            if page is not None:
                yield f"{base}mail/{part}.r{reader}.html", page.encode()
        mail = press.mail(folder, reader)
        if mail is not None:
            yield f"{base}mail/newsletter.r{reader}.eml", mail.message


def _units(press: Press) -> Iterator[Unit]:
    lineup = press.desk.lineup
    for folder in _folders(press):
        for kind in (POST, LANDING, NEWSLETTER):
            yield Unit(kind=kind, of=folder)
    for number in range(1, len(chunks(lineup.listed)) + 1):
        yield Unit(kind=HOME, number=number)
    for slug, tagged in lineup.tags.items():
        for number in range(1, len(chunks(tagged.shown)) + 1):
            yield Unit(kind=TAG, of=slug, number=number)
    for kind in (FEED, SITEMAP, ROBOTS, PRIVACY):
        yield Unit(kind=kind)


def _site(press: Press, unit: Unit) -> Iterator[tuple[str, bytes]]:
    for file in press.rendered(unit).files.values():
        if not file.path.startswith("site/"):  # mails are there for each reader
            continue
        yield from _in_schemes(file.path, _content(file))


def _in_schemes(path: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as a build makes it, and pages and styles for light and for dark too.

    The preview's own page cannot reach into a page that lies on a disk, as it does in one that is served,
    and not every browser has a page follow the frame that it is shown in.
    """
    name, _, ending = path.rpartition(".")
    if ending == "html":
        yield path, _with_files(content.decode())
        for scheme in SCHEMES:
            yield f"{name}.{scheme}.html", _with_files(page_in_scheme(content.decode(), scheme), f".{scheme}")
        return
    yield path, content
    if ending == "css":
        for scheme in SCHEMES:
            yield f"{name}.{scheme}.css", styles_in_scheme(content.decode(), scheme).encode()


def _content(file: File) -> bytes:
    return file.content if isinstance(file, OutputFile) else file.file.read_bytes()


def _with_files(html: str, infix: str = "") -> bytes:
    """A page whose links lead to files, not to folders; `.dark` to those of a scheme."""
    html = FOLDER_LINK.sub(rf"\g<1>\g<2>{INDEX.replace('.', f'{infix}.')}\g<3>", html)
    return STYLE_LINK.sub(rf"\g<1>{infix}.css\g<2>", html).encode()
