"""The whole site as checks see it: notes of each page, and of what leads where."""

from collections.abc import Mapping
from functools import cached_property

from campaigner.checks.online import Answer
from campaigner.model.finding import MAILS, Output
from campaigner.model.settings import Settings
from campaigner.value import Value


class SiteLink(Value):
    """A link to a place of the site."""

    #: as it was written, and the words that it stands on
    written: str
    words: str
    #: the place: "spring-offer/join/"
    target: str
    #: what stands behind its #; empty for nothing
    fragment: str


class Facts(Value):
    """What others must know about a page, or about a mail."""

    campaign: str
    #: of the article, in the workspace
    path: str
    output: Output
    #: in the site; empty for a mail
    address: str
    title: str
    description: str
    #: whether search engines may list it
    is_listed: bool
    anchors: frozenset[str]
    links: tuple[SiteLink, ...]
    #: web addresses elsewhere
    external: tuple[str, ...]
    #: earlier addresses in the site that lead to a post
    aliases: tuple[str, ...] = ()


class Site(Value):
    """All that is made, to be looked at together."""

    settings: Settings
    pages: tuple[Facts, ...]
    #: everything that there is in it: pages, feeds and files, without what is in assets/
    places: frozenset[str]
    #: what was answered at web addresses elsewhere; empty where nobody asked
    answers: Mapping[str, Answer]
    #: posts that home, tags and their neighbours lead to; None where only some campaigns were looked at
    listed: frozenset[str] | None = None

    output = Output.SITE

    @cached_property
    def by_address(self) -> dict[str, Facts]:
        """The pages, by where they are."""
        return {page.address: page for page in self.pages if page.output not in MAILS}
