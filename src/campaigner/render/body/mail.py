"""An article's text for the newsletter's HTML: tables for layout, absolute links, merge fields.

Merge fields leave here as placeholders, plain words that survive every tool on the way; `written`
puts in what the chosen dialect writes.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

from lxml.etree import XPath
from lxml.html import HtmlElement
from markupsafe import Markup

from campaigner.model.pages import MailPicture, Reference, SiteView
from campaigner.render.body.article import ArticleBody
from campaigner.render.body.footnotes import notes_of, settle_footnotes
from campaigner.render.body.marks import MARK, Kind
from campaigner.render.body.tree import (
    Slots,
    for_channel,
    inner_html,
    innermost_first,
    link_around,
    stands_alone,
)
from campaigner.render.merge_tags import MergeField
from campaigner.render.theme import Theme, Words
from campaigner.value import Value, replace

SET = ("img", "a", "table", "div", "sup")
#: elements that mail programs do not know well; their content stays
UNKNOWN = ("details", "figure", "abbr", "time")
#: the elements with what a mail's have not: places to go to, and words that appear where a mouse stands
NAMED: Any = XPath("descendant-or-self::*[@id or @title]")

#: a placeholder of any newsletter: one pattern for all of them, since each compiles for long
PLACEHOLDER = re.compile(r"(cf[0-9a-f]{16}x)(\d+)z")

#: the theme's templates that a text is set with
PARTS = tuple(
    f"_parts/email/{part}.html" for part in ("picture", "callout", "pullquote", "button", "table", "citation")
)


class SenderTag(Value):
    """Something that a sender puts in by a tag of its own, such as a link to leave."""

    tag: str
    #: what the web version shows in its place; empty where it shows nothing of it
    own: str


class Placeholders:
    """Plain words that stand for merge fields and tags until the mail is finished."""

    def __init__(self, seed: str) -> None:
        """Take a `seed` such as the slug and the article's hash: the words must be in no text."""
        self._word = "cf" + hashlib.blake2b(seed.encode(), digest_size=8).hexdigest() + "x"
        self._values: list[MergeField | SenderTag] = []

    def word(self, value: MergeField | SenderTag) -> str:
        """The word that stands for a merge field, or for a tag of the sender's own."""
        if value not in self._values:
            self._values.append(value)
        return f"{self._word}{self._values.index(value)}z"

    def written(
        self,
        text: str,
        *,
        field: Callable[[MergeField], str],
        tag: Callable[[SenderTag], str] = attrgetter("tag"),
        literal: Callable[[str], str] = str,
    ) -> str:
        """The text with each word replaced by what it stands for, and all between them by `literal`."""
        return "".join(
            literal(piece)
            if isinstance(piece, str)
            else tag(piece)
            if isinstance(piece, SenderTag)
            else field(piece)
            for piece in self.pieces(text)
        )

    def pieces(self, text: str) -> Iterator[str | MergeField | SenderTag]:
        """Give the text in pieces: what each word stands for, and all between them."""
        end = 0
        for place in PLACEHOLDER.finditer(text):
            if place[1] == self._word:
                yield text[end : place.start()]
                yield self._values[int(place[2])]
                end = place.end()
        yield text[end:]


class MailContext(Value):
    """What a mail's text needs to know about its surroundings."""

    theme: Theme
    words: Words
    site: SiteView
    references: Mapping[str, Reference]
    #: gives the picture that an <img> of the article means
    picture: Callable[[HtmlElement], MailPicture]
    #: makes an absolute address of a link written in the article, with its tracking parameters
    link: Callable[[str], str]
    #: where the mail's own button leads
    cta_href: str
    placeholders: Placeholders

    @cached_property
    def part(self) -> Callable[[str], Any]:
        """Gives one of the theme's macros by its name; each is looked up once."""
        return cache(lambda name: self.theme.macro(f"_parts/email/{name}.html", name))


class MailBody(Value):
    """The text of a mail."""

    html: Markup
    #: ids of the sources that this part of the article cites
    cited: tuple[str, ...]
    is_excerpt: bool


def mail_tree(article: ArticleBody, *, excerpt: bool) -> tuple[HtmlElement, bool]:
    """The part of an article that the newsletter shows, and whether something was left out."""
    tree = for_channel(article.tree, "newsletter")
    dividers = [element for element in tree.iter("div") if "data-more" in element.attrib]
    left_out = False
    if excerpt and dividers:
        notes = notes_of(tree)
        for element in [*dividers[0].itersiblings()]:
            if element is not notes:
                left_out = True
                tree.remove(element)
        dividers[0].tail = None
        settle_footnotes(tree)
    for divider in dividers:
        if divider.getparent() is not None:
            divider.drop_tree()
    return tree, left_out


def cited_in(tree: HtmlElement, article: ArticleBody) -> tuple[str, ...]:
    """Ids of the sources that a part of an article cites, in order."""
    if not article.citations:
        return ()
    numbers = map(int, MARK.findall("".join(tree.itertext())))
    return tuple(dict.fromkeys(one for number in numbers for one in article.citations.get(number, ())))


def mail_body(article: ArticleBody, context: MailContext, *, excerpt: bool) -> MailBody:
    """Give an article's text as mail markup."""
    tree, is_excerpt = mail_tree(article, excerpt=excerpt)
    cited = cited_in(tree, article)
    for element in [*tree.iter(*UNKNOWN)]:
        element.drop_tag()
    for element in [*tree.iter("summary")]:
        element.tag = "strong"
    slots = Slots()
    for element in innermost_first(tree, SET):
        _set(element, slots, article, context)
    for element in NAMED(tree):
        for name in ("id", "title"):
            element.attrib.pop(name, None)
    html = str(slots.filled(inner_html(tree)))

    def shown(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if article.marks[number].kind is Kind.CITATION:
            references = tuple(context.references[source_id] for source_id in article.citations[number])
            return str(context.part("citation")(references)).strip()
        return context.placeholders.word(article.fields[number])

    html = MARK.sub(shown, html)
    return MailBody(html=Markup(html), cited=cited, is_excerpt=is_excerpt)  # noqa: S704


def _set(element: HtmlElement, slots: Slots, article: ArticleBody, context: MailContext) -> None:
    if element.tag == "img":
        _set_picture(element, slots, article, context)
    elif element.tag == "a":
        _set_link(element, slots, article, context)
    elif element.tag == "table":
        rows = slots.filled(inner_html(element))
        slots.put(element, context.part("table")(rows, context.site))
    elif "data-callout" in element.attrib:
        content = slots.filled(inner_html(element))
        kind = element.get("data-callout", "")
        if kind == "pullquote":
            slots.put(element, context.part("pullquote")(content, context.site))
        else:
            title = element.get("data-title", "")
            slots.put(element, context.part("callout")(kind, title, content, context.words, context.site))


def _set_link(link: HtmlElement, slots: Slots, article: ArticleBody, context: MailContext) -> None:
    classes = link.get("class", "").split()
    if "footnote-backref" in classes:  # nothing to go back to: a mail has no places
        link.drop_tree()
        return
    if "footnote-ref" in classes:
        link.drop_tag()
        return
    href = _href(link, article, context)
    if not href:  # one that leads nowhere, or that was not let through
        link.drop_tag()
        return
    link.set("href", href)
    paragraph = stands_alone(link) if "button" in classes else None
    if paragraph is not None and href == context.cta_href:
        # a mail has one button for one place, its own at the end
        del link.attrib["class"]
        paragraph.set("class", "more")
    elif paragraph is not None:
        label = slots.filled(inner_html(link))
        slots.put(paragraph, context.part("button")(label, href, context.site))


def _href(link: HtmlElement, article: ArticleBody, context: MailContext) -> str:
    """Where a link leads, with placeholders for its merge fields."""

    def shown(mark: re.Match[str]) -> str:
        field = article.fields.get(int(mark[1]))
        return context.placeholders.word(replace(field, in_address=True)) if field else ""

    return MARK.sub(shown, context.link(link.get("href", "")))


def _set_picture(element: HtmlElement, slots: Slots, article: ArticleBody, context: MailContext) -> None:
    """A picture alone in its paragraph is a figure, with its link; one within a line stays in its line."""
    picture, link = context.picture(element), link_around(element)
    paragraph = stands_alone(element if link is None else link)
    if paragraph is not None:
        href = "" if link is None else _href(link, article, context)
        slots.put(paragraph, context.part("picture")(picture, context.site, href))
        return
    element.attrib.clear()
    element.attrib.update(
        {
            "src": picture.url,
            "alt": picture.alt,
            "width": str(picture.width),
            "height": str(picture.height),
        }
    )
