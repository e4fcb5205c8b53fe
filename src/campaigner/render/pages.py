"""What pages of one campaign have in common: its text, its sources, its people."""

from functools import cached_property

from campaigner.content.cards import alias_path, reading_minutes, tag_slug
from campaigner.model.campaign import Campaign, State
from campaigner.model.front_matter import Source
from campaigner.model.pages import AuthorView, DateView, LinkView, Reference
from campaigner.render import addresses
from campaigner.render.addresses import relative
from campaigner.render.body.article import ArticleBody
from campaigner.render.body.opening import opening
from campaigner.render.body.typography import typographic
from campaigner.render.body.web import WebContext
from campaigner.render.dates import date_view
from campaigner.render.illustrations import Illustrations
from campaigner.render.publication import Publication
from campaigner.render.references import numbered
from campaigner.render.theme import Words
from campaigner.value import Value


class CampaignPages(Value):
    """One campaign, ready to become pages."""

    publication: Publication
    campaign: Campaign
    body: ArticleBody
    state: State
    illustrations: Illustrations

    @property
    def language(self) -> str:
        """Language of all its pages."""
        return self.publication.language(self.campaign.front_matter.lang)

    @property
    def words(self) -> Words:
        """The theme's words in that language."""
        return self.publication.theme.words(self.language)

    @property
    def sources(self) -> dict[str, Source]:
        """The article's own sources, and the shared ones it does not describe itself."""
        return {**self.publication.sources, **self.campaign.front_matter.sources}

    @cached_property
    def references(self) -> dict[str, Reference]:
        """The sources cited, by id; numbered alike in every output."""
        return numbered(self.body.cited, self.sources, self.language)

    @property
    def listed(self) -> bool:
        """Whether search engines may list it: drafts and what is scheduled must not be found."""
        return self.state in (State.LIVE, State.EXPIRED)

    @property
    def expired(self) -> DateView | None:
        """Since when it has ended, if it has."""
        if self.state is not State.EXPIRED:
            return None
        return date_view(str(self.campaign.front_matter.expiry_date), self.language)

    def set(self, text: str) -> str:
        """A line of front matter with its quotes and dashes set."""
        return typographic(text, self.language)

    @cached_property
    def summary(self) -> str:
        """What it says, for search results, shared links and feeds: its description, else its first sentences."""
        return self.set(self.campaign.front_matter.description) or opening(self.body, "blog")

    @property
    def authors(self) -> tuple[AuthorView, ...]:
        """Who wrote it; the site's name, which every page shows, says nothing as a role."""
        site = self.publication.settings.site.name
        return tuple(
            AuthorView(
                name=author.name,
                role="" if author.role == site else self.set(author.role),
                url=author.url or "",
            )
            for author in self.campaign.front_matter.authors
        )

    def tags(self, page: str) -> tuple[LinkView, ...]:
        """Its subjects, linked; those that no listing may know go nowhere."""
        return tuple(
            LinkView(
                label=tag,
                href=relative(addresses.tag(tag_slug(tag)), page) if self.state is State.LIVE else "",
            )
            for tag in dict.fromkeys(self.campaign.front_matter.tags)
        )

    @property
    def date(self) -> DateView | None:
        """Its date."""
        meant = self.campaign.front_matter
        return date_view(str(meant.date or meant.publish_date or ""), self.language)

    @property
    def updated(self) -> DateView | None:
        """When it was last changed in earnest."""
        return date_view(str(self.campaign.front_matter.updated or ""), self.language)

    @property
    def reading_minutes(self) -> int:
        """Whole minutes that reading takes."""
        return reading_minutes(self.campaign.body)

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its earlier addresses, in the site."""
        return tuple(alias_path(alias) for alias in self.campaign.front_matter.aliases)

    def web_context(self, page: str) -> WebContext:
        """The surroundings of its text on a web page."""
        return WebContext(
            theme=self.publication.theme,
            words=self.words,
            page=page,
            written_on=addresses.post(self.campaign.slug),
            references=self.references,
            picture=lambda element: self.illustrations.in_text(element, page, self.body),
        )

    def context(self, page: str, view: object) -> dict[str, object]:
        """What a template gets."""
        return {"page": view, "site": self.publication.site_view(page), "words": self.words}
