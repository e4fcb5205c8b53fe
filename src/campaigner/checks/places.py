"""Finds the line of a source that a problem comes from: of the article, of a template, of the settings."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from lxml.html import HtmlElement

from campaigner.checks.spots import Key, Passage, Region, Setting, SharedSource, Spot, Styles, Words
from campaigner.content.settings import settings_position
from campaigner.content.source_lines import line_of
from campaigner.content.workspace import SETTINGS_FILE, SOURCES_FILE, Workspace, read_text
from campaigner.content.yaml import read_tree
from campaigner.errors import CampaignerError
from campaigner.model.campaign import Campaign
from campaigner.model.finding import Output

#: a template that a workspace may have of its own, for each output
TEMPLATES = {
    Output.POST: "templates/blog/post.html",
    Output.LANDING: "templates/landing/index.html",
    Output.THANKS: "templates/landing/thanks.html",
    Output.CONFIRMED: "templates/landing/confirmed.html",
    Output.NEWSLETTER: "templates/newsletter/body.html",
    Output.WEB_VERSION: "templates/newsletter/body.html",
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
LARGEST = 100_000_000
#: characters of a block by which its line is known
LONGEST_BLOCK = 10_000
#: lines looked at for one text
MOST_LINES = 100


class Places:
    """Finds places in the sources of one campaign, or of the site where there is none."""

    def __init__(self, workspace: Workspace, campaign: Campaign | None = None) -> None:
        self._workspace = workspace
        self._campaign = campaign

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
        line = _line_in(self._article, element)
        if line:
            return Region(path=self._article_path, line=line)
        template = TEMPLATES.get(output, "")
        line = _line_in(self._text(template), element) if template else 0
        return Region(path=template, line=line) if line else Region(path=self._article_path)

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
    block = element
    while block is not None and block.tag not in BLOCKS:
        block = block.getparent()
    text = " ".join((element if block is None else block).text_content().lstrip()[:LONGEST_BLOCK].split())
    return (line_of(source, text) or 0) if text else 0


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
        if name == "src":  # pictures get new names, which begin as the old ones did
            value = value.rsplit("/", 1)[-1].split(".")[0].rsplit("-", 1)[0] + "."
        elif name == "href":
            value = value.partition("?utm_")[0].partition("&utm_")[0]
        if len(value) > 4:
            yield value
