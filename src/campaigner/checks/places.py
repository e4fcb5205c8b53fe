"""Finds the line of a source that a problem comes from: of the article, of a template, of the settings."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from campaigner.checks.spots import Key, Passage, Setting, SharedSource, Spot
from campaigner.checks.subjects import Output
from campaigner.content.settings import settings_position
from campaigner.content.source_lines import line_of
from campaigner.content.workspace import SETTINGS_FILE, SOURCES_FILE, Workspace, read_text
from campaigner.content.yaml import read_tree
from campaigner.errors import CampaignerError
from campaigner.model.campaign import Campaign

#: a template that a workspace may have of its own, for each output
TEMPLATES = {
    Output.POST: "templates/blog/post.html",
    Output.LANDING: "templates/landing/index.html",
    Output.THANKS: "templates/landing/thanks.html",
    Output.CONFIRMED: "templates/landing/confirmed.html",
    Output.NEWSLETTER: "templates/newsletter/body.html",
    Output.WEB_VERSION: "templates/newsletter/body.html",
}
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


@dataclass(frozen=True, kw_only=True)
class Region:
    """A place in a file of the workspace; lines and columns count from 1."""

    path: str
    line: int = 1
    column: int = 1
    #: the last character's, where the region is known to end
    end_line: int = 0
    end_column: int = 0


class Places:
    """Finds places in the sources of one campaign."""

    def __init__(self, workspace: Workspace, campaign: Campaign) -> None:
        self._workspace = workspace
        self._campaign = campaign

    def region(self, spot: Spot | None, output: Output) -> Region:
        """Where a spot of an output comes from; the article where nobody can know."""
        if isinstance(spot, Key):
            position = self._campaign.position(spot.path)
            return Region(path=self._campaign.path, line=position.line, column=position.column)
        if isinstance(spot, Setting):
            position = settings_position(self._workspace, spot.path)
            return Region(path=SETTINGS_FILE, line=position.line, column=position.column)
        if isinstance(spot, Passage):
            return self._passage(spot)
        if isinstance(spot, SharedSource):
            return self._shared_source(spot)
        if spot is not None:
            return self._element(spot, output)
        return Region(path=self._campaign.path)

    def _shared_source(self, spot: SharedSource) -> Region:
        try:
            position = read_tree(self._text(SOURCES_FILE), path=SOURCES_FILE).keys[spot.id]
        except (CampaignerError, KeyError):  # it has changed since it was read
            return Region(path=SOURCES_FILE)
        return Region(path=SOURCES_FILE, line=position.line, column=position.column)

    def _passage(self, spot: Passage) -> Region:
        line, column = self._in_body(spot.start)
        end_line, end_column = self._in_body(max(spot.start, spot.end - 1))
        return Region(
            path=self._campaign.path, line=line, column=column, end_line=end_line, end_column=end_column
        )

    def _in_body(self, place: int) -> tuple[int, int]:
        """Line and column of a character of the article's text."""
        body = self._campaign.body
        lines_before = body.count("\n", 0, place)
        return self._campaign.body_line + lines_before, place - (body.rfind("\n", 0, place) + 1) + 1

    def _element(self, element: HtmlElement, output: Output) -> Region:
        line = _line_in(self._article, element)
        if line:
            return Region(path=self._campaign.path, line=line)
        template = TEMPLATES.get(output, "")
        line = _line_in(self._text(template), element) if template else 0
        return Region(path=template, line=line) if line else Region(path=self._campaign.path)

    @cached_property
    def _article(self) -> str:
        return self._text(self._campaign.path)

    def _text(self, path: str) -> str:
        try:
            return read_text(self._workspace, self._workspace.root / path, largest=LARGEST)[0]
        except CampaignerError:
            return ""


def _line_in(source: str, element: HtmlElement) -> int:
    """The line of a source that an element was made from; 0 where it is not there."""
    if not source:
        return 0
    for telling in _telling(element):
        place = source.find(telling)
        if place >= 0:
            return source.count("\n", 0, place) + 1
    block = element
    while block is not None and block.tag not in BLOCKS:
        block = block.getparent()
    text = " ".join((element if block is None else block).text_content().split())
    return (line_of(source, text) or 0) if text else 0


def _telling(element: HtmlElement) -> Iterator[str]:
    """Texts that stand in a source as they stand in the element."""
    for name in TELLING:
        value = (element.get(name) or "").strip()
        if name == "src":  # pictures get new names, which begin as the old ones did
            value = value.rsplit("/", 1)[-1].split(".")[0].rsplit("-", 1)[0]
        elif name == "href":
            value = value.partition("?utm_")[0].partition("&utm_")[0]
        if len(value) > 3:
            yield value
