"""A newsletter and the mails of the sign-up app, as their templates see them."""

from typing import Any

from markupsafe import Markup

from campaigner.model.pages.common import NO_MARKUP, AuthorView, DateView, LinkView
from campaigner.model.pages.post import Reference
from campaigner.value import Value


class MailPicture(Value):
    """A picture as a mail shows it: one file, absolute, of twice the shown width."""

    url: str
    #: shown size, whole pixels, at most 600 wide
    width: int
    height: int
    alt: str
    caption: Markup = NO_MARKUP


class NewsletterMail(Value):
    """The newsletter: `newsletter/subject.txt`, `body.html`, `body.txt`.

    `Markup` values may hold merge fields; they come out in the dialect of whoever sends the mail.
    """

    lang: str
    dir: str
    subject: str
    preheader: str
    title: str
    kicker: str
    standfirst: str
    date: DateView | None
    authors: tuple[AuthorView, ...]
    image: MailPicture | None
    #: of body.html: the article as mail markup; of body.txt: as plain text of 72 columns
    body: Markup
    references: tuple[Reference, ...]
    #: the article was cut at <!-- more -->
    is_excerpt: bool
    #: of body.txt: the addresses behind the numbers in its text, from [1]
    links: tuple[str, ...]
    post_url: str
    cta: LinkView
    web_version_url: str
    unsubscribe_url: str
    preferences_url: str
    params: dict[str, Any]


class LetterMail(Value):
    """A mail that the sign-up app sends: `mails/KIND/subject.txt`, `body.html`, `body.txt`."""

    lang: str
    dir: str
    #: of body.html and body.txt: what subject.txt made
    subject: str
    #: what an inbox shows behind the subject
    preheader: str
    title: str
    #: what they signed up for, and the article that invited them
    headline: str
    post: LinkView
    #: only of a confirmation: the link that confirms, and the days that it works
    confirm_url: str
    days: int
    #: only to somebody who has confirmed
    unsubscribe_url: str
    preferences_url: str
