"""Finds the line of a source that a problem comes from: of the article, of a template, of the settings.

An element comes from a template of the workspace's own that says it literally: its attributes, its words. What such
a template only passes on, words and addresses, comes from the article. What neither says comes from the tag of the
workspace's own that may have become it, and is told at the article's first line where the theme made all of it.
"""

from functools import cached_property

from lxml.html import HtmlElement

from campaigner.checks.article_lines import (
    LEAST_ADDRESS,
    exact_line,
    first_line,
    line_in,
    line_of_address,
    line_of_label,
    says,
)
from campaigner.checks.lacking_signs import region_lacking, texts_of
from campaigner.checks.own_stylesheets import region_styled
from campaigner.checks.own_templates import Tag, leading_to, made_from, own_files, own_text
from campaigner.checks.own_words import region_emptied, region_named, region_saying, region_silent
from campaigner.checks.spots import (
    Key,
    Lacking,
    OwnTemplate,
    Passage,
    Region,
    Said,
    Setting,
    SharedSource,
    Spot,
    Styled,
    Styles,
    ThemeWords,
    Wording,
    Words,
)
from campaigner.content.settings import settings_position
from campaigner.content.workspace import SETTINGS_FILE, SOURCES_FILE, Workspace, read_text
from campaigner.content.yaml import read_tree
from campaigner.errors import CampaignerError
from campaigner.model.campaign import Campaign
from campaigner.model.finding import MAILS, Output
from campaigner.render.body import mail, web
from campaigner.render.letters import letter_templates
from campaigner.render.listing import HOME_TEMPLATE, TAG_TEMPLATE
from campaigner.render.plain import NOT_FOUND_TEMPLATE, PRIVACY_TEMPLATE
from campaigner.render.theme import Theme

#: the templates that each output is made with: its own, and those that its text is set with; see Theme.closure
TEMPLATES = {
    Output.POST: ("blog/post.html", *web.PARTS),
    Output.LANDING: ("landing/index.html", *web.PARTS),
    Output.THANKS: ("landing/thanks.html", *web.PARTS),
    Output.CONFIRMED: ("landing/confirmed.html", *web.PARTS),
    Output.NEWSLETTER: ("newsletter/body.html", "newsletter/body.txt", *mail.PARTS),
    Output.CONFIRMATION_MAIL: letter_templates("confirmation"),
    Output.WELCOME_MAIL: letter_templates("welcome"),
    Output.ALREADY_MAIL: letter_templates("already-subscribed"),
    Output.WEB_VERSION: ("newsletter/body.html", *mail.PARTS),
    Output.LISTING: (HOME_TEMPLATE, TAG_TEMPLATE),
    Output.SITE: (PRIVACY_TEMPLATE, NOT_FOUND_TEMPLATE, *web.PARTS),
}
#: where a workspace may have styles of its own for the mail
STYLES = ("templates/styles/email-head.css", "templates/styles/email.css", "templates/_layouts/email.html")
STYLED = MAILS | {Output.WEB_VERSION}
LARGEST = 100_000_000


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
            return self._words_of(spot, output)
        if isinstance(spot, ThemeWords):
            return self._theme_words(spot, output)
        if self._campaign is None:
            return self._of_site(spot, output)
        return self._made(self._campaign, spot, output)

    def _of_site(self, spot: Spot | None, output: Output) -> Region:
        """Where a spot of a page that no campaign has comes from: of home, a tag, the page that is not there."""
        found = None
        if isinstance(spot, HtmlElement | Wording):
            element, is_wording = (spot.of, True) if isinstance(spot, Wording) else (spot, False)
            found = self._element(element, output, is_wording=is_wording)
        elif isinstance(spot, Lacking):
            found = self._lacking(spot, output)
        return found or Region(path=SETTINGS_FILE)

    def _made(self, campaign: Campaign, spot: Spot | None, output: Output) -> Region:
        """Where a spot of what a campaign becomes comes from."""
        if isinstance(spot, Key):
            return self._key(campaign, spot)
        if isinstance(spot, Said | OwnTemplate):
            found = self._own_template(spot) if isinstance(spot, OwnTemplate) else self._said(spot, output)
            return found or self._key(campaign, spot.key)
        if isinstance(spot, Passage):
            return _passage(campaign, spot)
        if isinstance(spot, SharedSource):
            return self._shared_source(spot)
        if isinstance(spot, Wording):
            return self._element(spot.of, output, is_wording=True)
        found = None
        if isinstance(spot, Styles):
            found = self._styles(spot)
        elif isinstance(spot, Styled):
            found = region_styled(self._theme, spot) if output in STYLED else None
            found = found or self._element(spot.of, output)
        elif isinstance(spot, Lacking):
            found = self._lacking(spot, output)
        elif spot is not None:
            found = self._element(spot, output)
        return found or Region(path=campaign.path)

    def _words_of(self, spot: Words, output: Output) -> Region:
        """Where words stand in their file; an address that it does not have may come from elsewhere."""
        text = self._text(spot.path)
        addresses = [one for one in spot.texts if one[0] == "#" or ("/" in one and len(one) > LEAST_ADDRESS)]
        is_written = any(line_of_address(text, address) for address in (spot.href, *addresses))
        tag = self._leading_to(spot, output)
        if tag and not is_written and tag.leads_to({"href": spot.href}):
            return Region(path=tag.path, line=tag.line)
        if addresses:
            templates = own_files(self._theme, TEMPLATES.get(output, ()), ".html")
            others = (*(f"templates/{name}" for name in templates), SOURCES_FILE, SETTINGS_FILE)
            texts = {path: self._text(path) for path in others}
            for address in addresses:  # the first is the most exact one
                for path, one in ((spot.path, text), *texts.items()):
                    if line := first_line(one, [address]):
                        return Region(path=path, line=line)
        if tag:
            return Region(path=tag.path, line=tag.line)
        line = (
            line_of_address(text, spot.href)
            or first_line(text, spot.texts)
            or line_of_label(text, spot.label)
        )
        return Region(path=spot.path, line=line or 1)

    def _leading_to(self, spot: Words, output: Output) -> Tag | None:
        """The tag of a template that wrote a link, or computed a part of it."""
        return (
            leading_to(self._theme, TEMPLATES.get(output, ()), spot.href, spot.label) if spot.href else None
        )

    def _lacking(self, spot: Lacking, output: Output) -> Region | None:
        found = region_silent(self._theme, spot.words, spot.language)
        return found or region_lacking(self._theme, TEMPLATES.get(output, ()), spot)

    def _key(self, campaign: Campaign, spot: Key) -> Region:
        if spot.words and spot.path not in campaign.positions:
            found = region_named(self._theme, spot.words, spot.language)
            if found:
                return found
        position = campaign.position(spot.path)
        return Region(path=campaign.path, line=position.line, column=position.column)

    def _said(self, spot: Said, output: Output) -> Region | None:
        for element in spot.by:
            tag = made_from(self._theme, TEMPLATES.get(output, ()), element)
            if tag and (spot.is_of_template or (tag.is_literal and tag.says_words(element))):
                return Region(path=tag.path, line=tag.line)
        return None

    def _own_template(self, spot: OwnTemplate) -> Region | None:
        text = own_text(self._theme, spot.name)
        return (
            Region(path=f"templates/{spot.name}", line=first_line(text, [spot.sign]) or 1) if text else None
        )

    def _theme_words(self, spot: ThemeWords, output: Output) -> Region:
        own = own_text(self._theme, spot.template)
        if own and own not in texts_of(self._theme, spot.template)[1:]:  # it says more than the theme's does
            return Region(path=f"templates/{spot.template}", line=first_line(own, ["{{"]) or 1)
        found = region_named(self._theme, spot.words, spot.language)
        return found or self.region(Setting(path="site.name"), output)

    def _shared_source(self, spot: SharedSource) -> Region:
        try:
            keys = read_tree(self._text(SOURCES_FILE), path=SOURCES_FILE).keys
            position = keys.get(f"{spot.id}.{spot.key}") or keys[spot.id]
        except (CampaignerError, KeyError):  # it has changed since it was read
            return Region(path=SOURCES_FILE)
        return Region(path=SOURCES_FILE, line=position.line, column=position.column)

    def _styles(self, spot: Styles) -> Region | None:
        found = ((path, first_line(self._text(path), [spot.text])) for path in STYLES)
        return next((Region(path=path, line=line) for path, line in found if line), None)

    def _element(self, element: HtmlElement, output: Output, *, is_wording: bool = False) -> Region:
        names = TEMPLATES.get(output, ())
        if not exact_line(self._article, element) and (
            emptied := region_emptied(self._theme, names, element, output)
        ):
            return emptied
        tag = made_from(self._theme, names, element)
        if is_wording and not (tag and tag.says_words(element)):
            words = self._words(element)
            if words:
                return words
        is_exact = exact_line(self._article, element) > 0
        if tag and any(tag.says(element)):
            is_passed_on = is_exact or not tag.leads_to(element)
            if not (is_passed_on and says(self._article, element, is_in_template=tag.says_words(element))):
                return Region(path=tag.path, line=tag.line)
        if not is_exact and (line := exact_line(self._text(SOURCES_FILE), element)):
            return Region(path=SOURCES_FILE, line=line)
        if not is_exact and not tag and (called := self._calling(element, output)):
            return called
        line = line_in(self._article, element, is_wording=is_wording)
        if not line and tag:
            return Region(path=tag.path, line=tag.line)
        return Region(path=self._article_path, line=line or 1)

    def _calling(self, element: HtmlElement, output: Output) -> Region | None:
        """Where a template hands the address of a link on to what writes it."""
        for name in own_files(self._theme, TEMPLATES.get(output, ()), ".html"):
            path = f"templates/{name}"
            if line := exact_line(self._text(path), element):
                return Region(path=path, line=line)
        return None

    def _words(self, element: HtmlElement) -> Region | None:
        """Where the workspace's own words for its theme say what an element says, and the article does not."""
        if says(self._article, element, is_in_template=True):
            return None
        language = element.getroottree().getroot().get("lang") or ""
        return region_saying(self._theme, element.text_content(), language)

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
