"""The mails of the sign-up app, by the newsletter's layout, styles and inliner."""

from datetime import datetime
from functools import cached_property

from campaigner.errors import Fault, TemplateFault
from campaigner.model.pages import LetterMail, LinkView
from campaigner.model.text import Unfit, without_control_characters
from campaigner.render import addresses, inline
from campaigner.render.addresses import with_utm
from campaigner.render.dates import direction
from campaigner.render.message import message
from campaigner.render.newsletter import STYLES, domain_of
from campaigner.render.pages import CampaignPages
from campaigner.value import Value, replace

CONFIRMATION = "confirmation"
#: folders of templates/mails/, with the name that their words begin with
KINDS = {CONFIRMATION: "confirm", "welcome": "welcome", "already-subscribed": "already"}
SUBJECT, HTML, TEXT = "subject.txt", "body.html", "body.txt"


def letter_templates(kind: str) -> tuple[str, ...]:
    """Names of the templates that make a mail: its HTML, its text and its subject line."""
    return tuple(f"mails/{kind}/{part}" for part in (HTML, TEXT, SUBJECT))


class Letter(Value):
    """A mail to one reader of a campaign."""

    pages: CampaignPages
    #: of KINDS
    kind: str
    #: only of a confirmation
    confirm_url: str = ""
    days: int = 0
    #: only to somebody who has confirmed
    unsubscribe_url: str = ""
    preferences_url: str = ""

    @cached_property
    def subject(self) -> str:
        """Its subject line; raises TemplateFault where it cannot be one."""
        rendered = " ".join(self._render(SUBJECT, self._view).split())
        try:
            return without_control_characters(rendered)
        except Unfit as problem:
            path = f"templates/{self._name(SUBJECT)}"
            raise TemplateFault(Fault(path=path, message=problem.args[0], hint=problem.hint)) from None

    @property
    def preheader(self) -> str:
        """What an inbox shows behind the subject."""
        return self._view.preheader

    @cached_property
    def drawn(self) -> str:
        """Its HTML as the template wrote it."""
        return self._render(HTML, self._whole)

    @cached_property
    def html(self) -> str:
        """That in ASCII, with the styles in the elements."""
        publication = self.pages.publication
        stylesheet = publication.theme.render(STYLES[0], self._context(self._whole))
        return inline.inline(self.drawn, stylesheet, publication.kept)

    @cached_property
    def text(self) -> str:
        """Its text part."""
        return self._render(TEXT, self._whole)

    def message(self, recipient: str, *, date: datetime) -> bytes:
        """All of it, as it leaves; the same values give the same bytes.

        Raises ValueError where the recipient cannot stand in a header.
        """
        settings = self.pages.publication.settings
        sender = settings.sender
        return message(
            subject=self.subject,
            html=self.html,
            text=self.text,
            from_name=sender.name or settings.site.name,
            from_address=sender.address,
            reply_to=sender.reply_to,
            date=date,
            domain=domain_of(self.pages.publication.base_url),
            to=recipient,
            unsubscribe_url=self.unsubscribe_url,
            unsubscribe_address=sender.reply_to or sender.address,
        )

    @property
    def _whole(self) -> LetterMail:
        return replace(self._view, subject=self.subject)

    @property
    def _view(self) -> LetterMail:
        pages, words = self.pages, self.pages.words
        site = pages.publication.settings.site.name
        meant = pages.campaign.front_matter
        slug = pages.campaign.slug
        word = f"mail_{KINDS[self.kind]}"
        return LetterMail(
            lang=pages.language,
            dir=direction(pages.language),
            subject="",
            preheader=words(f"{word}_preheader", site=site),
            title=words(f"{word}_title", site=site),
            headline=pages.set(meant.landing.headline or meant.title),
            post=LinkView(
                label=pages.set(meant.title),
                href=with_utm(
                    pages.publication.url(addresses.post(slug)),
                    meant.utm or pages.publication.settings.utm,
                    slug,
                ),
            ),
            confirm_url=self.confirm_url,
            days=self.days,
            unsubscribe_url=self.unsubscribe_url,
            preferences_url=self.preferences_url,
        )

    def _name(self, part: str) -> str:
        return f"mails/{self.kind}/{part}"

    def _render(self, part: str, view: LetterMail) -> str:
        return self.pages.publication.theme.render(self._name(part), self._context(view))

    def _context(self, view: LetterMail) -> dict[str, object]:
        publication = self.pages.publication
        site = replace(publication.site_view(publication.base_url), navigation=())
        return {"page": view, "site": site, "words": self.pages.words}
