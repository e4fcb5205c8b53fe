"""A publication: planned first, then done as it was planned or not at all."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from campaigner.content.workspace import Workspace
from campaigner.errors import Fault, PublishError, nearest
from campaigner.publish.changes import NOTHING, Changes
from campaigner.publish.checkout import commit_of
from campaigner.publish.compression import beside_each
from campaigner.publish.host import Host, Progress, standing_at
from campaigner.publish.partial import with_the_rest
from campaigner.publish.releases import ASSETS, PublishedFile, Release, number_of, release_name
from campaigner.publish.settled import settled
from campaigner.publish.site import BuiltSite
from campaigner.publish.targets import Chosen
from campaigner.value import Value, replace

#: what readers see where nothing is shown
NO_RELEASE = Release(name="", made="", url="", commit="", files={})


class Plan(Value):
    """What is to be done so that a target has the site."""

    chosen: Chosen
    host: Host
    site: BuiltSite
    #: what readers see now; None where nothing was published
    before: Release | None
    changes: Changes
    #: files of which it was known that nothing is to be done about them
    settled: int = 0

    @property
    def is_due(self) -> bool:
        """Whether anything is to be done."""
        before = self.before
        if before is None or before.url != self.chosen.url or not before.tells_campaigns:
            return True
        return bool(self.changes) or before.compression != self.compression

    @property
    def is_taking_over(self) -> bool:
        """Whether somebody else put there what readers see now."""
        return self.before is not None and not self.before.name

    @property
    def compression(self) -> str:
        """How text is to lie compressed beside each file.

        What others have may not be here to be compressed: only who publishes all can say that all of it is.
        """
        if self.chosen.slugs and self.before:
            return self.before.compression
        return beside_each(self.chosen.target.precompress, self.chosen.target.to)

    @property
    def size(self) -> int:
        """Bytes that are new to the target."""
        return sum(self.site.size(path) for path in self.changes.uploads)


class Return(Value):
    """What is to be done so that readers see another release, or the rest of one that was not brought whole."""

    chosen: Chosen
    host: Host
    #: what readers see now
    before: Release
    after: Release
    changes: Changes

    @property
    def is_due(self) -> bool:
        """Whether anything is to be done."""
        return self.before.name != self.after.name or not self.host.is_whole

    @property
    def kept(self) -> dict[str, PublishedFile]:
        """Hashed assets of what readers see now, by path: who loaded a page of it asks for them a moment later."""
        after = {**self.after.kept, **self.after.files}
        # those that campaigner made lie side by side; what is deeper down was taken over
        return {
            path: file
            for path, file in self.before.files.items()
            if path.startswith(ASSETS) and path.count("/") == 1 and path not in after
        }


def planned(workspace: Workspace, chosen: Chosen, host: Host, site: BuiltSite) -> Plan:
    """Hold a site against what stands at its target; raises PublishError where nobody can know what that is."""
    if chosen.slugs:
        return _planned_beside(chosen, host, site)
    current = host.current()
    known = settled(workspace, chosen, host, site, current)
    # what was not brought whole has its name already, and may have been remembered when it was whole once
    is_remembered = bool(current) and host.is_whole
    if is_remembered and known.files is not None:
        compression = beside_each(chosen.target.precompress, chosen.target.to)
        seen = Release(name=current, made="", url=chosen.url, commit="", files={}, compression=compression)
        return Plan(chosen=chosen, host=host, site=site, before=seen, changes=NOTHING, settled=known.files)
    before = standing_at(host)
    changes = Changes.between(before.digests if before else {}, site.digests)
    plan = Plan(chosen=chosen, host=host, site=site, before=before, changes=changes)
    if is_remembered and not plan.is_due:
        known.note(len(changes.unchanged))
    return plan


def _planned_beside(chosen: Chosen, host: Host, site: BuiltSite) -> Plan:
    """Hold campaigns against what stood at the target when they were built for it."""
    before = site.before
    site = with_the_rest(site, before.files if before else {})
    changes = Changes.between(before.digests if before else {}, site.digests)
    return Plan(chosen=chosen, host=host, site=site, before=before, changes=changes)


def planned_back(chosen: Chosen, host: Host, to: str) -> Return:
    """What going back to a release will do, to the one before where `to` is empty; raises PublishError."""
    current, releases = host.current(), host.releases()
    before = host.live() if current else NO_RELEASE
    # a way back that was interrupted is gone to its end
    name = to or (current if host.is_returning else _seen_before(before, releases))
    if to and to not in releases:
        message, hint = f'there is no release "{to}"', nearest(to, releases)
        raise PublishError(Fault(path=host.where, message=message, hint=hint))
    if not name:
        message = "there is no release to go back to"
        hint = "See what there is with `campaigner publish status`"
        raise PublishError(Fault(path=host.where, message=message, hint=hint))
    after = host.release(name)
    return Return(
        chosen=chosen,
        host=host,
        before=before,
        after=after,
        changes=Changes.between(before.digests, after.digests),
    )


def _seen_before(release: Release, releases: Sequence[str]) -> str:
    """What readers saw before a release, of all that there are: one that was gone back from is none of that.

    The one that was made before it, where that is gone or nobody knows; empty for none.
    """
    earlier = [name for name in releases if number_of(name) < number_of(release.name)]
    return release.before if release.before in earlier else earlier[-1] if earlier else ""


def go_back(plan: Return, *, progress: Progress) -> None:
    """Show the release that was planned; raises PublishError where somebody else published meanwhile."""
    plan.host.show(plan.after.name, kept=plan.kept, planned=plan.before.name, progress=progress)


def last_uploads(host: Host, site: BuiltSite) -> tuple[str, ...]:
    """What the release that readers see changed, where that is as it was built here.

    Where only some campaigns are to go there, what stands there of others may be another one, or not be here at all.
    """
    live = host.live()
    earlier = _seen_before(live, host.releases())
    before, after = host.release(earlier).digests if earlier else {}, live.digests
    built = replace(site, wanted=None).digests
    uploads = Changes.between(before, after).uploads
    return tuple(path for path in uploads if built.get(path) == after[path])


def publish(plan: Plan, workspace: Workspace, *, now: datetime, progress: Progress) -> Release:
    """Do what was planned; raises PublishError, and what readers see is as it was, where that cannot be done."""
    from campaigner.publish.filling import Filling

    before, made = plan.before, now.strftime("%Y-%m-%dT%H:%M:%SZ")
    releases, adopted = plan.host.releases(), None
    if before and plan.is_taking_over:
        adopted = replace(before, name=release_name(made, releases), made=made)
        releases = [*releases, adopted.name]
    known = before.files if before else {}
    kept = {path: known[path] for path in plan.changes.removed if path.startswith(ASSETS)}
    if before and plan.chosen.slugs:
        # pages that stay may be of more than one release ago
        looks = {path: file for path, file in before.kept.items() if not file.campaigns}
        kept |= {path: file for path, file in looks.items() if path not in plan.site.digests}
    release = Release(
        name=release_name(made, releases),
        made=made,
        url=plan.chosen.url,
        commit=commit_of(workspace.root),
        files=_files(plan, known),
        kept=kept,
        compression=plan.compression,
        before=adopted.name if adopted else before.name if before else "",
        campaigns=plan.site.cards,
    )
    filling = Filling(
        site=plan.site,
        changes=plan.changes,
        kept=tuple(kept),
        precompress=plan.chosen.target.precompress,
    )
    planned = before.name if before else ""
    plan.host.publish(release, filling, planned=planned, adopted=adopted, progress=progress)
    return release


def _files(plan: Plan, known: Mapping[str, PublishedFile]) -> dict[str, PublishedFile]:
    unchanged = {*plan.changes.unchanged}
    return {
        path: PublishedFile(
            digest,
            known[path].size if path in unchanged else plan.site.size(path),
            plan.site.campaigns.get(path, known[path].campaigns if path in known else ()),
        )
        for path, digest in plan.site.digests.items()
    }
