"""An article as checks see it: what was written, and with what it is read."""

from collections.abc import Mapping
from functools import cached_property

from campaigner.checks.lost_links import LostLink, lost_links_in
from campaigner.checks.own_stylesheets import MailStyles
from campaigner.checks.page_styles import UNKNOWN_STYLES, PageStyles
from campaigner.checks.prose import Sentence, citations_in, lines_of, readable, sentences_of
from campaigner.checks.refusals import Refusal, refusals_in
from campaigner.checks.written import Piece, listed, pieces_of
from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import Source
from campaigner.model.policy import Policy
from campaigner.model.settings import Audience, Settings
from campaigner.render.palette import Palettes
from campaigner.render.pictures import CachedFile
from campaigner.value import Value


class Article(Value):
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
    #: the stylesheet of the site's pages
    styles: PageStyles = UNKNOWN_STYLES
    #: the stylesheets of its mail, where the workspace has its own
    mail_styles: MailStyles = MailStyles()

    #: the packs that hold for it
    policies: tuple[Policy, ...] = ()
    #: its place in listings: 0 for the newest, 1 for all others; None where none shows it
    place: int | None = None

    @property
    def base_url(self) -> str:
        """The site's address; ends in /."""
        return self.settings.site.url.rstrip("/") + "/"

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
    def lost_links(self) -> tuple[LostLink, ...]:
        """Links in its text that no output has."""
        return lost_links_in(self.campaign.body)

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

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        """What the packs refuse of that."""
        return tuple(refusals_in(self.pieces, self.policies, self.audience))

    @cached_property
    def listed(self) -> tuple[Piece, ...]:
        """What home, tags and feed show of it to the site's own audience."""
        return tuple(listed(self.pieces, self.place))
