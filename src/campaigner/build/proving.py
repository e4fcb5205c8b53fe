"""Renders one campaign to be looked at, and writes nothing of it."""

from collections.abc import Mapping

from campaigner.build.rendering import Renderer
from campaigner.errors import CampaignerError, Fault
from campaigner.model.campaign import State
from campaigner.render.press import open_campaign
from campaigner.render.proofs import Proofs, proofs_of
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


def proved(renderer: Renderer, task: ProofTask) -> Proved:
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
