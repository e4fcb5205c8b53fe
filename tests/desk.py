"""Renders single articles in memory, and reads what came out."""

from pathlib import Path
from urllib.parse import urljoin

import html5lib
from lxml import html as lxml_html

from campaigner.content.articles import campaign_of
from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import State
from campaigner.model.front_matter import Source
from campaigner.model.settings import Reader, ReaderField, Settings, Site
from campaigner.render.body.mail import Placeholders
from campaigner.render.body.markdown import Converter
from campaigner.render.body.text import TextBody, TextContext, text_body
from campaigner.render.body.web import WebBody, web_body
from campaigner.render.landing import render_landing
from campaigner.render.newsletter import render_newsletter
from campaigner.render.pages import CampaignPages
from campaigner.render.post import render_post
from campaigner.render.press import campaign_pages
from campaigner.render.publication import Publication
from campaigner.value import Value, replace

SLUG = "spring-offer"
POST = f"{SLUG}/"
JOIN = f"{SLUG}/join/"
BASE_URL = "https://gazette.example/"
#: of the article that `Desk` writes around a text
FIRST_LINE = 5


class Desk(Value):
    """Where a Markdown text becomes what each channel shows of it."""

    publication: Publication
    converter: Converter

    def pages(self, text: str, front_matter: str = "", state: State = State.LIVE) -> CampaignPages:
        """An article with this text, ready to become pages. Its text begins on line `FIRST_LINE`, plus one
        for each line of `front_matter`.
        """
        extra = f"{front_matter.strip(chr(10))}\n" if front_matter else ""
        article = f"---\ntitle: Spring offer\ndate: 2026-11-01\n{extra}---\n{text}"
        campaign = campaign_of(article, folder=SLUG, path=f"campaigns/{SLUG}/article.md")
        return campaign_pages(self.publication, campaign, state=state, converter=self.converter)

    def web(self, text: str, front_matter: str = "", channel: str = "blog") -> WebBody:
        """The text as the blog post or the landing page has it."""
        pages = self.pages(text, front_matter)
        body = web_body(pages.body, channel, pages.web_context(POST if channel == "blog" else JOIN))
        assert not pages.illustrations.faults
        return body

    def blog(self, text: str, front_matter: str = "") -> str:
        """The text's HTML in the blog post."""
        return str(self.web(text, front_matter).html)

    def landing(self, text: str, front_matter: str = "") -> str:
        """The text's HTML on the landing page."""
        return str(self.web(text, front_matter, "landing").html)

    def mails(self, text: str, front_matter: str = "") -> dict[str, str]:
        """The newsletter's files by name; the web version is `index.html`."""
        files = render_newsletter(self.pages(text, front_matter))
        return {Path(file.path).name: file.content.decode() for file in files}

    def mail(self, text: str, front_matter: str = "") -> str:
        """The newsletter's HTML, what stands in its article."""
        document = lxml_html.document_fromstring(self.mails(text, front_matter)["newsletter.html"])
        article = next(cell for cell in document.iter("td") if cell.get("class") == "article")
        return str(lxml_html.tostring(article, encoding="unicode"))

    def text(self, text: str, front_matter: str = "") -> TextBody:
        """The article in the newsletter's text part."""
        pages = self.pages(text, front_matter)
        context = TextContext(
            words=pages.words,
            references=pages.references,
            link=lambda link: urljoin(BASE_URL + POST, link) if link else "",
            placeholders=Placeholders("seed"),
        )
        return text_body(pages.body, context, excerpt="excerpt" in front_matter)

    def post(self, text: str = "Hello.", front_matter: str = "", state: State = State.LIVE) -> str:
        """The whole blog post."""
        files = render_post(self.pages(text, front_matter, state), previous=None, following=None)
        return files[0].content.decode()

    def landing_pages(
        self, text: str = "Hello.", front_matter: str = "", state: State = State.LIVE
    ) -> tuple[str, str, str]:
        """The sign-up page, the thanks page and the confirmed page."""
        files = render_landing(self.pages(text, front_matter, state))
        index, thanks, confirmed = (file.content.decode() for file in files)
        return index, thanks, confirmed

    def faults(self, text: str, front_matter: str = "") -> list[Fault]:
        """What is wrong with an article; lines count from its text's first."""
        extra = front_matter.strip("\n").count("\n") + 1 if front_matter else 0
        try:
            render_newsletter(self.pages(text, front_matter))
        except CampaignerError as error:
            return [replace(fault, line=fault.line - FIRST_LINE - extra + 1) for fault in error.faults]
        return []

    def of(self, **changes: object) -> "Desk":
        """A desk of a publication with other settings, base_url, dialect, or sources."""
        return replace(self, publication=replace(self.publication, **changes))


SETTINGS = Settings(
    site=Site(name="The Gazette", url="https://gazette.example"),
    reader=Reader(fields={"profession": ReaderField(label="Profession")}),
)
SOURCES = {
    "cdc-2024": Source(title="Harmful reactions", author="A Health Agency", url="https://cdc.example/1"),
    "fda-2025": Source(title="Warning letters", url="https://fda.example/2"),
    "book": Source(title="A book", author="Ada"),
}


def parse_strictly(html: str) -> None:
    """Parse a page as browsers do; the first error in it raises html5lib's ParseError."""
    html5lib.HTMLParser(strict=True).parse(html)


def words_of(html: str) -> str:
    """What a browser shows of a piece of HTML, in one line."""
    return " ".join("".join(html5lib.parseFragment(html).itertext()).split())
