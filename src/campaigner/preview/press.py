"""Renders what is asked for, from the desk, and keeps it until what it is made from changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Generic, TypeVar

from markupsafe import Markup

from campaigner.build.kinds import (
    FEED,
    HOME,
    LANDING,
    NEWSLETTER,
    NOT_FOUND,
    POST,
    PRIVACY,
    ROBOTS,
    SITEMAP,
    TAG,
)
from campaigner.build.site import site_places
from campaigner.clients.programs import Program
from campaigner.clients.simulation import Mail, Simulation, simulate
from campaigner.content.workspace import SETTINGS_FILE
from campaigner.errors import CampaignerError, Fault
from campaigner.model.output import OutputFile
from campaigner.preview.desk import Changes, Desk
from campaigner.render import addresses
from campaigner.render.body.markdown import Converter
from campaigner.render.feeds import render_entry, render_feed, render_robots, render_sitemap
from campaigner.render.landing import render_landing
from campaigner.render.listing import chunks, render_home, render_tag
from campaigner.render.newsletter import render_newsletter
from campaigner.render.pages import CampaignPages
from campaigner.render.pictures import CachedFile
from campaigner.render.plain import render_not_found, render_privacy
from campaigner.render.post import render_post
from campaigner.render.press import open_campaign, privacy_pages
from campaigner.render.reader_mail import ReaderMail, mail_for_reader
from campaigner.value import Value

if TYPE_CHECKING:
    from campaigner.model.finding import Finding

Key = TypeVar("Key", bound=Hashable)
Held = TypeVar("Held")
File = OutputFile | CachedFile

#: kinds of units that belong to no campaign, by where they are
PLACES = {
    addresses.FEED: FEED,
    addresses.SITEMAP: SITEMAP,
    addresses.ROBOTS: ROBOTS,
    addresses.NOT_FOUND: NOT_FOUND,
    addresses.PRIVACY: PRIVACY,
}
PAGED = "page/"
#: digits of the number of a page
LONGEST_NUMBER = 9
#: where the links to unsubscribe of a sample reader lead
NOWHERE = "https://nowhere.invalid/"


class Unit(Value):
    """A piece of the site that is rendered at once, as builds do."""

    kind: str
    #: a campaign's folder, or a tag; empty where there is only one
    of: str = ""
    #: of a page of a listing, from 1
    number: int = 1


class Rendered(Value):
    """A unit that was rendered: its files by path, and what is wrong with it."""

    files: dict[str, File]
    faults: tuple[Fault, ...] = ()


class Shelf(Generic[Key, Held]):
    """The last things that were made; the longest unused one makes room."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Held] = OrderedDict()

    def get(self, key: Key) -> Held | None:
        """What is kept under a key, or None."""
        if key in self._kept:
            self._kept.move_to_end(key)
        return self._kept.get(key)

    def put(self, key: Key, value: Held) -> Held:
        """Keep something."""
        self._kept[key] = value
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)
        return value

    def drop(self, is_stale: Callable[[Key], bool]) -> None:
        """Forget what is stale."""
        for key in [key for key in self._kept if is_stale(key)]:
            del self._kept[key]


class Press:
    """Makes pages and mails of what is on the desk. Not for several threads at once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._converter = Converter()
        #: what is as it should be
        self._made: Shelf[Unit, Rendered] = Shelf(256)
        #: what was right when it was rendered last, to be shown while something is wrong
        self._last: Shelf[Unit, dict[str, File]] = Shelf(64)
        self._pages: Shelf[str, tuple[CampaignPages | None, tuple[Fault, ...]]] = Shelf(32)
        self._findings: Shelf[str, tuple[Finding, ...]] = Shelf(4096)
        self._mails: Shelf[tuple[str, int], ReaderMail | None] = Shelf(64)
        self._last_mails: Shelf[tuple[str, int], ReaderMail] = Shelf(64)
        self._read_mails: Shelf[tuple[str, int], Mail] = Shelf(16)
        self._simulations: Shelf[tuple[str, int, str, bool], Simulation] = Shelf(256)
        #: what was found when all of a campaign was rendered, by folder: kept longer than what was rendered
        self._found: dict[str, tuple[Fault, ...]] = {}
        #: pictures and styles that pages name, by path: few and small, the files themselves are on disk
        self._assets: dict[str, File] = {}
        #: the units that name them, by path
        self._makers: dict[str, Unit] = {}

    def desk_is_current(self) -> None:
        """Have campaigns begin and end when their time has come."""
        if self.desk.time_passed():
            self.drop(Changes(lineup=True))

    def look(self, paths: Iterable[str]) -> Changes:
        """Look again at files of the workspace, and forget what they made stale."""
        changes = self.desk.look(paths)
        self.drop(changes)
        return changes

    def drop(self, changes: Changes) -> None:
        """Forget what changes made stale."""
        for folder in [*self._found] if changes.everything or changes.lineup else changes.folders:
            self._found.pop(folder, None)
        if changes.everything:
            for shelf in (
                self._made,
                self._pages,
                self._findings,
                self._mails,
                self._read_mails,
                self._simulations,
            ):
                shelf.drop(lambda _: True)
            return
        self._made.drop(
            lambda unit: (
                unit.of in changes.folders
                # the feed has texts, and the first page of a listing the picture of its newest piece
                or (unit.kind in (FEED, HOME, TAG) and bool(changes.folders))
                or (changes.lineup and unit.kind not in (LANDING, NEWSLETTER))
            )
        )
        for by_folder in (self._pages, self._findings):
            by_folder.drop(lambda folder: folder in changes.folders or changes.lineup)
        for mails in (self._mails, self._read_mails, self._simulations):
            mails.drop(lambda key: key[0] in changes.folders or changes.lineup)

    # ---- the site ------------------------------------------------------------------------------------

    def file(self, path: str) -> File | None:
        """Give the file of the site at a path; None where there is none.

        Where something is wrong it is the last that was right, or as much as can be made.
        """
        name = f"site/{path}{addresses.INDEX}" if not path or path.endswith("/") else f"site/{path}"
        if path.startswith(addresses.ASSETS):
            return self._asset(name)
        unit = self.unit(path.removesuffix(addresses.INDEX))
        return self.rendered(unit).files.get(name) if unit else None

    def _asset(self, name: str) -> File | None:
        found = self._known_asset(name)
        if isinstance(found, CachedFile) and not found.file.is_file():  # somebody emptied the cache
            self.look({SETTINGS_FILE})
            if name in self._makers:
                self.rendered(self._makers[name])
            found = self._known_asset(name)
        return found

    def _known_asset(self, name: str) -> File | None:
        shared = self.desk.publication.shared
        files: tuple[File, ...] = (*shared.written, *shared.copied)
        return next((file for file in files if file.path == name), None) or self._assets.get(name)

    def unit(self, path: str) -> Unit | None:
        """The unit that a page of the site belongs to; None where there is none."""
        if path in PLACES:
            return Unit(kind=PLACES[path])
        if path in self.desk.aliases:
            return Unit(kind=POST, of=self.desk.aliases[path])
        first, _, rest = path.partition("/")
        number = _number(path if first == "page" else rest.partition("/")[2])
        if not path or (first == "page" and number):
            return Unit(kind=HOME, number=number or 1)
        if first == "tags" and rest:
            return Unit(kind=TAG, of=rest.split("/")[0], number=number or 1)
        folder = self.desk.folders.get(first)
        if folder is None:
            return None
        kinds = {"join": LANDING, "newsletter": NEWSLETTER}
        return Unit(kind=kinds.get(rest.split("/")[0], POST), of=folder)

    def rendered(self, unit: Unit) -> Rendered:
        """Give a unit: its files, or the last that were right, and what is wrong with it."""
        found = self._made.get(unit)
        if found is not None:
            return found
        files, faults = self._rendered(unit)
        self._know_assets(files, unit)
        if not faults:
            self._last.put(unit, files)
        return self._made.put(unit, Rendered(files=(self._last.get(unit) or files), faults=faults))

    def _know_assets(self, files: Mapping[str, File], maker: Unit) -> None:
        """Answer from now on for the pictures and styles that a page or a mail names."""
        for path, file in files.items():
            if path.startswith("site/assets/"):
                self._assets[path] = file
                self._makers[path] = maker

    def _rendered(self, unit: Unit) -> tuple[dict[str, File], tuple[Fault, ...]]:
        faults: list[Fault] = []
        files: list[File] = []
        try:
            if unit.kind in (POST, LANDING, NEWSLETTER):
                pages, found = self.pages(unit.of)
                faults += found
                if pages is not None:
                    pages.illustrations.files.clear()
                    files += self._campaign_files(unit, pages)
                    files += pages.illustrations.files.values()
                    faults += pages.illustrations.faults
            else:
                files += self._site_files(unit)
        except CampaignerError as error:
            faults += error.faults
        return {file.path: file for file in files}, tuple(dict.fromkeys(faults))

    def pages(self, folder: str) -> tuple[CampaignPages | None, tuple[Fault, ...]]:
        """A campaign with its text read, and what is wrong with it."""
        found = self._pages.get(folder)
        if found is None:
            desk = self.desk
            state = desk.lineup.shown[folder].state
            found = open_campaign(
                desk.publication, desk.workspace, folder, state=state, converter=self._converter
            )
            self._pages.put(folder, found)
        return found

    def _campaign_files(self, unit: Unit, pages: CampaignPages) -> Iterable[File]:
        if unit.kind == LANDING:
            return render_landing(pages)
        if unit.kind == NEWSLETTER:
            return render_newsletter(pages)
        lineup = self.desk.lineup
        previous, following = lineup.beside(lineup.shown[unit.of])
        return render_post(
            pages,
            previous=previous.card if previous else None,
            following=following.card if following else None,
        )

    def _site_files(self, unit: Unit) -> Iterable[File]:
        publication, lineup = self.desk.publication, self.desk.lineup
        cards = [one.card for one in lineup.listed]
        if unit.kind == HOME:
            parts = chunks(cards)
            names = {slug: tagged.name for slug, tagged in lineup.tags.items()}
            if unit.number <= len(parts):
                shown = parts[unit.number - 1]
                return render_home(publication, shown, number=unit.number, count=len(parts), tags=names)
        elif unit.kind == TAG and unit.of in lineup.tags:
            tagged = lineup.tags[unit.of]
            parts = chunks([one.card for one in tagged.shown])
            if unit.number <= len(parts):
                shown = parts[unit.number - 1]
                return render_tag(publication, shown, name=tagged.name, number=unit.number, count=len(parts))
        elif unit.kind == FEED:
            latest = lineup.latest
            return (
                render_feed(
                    publication, [one.card for one in latest], [self._entry(one.folder) for one in latest]
                ),
            )
        elif unit.kind == SITEMAP:
            return (render_sitemap(publication, cards, home_pages=len(chunks(cards))),)
        elif unit.kind == ROBOTS:
            return (render_robots(publication),)
        elif unit.kind == NOT_FOUND:
            return render_not_found(publication)
        elif unit.kind == PRIVACY and publication.settings.site.privacy.endswith(".md"):
            pages = privacy_pages(publication, self.desk.workspace, self._converter)
            return (*render_privacy(pages), *pages.illustrations.files.values())
        return ()

    def _entry(self, folder: str) -> Markup:
        pages, _ = self.pages(folder)
        return render_entry(pages) if pages else Markup()

    # ---- the newsletter ------------------------------------------------------------------------------

    def mail(self, folder: str, reader: int) -> ReaderMail | None:
        """The newsletter as a sample reader gets it; the last that was right where something is wrong."""
        key = (folder, reader)
        found = self._mails.get(key)
        if found is not None:
            return found
        pages, faults = self.pages(folder)
        made = None
        if pages is not None and not faults:
            try:
                made = mail_for_reader(
                    pages,
                    self.desk.readers[reader].fields,
                    unsubscribe_url=NOWHERE,
                    preferences_url=NOWHERE,
                )
            except CampaignerError as error:
                faults = error.faults
            faults = (*faults, *pages.illustrations.faults)
            self._know_assets(pages.illustrations.files, Unit(kind=NEWSLETTER, of=folder))
        if made is None or faults:
            return self._last_mails.get(key) or made
        self._last_mails.put(key, made)
        return self._mails.put(key, made)

    def simulation(self, folder: str, reader: int, program: Program, *, dark: bool) -> Simulation | None:
        """The newsletter as a mail program shows it; None where there is no newsletter yet."""
        key = (folder, reader, program.name, dark)
        found = self._simulations.get(key)
        if found is None:
            mail = self.mail(folder, reader)
            if mail is None:
                return None
            read = self._read_mails.get((folder, reader)) or self._read_mails.put(
                (folder, reader), Mail(mail.html)
            )
            found = self._simulations.put(key, simulate(read, program, dark=dark))
        return found

    def faults(self, folder: str) -> tuple[Fault, ...]:
        """Everything that is wrong with a campaign: all of it is rendered for that."""
        found: list[Fault] = []
        for kind in (POST, LANDING, NEWSLETTER):
            found += self.rendered(Unit(kind=kind, of=folder)).faults
        self._found[folder] = tuple(found)
        return tuple(sorted({*self.desk.faults_of(folder), *found}))

    def findings(self, folder: str) -> "tuple[Finding, ...]":
        """What checks find in a campaign; nothing where it cannot be rendered."""
        found = self._findings.get(folder)
        if found is None:
            # all checks are loaded for that
            from campaigner.preview.judging import findings_in

            pages, faults = self.pages(folder)
            found = ()
            if pages is not None and not faults:
                settings, lineup = pages.publication.settings, self.desk.lineup
                found = findings_in(
                    pages,
                    self.desk.workspace,
                    places=site_places(settings, lineup, self.desk.unread),
                    place=lineup.place(folder),
                    today=self.desk.today,
                    faults=self.desk.faults_of(folder),
                )
            self._findings.put(folder, found)
        return found

    def known_findings(self, folder: str) -> "tuple[Finding, ...]":
        """What checks found in a campaign when they looked last."""
        return self._findings.get(folder) or ()

    def was_right(self, folder: str) -> bool:
        """Whether the last pages that were right are shown where a campaign is wrong: there may be none yet."""
        return self.desk.is_whole and all(
            self._last.get(Unit(kind=kind, of=folder)) is not None for kind in (POST, LANDING, NEWSLETTER)
        )

    def is_checked(self, folder: str) -> bool:
        """Whether all of a campaign was rendered since it changed, so that all its faults are known."""
        return folder in self._found

    def known_faults(self, folder: str) -> tuple[Fault, ...]:
        """What is known to be wrong with a campaign itself, without rendering anything."""
        return tuple(sorted({*self.desk.own_faults_of(folder), *self._found.get(folder, ())}))


def _number(path: str) -> int | None:
    """The number of a page of a listing, `page/2/`."""
    written = path.removeprefix(PAGED).strip("/")
    is_number = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    return int(written) if path.startswith(PAGED) and is_number else None
