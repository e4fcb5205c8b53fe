"""A publication: planned first, then done as it was planned or not at all."""

from collections.abc import Mapping
from datetime import datetime

from campaigner.content.workspace import Workspace
from campaigner.errors import Fault, PublishError, nearest
from campaigner.publish.changes import NOTHING, Changes
from campaigner.publish.checkout import commit_of
from campaigner.publish.filling import Filling
from campaigner.publish.host import Host, Progress
from campaigner.publish.partial import with_the_rest
from campaigner.publish.releases import ASSETS, PublishedFile, Release, number_of, release_name
from campaigner.publish.settled import settled
from campaigner.publish.site import BuiltSite
from campaigner.publish.targets import Chosen
from campaigner.value import Value, replace


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
        return bool(self.changes) or self.before is None or self.before.url != self.chosen.url

    @property
    def size(self) -> int:
        """Bytes that are new to the target."""
        return sum(self.site.size(path) for path in self.changes.uploads)


class Return(Value):
    """What is to be done so that readers see another release."""

    chosen: Chosen
    host: Host
    before: Release
    after: Release
    changes: Changes


def planned(workspace: Workspace, chosen: Chosen, host: Host, site: BuiltSite) -> Plan:
    """Hold a site against what stands at its target; raises PublishError where nobody can know what that is."""
    current = host.current()
    known = settled(workspace, chosen, host, site, current)
    if current and not chosen.slugs and known.files is not None:
        seen = Release(name=current, made="", url=chosen.url, commit="", files={})
        return Plan(chosen=chosen, host=host, site=site, before=seen, changes=NOTHING, settled=known.files)
    before = host.release(current) if current else host.foreign()
    if chosen.slugs and before:
        site = with_the_rest(site, before.files, chosen.slugs)
    changes = Changes.between(before.digests if before else {}, site.digests)
    plan = Plan(chosen=chosen, host=host, site=site, before=before, changes=changes)
    if current and not chosen.slugs and not plan.is_due:
        known.note(len(changes.unchanged))
    return plan


def planned_back(chosen: Chosen, host: Host, to: str) -> Return:
    """What going back to a release will do, to the one before where `to` is empty; raises PublishError."""
    current, releases = host.current(), host.releases()
    earlier = [name for name in releases if number_of(name) < number_of(current)]
    if to and to not in releases:
        message, hint = f'there is no release "{to}"', nearest(to, releases)
        raise PublishError(Fault(path=host.where, message=message, hint=hint))
    if not to and not earlier:
        message = "there is no release to go back to"
        hint = "See what there is with `campaigner publish status`"
        raise PublishError(Fault(path=host.where, message=message, hint=hint))
    before, after = host.release(current), host.release(to or earlier[-1])
    return Return(
        chosen=chosen,
        host=host,
        before=before,
        after=after,
        changes=Changes.between(before.digests, after.digests),
    )


def go_back(plan: Return) -> None:
    """Show the release that was planned; raises PublishError where somebody else published meanwhile."""
    plan.host.show(plan.after.name, planned=plan.before.name)


def last_changes(host: Host) -> Changes:
    """What the release that readers see changed."""
    current = host.current()
    earlier = [name for name in host.releases() if number_of(name) < number_of(current)]
    before = host.release(earlier[-1]).digests if earlier else {}
    return Changes.between(before, host.release(current).digests)


def publish(plan: Plan, workspace: Workspace, *, now: datetime, progress: Progress) -> Release:
    """Do what was planned; raises PublishError, and what readers see is as it was, where that cannot be done."""
    before, made = plan.before, now.strftime("%Y-%m-%dT%H:%M:%SZ")
    releases, adopted = plan.host.releases(), None
    if before and not before.name:
        adopted = replace(before, name=release_name(made, releases), made=made)
        releases = [*releases, adopted.name]
    known = before.files if before else {}
    kept = {path: known[path] for path in plan.changes.removed if path.startswith(ASSETS)}
    release = Release(
        name=release_name(made, releases),
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
