"""What is wrong with each campaign: faults that rendering it meets, and findings of checks."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from campaigner.build.site import site_places
from campaigner.errors import Fault
from campaigner.preview.desk import Changes, Desk
from campaigner.preview.shelf import Shelf
from campaigner.render.pages import CampaignPages

if TYPE_CHECKING:
    from campaigner.model.finding import Finding

#: gives a campaign with its text read, by folder, and what is wrong with it
Read = Callable[[str], tuple[CampaignPages | None, tuple[Fault, ...]]]
#: renders all of a campaign, by folder, and gives what is wrong with it
Render = Callable[[str], tuple[Fault, ...]]


class Verdicts:
    """Gathers what is wrong with the campaigns on a desk, and keeps it until they change."""

    def __init__(self, desk: Desk, *, read: Read, render: Render) -> None:
        self._desk = desk
        self._read = read
        self._render = render
        self._findings: Shelf[str, tuple[Finding, ...]] = Shelf(4096)
        #: what was found when all of a campaign was rendered, by folder: kept longer than what was rendered
        self._faults: dict[str, tuple[Fault, ...]] = {}

    def drop(self, changes: Changes) -> None:
        """Forget what changes made stale."""
        is_all = changes.everything or changes.lineup
        for folder in [*self._faults] if is_all else changes.folders:
            self._faults.pop(folder, None)
        self._findings.drop(lambda folder: is_all or folder in changes.folders)

    def faults(self, folder: str) -> tuple[Fault, ...]:
        """Everything that is wrong with a campaign: all of it is rendered for that."""
        found = self._faults[folder] = self._render(folder)
        return tuple(sorted({*self._desk.faults_of(folder), *found}))

    def known_faults(self, folder: str) -> tuple[Fault, ...]:
        """What is known to be wrong with a campaign itself, without rendering anything."""
        return tuple(sorted({*self._desk.own_faults_of(folder), *self._faults.get(folder, ())}))

    def is_checked(self, folder: str) -> bool:
        """Whether all of a campaign was rendered since it changed, so that all its faults are known."""
        return folder in self._faults

    def findings(self, folder: str) -> "tuple[Finding, ...]":
        """What checks find in a campaign; nothing where it cannot be rendered."""
        found = self._findings.get(folder)
        return self._findings.put(folder, self._judged(folder)) if found is None else found

    def known_findings(self, folder: str) -> "tuple[Finding, ...]":
        """What checks found in a campaign when they looked last."""
        return self._findings.get(folder) or ()

    def _judged(self, folder: str) -> "tuple[Finding, ...]":
        # all checks are loaded for that
        from campaigner.preview.judging import findings_in

        pages, faults = self._read(folder)
        if pages is None or faults:
            return ()
        desk = self._desk
        return findings_in(
            pages,
            desk.workspace,
            places=site_places(pages.publication.settings, desk.lineup, desk.unread),
            place=desk.lineup.place(folder),
            today=desk.today,
            faults=desk.faults_of(folder),
        )
