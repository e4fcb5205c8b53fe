"""What checks look at: the values that a build writes, read once for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lxml import html as lxml_html
from lxml.html import HtmlElement

from campaigner.checks.inked import Ink, Inked, inked, is_own
from campaigner.checks.links import Link, links_of
from campaigner.checks.shown import Shown, shown_in
from campaigner.clients.uses import Found, features_of
from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import Source
from campaigner.model.settings import Audience, Settings
from campaigner.render.palette import Palettes
from campaigner.render.pictures import CachedFile

#: how attributes set colours
SETTING_COLOURS = (" style=", " bgcolor=", " color=")

#: where a mail's links to unsubscribe and to preferences lead: it is only looked at
NOWHERE = "https://nowhere.invalid/"


class Output(StrEnum):
    """What is made of a campaign, and of all of them."""

    ARTICLE = "article"
    POST = "blog post"
    LANDING = "landing page"
    THANKS = "thanks page"
    CONFIRMED = "confirmed page"
    NEWSLETTER = "newsletter"
    WEB_VERSION = "web version"
    SITE = "site"


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article as it was written."""

    campaign: Campaign
    settings: Settings
    #: its own sources and the shared ones, by id
    sources: Mapping[str, Source]
    #: "2026-11-26"
    today: str
    #: the files that its pictures became, by address in the site: "assets/vial-800.0f3a52c1b9de.webp"
    pictures: Mapping[str, CachedFile]
    #: the brand's colours, light and dark
    palettes: Palettes

    @property
    def base_url(self) -> str:
        """The site's address; ends in /."""
        return self.settings.site.url.rstrip("/") + "/"

    @property
    def audience(self) -> Audience:
        """Who reads it."""
        return self.campaign.front_matter.audience or self.settings.site.audience


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of the site that one campaign has."""

    output: Output
    #: in the site: "spring-offer/join/"
    address: str
    html: str
    article: Article

    @cached_property
    def tree(self) -> HtmlElement:
        """Its elements."""
        return document(self.html)

    @property
    def url(self) -> str:
        """Where it will stand."""
        return self.article.base_url + self.address

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Where it leads."""
        return links_of(self.tree, self.url)

    @cached_property
    def pictures(self) -> tuple[Shown, ...]:
        """The pictures that it shows."""
        return shown_in(self.tree, self.url, self.article.base_url, self.article.pictures)

    @cached_property
    def texts(self) -> tuple[Inked, ...]:
        """Its texts whose colours it sets itself; all others have the palette's, which can be read."""
        if not any(attribute in self.html for attribute in SETTING_COLOURS):
            return ()
        light, dark = self.article.palettes.light, self.article.palettes.dark
        ground = Ink(colour=light.ink, ground=light.paper), Ink(colour=dark.ink, ground=dark.paper)
        return tuple(text for text in inked(self.tree, *ground) if is_own(text))


@dataclass(frozen=True, kw_only=True)
class Mail:
    """The newsletter, as a reader gets it of whom nothing is known."""

    #: the first is the one that is sent
    subjects: tuple[str, ...]
    preheader: str
    from_name: str
    from_address: str
    html: str
    text: str
    article: Article

    output = Output.NEWSLETTER

    @cached_property
    def tree(self) -> HtmlElement:
        """Its elements."""
        return document(self.html)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Where it leads."""
        return links_of(self.tree, self.article.base_url)

    @cached_property
    def pictures(self) -> tuple[Shown, ...]:
        """The pictures that it shows."""
        return shown_in(self.tree, self.article.base_url, self.article.base_url, self.article.pictures)

    @cached_property
    def texts(self) -> tuple[Inked, ...]:
        """Its texts as a program shows them that keeps to the mail's colours, light and dark."""
        return tuple(inked(self.tree, Ink(colour="#000000", ground="#ffffff"), None))

    @cached_property
    def features(self) -> tuple[Found, ...]:
        """The features of caniemail.com that it uses."""
        return features_of(self.html)


@dataclass(frozen=True, kw_only=True)
class Trio:
    """The three outputs of one article, to be held against each other."""

    article: Article
    post: Page
    landing: Page
    mail: Mail
    web_version: Page


Subject = Article | Page | Mail | Trio


def document(html: str) -> HtmlElement:
    """The elements of a page or mail, also of one that is no good HTML."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
    tree: HtmlElement = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    return tree
