"""The site as a target is to have it: built into a folder of its own, so that no target re-renders another's pages."""

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from functools import cached_property
from pathlib import Path

from campaigner.build.inputs import Glance
from campaigner.build.kinds import CAMPAIGN_KINDS
from campaigner.build.manifest import Manifest
from campaigner.build.options import Options
from campaigner.build.run import PUBLISHED, build, manifest_file
from campaigner.content.workspace import Workspace
from campaigner.publish.targets import Chosen
from campaigner.value import Value, replace

SITE = "site/"


class BuiltSite(Value):
    """A site that was built for a target."""

    #: where its files lie
    folder: Path
    #: what was built, and of what
    manifest: Path
    #: when the build that made it began, in nanoseconds since 1970: no other one did so then
    begun: int
    #: what a marketer should know, though nothing is wrong
    notes: tuple[str, ...]
    #: what of it a target is to have, by path: digests; None for all of it
    wanted: Mapping[str, str] | None = None

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """By path in the site: what a build knows each file's content by."""
        if self.wanted is not None:
            return self.wanted
        with closing(Manifest(self.manifest)) as manifest:
            return {path.removeprefix(SITE): digest for path, digest, _ in manifest.files(SITE)}

    def size(self, path: str) -> int:
        """Bytes of a file."""
        return os.stat(self.folder / path).st_size

    @cached_property
    def campaigns(self) -> Mapping[str, tuple[str, ...]]:
        """By path: the slugs of the campaigns that have it; none for what belongs to the site."""
        with closing(Manifest(self.manifest)) as manifest:
            slugs = {row.folder: row.card["slug"] for row in manifest.campaigns()}
            units = [(path, unit.partition(" ")) for path, _, unit in manifest.files(SITE)]
        found: defaultdict[str, set[str]] = defaultdict(set)
        for path, (kind, _, of) in units:
            if kind in CAMPAIGN_KINDS:
                found[path.removeprefix(SITE)].add(slugs[of])
        return {path: tuple(sorted(campaigns)) for path, campaigns in found.items()}

    @cached_property
    def redirects(self) -> Mapping[str, str]:
        """Paths below the site that lead elsewhere now, each to where."""
        from campaigner.content.cards import alias_path
        from campaigner.render import addresses

        with closing(Manifest(self.manifest)) as manifest:
            cards = [row.card for row in manifest.campaigns()]
        return {
            place: addresses.post(card["slug"])
            for card in cards
            for place in map(alias_path, card["aliases"])
            if file_of(place) in self.digests
        }


def file_of(place: str) -> str:
    """The file of a site that a server answers with at a place of it."""
    return f"{place}index.html" if not place or place.endswith("/") else place


def build_site(
    workspace: Workspace,
    chosen: Chosen,
    *,
    jobs: int,
    now: datetime,
    progress: Callable[[int, int], None],
    glance: Glance | None = None,
) -> BuiltSite:
    """Bring the folder of a target up to date; raises CampaignerError with every fault where it cannot be done.

    `glance` has looked at inputs just now.
    """
    options = Options(
        output=workspace.state / PUBLISHED / chosen.name,
        slugs=chosen.slugs,
        jobs=jobs,
        base_url=chosen.target.url,
        is_staging=chosen.target.staging,
    )
    file = manifest_file(workspace, options)
    if chosen.slugs and not file.exists():
        # listings name what stands at the target beside what is asked for
        build(workspace, replace(options, slugs=()), now=now, progress=progress)
    report = build(workspace, options, now=now, progress=progress, glance=glance)
    with closing(Manifest(file)) as manifest:
        facts = manifest.facts()
    return BuiltSite(
        folder=options.output / SITE,
        manifest=file,
        begun=facts.begun if facts else 0,
        notes=report.notes,
    )
