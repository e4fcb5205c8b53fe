"""What checks look at: the values that a build writes, read once for all of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from campaigner.checks.prose import Sentence, citations_in, lines_of, readable, sentences_of
from campaigner.checks.written import Piece, pieces_of
from campaigner.clients.uses import Found, features_of
from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import Source
from campaigner.model.policy import Policy
from campaigner.model.settings import Audience, Settings

#: elements whose text nobody reads
UNSEEN = frozenset(("script", "style", "template", "head", "noscript"))
#: elements within a word or a sentence
INLINE = frozenset(("a", "abbr", "b", "cite", "code", "em", "i", "mark", "s", "small", "span", "strong", "u"))


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
    #: the packs that hold for it
    policies: tuple[Policy, ...] = ()

    @property
    def audience(self) -> Audience:
        """Who reads it."""
        return self.campaign.front_matter.audience or self.settings.site.audience

    @property
    def language(self) -> str:
        """Its language without the country: "en"."""
        written = self.campaign.front_matter.lang or self.settings.site.language
        return written.partition("-")[0].lower()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its running text."""
        return tuple(sentences_of(self.campaign.body))

    @cached_property
    def cited(self) -> dict[str, Source]:
        """The sources that it cites, by id."""
        body = self.campaign.body
        if "[@" not in body:
            return {}
        read = readable(body)
        text = "\n".join(read[line.start : line.end] for line in lines_of(body) if line.kind != "code")
        ids = dict.fromkeys(citations_in(text))
        return {one: self.sources[one] for one in ids if one in self.sources}

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """Everything that it and the settings say, each with where readers meet it."""
        return tuple(pieces_of(self.campaign, self.settings, self.cited))


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

    @cached_property
    def shown(self) -> str:
        """What it says, without what only programs read; runs of blanks are one."""
        return shown_text(self.tree)


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
    def shown(self) -> str:
        """What its HTML says, without what only programs read; runs of blanks are one."""
        return shown_text(self.tree)

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


def shown_text(tree: HtmlElement) -> str:
    """The words of all elements that a reader sees, also with pictures held back."""
    parts: list[str] = []
    hidden: HtmlElement | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if event == "start":
            if hidden is None and element.tag in UNSEEN:
                hidden = element
            if hidden is None:
                parts.append(element.text or "")
                if element.tag == "img":
                    parts.append(f" {element.get('alt') or ''} ")
        elif element is hidden:
            hidden = None
        if event != "start" and hidden is None:
            # words of one block are none of the next
            parts.append(("" if element.tag in INLINE else " ") + (element.tail or ""))
    return " ".join("".join(parts).split())
