"""A campaign: one article with everything that is resolved about it before it is rendered."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from campaigner.model.front_matter import FrontMatter
from campaigner.model.moment import Moment

NEVER = Moment(at=datetime.max.replace(tzinfo=UTC), day=datetime.max.date())


class State(StrEnum):
    """Where a campaign is in its life, at one moment."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    LIVE = "live"
    EXPIRED = "expired"


@dataclass(frozen=True, kw_only=True)
class Position:
    """A place in a source file; line and column count from 1."""

    line: int
    column: int


@dataclass(frozen=True, kw_only=True)
class Campaign:
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

    def position(self, key: str) -> Position:
        """Where `key` stands in article.md; of its nearest parent where it is not written."""
        while key not in self.positions and "." in key:
            key = key.rpartition(".")[0]
        return self.positions.get(key, Position(line=1, column=1))


def state(front_matter: FrontMatter, now: datetime) -> State:
    """Say in which state an article is at `now` (with a zone)."""
    if front_matter.draft:
        return State.DRAFT
    published = front_matter.publish_date or front_matter.date or NEVER
    if published.at > now:
        return State.SCHEDULED
    if (front_matter.expiry_date or NEVER).at <= now:
        return State.EXPIRED
    return State.LIVE
