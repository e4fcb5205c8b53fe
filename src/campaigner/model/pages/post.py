"""A blog post, as its templates see it."""

from typing import Any

from markupsafe import Markup

from campaigner.model.pages.common import AuthorView, DateView, Head, LinkView, Picture
from campaigner.value import Value


class ContentsEntry(Value):
    """A heading in the table of contents."""

    id: str
    text: str
    #: 2 or 3
    level: int


class Reference(Value):
    """A source that the article cites, numbered in the order of citation."""

    number: int
    #: id of its list item: "source-1"
    anchor: str
    title: str
    author: str
    publisher: str
    date: DateView | None
    #: may be empty
    url: str
    accessed: DateView | None
    note: str
    #: ids of the places that cite it, for return links
    cited_at: tuple[str, ...]


class Teaser(Value):
    """A campaign as a listing shows it."""

    title: str
    description: str
    #: of title and description, BCP 47; empty where it is the page's
    lang: str
    href: str
    date: DateView | None
    tags: tuple[LinkView, ...]
    authors: tuple[AuthorView, ...]
    reading_minutes: int
    image: Picture | None


class PostPage(Value):
    """The blog post: `blog/post.html`."""

    head: Head
    title: str
    #: may be empty
    standfirst: str
    date: DateView | None
    #: only where the article says that it was changed
    updated: DateView | None
    authors: tuple[AuthorView, ...]
    #: first is the kicker above the title
    tags: tuple[LinkView, ...]
    reading_minutes: int
    image: Picture | None
    body: Markup
    #: empty where there are fewer than three headings
    contents: tuple[ContentsEntry, ...]
    references: tuple[Reference, ...]
    #: the invitation to sign up
    join: LinkView
    #: one sentence above the invitation's button; may be empty
    join_text: str
    previous: LinkView | None
    next: LinkView | None
    #: set where the campaign has ended: since when
    expired: DateView | None
    #: the front matter's own data
    params: dict[str, Any]
