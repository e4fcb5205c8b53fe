"""A campaign: one article with everything that is resolved about it before it is rendered."""

from enum import StrEnum

from campaigner.model.front_matter import FrontMatter
from campaigner.value import Value


class State(StrEnum):
    """Where a campaign is in its life, at one moment."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    LIVE = "live"
    EXPIRED = "expired"


class Position(Value):
    """A place in a source file; line and column count from 1."""

    line: int
    column: int


class Campaign(Value):
    """One article as it was read: its front matter checked, its body still Markdown."""

    #: name of its folder in campaigns/
    folder: str
    slug: str
    #: of article.md, relative to the workspace
    path: str
    front_matter: FrontMatter
    #: Markdown, without the front matter, with \n line ends
    body: str
    #: line of article.md on which the body begins
    body_line: int
    #: where each key of the front matter stands, by dotted path ("landing.faq.0.question")
    positions: dict[str, Position]
    #: hash of the article's bytes
    digest: str
    #: top keys of the front matter that could not be read: nobody knows what they say
    unread: frozenset[str] = frozenset()

    def position(self, key: str) -> Position:
        """Where `key` stands in article.md; of its nearest parent where it is not written."""
        while key not in self.positions and "." in key:
            key = key.rpartition(".")[0]
        return self.positions.get(key, Position(line=1, column=1))


class Card(Value):
    """What the rest of the site needs to know about a campaign: its listing, not its text.

    Kept in the manifest as JSON, so that a build need not read articles that did not change; times
    are UTC in RFC 3339, which sort as text.
    """

    folder: str
    slug: str
    path: str
    title: str
    description: str
    draft: bool
    #: of the article, as it was written; empty for none
    date: str
    updated: str
    #: from when it is live; empty where there is no date at all
    published_at: str
    #: from when it is listed no more; empty for never
    expires_at: str
    #: when it was last changed in earnest, for feed and sitemap
    changed_at: str
    lang: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    #: path of its picture in the workspace; empty for none
    image: str
    image_alt: str
    reading_minutes: int
    aliases: tuple[str, ...]

    def state(self, now: str) -> State:
        """The state of the campaign at `now`, UTC in RFC 3339."""
        if self.draft:
            return State.DRAFT
        if not self.published_at or self.published_at > now:
            return State.SCHEDULED
        if self.expires_at and self.expires_at <= now:
            return State.EXPIRED
        return State.LIVE

    @property
    def order(self) -> tuple[str, str]:
        """Sorts campaigns, the newest last; those of one moment by slug."""
        return (self.published_at, self.slug)
