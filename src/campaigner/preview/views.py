"""The preview's own pages: home, a campaign, the parts of a mail."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from campaigner.clients.programs import PROGRAMS, Dark, Program
from campaigner.clients.simulation import Removed
from campaigner.clients.support import support_data
from campaigner.content.articles import NAMELESS
from campaigner.content.source_lines import Excerpt, excerpt
from campaigner.errors import Fault
from campaigner.model.campaign import Card, State
from campaigner.model.finding import Told, told
from campaigner.preview.mail_views import CLIP, headers_of, size_of
from campaigner.preview.press import Press
from campaigner.render import addresses
from campaigner.value import Value

if TYPE_CHECKING:
    from campaigner.model.finding import Finding

PAGES = Path(__file__).with_name("pages")
STATIC = Path(__file__).with_name("static")
TABS = (
    ("post", "Blog post"),
    ("landing", "Sign-up page"),
    ("thanks", "Thanks"),
    ("confirmed", "Confirmed"),
    ("newsletter", "Newsletter"),
)
DARK_MODES = {
    Dark.NONE: "the mail stays as it is",
    Dark.AUTHOR: "the mail’s own dark styles",
    Dark.PARTIAL: "light grounds are turned dark",
    Dark.FULL: "all colours are turned round",
}
#: narrows home down to campaigns with problems
PROBLEMS = "problems"
#: this many campaigns are shown large at first
SPACIOUS = 12
#: of Markdown, which remarks of caniemail.com are written in
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
#: of the file that a fault is in
LARGEST_SOURCE = 5_000_000


class Place(Value):
    """Where pages find each other. On a disk, folders have no page of their own."""

    #: from the page to the preview's root
    root: str
    #: "index.html" on a disk, empty where a server answers for folders
    index: str = ""
    is_live: bool = True

    def campaign(self, slug: str) -> str:
        """The page of a campaign."""
        return f"{self.root}campaign/{quote(slug)}/{self.index}"

    def site(self, page: str) -> str:
        """A page of the site."""
        return f"{self.root}site/{quote(page, safe=addresses.UNQUOTED)}{self.index}"


class FaultView(Value):
    """A fault with the lines around it."""

    fault: Fault
    excerpt: Excerpt


class CardView(Value):
    """A campaign on the preview's home."""

    slug: str
    title: str
    state: str
    date: str
    description: str
    href: str
    problems: "Problems"
    #: what a search looks through
    words: str
    #: small pictures of its pages
    miniatures: tuple["Miniature", ...]


class Miniature(Value):
    """A small picture of a page: the page itself, made small."""

    #: "post", "landing" or "newsletter", as the tabs of a campaign are called
    kind: str
    label: str
    #: of the page
    source: str


class Problems(Value):
    """What is wrong with a campaign, as far as it is known."""

    #: the worst first
    messages: tuple[str, ...]
    #: whether all of the campaign was looked at to find them
    is_checked: bool


class ProgramView(Value):
    """What a mail program takes out of the newsletter."""

    program: Program
    removed: tuple[Removed, ...]
    count: int
    #: what it does in dark mode, in words
    dark: str


@cache
def environment() -> Environment:
    """Give Jinja for the tool's own pages."""
    environment = Environment(
        loader=FileSystemLoader(PAGES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = lambda markdown: LINK.sub(r"\1", markdown).replace("`", "")
    environment.filters["initials"] = _initials
    return environment


def _initials(name: str) -> str:
    """What stands for a sender without a picture: the first letters of the first and the last word."""
    words = [word for word in re.split(r"[\W_]+", name) if word]
    return "".join(word[0] for word in dict.fromkeys((*words[:1], *words[-1:]))).upper() or "?"


def home_page(press: Press, place: Place) -> str:
    """All campaigns, the newest first; those that cannot be read stand in the faults."""
    desk = press.desk
    cards = [
        _card(press, folder, place)
        for folder in desk.lineup.shown
        if place.is_live or not desk.slugs or desk.lineup.shown[folder].card.slug in desk.slugs
    ]
    return (
        environment()
        .get_template("home.html")
        .render(
            root=place.root,
            is_live=place.is_live,
            site=desk.publication.settings.site.name,
            site_href=place.site(addresses.HOME),
            cards=cards,
            states=_states(cards),
            view="large" if len(cards) <= SPACIOUS else "small",
            hidden_drafts=desk.hidden_drafts,
            faults=_with_lines(press, (*desk.site_faults, *desk.reader_faults, *desk.lost)),
            was_right=False,
        )
    )


def _title(card: Card) -> str:
    """What a campaign is called; one whose title is missing is known by its slug."""
    return card.slug if card.title == NAMELESS else card.title


def _states(cards: Sequence[CardView]) -> list[tuple[str, str]]:
    """What campaigns can be narrowed down to, with its label."""
    there = {card.state for card in cards}
    found = [(state.value, state.value.capitalize()) for state in State if state.value in there]
    return [("", "All"), *(found if len(found) > 1 else ()), (PROBLEMS, "With problems")]


def _card(press: Press, folder: str, place: Place) -> CardView:
    shown = press.desk.lineup.shown[folder]
    card = shown.card
    words = " ".join((card.title, card.slug, card.description, shown.state.value, *card.tags, *card.authors))
    pages = {
        "post": addresses.post(card.slug),
        "landing": addresses.landing(card.slug),
        "newsletter": addresses.web_version(card.slug),
    }
    return CardView(
        slug=card.slug,
        title=_title(card),
        state=shown.state.value,
        date=card.date,
        description=card.description,
        href=place.campaign(card.slug),
        problems=_problems(press, folder),
        words=words.lower(),
        miniatures=tuple(
            Miniature(kind=kind, label=label, source=place.site(pages[kind]))
            for kind, label in TABS
            if kind in pages
        ),
    )


def _problems(press: Press, folder: str) -> Problems:
    faults = [fault.message for fault in press.verdicts.known_faults(folder)]
    known = (one.finding for one in told(press.verdicts.known_findings(folder)))
    return Problems(
        messages=(*faults, *(one.message for one in known if one.severity.value != "note")),
        is_checked=press.verdicts.is_checked(folder),
    )


def problems_part(press: Press, folder: str) -> str:
    """What is wrong with a campaign as its card tells it, once all of it was looked at."""
    press.verdicts.faults(folder)
    press.verdicts.findings(folder)
    return environment().get_template("problems_part.html").render(found=_problems(press, folder))


def findings_part(press: Press, folder: str) -> str:
    """What checks find in a campaign, each with the lines that it means."""
    return (
        environment()
        .get_template("findings_part.html")
        .render(findings=_findings(press, folder), is_right=not press.verdicts.faults(folder))
    )


def _findings(press: Press, folder: str) -> list[tuple[Told, Excerpt]]:
    return [(one, _around(press, one.finding)) for one in told(press.verdicts.findings(folder))]


def campaign_page(press: Press, folder: str, place: Place) -> str:
    """A campaign with all ways to look at it."""
    desk = press.desk
    shown = desk.lineup.shown[folder]
    mails = [press.mail(folder, number) for number in range(len(desk.readers))]
    first = mails[0]
    faults = press.verdicts.faults(folder)
    return (
        environment()
        .get_template("campaign.html")
        .render(
            root=place.root,
            is_live=place.is_live,
            title=_title(shown.card),
            slug=shown.card.slug,
            slug_href=quote(shown.card.slug),
            path=shown.card.path,
            state=shown.state.value,
            home_href=f"{place.root}{place.index}" or "./",
            site_href=f"{place.root}site/",
            index=place.index,
            tabs=TABS,
            readers=desk.readers,
            mails=[mail for mail in mails if mail],
            size=size_of(first) if first else 0,
            clip=CLIP,
            programs=_programs(press, folder),
            data=support_data(),
            faults=_with_lines(press, faults),
            was_right=press.was_right(folder),
            findings=() if place.is_live else _findings(press, folder),
        )
    )


def _programs(press: Press, folder: str) -> tuple[ProgramView, ...]:
    found = []
    for program in PROGRAMS:
        simulation = press.simulation(folder, 0, program, dark=False)
        found.append(
            ProgramView(
                program=program,
                removed=simulation.removed if simulation else (),
                count=simulation.count if simulation else 0,
                dark=DARK_MODES[program.dark],
            )
        )
    return tuple(found)


def part_page(press: Press, folder: str, kind: str, reader: int, place: Place) -> str | None:
    """The text, the source or the headers of a newsletter; None where there is none."""
    mail = press.mail(folder, reader)
    if mail is None:
        return None
    content: object = {"text": mail.text, "source": mail.html}.get(kind) or headers_of(mail)
    return (
        environment()
        .get_template("part.html")
        .render(
            root=place.root,
            kind=kind,
            title=f"{kind.capitalize()} of the newsletter",
            lang="en",
            content=content,
        )
    )


class ShotView(Value):
    """A picture on the sheet of all pictures."""

    slug: str
    name: str
    #: where it is, from the sheet
    file: str
    width: int
    dark: bool
    #: what a mail program does in dark mode; empty where it says nothing
    note: str = ""

    @property
    def group(self) -> str:
        """The heading that it stands under."""
        return f"{self.width} px, {'dark' if self.dark else 'light'}"


def contact_sheet(press: Press, shots: Sequence[ShotView]) -> str:
    """A page of all pictures, by campaign, width and scheme."""
    titles = {one.card.slug: one.card.title for one in press.desk.lineup.shown.values()}
    campaigns = [
        (
            titles[slug],
            [
                (group, [shot for shot in shots if (shot.slug, shot.group) == (slug, group)])
                for group in dict.fromkeys(shot.group for shot in shots)
            ],
        )
        for slug in dict.fromkeys(shot.slug for shot in shots)
    ]
    site = press.desk.publication.settings.site.name
    return (
        environment()
        .get_template("contact_sheet.html")
        .render(site=site, campaigns=campaigns, count=len(shots))
    )


def not_found_page(place: Place) -> str:
    """What the preview says where it has nothing."""
    return (
        environment()
        .get_template("missing.html")
        .render(root=place.root, is_live=False, faults=(), was_right=True)
    )


def _with_lines(press: Press, faults: Sequence[Fault]) -> list[FaultView]:
    return [FaultView(fault=fault, excerpt=_around(press, fault)) for fault in faults]


def _around(press: Press, fault: "Fault | Finding") -> Excerpt:
    """The lines around a fault or a finding; none where its file cannot be read, or is none of the workspace."""
    workspace = press.desk.workspace
    file = workspace.root / fault.path
    try:
        if not workspace.inside(file) or not file.is_file() or file.stat().st_size > LARGEST_SOURCE:
            return Excerpt(line=fault.line, lines=())
        return excerpt(file.read_text(encoding="utf-8", errors="replace"), fault.line)
    except (OSError, ValueError):
        return Excerpt(line=fault.line, lines=())
