"""Where a problem is, as a check says it; `places` finds the line of the source."""

from dataclasses import dataclass

from lxml.html import HtmlElement


@dataclass(frozen=True, kw_only=True)
class Key:
    """A key of front matter, by dotted path: "landing.faq.0.question"."""

    path: str


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A key of campaigner.toml, by dotted path: "sender.postal_address"."""

    path: str


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A piece of the article's text as it was written, by the places of its characters in it."""

    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class SharedSource:
    """A source of sources.yaml, by its id."""

    id: str


#: an element stands for the text that it was made from
Spot = HtmlElement | Key | Setting | Passage | SharedSource
