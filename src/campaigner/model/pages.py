"""What templates see. Each page is one of these values; `templates/README.md` lists them.

All addresses named `href` are ready to be written: relative to the page they stand on, so that
the site works at any address and in any folder. Those named `url` are absolute.
"""

from typing import Any

from markupsafe import Markup

from campaigner.value import Value

NO_MARKUP = Markup()


class LinkView(Value):
    """A link with its words."""

    label: str
    href: str
    #: of the label, BCP 47; empty where it is the page's
    lang: str = ""
    #: the page that one is on
    current: bool = False


class DateView(Value):
    """A date for people and for machines."""

    #: "1 November 2026", in the page's language
    text: str
    #: "2026-11-01" or RFC 3339
    iso: str


class Rendition(Value):
    """One file of a picture."""

    href: str
    #: in pixels
    width: int


class Picture(Value):
    """A picture in all its sizes. Give `width` and `height` to the `<img>` so that nothing moves."""

    #: the fallback, in a format that every program shows
    src: str
    #: absolute address of the fallback
    url: str
    #: of its largest rendition, in pixels: as wide as it may be shown
    width: int
    height: int
    #: "" for a picture that is only decoration
    alt: str
    #: WebP renditions, ascending
    webp: tuple[Rendition, ...] = ()
    #: renditions in the fallback's format, ascending
    fallback: tuple[Rendition, ...] = ()
    #: below the picture; may be empty
    caption: Markup = NO_MARKUP
    #: first picture of the page: loaded at once, the others when they come near
    eager: bool = False


class Palette(Value):
    """The brand's colours in one scheme, as #rrggbb, each checked for contrast."""

    ink: str
    paper: str
    accent: str
    #: text on a ground of `accent`
    on_accent: str
    #: secondary text, at least 4.5:1 on paper and on tint
    muted: str
    #: thin lines that only order
    hairline: str
    #: borders of form fields, at least 3:1 on paper
    control: str
    #: a ground a little apart from paper
    tint: str
    #: faults beside form fields, at least 4.5:1 on paper
    danger: str


class BrandView(Value):
    """The brand for templates."""

    light: Palette
    dark: Palette
    #: CSS font-family lists with single quotes
    heading_font: str
    text_font: str
    logo: Picture | None


class SiteView(Value):
    """The publication, seen from one page."""

    name: str
    description: str
    language: str
    #: absolute, ends in /
    url: str
    home_href: str
    feed_href: str
    #: empty where no privacy page is set
    privacy_href: str
    #: stylesheet of the site
    style_href: str
    icon_href: str
    navigation: tuple[LinkView, ...]
    social: tuple[LinkView, ...]
    postal_address: str
    brand: BrandView


class AuthorView(Value):
    """Someone who wrote the article."""

    name: str
    role: str
    #: may be empty
    url: str


class ShareImage(Value):
    """The picture that a shared link shows."""

    url: str
    width: int
    height: int
    alt: str


class Head(Value):
    """What stands in the `<head>` of a page."""

    #: for <title> and sharing
    title: str
    description: str
    #: absolute; empty where there is none (404)
    canonical_url: str
    #: BCP 47
    lang: str
    #: "ltr" or "rtl"
    dir: str
    #: "noindex" or empty
    robots: str
    #: Open Graph type: "article" or "website"
    kind: str
    share_image: ShareImage | None
    #: JSON-LD, ready for a <script type="application/ld+json">; may be empty
    structured_data: Markup
    published: str = ""
    modified: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


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


class BenefitView(Value):
    """One thing that a reader gets."""

    title: str
    text: str


class OfferView(Value):
    """What is offered."""

    title: str
    text: str
    price: str
    starts: DateView | None
    ends: DateView | None


class VoiceView(Value):
    """Somebody's word for it, or a fact with its source."""

    #: the words are theirs; else they are ours, and what follows is the source
    is_quote: bool
    text: str
    name: str
    role: str
    url: str


class QuestionView(Value):
    """A question and its answer."""

    question: str
    answer: str


class FieldView(Value):
    """A field of the form. Its `<input>` has the id "field-NAME"."""

    name: str
    label: str
    #: "text", "email", "tel", "url", "number", "date", "select", "textarea" or "checkbox"
    type: str
    required: bool
    autocomplete: str
    options: tuple[str, ...]
    help: str
    #: what stands in it already (when a form comes back with errors)
    value: str = ""
    #: what is wrong with it; may be empty
    error: str = ""


class FormView(Value):
    """The sign-up form; works without JavaScript."""

    action: str
    fields: tuple[FieldView, ...]
    #: exact wording beside the consent box, which is never ticked beforehand
    consent: str
    consent_error: str
    button: str
    #: hidden from people; whoever fills it is no person
    honeypot: str
    #: only where the form came back and its sender had ticked the box
    is_consent_given: bool = False
    #: only where it came back: when it was served, signed
    stamp: str = ""


class LandingPage(Value):
    """The sign-up page: `landing/index.html`; `thanks.html` and `confirmed.html` get it too."""

    head: Head
    title: str
    headline: str
    intro: str
    kicker: str
    image: Picture | None
    benefits: tuple[BenefitView, ...]
    offer: OfferView | None
    #: what the article has for this channel only; may be empty
    body: Markup
    trust: tuple[VoiceView, ...]
    authors: tuple[AuthorView, ...]
    references: tuple[Reference, ...]
    faq: tuple[QuestionView, ...]
    form: FormView
    #: first sentence of the thanks page
    thanks: str
    post: LinkView
    expired: DateView | None
    params: dict[str, Any]


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


class ChoiceView(Value):
    """A list that a subscriber is on, or not."""

    name: str
    label: str
    is_chosen: bool


class SignUpPage(Value):
    """A page of the sign-up app: `signup/message.html`, `signup/question.html` and `signup/preferences.html`."""

    head: Head
    title: str
    paragraphs: tuple[str, ...]
    #: words on the button of a question
    button: str = ""
    #: where to go on; may be none
    further: LinkView | None = None
    #: of preferences: the address, whether it is written to, its name with what is wrong with it, and the lists
    address: str = ""
    is_confirmed: bool = False
    name: FieldView | None = None
    choices: tuple[ChoiceView, ...] = ()
    #: of preferences: whether they were saved just now
    is_saved: bool = False
    #: of preferences: what is wrong with the wish to have all erased
    erase_error: str = ""
