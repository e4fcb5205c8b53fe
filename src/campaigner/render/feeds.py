"""Feed, sitemap and robots.txt."""

from collections.abc import Sequence
from urllib.parse import urljoin

from lxml import html as lxml_html
from markupsafe import Markup

from campaigner.content.cards import tag_slug
from campaigner.model.campaign import Card
from campaigner.model.output import OutputFile
from campaigner.render import addresses
from campaigner.render.body.tree import inner_html
from campaigner.render.body.web import web_body
from campaigner.render.pages import CampaignPages
from campaigner.render.publication import Publication

FEED_TEMPLATES = ("feeds/feed.xml",)
ENTRY_TEMPLATES = ("feeds/entry.xml",)
SITEMAP_TEMPLATES = ("feeds/sitemap.xml",)
ROBOTS_TEMPLATES = ("feeds/robots.txt",)
LATEST = 20


def render_entry(pages: CampaignPages) -> Markup:
    """Give a campaign as an entry of the feed, with its text in full (RFC 4287 section 4.1.2).

    The feed is for the site's own audience: of an article for another one it has title and description.
    """
    publication, meant = pages.publication, pages.campaign.front_matter
    page = addresses.post(pages.campaign.slug)
    moments = [moment for moment in (meant.publish_date or meant.date, meant.updated) if moment]
    is_in_full = meant.audience in (None, publication.settings.site.audience)
    body = web_body(pages.body, "blog", pages.web_context(page)).html if is_in_full else Markup()
    entry = {
        "url": publication.url(page),
        "language": pages.language,
        "title": pages.set(meant.title),
        "published": moments[0].rfc3339 if moments else "",
        "updated": max(moments).rfc3339 if moments else "",
        "authors": [author.name for author in meant.authors] or [publication.settings.site.name],
        "tags": meant.tags,
        "summary": pages.summary if is_in_full else pages.set(meant.description),
        "content": str(_with_absolute_addresses(body, publication.url(page))),
    }
    return Markup(publication.theme.render(ENTRY_TEMPLATES[0], {"entry": entry}))  # noqa: S704


def render_feed(publication: Publication, cards: Sequence[Card], entries: Sequence[Markup]) -> OutputFile:
    """Give the feed of the latest campaigns; `entries` are theirs, in the same order."""
    site = publication.settings.site
    feed = {
        "language": site.language,
        "url": publication.base_url,
        "feed_url": publication.url(addresses.FEED),
        "title": site.name,
        "subtitle": site.description,
        # An empty feed needs a date too; it has not changed since before anything was published.
        "updated": max((card.changed_at for card in cards), default="1970-01-01T00:00:00Z"),
        "entries": entries,
    }
    xml = publication.theme.render(FEED_TEMPLATES[0], {"feed": feed})
    return OutputFile(path=addresses.file_of(addresses.FEED), content=xml.encode())


def render_sitemap(publication: Publication, cards: Sequence[Card], *, home_pages: int) -> OutputFile:
    """Give the sitemap of all that search engines may list (sitemaps.org protocol 0.9)."""
    newest = max((card.changed_at for card in cards), default="")[:10]
    places = [
        {"url": publication.url(addresses.paged(addresses.HOME, number)), "changed": newest}
        for number in range(1, home_pages + 1)
    ]
    for card in cards:
        changed = card.changed_at[:10]
        places += [
            {"url": publication.url(place), "changed": changed}
            for place in (addresses.post(card.slug), addresses.landing(card.slug))
        ]
    tags = sorted({tag_slug(tag) for card in cards for tag in card.tags})
    places += [{"url": publication.url(addresses.tag(slug)), "changed": ""} for slug in tags]
    if publication.settings.site.privacy.endswith(".md"):
        places.append({"url": publication.url(addresses.PRIVACY), "changed": ""})
    xml = publication.theme.render(SITEMAP_TEMPLATES[0], {"places": places})
    return OutputFile(path=addresses.file_of(addresses.SITEMAP), content=xml.encode())


def render_robots(publication: Publication) -> OutputFile:
    """Give robots.txt (RFC 9309), which names the sitemap."""
    text = publication.theme.render(ROBOTS_TEMPLATES[0], {"sitemap_url": publication.url(addresses.SITEMAP)})
    return OutputFile(path=addresses.file_of(addresses.ROBOTS), content=text.encode())


def _with_absolute_addresses(html: Markup, url: str) -> Markup:
    """The markup of a page for readers that do not know where it stands."""
    if not html:
        return html
    tree = lxml_html.fragment_fromstring(str(html), create_parent="div")
    tree.make_links_absolute(url, resolve_base_href=False)
    for element in tree.iter("img", "source"):
        srcset = element.get("srcset")
        if srcset:
            parts = [part.strip().split(" ") for part in srcset.split(",")]
            element.set("srcset", ", ".join(" ".join([urljoin(url, part[0]), *part[1:]]) for part in parts))
    return Markup(inner_html(tree))  # noqa: S704
