"""An article's text for the site: blog post, landing page, feed."""

from collections.abc import Callable, Mapping

from lxml.html import HtmlElement
from markupsafe import Markup, escape

from campaigner.model.pages import ContentsEntry, Picture, Reference
from campaigner.render.addresses import in_site, is_external, relative
from campaigner.render.body.article import ArticleBody
from campaigner.render.body.footnotes import REFERENCE, RETURN
from campaigner.render.body.marks import MARK, Kind, may_be_marked
from campaigner.render.body.tree import (
    Slots,
    for_channel,
    inner_html,
    innermost_first,
    link_around,
    outer_html,
    stands_alone,
)
from campaigner.render.merge_tags import encoded
from campaigner.render.theme import Theme, Words
from campaigner.value import Value

#: elements that are set by the theme's parts, or rewritten
SET = ("img", "a", "table", "div")
CONTENTS = ("h2", "h3")
#: fewer headings need no table of contents
CONTENTS_FROM = 3

#: the theme's templates that a text is set with
PARTS = tuple(
    f"_parts/page/{part}.html"
    for part in ("picture", "image", "callout", "pullquote", "button", "table", "citation")
)


class WebBody(Value):
    """The text of a page."""

    html: Markup
    contents: tuple[ContentsEntry, ...]
    #: how often each source is cited, by id
    cited: dict[str, int]


NO_TEXT = WebBody(html=Markup(), contents=(), cited={})


class WebContext(Value):
    """What a web page's text needs to know about its surroundings."""

    theme: Theme
    words: Words
    #: the page it stands on, in the site
    page: str
    #: the page that links in the article count from
    written_on: str
    #: by source id
    references: Mapping[str, Reference]
    #: gives the picture that an <img> of the article means
    picture: Callable[[HtmlElement], Picture]


def web_body(article: ArticleBody, channel: str, context: WebContext) -> WebBody:
    """Give an article's text for `blog` or `landing`."""
    tree = for_channel(article.tree, channel)
    for divider in [*tree.iter("div")]:
        if "data-more" in divider.attrib:
            divider.drop_tree()
    slots = Slots()
    for element in innermost_first(tree, SET):
        _set(element, slots, article, context)
    contents = _contents(tree, article)
    cited: dict[str, int] = {}

    def shown(number: int) -> str:
        if article.marks[number].kind is Kind.CITATION:
            return _citation(article.citations[number], cited, context)
        return str(escape(article.fields[number].fallback))

    html = slots.filled(inner_html(tree))
    if may_be_marked(html):
        html = Markup(MARK.sub(lambda match: shown(int(match[1])), str(html)))  # noqa: S704
    return WebBody(html=html, contents=contents, cited=cited)


def citation_anchor(reference_number: int, count: int) -> str:
    """The id of the place where a source is cited for the `count`th time, from 1."""
    return f"cite-{reference_number}-{count}"


def _citation(ids: tuple[str, ...], cited: dict[str, int], context: WebContext) -> str:
    anchors = []
    for source_id in ids:
        cited[source_id] = cited.get(source_id, 0) + 1
        anchors.append(citation_anchor(context.references[source_id].number, cited[source_id]))
    citation = context.theme.macro("_parts/page/citation.html", "citation")
    references = tuple(context.references[source_id] for source_id in ids)
    return str(citation(references, tuple(anchors), context.words)).strip()


def _set(element: HtmlElement, slots: Slots, article: ArticleBody, context: WebContext) -> None:
    macro = context.theme.macro
    if element.tag == "img":
        _set_picture(element, slots, article, context)
    elif element.tag == "a":
        _set_link(element, slots, article, context)
    elif element.tag == "table":
        table = macro("_parts/page/table.html", "table")
        slots.put(element, table(slots.filled(outer_html(element)), context.words))
    elif "data-callout" in element.attrib:
        content = slots.filled(inner_html(element))
        kind = element.get("data-callout", "")
        if kind == "pullquote":
            slots.put(element, macro("_parts/page/pullquote.html", "pullquote")(content))
        else:
            callout = macro("_parts/page/callout.html", "callout")
            slots.put(element, callout(kind, element.get("data-title", ""), content, context.words))


def _set_link(link: HtmlElement, slots: Slots, article: ArticleBody, context: WebContext) -> None:
    href = _href(link, article, context)
    if not href:  # one that leads nowhere, or that was not let through
        link.tag = "span"
        link.attrib.pop("href", None)
        return
    link.set("href", href)
    _name_footnote(link, context)
    paragraph = stands_alone(link)
    if paragraph is not None and "button" in link.get("class", "").split():
        button = context.theme.macro("_parts/page/button.html", "button")
        slots.put(paragraph, button(slots.filled(inner_html(link)), href))


def _href(link: HtmlElement, article: ArticleBody, context: WebContext) -> str:
    """Where a link leads, as seen from the page; every reader gets the fallbacks."""
    href: str = link.get("href", "")
    if may_be_marked(href):
        href = MARK.sub(
            lambda match: (
                encoded(article.fields[int(match[1])].fallback) if int(match[1]) in article.fields else ""
            ),
            href,
        )
    if not href or is_external(href) or href.startswith("#"):
        return href
    return relative(in_site(href, context.written_on), context.page)


def _name_footnote(link: HtmlElement, context: WebContext) -> None:
    """Say in words where a footnote's number or arrow leads, for those who hear the page (WCAG 2.4.4)."""
    names = link.get("class", "").split()
    if REFERENCE in names:
        link.set("aria-label", context.words("footnote", number=link.text_content()))
    elif RETURN in names:
        note = next(link.iterancestors("li"), None)
        if note is None:  # somebody wrote the class elsewhere
            return
        link.attrib.pop("title", None)
        number = 1 + sum(1 for _ in note.itersiblings("li", preceding=True))
        link.set("aria-label", context.words("footnote_return", number=number))


def _set_picture(element: HtmlElement, slots: Slots, article: ArticleBody, context: WebContext) -> None:
    """A picture alone in its paragraph is a figure, with its link; one within a line stays in its line."""
    picture, link = context.picture(element), link_around(element)
    paragraph = stands_alone(element if link is None else link)
    if paragraph is None:
        image = context.theme.macro("_parts/page/image.html", "image")
        slots.put(element, str(image(picture)).strip())
        return
    figure = context.theme.macro("_parts/page/picture.html", "picture")
    href = "" if link is None else _href(link, article, context)
    slots.put(paragraph, figure(picture, context.words, href))


def _contents(tree: HtmlElement, article: ArticleBody) -> tuple[ContentsEntry, ...]:
    entries = tuple(
        ContentsEntry(
            id=heading.get("id", ""),
            text=article.words(heading),
            level=int(heading.tag[1]),
        )
        for heading in tree.iter(*CONTENTS)
        if heading.get("id")
    )
    return entries if len(entries) >= CONTENTS_FROM else ()
