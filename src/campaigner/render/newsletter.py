"""The newsletter: HTML, text and the two in one message; and its web version."""

import dataclasses
import re
from datetime import UTC, datetime
from functools import cached_property
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from campaigner.errors import ContentError, Fault, TemplateFault
from campaigner.model.front_matter import Landing
from campaigner.model.output import OutputFile
from campaigner.model.pages import LinkView, NewsletterMail, Reference, SiteView
from campaigner.model.settings import Sender
from campaigner.model.text import Unfit, without_control_characters
from campaigner.render import addresses, inline
from campaigner.render.addresses import absolute, in_site, is_external, relative, with_utm
from campaigner.render.body.mail import MailBody, MailContext, Placeholders, SenderTag, mail_body
from campaigner.render.body.opening import opening
from campaigner.render.body.text import TextContext, text_body
from campaigner.render.bounds import BODY, LARGEST
from campaigner.render.dates import direction
from campaigner.render.merge_fields import PersonalText
from campaigner.render.merge_tags import Dialect, MergeField, encoded
from campaigner.render.message import message
from campaigner.render.pages import CampaignPages
from campaigner.value import replace

TEMPLATES = ("newsletter/subject.txt", "newsletter/body.html", "newsletter/body.txt")
STYLES = ("styles/email.css", "styles/email-head.css")
#: a mail without a date: drafts have none
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)

LINKING_TAG = re.compile(r'<[a-z][^<>]* (?:href|src)="[^>]*>')
ADDRESS = re.compile(r'(?<= href=")[^"]*|(?<= src=")[^"]*')
TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
COMMENT = re.compile(r"(<!--.*?-->)", re.DOTALL)

#: text, and the merge fields in it
Pieces = tuple[str | MergeField, ...]


def render_newsletter(pages: CampaignPages) -> list[OutputFile]:
    """Give the newsletter's files: web version, HTML, text, message and subject."""
    slug = pages.campaign.slug
    newsletter = Newsletter(pages)
    html, text, subjects = newsletter.html(), newsletter.text(), newsletter.subjects()
    web_version = newsletter.web_version()
    newsletter.raise_faults()
    mail = {
        "newsletter.html": html.encode("ascii"),
        "newsletter.txt": text.encode(),
        "newsletter.eml": newsletter.message(subjects[0], html, text),
        "subject.txt": "".join(f"{subject}\n" for subject in subjects).encode(),
    }
    return [
        OutputFile(path=addresses.file_of(addresses.web_version(slug)), content=web_version.encode("ascii")),
        *(OutputFile(path=f"mail/{slug}/{name}", content=content) for name, content in mail.items()),
    ]


class Newsletter:
    """One newsletter on its way through templates, inliner and dialect."""

    def __init__(self, pages: CampaignPages, dialect: Dialect | None = None) -> None:
        self.pages = pages
        self.publication = pages.publication
        self.dialect = dialect or pages.publication.dialect
        self.meant = pages.campaign.front_matter
        self.placeholders = Placeholders(f"{pages.campaign.slug}\0{pages.campaign.digest}")
        self.faults: list[Fault] = []
        self._links: dict[str, str] = {}
        self.view = self._view()

    def raise_faults(self) -> None:
        """Raise ContentError if a merge field of the front matter cannot be."""
        if self.faults:
            raise ContentError(self.faults)

    @cached_property
    def drawn(self) -> str:
        """The mail as its template wrote it, with placeholders where the dialect will write."""
        return self.publication.theme.render(TEMPLATES[1], self._context(self.view))

    @cached_property
    def inlined(self) -> str:
        """That with its styles in its elements."""
        self._check_size()
        stylesheet = self.publication.theme.render(STYLES[0], self._context(self.view))
        return inline.inline(self.drawn, stylesheet, self.publication.kept)

    def _check_size(self) -> None:
        """Refuse a mail that no program shows, and tell who made it so large: the article or the template."""
        size = len(self.drawn)
        if size <= LARGEST:
            return
        message = f"the mail has {size:,} characters of HTML, more than the {LARGEST:,} that are read"
        if len(self.view.body) > size // 2:
            hint = "Shorten the article, or send its beginning with newsletter: {body: excerpt}"
            raise ContentError(Fault(path=self.pages.campaign.path, message=message, hint=hint))
        raise TemplateFault(Fault(path=BODY, message=message, hint="Let the template write less"))

    def html(self) -> str:
        """The mail's HTML, ASCII only, in the dialect of whoever sends it."""
        html = _neutralised(self.inlined, self.dialect)
        html = self.placeholders.written(html, field=lambda field: self.dialect.field(field, html=True))
        return self.dialect.document(html)

    def web_version(self) -> str:
        """The mail as a page of the site: every reader sees the fallbacks."""
        html = inline.web_version(self.inlined, self.publication.url(self.publication.shared.icon))
        html = LINKING_TAG.sub(lambda tag: ADDRESS.sub(self._web_address, tag[0]), html)
        return self.placeholders.written(html, field=_on_the_web, tag=lambda tag: ascii_escaped(tag.own))

    def _web_address(self, match: re.Match[str]) -> str:
        """An address of the mail as its web version has it: relative, so that it works in any folder."""
        address = self.placeholders.written(match[0], field=_on_the_web)
        base_url = self.publication.base_url
        if not address.startswith(base_url):
            return address
        here = addresses.web_version(self.pages.campaign.slug)
        return relative(address.removeprefix(base_url), here)

    def text(self) -> str:
        """The text part, in the same dialect."""
        body = text_body(
            self.pages.body, self._text_context(), excerpt=self.meant.newsletter.body == "excerpt"
        )
        view = replace(self.view, body=Markup(body.text), links=body.links)  # noqa: S704  plain text
        return self._in_dialect(self.publication.theme.render(TEMPLATES[2], self._context(view)))

    def subjects(self) -> tuple[str, ...]:
        """The subject line, and those that are tried against it, in the same dialect."""
        return tuple(map(self._in_dialect, self.subject_lines()))

    def subject_lines(self) -> tuple[str, ...]:
        """The subject lines with placeholders where the dialect will write."""
        further = (
            replace(self.view, subject=self._personal(f"newsletter.subjects.{number}", subject))
            for number, subject in enumerate(self.meant.newsletter.subjects)
        )
        return tuple(map(self._subject, (self.view, *further)))

    def _subject(self, view: NewsletterMail) -> str:
        rendered = self.publication.theme.render(TEMPLATES[0], self._context(view))
        try:
            return without_control_characters(" ".join(rendered.split()))
        except Unfit as problem:
            fault = Fault(path=f"templates/{TEMPLATES[0]}", message=problem.args[0], hint=problem.hint)
            raise TemplateFault(fault) from None

    def preheader(self) -> str:
        """What an inbox shows behind the subject, in the same dialect."""
        return self._in_dialect(self.view.preheader)

    @property
    def sender(self) -> Sender:
        """Who it comes from, and where answers go."""
        sender, own = self.publication.settings.sender, self.meant.newsletter
        return dataclasses.replace(
            sender,
            name=own.from_ or sender.name or self.publication.settings.site.name,
            reply_to=own.reply_to or sender.reply_to,
        )

    def pieces(self, text: str) -> Pieces:
        """A text with placeholders as pieces, its merge fields still to be filled in."""
        return tuple(
            piece.tag if isinstance(piece, SenderTag) else piece for piece in self.placeholders.pieces(text)
        )

    @property
    def date(self) -> datetime:
        """That of the article."""
        published = self.meant.date or self.meant.publish_date
        return published.at if published else UNDATED

    @property
    def domain(self) -> str:
        """The host of the site."""
        return domain_of(self.publication.base_url)

    def message(self, subject: str, html: str, text: str) -> bytes:
        """All of it in one file that a mail program opens, dated as the article is."""
        return message(
            subject=subject,
            html=html,
            text=text,
            from_name=self.sender.name,
            from_address=self.sender.address,
            reply_to=self.sender.reply_to,
            date=self.date,
            domain=self.domain,
        )

    def _in_dialect(self, text: str) -> str:
        return self.placeholders.written(
            text,
            field=lambda field: self.dialect.field(field, html=False),
            literal=lambda piece: self.dialect.literal(piece, html=False),
        )

    def _view(self) -> NewsletterMail:
        pages, meant = self.pages, self.meant
        body = mail_body(pages.body, self._mail_context(), excerpt=meant.newsletter.body == "excerpt")
        slug = pages.campaign.slug
        return NewsletterMail(
            lang=pages.language,
            dir=direction(pages.language),
            # title and description are plain words: what looks like a field in them is none
            subject=self._personal("newsletter.subject", meant.newsletter.subject) or pages.set(meant.title),
            preheader=self._personal("newsletter.preheader", meant.newsletter.preheader)
            or pages.set(meant.description)
            or opening(pages.body, "newsletter"),
            title=pages.set(meant.title),
            kicker=meant.tags[0] if meant.tags else "",
            standfirst=pages.set(meant.description),
            date=pages.date,
            authors=pages.authors,
            image=pages.illustrations.mail_cover(),
            body=body.html,
            references=self._references(body),
            is_excerpt=body.is_excerpt,
            links=(),
            post_url=self._link(self._page(addresses.post(slug))),
            cta=self._cta(is_excerpt=body.is_excerpt),
            web_version_url=self._tag(self.dialect.web_version, self._page(addresses.web_version(slug))),
            unsubscribe_url=self._tag(self.dialect.unsubscribe_url),
            preferences_url=self._tag(self.dialect.preferences_url),
            params=meant.params,
        )

    def _mail_context(self) -> MailContext:
        return MailContext(
            theme=self.publication.theme,
            words=self.pages.words,
            site=self._site,
            references=self._all_references,
            picture=lambda element: self.pages.illustrations.in_mail(element, self.pages.body),
            link=self._link,
            cta_href=self._cta_href,
            placeholders=self.placeholders,
        )

    def _text_context(self) -> TextContext:
        return TextContext(
            words=self.pages.words,
            references=self.pages.references,
            link=self._link,
            placeholders=self.placeholders,
        )

    def _context(self, view: NewsletterMail) -> dict[str, object]:
        return {"page": view, "site": self._site, "words": self.pages.words}

    @cached_property
    def _site(self) -> SiteView:
        """The publication as a mail sees it: no navigation, and addresses that work anywhere."""
        site = self.publication.site_view(addresses.HOME)
        logo = site.brand.logo
        return replace(
            site,
            navigation=(),
            social=tuple(
                LinkView(label=link.label, href=self._link(link.url))
                for link in self.publication.settings.social
            ),
            postal_address=self._tag(self.dialect.address, site.postal_address),
            brand=replace(site.brand, logo=replace(logo, src=logo.url) if logo else None),
        )

    @cached_property
    def _all_references(self) -> dict[str, Reference]:
        """The references, each with an address: its own, or the blog post's list."""
        post = self._page(addresses.post(self.pages.campaign.slug))
        return {
            source_id: replace(
                reference, url=self._link(reference.url) if reference.url else f"{post}#{reference.anchor}"
            )
            for source_id, reference in self.pages.references.items()
        }

    def _references(self, body: MailBody) -> tuple[Reference, ...]:
        cited = (self._all_references[one] for one in body.cited)
        return tuple(sorted(cited, key=lambda reference: reference.number))

    def _cta(self, *, is_excerpt: bool) -> LinkView:
        """The mail's button."""
        cta, landing, words = self.meant.newsletter.cta, self.meant.landing, self.pages.words
        if cta:
            label = self._personal("newsletter.cta.label", cta.label)
        elif landing != Landing():
            label = self.pages.set(landing.form.button) or words("join_label")
        else:
            label = words("mail_read_on" if is_excerpt else "mail_read_online")
        return LinkView(label=label, href=self._cta_href)

    @cached_property
    def _cta_href(self) -> str:
        """Where the mail's button leads.

        Its readers are on the list: without anything else to sign up for that is the article.
        """
        cta, landing = self.meant.newsletter.cta, self.meant.landing
        post, join = (f"/{place(self.pages.campaign.slug)}" for place in (addresses.post, addresses.landing))
        if cta:
            return self._link(cta.url or join)
        return self._link(post if landing == Landing() else join)

    def _personal(self, key: str, text: str) -> str:
        """A line of front matter with its merge fields as placeholders."""
        position = self.pages.campaign.position(key)
        own = self.publication.reader_fields
        personal = PersonalText(text, path=self.pages.campaign.path, position=position, own=own)
        self.faults += personal.faults
        return self.pages.set(personal.shown(self.placeholders.word))

    def _tag(self, tag: str, own: str = "") -> str:
        """A tag of the dialect's own, never a text that somebody wrote; `own` on the web, and where it has none."""
        return self.placeholders.word(SenderTag(tag=tag, own=own)) if tag else own

    def _page(self, page: str) -> str:
        return self.publication.url(page)

    def _link(self, link: str) -> str:
        """A link of the article as a mail needs it: absolute, and with its tracking parameters."""
        # a link stands in the HTML and in the text
        found = self._links.get(link)
        if found is None:
            found = self._links[link] = self._absolute(link)
        return found

    def _absolute(self, link: str) -> str:
        if not link:
            return ""
        slug = self.pages.campaign.slug
        if link.startswith("#"):  # a place on the blog post; a mail has none
            return self._page(addresses.post(slug)) + link
        utm = self.meant.utm or self.publication.settings.utm
        if link.startswith("//"):  # a mail has no scheme that the address could share
            link = f"https:{link}"
        if is_external(link):
            return with_utm(link, utm, slug)
        return with_utm(absolute(self.publication.base_url, in_site(link, addresses.post(slug))), utm, slug)


def domain_of(base_url: str) -> str:
    """The domain of the site; an address of numbers is none (RFC 5322 section 3.6.4 wants a name)."""
    host = urlsplit(base_url).hostname or ""
    return host if re.fullmatch(r"[^:]*[^\d:.][^:]*", host) else "localhost"


def _on_the_web(field: MergeField) -> str:
    """What everybody sees in the place of a merge field."""
    return encoded(field.fallback) if field.in_address else ascii_escaped(field.fallback)


def ascii_escaped(text: str) -> str:
    """Text for HTML, with references for all that is not ASCII."""
    return str(escape(text)).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _neutralised(html: str, dialect: Dialect) -> str:
    """The mail with the signs of the dialect's tags as references: an article about `{{` shows them.

    Of the head only the title holds text, all else is our own; comments are conditions for Outlook.
    """
    signs = re.compile(f"[{re.escape(dialect.marks)}]")

    def neutral(text: str) -> str:
        return signs.sub(lambda sign: f"&#{ord(sign[0])};", text)

    head, tag, body = html.partition("</head>")
    head = TITLE.sub(lambda title: neutral(title[0]), head)
    parts = COMMENT.split(body)
    return head + tag + "".join(part if part.startswith("<!--") else neutral(part) for part in parts)
