"""campaigner.toml as a value: everything that is the same for all campaigns of a workspace."""

from typing import Annotated, Literal

from pydantic import Field

from campaigner.model.destination import Destination, Region, StorageEndpoint, TargetName
from campaigner.model.moment import DateOrTime
from campaigner.model.schema import After, block, unwritten
from campaigner.model.text import (
    BaseAddress,
    CheckName,
    Colour,
    Endpoint,
    FieldName,
    FontStack,
    Language,
    Line,
    Lines,
    Link,
    MailboxAddress,
    MailTransport,
    Network,
    Unfit,
)

Audience = Literal["public", "professionals"]
#: a path inside the workspace, with forward slashes, relative to campaigner.toml
WorkspacePath = Line
#: bytes that an article may have at most, whatever is set
LARGEST_ARTICLE = 100_000_000
PerHour = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)]
Days = Annotated[int, Field(strict=True, ge=1, le=3650)]


@block
class Site:
    """`[site]`: who publishes, where and in which language."""

    name: Line = Field(description="The publication's name, in every page, mail and feed.")
    url: BaseAddress = Field(description="Where the site will stand; the base of every absolute link.")
    language: Language = Field(
        default="en", description="Language of the site, unless an article says otherwise."
    )
    description: Line = Field(
        default="", description="One sentence about the publication, for search and home."
    )
    audience: Audience = Field(
        default="public", description="Who reads it, unless an article says otherwise."
    )
    privacy: Link = Field(
        default="",
        description="The privacy page: a Markdown file of the workspace (built as /privacy/) or a link.",
    )


@block
class Brand:
    """`[brand]`: colours, fonts and logo, for web and mail, light and dark."""

    ink: Colour = Field(default="#1c1b19", description="Colour of the text.")
    paper: Colour = Field(default="#fbfaf7", description="Colour behind the text.")
    accent: Colour = Field(default="#0f5257", description="Colour of links, the button and the focus ring.")
    heading_font: FontStack = Field(
        default="Charter, 'Bitstream Charter', 'Charis SIL', 'Sitka Text', Cambria, Georgia, serif",
        description="Fonts of headings.",
    )
    text_font: FontStack = Field(
        default="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
        description="Fonts of text and interface.",
    )
    font_files: dict[Line, WorkspacePath] = Field(
        default_factory=dict,
        description="Font files to serve from the site (.woff2), by family name.",
    )
    logo: WorkspacePath = Field(
        default="", description="Picture beside the name (.png, .jpg or .webp); the name alone where empty."
    )


@block
class Sender:
    """`[sender]`: who the newsletter comes from. The law of most countries wants the postal address."""

    name: Line = Field(default="", description="Name in the From field; the site's name where empty.")
    address: MailboxAddress = Field(
        default="newsletter@example.com", description="Address in the From field."
    )
    reply_to: MailboxAddress | None = Field(default=None, description="Where answers go, if elsewhere.")
    postal_address: Line = Field(default="", description="Shown in the foot of each newsletter.")


@block
class NamedLink:
    """A link with its words: `{ label = "Courses", url = "/courses/" }`."""

    label: Line = Field(description="What the reader sees.")
    url: Link = Field(description="Where it leads.")


@block
class SignUpLimits:
    """`[signup.limits]`: sign-ups that are taken in an hour, so that nobody floods a mailbox or the database."""

    address: PerHour = Field(default=5, description="For one address; what is more is answered and not kept.")
    ip: PerHour = Field(default=30, description="From one IP address (of IPv6 from a /64).")
    network: PerHour = Field(default=300, description="From one network, a /24 (of IPv6 a /48).")
    total: PerHour = Field(default=10_000, description="In all.")


@block
class SignUpList:
    """`[signup.lists.NAME]`: something that a subscriber can get, and its label on the page of preferences."""

    label: Line = Field(description="What that page calls it.")


@block
class SignUp:
    """`[signup]`: where the landing page's form goes, and what becomes of a sign-up there."""

    endpoint: Endpoint = Field(
        default="",
        description="Address the form posts to; `/signup/SLUG` where empty. `{slug}` stands for the slug; "
        "a path counts from `site.url`, in whatever folder that is.",
    )
    url: BaseAddress = Field(
        default="",
        description="Where `campaigner serve` is reached, for the links in its mails; `site.url` where empty, and "
        "the form posts there unless `endpoint` says otherwise.",
    )
    mail: MailTransport = Field(
        default="outbox",
        description="How its mails leave: `outbox` (a Maildir, `.campaigner/outbox/`), or a server of your own: "
        "`smtp://user@host:587` (with STARTTLS) or `smtps://user@host:465`. The password is "
        "`CAMPAIGNER_SMTP_PASSWORD` of the environment or of `.env`.",
    )
    policy: Line = Field(
        default="", description="Version of the privacy policy that holds, for the ledger of consent."
    )
    lists: dict[FieldName, SignUpList] = Field(
        default_factory=dict,
        description="What a subscriber can get, by tag: letters, digits and underscores. Whoever signs up gets all, "
        "and leaves each on the page of preferences.",
    )
    confirm_days: Days = Field(default=60, description="Days that the link of a confirmation mail works.")
    pending_days: Days = Field(
        default=30, description="Days after which a sign-up that nobody confirmed is erased."
    )
    origin_days: Days = Field(
        default=90, description="Days after which IP address and browser are erased from the ledger."
    )
    trusted_proxies: tuple[Network, ...] = Field(
        default=(),
        description="Proxies whose `X-Forwarded-For` is believed, as addresses or networks: `10.0.0.0/8`.",
    )
    limits: SignUpLimits = unwritten("Sign-ups that are taken in an hour.")


@block
class ReaderField:
    """`[reader.fields.NAME]`: a merge field of your own, its label on a form, and what it can be."""

    label: Line = Field(description="What the form calls it.")
    type: Literal["text", "number", "date", "boolean", "choice"] = Field(
        default="text", description="What it can be, where it is written by hand or imported."
    )
    options: Lines = Field(default=(), description="What can be chosen, of a `choice`.")


def with_options(field: ReaderField) -> ReaderField:
    """Refuse a choice between nothing, and options that nobody can choose."""
    if field.type == "choice" and not field.options:
        raise Unfit("a choice has nothing to choose from", 'Add options = ["…", "…"]')
    if field.type != "choice" and field.options:
        raise Unfit(f"a {field.type} has no options", 'Write type = "choice", or take the options out')
    return field


@block
class Reader:
    """`[reader]`: what is known about a reader beside e-mail and names."""

    fields: dict[FieldName, Annotated[ReaderField, After(with_options)]] = Field(
        default_factory=dict,
        description="Own merge fields by name, of letters, digits and underscores; "
        'used as `{{ reader.NAME | default("…") }}`.',
    )


@block
class Content:
    """`[content]`: how articles are read."""

    raw_html: Literal["sanitise", "refuse"] = Field(
        default="sanitise",
        description="What becomes of HTML in an article: kept where harmless, or an error.",
    )
    largest_article: Annotated[int, Field(strict=True, gt=0, le=LARGEST_ARTICLE)] = Field(
        default=2_000_000, description="Bytes an article may have."
    )


@block
class Utm:
    """`[utm]` and the front matter's `utm:`: what the newsletter's links say about where a click came from."""

    source: Line = Field(default="newsletter", description="utm_source.")
    medium: Line = Field(default="email", description="utm_medium.")
    campaign: Line = Field(default="", description="utm_campaign; the slug where empty.")
    content: Line = Field(default="", description="utm_content; left out where empty.")
    term: Line = Field(default="", description="utm_term; left out where empty.")
    enabled: bool = Field(default=True, description="`false` leaves links as they are written.")


#: no limit is larger, and a number of more digits is a slip
LARGEST_LIMIT = 1_000_000_000
Natural = Annotated[int, Field(strict=True, ge=0, le=LARGEST_LIMIT)]
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
#: as `clients/programs.py` has them
MailProgram = Literal[
    "gmail-web",
    "gmail-android",
    "gmail-ios",
    "gmail-other-account",
    "outlook-windows",
    "outlook-web",
    "apple-mail-macos",
    "apple-mail-ios",
    "yahoo",
    "samsung",
    "thunderbird",
]
#: roughly, after https://www.litmus.com/blog/email-client-market-share-december-2021, with the opens that Apple
#: makes for its readers' privacy given back to others in part; whoever knows the own audience says so
CLIENTS: dict[MailProgram, int] = {
    "apple-mail-ios": 38,
    "gmail-web": 14,
    "gmail-android": 10,
    "apple-mail-macos": 9,
    "outlook-windows": 6,
    "yahoo": 5,
    "gmail-ios": 4,
    "outlook-web": 4,
    "gmail-other-account": 2,
    "samsung": 2,
    "thunderbird": 1,
}


@block
class Limits:
    """`[check.limits]`: from where on a check finds something."""

    subject: Natural = Field(default=60, description="Characters of a subject line, at most.")
    subject_least: Natural = Field(default=10, description="Characters of a subject line, at least.")
    preheader: Natural = Field(default=150, description="Characters of a preheader, at most.")
    preheader_least: Natural = Field(default=30, description="Characters of a preheader, at least.")
    mail_size: Natural = Field(
        default=90_000, description="Bytes of a newsletter's HTML from which on it is called large."
    )
    mail_clipped: Natural = Field(
        default=102_000, description="Bytes of a newsletter's HTML from which on Gmail cuts it."
    )
    head_styles: Natural = Field(
        default=16_384,
        description="Bytes of CSS in a newsletter's head, at most; beyond that Gmail drops it.",
    )
    unsupported: Natural = Field(
        default=5,
        description="Percent of the readers whose mail program lacks what a newsletter uses, from which on "
        "that is told.",
    )
    text_beside_pictures: Natural = Field(
        default=400, description="Characters of text in a newsletter with pictures, at least."
    )
    spam_score: Natural = Field(default=5, description="SpamAssassin's score of a newsletter, at most.")
    headline: Natural = Field(default=90, description="Characters of a landing page's headline, at most.")
    fields: Natural = Field(default=5, description="Fields of a sign-up form beside the consent, at most.")
    picture: Natural = Field(default=500_000, description="Bytes of a picture, at most.")
    text: Natural = Field(default=14, description="Pixels of the smallest text of a mail or page, at least.")
    title: Natural = Field(default=60, description="Characters of a page's title, at most.")
    description: Natural = Field(default=160, description="Characters of a description, at most.")
    shortest_description: Natural = Field(default=50, description="Characters of a description, at least.")
    share_image_width: Natural = Field(
        default=1200, description="Pixels of the picture for sharing, at least."
    )
    share_image_height: Natural = Field(default=630, description="The same of its height.")
    slug: Natural = Field(default=60, description="Characters of a slug, at most.")
    tags: Natural = Field(default=8, description="Tags of an article, at most.")
    words: Natural = Field(default=100, description="Words of an article, at least.")
    keyword_percent: Natural = Field(
        default=6, description="Of a hundred words of an article, how many may be the same one."
    )


@block
class Checks:
    """`[check]`: how campaigns are checked."""

    severities: dict[Line, Literal["error", "warning", "note", "off"]] = Field(
        default_factory=dict, description="Severities of checks by name, where they are not to be as shipped."
    )
    limits: Limits = unwritten("From where on a check finds something.")
    clients: dict[MailProgram, Percent] = Field(
        default_factory=lambda: dict(CLIENTS),
        description="Mail programs that newsletters must do well in, and the share of the readers, in percent, "
        "that has each.",
    )
    policies: tuple[Line, ...] = Field(
        default=("can-spam", "gdpr-signup"),
        description="Policy packs that hold: shipped ones, and own ones in policies/, by name.",
    )


@block
class Waiver:
    """`[[waivers]]` and the front matter's `waivers:`: what a check may find, and why that is all right."""

    check: CheckName = Field(description="Name of the check.")
    reason: Line = Field(default="", description="Why; a waiver without a reason is a finding.")
    until: DateOrTime | None = Field(
        default=None, description="Last day on which it holds; for ever where empty."
    )
    campaign: Line = Field(
        default="", description="Slug of the campaign it is for; all where empty. Only in `campaigner.toml`."
    )


@block
class Target:
    """`[publish.NAME]`: a place that the site is published to."""

    to: Destination = Field(
        description="Where it goes: a folder outside of the workspace, absolute or `~/…`, or one of another machine, "
        "`ssh://user@host:port/path`; or a branch of a git repository, `git+ssh://user@host:port/path#branch` or "
        "`git+file:///path#branch`; or a bucket, `s3://bucket/prefix`."
    )
    url: BaseAddress = Field(
        default="",
        description="Where readers find it; the base of every absolute link. site.url where empty.",
    )
    default: bool = Field(default=False, description="Whether it is meant where no target is named.")
    staging: bool = Field(
        default=False, description="A place for trying: its pages ask search engines to leave them out."
    )
    precompress: tuple[Literal["gzip", "brotli"], ...] = Field(
        default=(), description="Also publish text files compressed, for servers that hand such files out."
    )
    endpoint: StorageEndpoint = Field(
        default="", description="Of a bucket: the server that has it. AWS where empty."
    )
    region: Region = Field(
        default="",
        description="Of a bucket: the region that it lies in. That of the environment, or us-east-1, where empty.",
    )


@block
class Settings:
    """All of campaigner.toml."""

    site: Site
    brand: Brand = unwritten("Colours, fonts and logo.")
    sender: Sender = unwritten("Who the newsletter comes from.")
    signup: SignUp = unwritten("Where the form goes, and what becomes of a sign-up.")
    reader: Reader = unwritten("Own merge fields.")
    content: Content = unwritten("How articles are read.")
    utm: Utm = unwritten("Tracking parameters of the newsletter's links.")
    navigation: tuple[NamedLink, ...] = Field(default=(), description="Links in the head of each page.")
    social: tuple[NamedLink, ...] = Field(
        default=(), description="Profiles elsewhere, in the foot of page and mail."
    )
    check: Checks = unwritten("How campaigns are checked.")
    waivers: tuple[Waiver, ...] = Field(default=(), description="What checks may find.")
    publish: dict[TargetName, Target] = Field(
        default_factory=dict, description="Where the site is published to."
    )
