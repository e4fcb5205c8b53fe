"""Renders one campaign, or the mails of the sign-up app, to be looked at, and writes nothing of it."""

from collections.abc import Mapping
from datetime import datetime

from campaigner.build.rendering import Renderer
from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import Campaign, State
from campaigner.render.press import open_campaign, stand_in_pages
from campaigner.render.proofs import LetterProof, Proofs, letter_proofs, proofs_of
from campaigner.value import Value, field


class ProofTask(Value):
    """A campaign to be looked at."""

    folder: str
    state: State
    #: see Article
    place: int | None


class Proved(Value):
    """What came of it."""

    task: ProofTask
    #: None where it cannot be rendered
    proofs: Proofs | None = None
    #: the pictures it uses: digests of what was read, by path in the workspace
    pictures: Mapping[str, str] = field(default_factory=dict)
    #: why it cannot be rendered
    faults: tuple[Fault, ...] = ()


class MailsTask(Value):
    """The mails of the sign-up app, to be looked at in one language."""

    language: str
    #: for the date that they have: UTC in RFC 3339
    now: str


class ProvedMails(Value):
    """What came of them."""

    #: the one that stands in for those that people sign up for
    campaign: Campaign
    proofs: tuple[LetterProof, ...]
    #: why some cannot be rendered
    faults: tuple[Fault, ...]


def proved(renderer: Renderer, task: ProofTask | MailsTask) -> Proved | ProvedMails:
    """Render what is to be looked at."""
    return proved_mails(renderer, task) if isinstance(task, MailsTask) else proved_campaign(renderer, task)


def proved_campaign(renderer: Renderer, task: ProofTask) -> Proved:
    """Render a campaign; what is wrong with it is in the result."""
    bench = renderer.bench
    pages, faults = open_campaign(
        bench.publication, bench.workspace, task.folder, state=task.state, converter=renderer.converter
    )
    if pages is None or faults:
        return Proved(task=task, faults=faults)
    try:
        proofs = proofs_of(pages)
    except CampaignerError as error:
        return Proved(task=task, faults=error.faults)
    return Proved(
        task=task,
        proofs=proofs,
        pictures=bench.publication.pictures.read_digests(pages.illustrations.used),
        faults=tuple(pages.illustrations.faults),
    )


def proved_mails(renderer: Renderer, task: MailsTask) -> ProvedMails:
    """Render the mails of the sign-up app; what is wrong with them is in the result."""
    pages = stand_in_pages(renderer.bench.publication, task.language, renderer.converter)
    proofs, faults = letter_proofs(pages, date=datetime.fromisoformat(task.now))
    return ProvedMails(campaign=pages.campaign, proofs=tuple(proofs), faults=tuple(faults))
