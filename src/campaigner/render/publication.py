"""What all pages of one build share: the publication, its look and its words."""

import json
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from markupsafe import Markup

from campaigner.model.front_matter import Source
from campaigner.model.output import OutputFile
from campaigner.model.pages import BrandView, Head, LinkView, Picture, ShareImage, SiteView
from campaigner.model.settings import NamedLink, Settings
from campaigner.render import addresses
from campaigner.render.addresses import absolute, in_site, is_external, relative
from campaigner.render.body.typography import typographic
from campaigner.render.dates import direction
from campaigner.render.kept import Kept
from campaigner.render.merge_tags import Dialect
from campaigner.render.palette import Palettes
from campaigner.render.pictures import CachedFile, Pictures
from campaigner.render.theme import Theme
from campaigner.value import Value


class SharedFiles(Value):
    """Files of the site that every page uses, by their place in the site."""

    style: str
    icon: str
    logo: CachedFile | None
    #: what a shared link shows where a page has no picture of its own
    card: CachedFile
    #: the files themselves, to be written once
    written: tuple[OutputFile, ...]
    copied: tuple[CachedFile, ...]


class Publication(Value):
    """One publication as a build sees it."""

    settings: Settings
    #: where the site will stand; ends in /
    base_url: str
    #: whether that is a place for trying, which search engines are to leave out
    is_staging: bool = False
    theme: Theme
    palettes: Palettes
    pictures: Pictures
    kept: Kept
    sources: Mapping[str, Source]
    dialect: Dialect
    shared: SharedFiles
    #: tables of the settings that could not be read, and "sources": nobody knows what they say
    unread: frozenset[str] = frozenset()

    @property
    def reader_fields(self) -> Collection[str] | None:
        """Names of the publication's own merge fields; None where nobody knows them."""
        return None if "reader" in self.unread else self.settings.reader.fields

    def language(self, written: str | None) -> str:
        """The language of a page: its own, else the site's."""
        return written or self.settings.site.language

    def foreign(self, written: str | None, page_language: str) -> str:
        """The language of words from another page; empty where it is that of the page they stand on.

        Voices and hyphens follow it (WCAG 2.2, 3.1.2).
        """
        language = self.language(written)
        return "" if language == page_language else language

    def url(self, page: str) -> str:
        """The absolute address of a page of the site."""
        return absolute(self.base_url, page)

    def site_view(self, page: str) -> SiteView:
        """The publication as it is seen from a page."""
        site, brand = self.settings.site, self.settings.brand
        return SiteView(
            name=site.name,
            description=typographic(site.description, site.language),
            language=site.language,
            url=self.base_url,
            home_href=self.place(addresses.HOME, page),
            feed_href=self.place(addresses.FEED, page),
            privacy_href=self.privacy_href(page),
            style_href=self.place(self.shared.style, page),
            icon_href=self.place(self.shared.icon, page),
            navigation=tuple(self._entry(link, page) for link in self.settings.navigation),
            social=tuple(
                LinkView(label=link.label, href=self.href(link.url, page)) for link in self.settings.social
            ),
            postal_address=self.settings.sender.postal_address,
            brand=BrandView(
                light=self.palettes.light,
                dark=self.palettes.dark,
                heading_font=brand.heading_font,
                text_font=brand.text_font,
                logo=self._logo(page),
            ),
        )

    def place(self, target: str, page: str) -> str:
        """A place of the site as written on a page.

        Relative, so that the site works in any folder; from its root on the page that answers for
        addresses that do not exist, since nobody knows where that stands.
        """
        return self.from_root(target) if page == addresses.NOT_FOUND else relative(target, page)

    def from_root(self, target: str) -> str:
        """A place of the site from the root of its host: `/blog/` and on, where the site is there."""
        return absolute(urlsplit(self.base_url).path, target)

    @property
    def share_image(self) -> ShareImage:
        """What a shared link to a listing shows: a card with the site's name."""
        card = self.shared.card
        url = self.url(card.path.removeprefix("site/"))
        return ShareImage(url=url, width=card.width, height=card.height, alt=self.settings.site.name)

    def href(self, link: str, page: str) -> str:
        """A link of the settings, as written on a page: `/courses/` counts from the site's root."""
        if is_external(link) or link.startswith("#"):
            return link
        return self.place(in_site(link, addresses.HOME), page)

    def privacy_href(self, page: str) -> str:
        """Where the privacy page is; empty where there is none."""
        privacy = self.settings.site.privacy
        if not privacy:
            return ""
        return self.place(addresses.PRIVACY, page) if privacy.endswith(".md") else self.href(privacy, page)

    def _entry(self, link: NamedLink, page: str) -> LinkView:
        current = not is_external(link.url) and in_site(link.url, addresses.HOME) == page
        return LinkView(label=link.label, href=self.href(link.url, page), current=current)

    def _logo(self, page: str) -> Picture | None:
        if self.shared.logo is None:
            return None
        file = self.shared.logo
        place = file.path.removeprefix("site/")
        return Picture(
            src=self.place(place, page),
            url=self.url(place),
            width=file.width,
            height=file.height,
            alt=self.settings.site.name,
            eager=True,
        )

    def head(
        self,
        *,
        page: str,
        title: str,
        description: str,
        language: str,
        kind: str = "website",
        listed: bool = True,
        canonical: str | None = None,
        share_image: ShareImage | None = None,
        structured_data: Mapping[str, object] | None = None,
        published: str = "",
        modified: str = "",
        authors: tuple[str, ...] = (),
        tags: tuple[str, ...] = (),
    ) -> Head:
        """What stands in a page's <head>."""
        return Head(
            title=title,
            description=description,
            canonical_url=self.url(page) if canonical is None else canonical,
            lang=language,
            dir=direction(language),
            robots="" if listed and not self.is_staging else "noindex",
            kind=kind,
            share_image=share_image,
            structured_data=json_ld(structured_data) if structured_data else Markup(),
            published=published,
            modified=modified,
            authors=authors,
            tags=tags,
        )


def json_ld(data: Mapping[str, object]) -> Markup:
    """Data for a script element: nothing in it can end the element (HTML 4.12.1.3)."""
    text = json.dumps(data, ensure_ascii=False, indent=None, separators=(",", ":"))
    for character, escape in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704
