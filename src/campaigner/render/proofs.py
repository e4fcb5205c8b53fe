"""A whole campaign rendered to be looked through before it leaves."""

from collections.abc import Mapping
from datetime import datetime

from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import Campaign
from campaigner.model.front_matter import Source
from campaigner.render.illustrations import IN_SITE
from campaigner.render.landing import render_landing
from campaigner.render.letters import CONFIRMATION, KINDS, Letter
from campaigner.render.pages import CampaignPages
from campaigner.render.pictures import CachedFile
from campaigner.render.post import render_post
from campaigner.render.reader_mail import Proof, proof_of
from campaigner.value import Value

#: where a mail leads that is only looked at
UNSUBSCRIBE = "https://nowhere.invalid/unsubscribe/"
PREFERENCES = "https://nowhere.invalid/preferences/"
CONFIRM = "https://nowhere.invalid/confirm/"
#: who gets it, and for how many days its link works
SOMEBODY, DAYS = "somebody@nowhere.example", 30


class Proofs(Value):
    """All that one campaign becomes; neighbours make no difference to it."""

    campaign: Campaign
    #: its own sources and the shared ones, by id
    sources: Mapping[str, Source]
    #: the HTML of its pages but for the web version of the mail, by path in the output folder
    pages: Mapping[str, str]
    newsletter: Proof
    #: the files that its pictures became, by address in the site: "assets/vial-800.0f3a52c1b9de.webp"
    pictures: Mapping[str, CachedFile]


def proofs_of(pages: CampaignPages) -> Proofs:
    """Render a campaign; raises CampaignerError with what is wrong, so that it cannot be rendered."""
    files = [*render_post(pages, previous=None, following=None), *render_landing(pages)]
    newsletter = proof_of(pages, unsubscribe_url=UNSUBSCRIBE, preferences_url=PREFERENCES)
    return Proofs(
        campaign=pages.campaign,
        sources=pages.sources,
        pages={file.path: file.content.decode() for file in files},
        newsletter=newsletter,
        # whatever the pages above show
        pictures={path.removeprefix(IN_SITE): file for path, file in pages.illustrations.files.items()},
    )


class LetterProof(Value):
    """A mail of the sign-up app as it is looked through."""

    #: of KINDS
    kind: str
    subject: str
    preheader: str
    html: str
    #: that as the template wrote it, before a parser mended it to put the styles in
    drawn: str
    text: str
    message: bytes
    #: where its links lead; empty where it has none
    confirm_url: str
    unsubscribe_url: str


def letter_proofs(pages: CampaignPages, *, date: datetime) -> tuple[list[LetterProof], list[Fault]]:
    """Render the mails of the sign-up app; give with them why others cannot be rendered."""
    made, faults = list[LetterProof](), list[Fault]()
    for kind in KINDS:
        is_asking = kind == CONFIRMATION
        letter = Letter(
            pages=pages,
            kind=kind,
            confirm_url=CONFIRM if is_asking else "",
            days=DAYS,
            unsubscribe_url="" if is_asking else UNSUBSCRIBE,
            preferences_url="" if is_asking else PREFERENCES,
        )
        try:
            made.append(_letter_proof(letter, date))
        except CampaignerError as error:
            faults += error.faults
    return made, faults


def _letter_proof(letter: Letter, date: datetime) -> LetterProof:
    return LetterProof(
        kind=letter.kind,
        subject=letter.subject,
        preheader=letter.preheader,
        html=letter.html,
        drawn=letter.drawn,
        text=letter.text,
        message=letter.message(SOMEBODY, date=date),
        confirm_url=letter.confirm_url,
        unsubscribe_url=letter.unsubscribe_url,
    )
