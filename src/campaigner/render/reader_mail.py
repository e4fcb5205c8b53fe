"""The newsletter as readers get it: one of them, or many of whom each fills its blanks."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from campaigner.render.merge_tags import Literal, MergeField
from campaigner.render.message import message
from campaigner.render.newsletter import Newsletter, Pieces
from campaigner.render.pages import CampaignPages
from campaigner.value import Value, replace


class ReaderMail(Value):
    """The newsletter as one reader gets it."""

    #: the first is the one that is sent, unless others are tried against it
    subjects: tuple[str, ...]
    preheader: str
    from_name: str
    from_address: str
    reply_to: str | None
    #: of the message, with a zone
    date: datetime
    #: of its Message-ID
    domain: str
    html: str
    text: str

    @cached_property
    def message(self) -> bytes:
        """All of it in one message, which few need."""
        return message(
            subject=self.subjects[0],
            html=self.html,
            text=self.text,
            from_name=self.from_name,
            from_address=self.from_address,
            reply_to=self.reply_to,
            date=self.date,
            domain=self.domain,
        )


class Letter(Value):
    """The newsletter with its blanks, to be filled in for many readers."""

    subjects: tuple[Pieces, ...]
    html: Pieces


class Proof(Value):
    """The newsletter as it is looked through before it goes out."""

    #: as somebody gets it of whom nothing is known
    mail: ReaderMail
    letter: Letter
    #: HTML as the template wrote it, before a parser mended it to put the styles in
    drawn: str
    #: HTML
    web_version: str


def mail_for_reader(
    pages: CampaignPages, reader: Mapping[str, str], *, unsubscribe_url: str, preferences_url: str
) -> ReaderMail:
    """Give the newsletter for a reader: values of merge fields by name; an empty one is none.

    Raises ContentError where a merge field of the front matter cannot be.
    """
    return _read(_for_reader(pages, reader, unsubscribe_url, preferences_url))


def proof_of(pages: CampaignPages, *, unsubscribe_url: str, preferences_url: str) -> Proof:
    """Give the newsletter to be looked through, all of it made at once.

    Raises ContentError where a merge field of the front matter cannot be.
    """
    newsletter = _for_reader(pages, {}, unsubscribe_url, preferences_url)
    return Proof(
        mail=_read(newsletter),
        letter=Letter(
            subjects=tuple(map(newsletter.pieces, newsletter.subject_lines())),
            html=newsletter.pieces(newsletter.inlined),
        ),
        drawn=newsletter.drawn,
        web_version=newsletter.web_version(),
    )


def _for_reader(
    pages: CampaignPages, reader: Mapping[str, str], unsubscribe_url: str, preferences_url: str
) -> Newsletter:
    def value(field: MergeField, literal: Literal, _html: bool) -> str:
        return literal(reader.get(field.name) or field.fallback)

    own = replace(
        pages.publication.dialect,
        write=value,
        unsubscribe_url=unsubscribe_url,
        preferences_url=preferences_url,
    )
    return Newsletter(pages, own)


def _read(newsletter: Newsletter) -> ReaderMail:
    html, text, subjects = newsletter.html(), newsletter.text(), newsletter.subjects()
    newsletter.raise_faults()
    sender = newsletter.sender
    return ReaderMail(
        subjects=subjects,
        preheader=newsletter.preheader(),
        from_name=sender.name,
        from_address=sender.address,
        reply_to=sender.reply_to,
        date=newsletter.date,
        domain=newsletter.domain,
        html=html,
        text=text,
    )
