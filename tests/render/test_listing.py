"""The site around the articles: home, tags, feed, sitemap and the page for what is not there."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement
from PIL import Image

from campaigner.build.options import Options
from campaigner.build.run import build
from campaigner.content.workspace import find_workspace
from campaigner.resources import theme_folder
from conftest import NOW, WriteFiles
from desk import parse_strictly, words_of
from publisher import picture

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def article(
    title: str, date: str, extra: str = "", text: str = "Hello, [join](join/).[^a]\n\n[^a]: Note."
) -> str:
    return f"---\ntitle: {title}\ndate: {date}\n{extra}---\n\n{text}\n"


@dataclass(frozen=True)
class Site:
    folder: Path

    def read(self, name: str) -> str:
        return (self.folder / "site" / name).read_text(encoding="utf-8")

    def xml(self, name: str) -> etree._Element:
        return etree.fromstring(self.read(name).encode())

    @property
    def pages(self) -> list[Path]:
        return sorted(self.folder.rglob("*.html"))


@pytest.fixture
def site(write_files: WriteFiles) -> Callable[..., Site]:
    """Give a function that builds a site of these files."""

    def make(files: dict[str, str | bytes], **options: object) -> Site:
        workspace = write_files(files)
        build(workspace, Options(output=workspace.output, jobs=1, **options), now=NOW)  # type: ignore[arg-type]
        return Site(workspace.output)

    return make


MANY: dict[str, str | bytes] = {
    f"campaigns/n{number:02}/article.md": article(
        f'Number "{number}" & more', f"2026-10-{number:02}", "tags: [Odd one]\n" if number % 2 else ""
    )
    for number in range(1, 27)
}
STATES: dict[str, str | bytes] = {
    "campaigns/live/article.md": article("Live", "2026-11-01", "tags: [One]\nupdated: 2026-11-05\n"),
    "campaigns/draft/article.md": article("Draft", "2026-11-02", "draft: true\ntags: [Two]\n"),
    "campaigns/later/article.md": article("Later", "2027-01-01", "tags: [Three]\n"),
    "campaigns/ended/article.md": article("Ended", "2026-10-01", "expiry_date: 2026-11-01\ntags: [Four]\n"),
}


def test_listings_feed_and_sitemap_of_many_campaigns(site: Callable[..., Site]) -> None:
    made = site(MANY)
    titles = re.findall("Number “(\\d+)” &amp; more", made.read("index.html"))
    assert titles == [str(number) for number in range(26, 2, -1)]
    assert 'href="page/2/"' in made.read("index.html")
    assert 'href="../../"' in made.read("page/2/index.html")
    assert made.read("tags/odd-one/index.html").count("Number") == 13

    feed = made.xml("feed.xml")
    entries = feed.findall("a:entry", ATOM)
    assert len(entries) == 20
    assert feed.findtext("a:id", None, ATOM) == "https://gazette.example/"
    assert feed.findtext("a:updated", None, ATOM) == "2026-10-26T00:00:00Z"
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == "https://gazette.example/feed.xml"  # type: ignore[union-attr]
    ids = [entry.findtext("a:id", "", ATOM) for entry in entries]
    assert len({*ids}) == 20
    assert ids[0] == "https://gazette.example/n26/"
    for entry in entries:
        for name in ("id", "title", "updated", "published", "content", "author/a:name"):
            assert entry.findtext(f"a:{name}", "", ATOM)
        assert entry.findtext("a:summary", "", ATOM) == "Hello, join."
        content = entry.findtext("a:content", "", ATOM)
        assert "Hello, " in content
        assert not re.search(r'(?:href|src)="(?!https?://|mailto:)', content)

    places = [place.text for place in made.xml("sitemap.xml").iterfind("s:url/s:loc", MAP)]
    assert len({*places}) == len(places)
    assert "https://gazette.example/n01/" in places
    assert "https://gazette.example/n01/join/" in places
    assert "https://gazette.example/page/2/" in places
    assert "https://gazette.example/tags/odd-one/" in places
    assert not [place for place in places if re.search("thanks|confirmed|newsletter|404", place or "")]
    first, last = made.read("n01/index.html"), made.read("n26/index.html")
    assert 'href="../n02/"' in first
    assert 'rel="prev"' not in first
    assert 'href="../n25/"' in last
    assert 'rel="next"' not in last


def test_a_piece_in_another_language_says_which(site: Callable[..., Site]) -> None:
    german = "lang: de\ntags: [One]\ndescription: Ein Satz.\n"
    made = site(
        {
            "campaigns/first/article.md": article("Erste", "2026-10-01", german),
            "campaigns/second/article.md": article("Second", "2026-10-02", "tags: [One]\n"),
            "campaigns/third/article.md": article("Dritte", "2026-10-03", german),
        }
    )
    home, tag = made.read("index.html"), made.read("tags/one/index.html")
    assert '<h2 lang="de"><a href="third/">Dritte' in home
    assert '<p class="standfirst" lang="de">Ein Satz.' in home
    for listing, count in ((home, 1), (tag, 2)):
        assert listing.count('<div lang="de">\n<h3>') == count
        assert "<div>\n<h3><a" in listing
        parse_strictly(listing)


@pytest.mark.parametrize("written", ["/shared.png", "my%20pic.png", "shared.png?v=1"])
def test_the_newest_piece_shows_its_picture_however_its_address_is_written(
    site: Callable[..., Site], written: str
) -> None:
    made = site(
        {
            "campaigns/a/article.md": article("A", "2026-10-01", f"image: {written}\nimage_alt: A field\n"),
            **dict.fromkeys(
                ("shared.png", "campaigns/a/my pic.png", "campaigns/a/shared.png"), picture("red")
            ),
        }
    )
    for page in ("a/index.html", "index.html"):
        assert 'alt="A field"' in made.read(page)


def test_a_shared_link_to_a_listing_shows_a_card_with_the_sites_name(site: Callable[..., Site]) -> None:
    made = site(MANY)
    for name in ("index.html", "page/2/index.html", "tags/odd-one/index.html"):
        found = meta(made.read(name))
        assert found["twitter:card"] == "summary_large_image"
        assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
        assert found["og:image:alt"] == "The Gazette"
        image = made.folder / "site" / found["og:image"].removeprefix("https://gazette.example/")
        with Image.open(image) as card:
            assert card.size == (1200, 630)


@pytest.mark.parametrize(
    ("language", "title", "description"),
    [
        (
            "en",
            "Odd one – articles from The Gazette",
            "What The Gazette has published on this subject: Odd one.",
        ),
        (
            "de",
            "Odd one – Artikel von The Gazette",
            "Was The Gazette zu diesem Thema veröffentlicht hat: Odd one.",
        ),
    ],
)
def test_the_title_of_a_tags_page_says_what_is_there(
    site: Callable[..., Site], language: str, title: str, description: str
) -> None:
    settings = f'[site]\nname = "The Gazette"\nurl = "https://gazette.example"\nlanguage = "{language}"\n'
    page = site(MANY | {"campaigner.toml": settings}).read("tags/odd-one/index.html")
    assert f"<title>{title}</title>" in page
    assert meta(page)["description"] == description
    assert lxml_html.document_fromstring(page).findtext(".//h1") == "Odd one"


def meta(html: str) -> dict[str, str]:
    found = lxml_html.document_fromstring(html).iter("meta")
    return {str(one.get("property") or one.get("name")): str(one.get("content")) for one in found}


def test_only_what_is_live_is_listed(site: Callable[..., Site]) -> None:
    made = site(STATES, drafts=True, future=True)
    around = [made.read(name) for name in ("index.html", "feed.xml", "sitemap.xml")]
    for text in around:
        assert not re.search("draft|later|ended", text, re.IGNORECASE)
    for name in ("draft", "later"):
        assert 'name="robots" content="noindex"' in made.read(f"{name}/index.html")
        parse_strictly(made.read(f"{name}/index.html"))
    assert "ended on" in words_of(made.read("ended/index.html"))
    assert [folder.name for folder in (made.folder / "site/tags").iterdir()] == ["one"]
    assert "<lastmod>2026-11-05</lastmod>" in made.read("sitemap.xml")


def test_without_their_flags_drafts_and_future_campaigns_are_not_made(site: Callable[..., Site]) -> None:
    made = site(STATES)
    assert not (made.folder / "site/draft").exists()
    assert not (made.folder / "mail/later").exists()


def test_robots_may_read_all_and_find_the_sitemap(site: Callable[..., Site]) -> None:
    made = site(STATES, base_url="https://x.example/sub")
    assert (
        made.read("robots.txt") == "User-agent: *\nAllow: /\n\nSitemap: https://x.example/sub/sitemap.xml\n"
    )
    lost = made.read("404.html")
    assert 'href="/sub/"' in lost
    assert not re.search(r'(?:href|src)="(?![/#]|https?:)', lost)
    assert "canonical" not in lost
    assert 'href="https://x.example/sub/live/"' in made.read("live/index.html")
    assert 'href="../live/"' not in made.read("404.html")


def test_a_publication_without_a_live_campaign_has_its_pages_too(site: Callable[..., Site]) -> None:
    made = site({"campaigns/draft/article.md": STATES["campaigns/draft/article.md"]})
    assert "Nothing has been published here yet" in words_of(made.read("index.html"))
    assert made.xml("feed.xml").findall("a:entry", ATOM) == []
    for page in made.pages:
        parse_strictly(page.read_text(encoding="utf-8"))


def test_every_page_of_the_campaigns_that_ship_is_valid_and_every_link_leads_somewhere(
    tmp_path: Path,
) -> None:
    repository = theme_folder().parent
    for name in ("campaigns", "campaigner.toml", "privacy.md", "sources.yaml"):
        source = repository / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name)
        else:
            shutil.copy(source, tmp_path / name)
    workspace = find_workspace(tmp_path)
    build(workspace, Options(output=workspace.output, jobs=1), now=NOW)
    site = workspace.output / "site"
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 15
    for page in [*pages, *workspace.output.rglob("newsletter.html")]:
        html = page.read_text(encoding="utf-8")
        assert not re.search("[\ufdd0-\ufdef]", html)
        if page.is_relative_to(site):
            parse_strictly(html)
            _links_lead_somewhere(site, page, html)


def _links_lead_somewhere(site: Path, page: Path, html: str) -> None:
    tree: HtmlElement = lxml_html.document_fromstring(html)
    ids = [element.get("id") for element in tree.iter() if element.get("id") is not None]
    assert len(ids) == len({*ids})
    for _, _, link, _ in tree.iterlinks():
        if re.match(r"[a-z]+:|/", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path.partition("?")[0]) if path else page
        target = target / "index.html" if target.is_dir() else target
        assert target.is_file(), f"{page}: {link}"
        if anchor:
            assert f'id="{anchor}"' in target.read_text(encoding="utf-8"), f"{page}: {link}"


def test_the_feed_has_the_text_of_an_article_only_for_the_audience_of_the_site(
    site: Callable[..., Site],
) -> None:
    made = site(
        {
            "campaigns/doctors/article.md": article(
                "Doctors", "2026-10-02", "description: For them.\naudience: professionals\n"
            ),
            "campaigns/nurses/article.md": article("Nurses", "2026-10-01", "audience: professionals\n"),
            "campaigns/all/article.md": article("All", "2026-09-01", "audience: public\n"),
        }
    )
    told = {
        entry.findtext("a:title", None, ATOM): (
            entry.findtext("a:summary", None, ATOM),
            entry.find("a:content", ATOM) is not None,
        )
        for entry in made.xml("feed.xml").findall("a:entry", ATOM)
    }
    assert told == {"Doctors": ("For them.", False), "Nurses": (None, False), "All": ("Hello, join.", True)}
