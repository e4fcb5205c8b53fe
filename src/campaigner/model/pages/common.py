"""What several templates see: links, dates, pictures, the site and the head of its pages."""

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
