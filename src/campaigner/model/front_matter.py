"""The front matter of an article, as a value. Only `title` is required."""

from typing import Annotated, Any, Literal

from pydantic import Field

from campaigner.model.moment import DateOrTime
from campaigner.model.schema import After, Before, block, unwritten
from campaigner.model.settings import Audience, Utm, Waiver
from campaigner.model.site_path import SitePaths
from campaigner.model.text import (
    Language,
    Line,
    Lines,
    Link,
    MailboxAddress,
    Paragraphs,
    PersonalLine,
    Slug,
    Tags,
    Unfit,
    WebAddress,
    as_list,
)


def of_the_article(waiver: Waiver) -> Waiver:
    """Refuse the name of a campaign: a waiver in an article is for that article."""
    if waiver.campaign:
        raise Unfit(
            "`campaign` means nothing in an article, whose waivers are its own",
            "Leave it out, or write the waiver in campaigner.toml",
        )
    return waiver


def titled(value: object) -> object:
    """Take a plain sentence for `{title: sentence}`."""
    return {"title": value} if isinstance(value, str | int | float) else value


def named(value: object) -> object:
    """Take a plain name for `{name: name}`."""
    return {"name": value} if isinstance(value, str | int | float) else value


@block
class Author:
    """Someone who wrote the article."""

    name: Line = Field(description="Name as it is shown.")
    person: bool = Field(
        default=True,
        description='`false` for a team or an organisation, such as "Editorial desk"; search engines are told.',
    )
    url: WebAddress | None = Field(default=None, description="Page about them.")
    role: Line = Field(
        default="", description="What they do, in a few words; not shown where it is the site's name."
    )


@block
class CallToAction:
    """A button: words and where it leads."""

    label: PersonalLine = Field(description="Words on the button.")
    url: Link = Field(default="", description="Where it leads; the campaign's landing page where empty.")


@block
class Newsletter:
    """`newsletter:`, what only the mail has."""

    subject: PersonalLine = Field(default="", description="Subject line; the title where empty.")
    subjects: Annotated[tuple[PersonalLine, ...], Before(as_list)] = Field(
        default=(), description="Further subject lines, to be tried against the first."
    )
    preheader: PersonalLine = Field(
        default="",
        description="The line an inbox shows behind the subject; where empty the description,"
        " or how the letter begins.",
    )
    from_: Line = Field(
        default="", alias="from", description="Name in the From field; the sender's name where empty."
    )
    reply_to: MailboxAddress | None = Field(default=None, description="Where answers go.")
    body: Literal["full", "excerpt"] = Field(
        default="full",
        description="The whole article, or what stands before `<!-- more -->` and a link to the rest.",
    )
    cta: CallToAction | None = Field(
        default=None,
        description="The mail's button; where empty to the landing page if there is a `landing:`, else to the article.",
    )


@block
class Benefit:
    """One thing that a reader gets, with its proof."""

    title: Line = Field(description="The benefit, as a short sentence.")
    text: Paragraphs = Field(default="", description="Its proof, in a sentence or two.")


@block
class Offer:
    """What is offered: what it is, what it costs, until when."""

    title: Line = Field(description="Name of the offer.")
    text: Paragraphs = Field(default="", description="What it holds.")
    price: Line = Field(default="", description="Price as it is shown, with its currency.")
    starts: DateOrTime | None = Field(default=None, description="First day.")
    ends: DateOrTime | None = Field(default=None, description="Last day.")


@block
class Question:
    """A question that readers ask, and its answer."""

    question: Line = Field(description="The question.")
    answer: Paragraphs = Field(description="The answer.")


@block
class Voice:
    """Somebody's word for it: a quotation with its name, or a fact with its source."""

    text: Paragraphs = Field(description="What they say.")
    name: Line = Field(description="Who says it.")
    quote: bool = Field(
        default=True, description="`false` for a fact in your own words: `name` is its source."
    )
    role: Line = Field(default="", description="What they do.")
    url: WebAddress | None = Field(default=None, description="Where it can be read.")


@block
class FormField:
    """A field of the sign-up form beside name and e-mail."""

    name: Annotated[Line, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")] = Field(
        description="Its name in the data: small letters, digits and underscores."
    )
    label: Line = Field(description="What the reader sees above it.")
    type: Literal["text", "tel", "url", "number", "date", "select", "textarea", "checkbox"] = Field(
        default="text", description="Kind of field."
    )
    required: bool = Field(default=False, description="Whether the form cannot be sent without it.")
    options: Lines = Field(default=(), description="Choices of a `select`.")
    help: Line = Field(default="", description="A line of help below the label.")


@block
class Form:
    """`landing.form:`, the sign-up form and what it says."""

    fields: tuple[FormField, ...] = Field(default=(), description="Fields beside name and e-mail.")
    consent: Line = Field(default="", description="The exact wording beside the unticked consent box.")
    button: Line = Field(default="", description="Words on the button.")
    thanks: Line = Field(default="", description="What the thanks page says first.")


@block
class Landing:
    """`landing:`, the sign-up page."""

    headline: Line = Field(
        default="", description="Says in five seconds what one gets; the title where empty."
    )
    intro: Paragraphs = Field(
        default="", description="One sentence below; the description where empty, else one of the theme's."
    )
    benefits: tuple[Annotated[Benefit, Before(titled)], ...] = Field(
        default=(), description="Sentences, or `title` and `text`."
    )
    offer: Annotated[Offer, Before(titled)] | None = Field(default=None, description="What is offered.")
    trust: tuple[Voice, ...] = Field(default=(), description="Who stands behind it: quotations with names.")
    faq: tuple[Question, ...] = Field(default=(), description="Questions and answers.")
    form: Form = unwritten("The sign-up form.")


@block
class Source:
    """Where a claim comes from; cited in the text as `[@id]`."""

    title: Line = Field(description="Title of the work.")
    author: Line = Field(default="", description="Who wrote or published it.")
    publisher: Line = Field(default="", description="Who published it, if not the author.")
    date: DateOrTime | None = Field(default=None, description="When it was published.")
    url: WebAddress | None = Field(default=None, description="Where it can be read.")
    accessed: DateOrTime | None = Field(default=None, description="When it was read.")
    review_by: DateOrTime | None = Field(
        default=None, description="When the claim should be looked at again."
    )
    note: Line = Field(default="", description="A remark shown behind the reference.")


SourceId = Annotated[Line, Field(pattern=r"^[A-Za-z0-9][\w.:/-]*$")]
Sources = dict[SourceId, Source]


@block
class SharedSources:
    """All of sources.yaml, under one key."""

    sources: Sources = Field(default_factory=dict)


@block
class FrontMatter:
    """Everything between the two `---` lines."""

    title: Annotated[Line, Field(min_length=1)] = Field(description="Title of the article.")
    description: Line = Field(
        default="",
        description="One or two sentences: standfirst, search result, preheader. Where empty there is no"
        " standfirst, and the article's first sentences stand in everywhere else.",
    )
    date: DateOrTime | None = Field(
        default=None, description="Date of the article; a live campaign needs it."
    )
    updated: DateOrTime | None = Field(default=None, description="When it was last changed in earnest.")
    publish_date: DateOrTime | None = Field(
        default=None, description="From when it is live; the date where empty."
    )
    expiry_date: DateOrTime | None = Field(default=None, description="From when it is listed no more.")
    draft: bool = Field(
        default=False, description="`true` keeps it out of output/ unless `--drafts` is given."
    )
    slug: Slug | None = Field(
        default=None, description="Its folder in the site; the folder's name where empty."
    )
    authors: Annotated[tuple[Annotated[Author, Before(named)], ...], Before(as_list)] = Field(
        default=(), description="Names, or `name`, `url` and `role`. `author` is the same."
    )
    tags: Tags = Field(default=(), description="Subjects; each has its own page.")
    image: Line = Field(default="", description="Picture of the article: a file beside it.")
    image_alt: Line = Field(default="", description="What the picture shows, for who cannot see it.")
    image_caption: Line = Field(default="", description="Caption below the picture.")
    canonical_url: WebAddress | None = Field(
        default=None, description="Where the original stands, if elsewhere."
    )
    aliases: SitePaths = Field(default=(), description="Earlier addresses on this site that lead here now.")
    lang: Language | None = Field(default=None, description="Language; the site's where empty.")
    audience: Audience | None = Field(default=None, description="Who reads it; the site's where empty.")
    params: dict[str, Any] = Field(default_factory=dict, description="Your own data, for your own templates.")
    newsletter: Newsletter = unwritten("What only the mail has.")
    landing: Landing = unwritten("The sign-up page.")
    sources: Sources = Field(default_factory=dict, description="What the text cites, by id.")
    utm: Utm | None = Field(default=None, description="Tracking parameters of the newsletter's links.")
    waivers: tuple[Annotated[Waiver, After(of_the_article)], ...] = Field(
        default=(), description="What checks may find in it, and why."
    )


#: names that other tools use, and ours
ALIASES = {
    "author": "authors",
    "lastmod": "updated",
    "last_modified": "updated",
    "modified": "updated",
    "updated_at": "updated",
    "published": "date",
    "published_at": "date",
    "pubdate": "date",
    "publishDate": "publish_date",
    "publishdate": "publish_date",
    "expiryDate": "expiry_date",
    "expirydate": "expiry_date",
    "unpublish_date": "expiry_date",
    "summary": "description",
    "excerpt": "description",
    "meta_description": "description",
    "standfirst": "description",
    "subtitle": "description",
    "keywords": "tags",
    "categories": "tags",
    "category": "tags",
    "tag": "tags",
    "cover": "image",
    "cover_image": "image",
    "feature_image": "image",
    "featured_image": "image",
    "hero": "image",
    "thumbnail": "image",
    "feature_image_alt": "image_alt",
    "alt": "image_alt",
    "feature_image_caption": "image_caption",
    "canonical": "canonical_url",
    "redirect_from": "aliases",
    "language": "lang",
    "locale": "lang",
    "email_subject": "newsletter.subject",
    "subject": "newsletter.subject",
    "preview_text": "newsletter.preheader",
    "preheader": "newsletter.preheader",
    "email_preheader": "newsletter.preheader",
    "references": "sources",
}
#: the same inside `newsletter:`
NEWSLETTER_ALIASES = {
    "preview_text": "preheader",
    "preview": "preheader",
    "email_subject": "subject",
    "button": "cta",
}
