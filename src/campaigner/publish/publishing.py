"""A publication: planned first, then done as it was planned or not at all."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from campaigner.content.workspace import Workspace
from campaigner.errors import Fault, PublishError, nearest
from campaigner.publish.adopting import files_in
from campaigner.publish.changes import Changes
from campaigner.publish.checkout import commit_of
from campaigner.publish.filling import Filling
from campaigner.publish.folder import Folder
from campaigner.publish.partial import with_the_rest
from campaigner.publish.releases import ASSETS, PublishedFile, Release, number_of, release_name
from campaigner.publish.site import BuiltSite
from campaigner.publish.targets import Chosen

Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is to be done so that a target has the site."""

    chosen: Chosen
    folder: Folder
    site: BuiltSite
    #: what readers see now; None where nothing was published
    before: Release | None
    changes: Changes

    @property
    def is_due(self) -> bool:
        """Whether anything is to be done."""
        return bool(self.changes) or self.before is None or self.before.url != self.chosen.url

    @property
    def size(self) -> int:
        """Bytes that are new to the target."""
        return sum(self.site.size(path) for path in self.changes.uploads)


@dataclass(frozen=True, kw_only=True)
class Return:
    """What is to be done so that readers see another release."""

    chosen: Chosen
    folder: Folder
    before: Release
    after: Release
    changes: Changes


def planned(chosen: Chosen, folder: Folder, site: BuiltSite) -> Plan:
    """Hold a site against what stands at its target; raises PublishError where nobody can know what that is."""
    current = folder.current()
    before = folder.release(current) if current else _foreign(folder)
    if chosen.slugs and before:
        site = with_the_rest(site, before.files, chosen.slugs)
    changes = Changes.between(before.digests if before else {}, site.digests)
    return Plan(chosen=chosen, folder=folder, site=site, before=before, changes=changes)


def planned_back(chosen: Chosen, folder: Folder, to: str) -> Return:
    """What going back to a release will do, to the one before where `to` is empty; raises PublishError."""
    current, releases = folder.current(), folder.releases()
    earlier = [name for name in releases if number_of(name) < number_of(current)]
    if to and to not in releases:
        message, hint = f'there is no release "{to}"', nearest(to, releases)
        raise PublishError(Fault(path=str(folder.path), message=message, hint=hint))
    if not to and not earlier:
        message = "there is no release to go back to"
        hint = "See what there is with `campaigner publish status`"
        raise PublishError(Fault(path=str(folder.path), message=message, hint=hint))
    before, after = folder.release(current), folder.release(to or earlier[-1])
    return Return(
        chosen=chosen,
        folder=folder,
        before=before,
        after=after,
        changes=Changes.between(before.digests, after.digests),
    )


def go_back(plan: Return) -> None:
    """Show the release that was planned; raises PublishError where somebody else published meanwhile."""
    with plan.folder.held(plan.before.name):
        plan.folder.show(plan.after.name)


def last_changes(folder: Folder) -> Changes:
    """What the release that readers see changed."""
    current = folder.current()
    earlier = [name for name in folder.releases() if number_of(name) < number_of(current)]
    before = folder.release(earlier[-1]).digests if earlier else {}
    return Changes.between(before, folder.release(current).digests)


def _foreign(folder: Folder) -> Release | None:
    """What stands there that is to be taken over; None for nothing."""
    if not folder.is_foreign:
        return None
    try:
        return Release(name="", made="", url="", commit="", files=files_in(folder.path))
    except OSError as error:
        shown = os.fsdecode(error.filename or folder.path)
        message, hint = f"this cannot be read: {error.strerror}", "Change its permissions"
        raise PublishError(Fault(path=shown, message=message, hint=hint)) from None


def publish(plan: Plan, workspace: Workspace, *, now: datetime, progress: Progress) -> Release:
    """Do what was planned; raises PublishError, and what readers see is as it was, where that cannot be done."""
    before, folder = plan.before, plan.folder
    with folder.held(before.name if before else ""):
        made = now.strftime("%Y-%m-%dT%H:%M:%SZ")
        if before and folder.is_foreign:
            folder.adopt(replace(before, name=release_name(made, folder.releases()), made=made))
        known = before.files if before else {}
        kept = {path: known[path] for path in plan.changes.removed if path.startswith(ASSETS)}
        release = Release(
            name=release_name(made, folder.releases()),
            made=made,
            url=plan.chosen.url,
            commit=commit_of(workspace.root),
            files=_files(plan, known),
            kept=kept,
        )
        filling = Filling(
            site=plan.site,
            changes=plan.changes,
            kept=tuple(kept),
            precompress=plan.chosen.target.precompress,
        )
        folder.publish(release, filling, progress)
    return release


def _files(plan: Plan, known: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    unchanged = {*plan.changes.unchanged}
    return {
        path: PublishedFile(
            digest,
            known[path].size if path in unchanged else plan.site.size(path),
            plan.site.campaigns.get(path, ()),
        )
        for path, digest in plan.site.digests.items()
    }
