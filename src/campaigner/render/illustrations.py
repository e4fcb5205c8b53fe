"""The pictures of one campaign: which file each one is, and what is wrong with it."""

import hashlib
import re
from collections.abc import Callable
from functools import cached_property
from html import unescape
from pathlib import Path
from typing import Any, TypeVar

from lxml.html import HtmlElement
from markupsafe import Markup, escape

from campaigner.content.cards import picture_path
from campaigner.errors import Fault
from campaigner.model.campaign import Campaign, Position
from campaigner.model.pages import MailPicture, Picture, Rendition, ShareImage
from campaigner.model.settings import Settings
from campaigner.render.addresses import absolute, is_external, relative
from campaigner.render.body.article import ArticleBody
from campaigner.render.body.marks import Places
from campaigner.render.body.restoring import PICTURE_KEY
from campaigner.render.palette import Palettes
from campaigner.render.pictures import CachedFile, PictureProblem, Pictures, WebPicture
from campaigner.render.pictures.store import Encoded
from campaigner.render.share_card import share_card

Made = TypeVar("Made")

#: in bytes; no file system takes longer ones
LONGEST_PATH, LONGEST_NAME = 1024, 255
DECORATIVE = "decorative"
#: counted up when the card is drawn differently
CARD_VERSION = 1
CARD_WIDTH, CARD_HEIGHT = 1200, 630
IN_SITE = "site/"
HTML_PICTURE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
ATTRIBUTE = re.compile(r"\s(src|alt)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s<>\"']+)", re.IGNORECASE)
SCHEME = re.compile(r"(?!https?:)[A-Za-z][A-Za-z0-9+.-]*:")
#: stands in for a picture with a fault, until the faults are told
NOTHING = Picture(src="", url="", width=1, height=1, alt="")


def web_picture(
    made: WebPicture, *, base_url: str, page: str, alt: str, caption: str, eager: bool
) -> Picture:
    """A picture with its addresses, as seen from a page."""

    def renditions(files: tuple[CachedFile, ...]) -> tuple[Rendition, ...]:
        return tuple(
            Rendition(href=relative(file.path.removeprefix(IN_SITE), page), width=file.width)
            for file in files
        )

    first, largest = made.fallback[0], made.fallback[-1]
    return Picture(
        src=relative(first.path.removeprefix(IN_SITE), page),
        url=absolute(base_url, first.path.removeprefix(IN_SITE)),
        width=largest.width,
        height=largest.height,
        alt=alt,
        webp=renditions(made.webp),
        fallback=renditions(made.fallback),
        caption=escape(caption),
        eager=eager,
    )


class Illustrations:
    """Looks up the pictures of one campaign, and keeps count of what was used and what is wrong."""

    def __init__(
        self,
        campaign: Campaign,
        *,
        settings: Settings,
        base_url: str,
        pictures: Pictures,
        palettes: Palettes,
    ) -> None:
        self.campaign = campaign
        self.settings = settings
        self.base_url = base_url
        self.pictures = pictures
        self.palettes = palettes
        #: what must be copied to the output folder
        self.files: dict[str, CachedFile] = {}
        #: paths of the pictures in the workspace
        self.used: set[str] = set()
        self.faults: list[Fault] = []
        #: what each picture was made into: a campaign shows one picture on several pages
        self._known: dict[tuple[Path, Callable[[Path], object]], Any] = {}

    def cover(self, page: str, *, eager: bool = True) -> Picture | None:
        """The article's picture, as seen from a page; None where it has none."""
        meant = self.campaign.front_matter
        if not meant.image:
            return None
        position = self.campaign.position("image")
        return self._web(meant.image, meant.image_alt, meant.image_caption, page, position, eager=eager)

    def in_text(self, element: HtmlElement, page: str, body: ArticleBody) -> Picture:
        """The picture that an <img> of the text means, as seen from a page."""
        source, alt, position = self._read(element, body)
        return self._web(source, alt, element.get("title", ""), page, position, eager=False)

    def mail_cover(self) -> MailPicture | None:
        """The article's picture for the newsletter."""
        meant = self.campaign.front_matter
        if not meant.image:
            return None
        return self._mail(meant.image, meant.image_alt, meant.image_caption, self.campaign.position("image"))

    def in_mail(self, element: HtmlElement, body: ArticleBody) -> MailPicture:
        """The picture that an <img> of the text means, for the newsletter."""
        source, alt, position = self._read(element, body)
        return self._mail(source, alt, element.get("title", ""), position)

    def share(self, language: str) -> ShareImage:
        """What a shared link shows: the article's picture, else a card with its title."""
        meant = self.campaign.front_matter
        file = None
        if meant.image:
            file = self._made(meant.image, self.campaign.position("image"), self.pictures.share)
        alt = meant.image_alt if file else meant.title
        file = file or self._card(language)
        self._use(file)
        return ShareImage(url=self._url(file), width=file.width, height=file.height, alt=alt)

    def _read(self, element: HtmlElement, body: ArticleBody) -> tuple[str, str, Position]:
        number = element.get(PICTURE_KEY)
        source, alt = element.get("src", ""), body.without_marks(element.get("alt", "")).strip()
        position = body.pictures[int(number)] if number else self._written_as_html(source, alt)
        if source and not alt and DECORATIVE not in element.get("class", "").split():
            self._fault(
                position,
                f'the picture "{source}" has no alternative text',
                "Say between the brackets what it shows, or write {.decorative} behind it if it says nothing",
            )
        return source, alt, position

    def _written_as_html(self, source: str, alt: str) -> Position:
        start = Position(line=self.campaign.body_line, column=1)
        return self._html_pictures.get((source, alt)) or start

    @cached_property
    def _html_pictures(self) -> dict[tuple[str, str], Position]:
        """Where pictures stand that are written as HTML, by source and alternative text, the first of each."""
        places = Places(self.campaign.body, first_line=self.campaign.body_line)
        found: dict[tuple[str, str], Position] = {}
        for tag in HTML_PICTURE.finditer(self.campaign.body):
            attributes = {
                name.lower(): unescape(value).strip("\"' ") for name, value in ATTRIBUTE.findall(tag[0])
            }
            source, alt = attributes.get("src", ""), attributes.get("alt", "")
            # such an address was not let through
            source = "" if SCHEME.match(source) else source
            found.setdefault((source, alt), places(tag.start()))
        return found

    def _web(
        self, source: str, alt: str, caption: str, page: str, position: Position, *, eager: bool
    ) -> Picture:
        made = self._made(source, position, self.pictures.web)
        if made is None:
            return NOTHING
        for file in (*made.webp, *made.fallback):
            self._use(file)
        return web_picture(made, base_url=self.base_url, page=page, alt=alt, caption=caption, eager=eager)

    def _mail(self, source: str, alt: str, caption: str, position: Position) -> MailPicture:
        made = self._made(source, position, self.pictures.mail)
        if made is None:
            return MailPicture(url="", width=1, height=1, alt=alt, caption=Markup())
        self._use(made.file)
        return MailPicture(
            url=self._url(made.file), width=made.width, height=made.height, alt=alt, caption=escape(caption)
        )

    def _made(self, source: str, position: Position, make: Callable[[Path], Made]) -> Made | None:
        """What `make` makes of a picture, or None where it cannot be, with the fault noted."""
        path = self._path(source, position)
        if path is None:
            return None
        try:
            if (path, make) not in self._known:
                self._known[path, make] = make(path)
        except PictureProblem as problem:
            self._fault(position, problem.named(source).message, problem.hint)
            return None
        made: Made | None = self._known[path, make]
        return made

    def _path(self, source: str, position: Position) -> Path | None:
        if not source:  # or an address that was not let through
            self._fault(
                position, "the picture has no address that can be shown", "Name a file beside the article"
            )
            return None
        if is_external(source):
            self._fault(
                position,
                f'the picture "{source}" is not beside the article',
                "Download it, put it into the campaign's folder and name the file",
            )
            return None
        shown = picture_path(self.campaign, source)
        longest_name = max(len(name.encode(errors="replace")) for name in shown.split("/"))
        if len(shown) > LONGEST_PATH or longest_name > LONGEST_NAME or not shown.isprintable():
            self._fault(position, "this is no name of a picture", "Name a file beside the article")
            return None
        if not shown.startswith(".."):
            self.used.add(shown)
        return self.pictures.workspace / shown

    def _card(self, language: str) -> CachedFile:
        meant = self.campaign.front_matter
        kicker = meant.tags[0] if meant.tags else ""
        palette = self.palettes.light
        name = self.settings.site.name
        seal = repr((CARD_VERSION, meant.title, name, kicker, palette, language))
        key = hashlib.blake2b(seal.encode(), digest_size=16).hexdigest()

        def draw() -> tuple[Encoded, ...]:
            png = share_card(title=meant.title, site_name=name, kicker=kicker, palette=palette)
            return (Encoded(use="card", suffix=".png", width=CARD_WIDTH, height=CARD_HEIGHT, content=png),)

        (stored,) = self.pictures.store.renditions(key, draw)
        return CachedFile(
            path=f"{IN_SITE}assets/card.{stored.name}{stored.suffix}",
            file=self.pictures.store.file(stored),
            size=stored.size,
            width=CARD_WIDTH,
            height=CARD_HEIGHT,
            media_type="image/png",
        )

    def _use(self, file: CachedFile) -> None:
        self.files[file.path] = file

    def _url(self, file: CachedFile) -> str:
        return absolute(self.base_url, file.path.removeprefix(IN_SITE))

    def _fault(self, position: Position, message: str, hint: str) -> None:
        self.faults.append(
            Fault(
                path=self.campaign.path,
                line=position.line,
                column=position.column,
                message=message,
                hint=hint,
            )
        )
