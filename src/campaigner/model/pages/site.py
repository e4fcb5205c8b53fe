"""Pages of the site that no campaign has: listings, plain pages and redirects, as their templates see them."""

from markupsafe import Markup

from campaigner.model.pages.common import Head, LinkView
from campaigner.model.pages.post import Teaser
from campaigner.value import Value


class ListPage(Value):
    """Home (`blog/index.html`) or a tag (`blog/tag.html`), in pages."""

    head: Head
    #: the site's name, or the tag
    title: str
    #: one sentence; may be empty
    intro: str
    teasers: tuple[Teaser, ...]
    #: 1 for the first
    number: int
    count: int
    newer: LinkView | None
    older: LinkView | None
    #: all tags with how many pieces each has, on the first page of home
    tags: tuple[LinkView, ...]


class PlainPage(Value):
    """A page of text: `page/privacy.html`, or one of words only: `page/404.html`."""

    head: Head
    title: str
    body: Markup


class RedirectPage(Value):
    """An earlier address that leads on: `page/redirect.html`."""

    head: Head
    #: where to
    href: str
