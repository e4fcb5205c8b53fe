"""Remembers that a target has all that was built for it, so that the next plan need not hold every file against it."""

from campaigner.content.workspace import Workspace
from campaigner.publish.host import Host
from campaigner.publish.site import BuiltSite
from campaigner.publish.targets import Chosen
from campaigner.render.kept import Kept
from campaigner.value import Value

SETTLED = "published"


class Settled(Value):
    """What a plan with nothing to do was made of: a build, and the release that readers see.

    Neither changes: a build that does something is another one, and so is what is published or gone back to.
    """

    kept: Kept
    key: str

    @property
    def files(self) -> int | None:
        """How many files were held against each other; None where nobody did so, or something was to be done."""
        count = self.kept.get(SETTLED, self.key)
        return count if type(count) is int else None

    def note(self, files: int) -> None:
        """Remember that nothing was to be done."""
        self.kept.put(SETTLED, self.key, files)


def settled(workspace: Workspace, chosen: Chosen, host: Host, site: BuiltSite, current: str) -> Settled:
    """Give what is remembered of this build and a `current` release."""
    return Settled(
        kept=Kept(folder=workspace.state / "cache", program=""),
        key=repr((host.where, chosen.url, site.folder, site.begun, current)),
    )
