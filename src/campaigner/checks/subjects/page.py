"""A page, as checks look at it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from lxml.html import HtmlElement

from campaigner.checks.article import Article
from campaigner.checks.documents import document, ids_in, shown_text
from campaigner.checks.inked import NO_INK, PAPER, Ink, Look, looks_in
from campaigner.checks.links import Link, links_of
from campaigner.checks.shown import Shown, shown_in
from campaigner.checks.written import folded
from campaigner.clients.reading import beginning
from campaigner.model.finding import Output
from campaigner.value import Value

#: how attributes set colours
SETTING_COLOURS = (" style=", " bgcolor=", " color=")
#: of a page's HTML, up to which it is looked at: Google reads no further, and no ordinary page has as many tags
MOST_BYTES, MOST_TAGS = 2 * 1024 * 1024, 100_000


class Page(Value):
    """A page of the site that one campaign has."""

    output: Output
    #: in the site: "spring-offer/join/"
    address: str
    html: str
    article: Article

    @cached_property
    def size(self) -> int:
        """Bytes of its HTML."""
        return len(self.html.encode("utf-8", "replace"))

    @cached_property
    def tags(self) -> int:
        """How often an element begins or ends in it, or might do so."""
        return self.html.count("<")

    @property
    def is_cut(self) -> bool:
        """Whether it is so large that only its beginning is read."""
        return self.size > MOST_BYTES or self.tags > MOST_TAGS

    @cached_property
    def tree(self) -> HtmlElement:
        """Its elements, or those of its beginning."""
        return document(beginning(self.html) if self.is_cut else self.html)

    @cached_property
    def ids(self) -> Counter[str]:
        """How often each id is given."""
        return ids_in(self.tree)

    @property
    def url(self) -> str:
        """Where it will stand."""
        return self.article.base_url + self.address

    @cached_property
    def headline(self) -> str:
        """Its first main heading; runs of blanks are one."""
        heading = next(self.tree.iter("h1"), None)
        return " ".join(heading.text_content().split()) if heading is not None else ""

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Where it leads."""
        return links_of(self.tree, self.url, base_url=self.article.base_url, in_mail=False)

    @cached_property
    def sound_links(self) -> tuple[Link, ...]:
        """Those of them whose address is one."""
        return tuple(link for link in self.links if link.slip is None)

    @cached_property
    def pictures(self) -> tuple[Shown, ...]:
        """The pictures that it shows."""
        return shown_in(self.tree, self.url, self.article.base_url, self.article.pictures)

    @cached_property
    def looks(self) -> Mapping[Look, Sequence[HtmlElement]]:
        """How its elements look; with a stylesheet that nobody knows those that set their colours themselves."""
        styles = self.article.styles
        if styles.are_all_of(self.tree):
            return looks_in(self.tree, PAPER, NO_INK, shared=styles.sheet)
        if not any(attribute in self.html for attribute in SETTING_COLOURS):
            return {}
        light, dark = self.article.palettes.light, self.article.palettes.dark
        ground = Ink(colour=light.ink, ground=light.paper), Ink(colour=dark.ink, ground=dark.paper)
        return {look: those for look, those in looks_in(self.tree, *ground).items() if look.is_own}

    @cached_property
    def shown(self) -> str:
        """What it says, without what only programs read; runs of blanks are one."""
        return shown_text(self.tree)

    @cached_property
    def folded(self) -> str:
        """That in small letters, as `written.folded` has it."""
        return folded(self.shown)


class LargePage(Value):
    """A page that is too large, of which nothing else is told."""

    page: Page

    @property
    def output(self) -> Output:
        """What it is."""
        return self.page.output

    @property
    def article(self) -> Article:
        """What it was made of."""
        return self.page.article
