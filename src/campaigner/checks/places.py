"""Finds the line of a source that a problem comes from: of the article, of a template, of the settings.

An element comes from a template of the workspace's own that says it literally: its attributes, its words. What such
a template only passes on, words and addresses, comes from the article. What neither says comes from the tag of the
workspace's own that may have become it, and is told at the article's first line where the theme made all of it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

from campaigner.checks.documents import UNSEEN
from campaigner.checks.own_templates import Tag, made_from
from campaigner.checks.spots import Key, Passage, Region, Setting, SharedSource, Spot, Styles, Words
from campaigner.content.settings import settings_position
from campaigner.content.source_lines import line_of
from campaigner.content.workspace import SETTINGS_FILE, SOURCES_FILE, Workspace, read_text
from campaigner.content.yaml import read_tree
from campaigner.errors import CampaignerError
from campaigner.model.campaign import Campaign
from campaigner.model.finding import Output
from campaigner.render.body import mail, web
from campaigner.render.listing import HOME_TEMPLATE, TAG_TEMPLATE
from campaigner.render.plain import NOT_FOUND_TEMPLATE, PRIVACY_TEMPLATE
from campaigner.render.theme import Theme

#: the templates that each output is made with: its own, and those that its text is set with; see Theme.closure
TEMPLATES = {
    Output.POST: ("blog/post.html", *web.PARTS),
    Output.LANDING: ("landing/index.html", *web.PARTS),
    Output.THANKS: ("landing/thanks.html", *web.PARTS),
    Output.CONFIRMED: ("landing/confirmed.html", *web.PARTS),
    Output.NEWSLETTER: ("newsletter/body.html", *mail.PARTS),
    Output.WEB_VERSION: ("newsletter/body.html", *mail.PARTS),
    Output.LISTING: (HOME_TEMPLATE, TAG_TEMPLATE),
    Output.SITE: (PRIVACY_TEMPLATE, NOT_FOUND_TEMPLATE, *web.PARTS),
}
#: where a workspace may have styles of its own for the mail
STYLES = ("templates/styles/email-head.css", "templates/styles/email.css", "templates/_layouts/email.html")
#: elements whose text is a piece of writing of its own
BLOCKS = frozenset(
    (
        *("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dt", "dd", "figcaption", "blockquote"),
        *("pre", "caption", "label", "legend", "summary", "title"),
    )
)
#: what tells one element from others in a source, best first
TELLING = ("src", "href", "id", "alt", "class", "name")
#: elements within a sentence, which may have words of their own
INLINE = frozenset(
    (
        *("a", "abbr", "b", "button", "cite", "code", "em", "font", "i"),
        *("mark", "s", "small", "span", "strong", "u"),
    )
)
FIELDS = frozenset(("input", "select", "textarea"))
#: characters of an address that is told from others by itself
LEAST_ADDRESS = 4
LARGEST = 100_000_000
#: characters of a block by which its line is known
LONGEST_BLOCK = 10_000
#: lines looked at for one text
MOST_LINES = 100
#: words by which a place is known
MOST_WORDS = 12
#: words by which the place of something is known that only holds them
LEAST_WORDS = 3


class Places:
    """Finds places in the sources of one campaign, or of the site where there is none."""

    def __init__(
        self, workspace: Workspace, campaign: Campaign | None = None, theme: Theme | None = None
    ) -> None:
        """Take the `theme` that all was rendered with, where it is known: it has read its templates already."""
        self._workspace = workspace
        self._campaign = campaign
        self._theme = theme or Theme(workspace.root)

    def region(self, spot: Spot | None, output: Output) -> Region:
        """Where a spot of an output comes from; the article, or the settings, where nobody can know."""
        if isinstance(spot, Region):
            return spot
        if isinstance(spot, Setting):
            position = settings_position(self._workspace, spot.path)
            return Region(path=SETTINGS_FILE, line=position.line, column=position.column)
        if isinstance(spot, Words):
            return Region(path=spot.path, line=_first_line(self._text(spot.path), spot.texts) or 1)
        if self._campaign is None:
            return Region(path=SETTINGS_FILE)
        if isinstance(spot, Key):
            position = self._campaign.position(spot.path)
            return Region(path=self._campaign.path, line=position.line, column=position.column)
        if isinstance(spot, Passage):
            return _passage(self._campaign, spot)
        if isinstance(spot, Styles):
            return self._styles(spot)
        if isinstance(spot, SharedSource):
            return self._shared_source(spot)
        return Region(path=self._campaign.path) if spot is None else self._element(spot, output)

    def _shared_source(self, spot: SharedSource) -> Region:
        try:
            position = read_tree(self._text(SOURCES_FILE), path=SOURCES_FILE).keys[spot.id]
        except (CampaignerError, KeyError):  # it has changed since it was read
            return Region(path=SOURCES_FILE)
        return Region(path=SOURCES_FILE, line=position.line, column=position.column)

    def _styles(self, spot: Styles) -> Region:
        found = ((path, _first_line(self._text(path), [spot.text])) for path in STYLES)
        return next(
            (Region(path=path, line=line) for path, line in found if line), Region(path=self._article_path)
        )

    def _element(self, element: HtmlElement, output: Output) -> Region:
        tag = made_from(self._theme, TEMPLATES.get(output, ()), element)
        if tag and any(tag.says(element)) and not _passed_on(self._article, element, tag):
            return Region(path=tag.path, line=tag.line)
        line = _line_in(self._article, element)
        if not line and tag:
            return Region(path=tag.path, line=tag.line)
        return Region(path=self._article_path, line=line or 1)

    @property
    def _article_path(self) -> str:
        return self._campaign.path if self._campaign else SETTINGS_FILE

    @cached_property
    def _article(self) -> str:
        return self._text(self._article_path)

    def _text(self, path: str) -> str:
        try:
            return read_text(self._workspace, self._workspace.root / path, largest=LARGEST)[0]
        except CampaignerError:
            return ""


def _passage(campaign: Campaign, spot: Passage) -> Region:
    def position(place: int) -> tuple[int, int]:
        """Line and column of a character of the article's text."""
        start_of_line = campaign.body.rfind("\n", 0, place) + 1
        return campaign.body_line + campaign.body.count("\n", 0, place), place - start_of_line + 1

    line, column = position(spot.start)
    end_line, end_column = position(max(spot.start, spot.end - 1))
    return Region(path=campaign.path, line=line, column=column, end_line=end_line, end_column=end_column)


def _line_in(source: str, element: HtmlElement) -> int:
    """The line of a source that an element was made from; 0 where it is not there."""
    if not source:
        return 0
    found: dict[int, int] = {}
    for telling in _telling(element):
        for line in _lines_with(source, telling):
            found[line] = found.get(line, 0) + 1
    if found:  # the first of those that have most of it
        return max(found, key=found.__getitem__)
    return _line_of_words(source, element)


def _passed_on(article: str, element: HtmlElement, tag: Tag) -> bool:
    """Whether a tag only passed on what an article says: the words of an element, and its address if it has one."""
    words = _words(element) if _is_writing(element) else []
    address = _address(element)
    if not (words or address) or (words and not _has_words(article, words)):
        return False
    if address:
        return (address if len(address) > LEAST_ADDRESS else f"({address}") in article
    return not tag.says_words(element)


def _address(element: HtmlElement) -> str:
    """What of the address of a link or picture is the same wherever it stands."""
    if element.get("src"):
        return _picture_name(element.get("src", ""))
    address = _untracked(element.get("href") or "").strip("/")
    return address.rsplit("/", 1)[-1] if len(address) > LEAST_ADDRESS else address


def _words(element: HtmlElement) -> list[str]:
    """The first words of an element; of what no reader sees, none."""
    if element.tag in UNSEEN:
        return []
    return re.findall(r"\w+", element.text_content()[:LONGEST_BLOCK])[:MOST_WORDS]


def _is_writing(element: HtmlElement) -> bool:
    """Whether an element is one piece of writing, and does not hold several."""
    return element.tag in BLOCKS | INLINE and not _has_blocks(element)


def _has_blocks(element: HtmlElement) -> bool:
    return any(inner is not element for inner in element.iter(*BLOCKS))


def _line_of_words(source: str, element: HtmlElement) -> int:
    """The line on which the words of an element begin; 0 where it has none, or the source has not.

    A field has those of the label around it, and what holds several pieces of writing those of the first.
    """
    if element.tag in FIELDS:
        element = next(element.iterancestors("label"), element)
    words = _words(element)
    if words and _has_blocks(element):
        first = next((one for one in element.iter(*BLOCKS) if one is not element and _words(one)), element)
        words = _words(first) if len(_words(first)) >= LEAST_WORDS else []
    if not words:
        return 0
    if element.tag in BLOCKS and _is_writing(element):
        return line_of(source, _text_of(element)) or 0
    block = next(element.iterancestors(*BLOCKS), None)
    around = line_of(source, _text_of(block)) if block is not None and not _has_blocks(block) else None
    lines = [*_lines_of_words(source, words)]
    return next((line for line in lines if line >= (around or 1)), lines[0] if lines else 0)


def _text_of(block: HtmlElement) -> str:
    return " ".join(block.text_content().lstrip()[:LONGEST_BLOCK].split())


def _has_words(source: str, words: Iterable[str]) -> bool:
    return next(iter(_lines_of_words(source, words)), 0) > 0


def _lines_of_words(source: str, words: Iterable[str]) -> Iterator[int]:
    """The lines on which these words begin, one after the other with nothing but signs between them."""
    together = r"[\W_]{1,200}".join(map(re.escape, words))
    pattern = rf"(?<!\w){together}(?!\w)"
    for found in islice(re.finditer(pattern, source, re.IGNORECASE), MOST_LINES):
        yield source.count("\n", 0, found.start()) + 1


def _first_line(source: str, texts: Iterable[str]) -> int:
    """The line of the first of these texts that a source has; 0 where it has none."""
    places = (source.find(text) if source else -1 for text in texts)
    return next((source.count("\n", 0, place) + 1 for place in places if place >= 0), 0)


def _lines_with(source: str, text: str) -> Iterable[int]:
    """The lines of a source that a text stands on, as far as anybody wants to know."""
    lines: list[int] = []
    line, counted, place = 1, 0, source.find(text)
    while place >= 0 and len(lines) < MOST_LINES:
        line, counted = line + source.count("\n", counted, place), place
        lines.append(line)
        end_of_line = source.find("\n", place)
        place = source.find(text, end_of_line) if end_of_line >= 0 else -1
    return lines


def _telling(element: HtmlElement) -> Iterator[str]:
    """Texts that stand in a source as they stand in the element."""
    for name in TELLING:
        value = (element.get(name) or "").strip()
        if name == "src":
            value = _picture_name(value)
        elif name == "href":
            value = _untracked(value)
        if len(value) > LEAST_ADDRESS:
            yield value


def _picture_name(address: str) -> str:
    """What the name of a picture's file begins with: it gets a new one, which begins as the old one did."""
    return address.rsplit("/", 1)[-1].split(".", maxsplit=1)[0].rsplit("-", 1)[0] + "."


def _untracked(address: str) -> str:
    return address.partition("?utm_")[0].partition("&utm_")[0]
