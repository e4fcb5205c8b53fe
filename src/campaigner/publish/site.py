"""The site as a target is to have it: built into a folder of its own, so that no target re-renders another's pages."""

import os
from collections import defaultdict
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from campaigner.build.manifest import Manifest
from campaigner.build.options import Options
from campaigner.build.run import PUBLISHED, build, manifest_file
from campaigner.build.units import CAMPAIGN_KINDS
from campaigner.content.cards import alias_path
from campaigner.content.workspace import Workspace
from campaigner.publish.targets import Chosen
from campaigner.render import addresses
from campaigner.value import Value, replace

SITE = "site/"


class BuiltSite(Value):
    """A site that was built for a target."""

    #: where its files lie
    folder: Path
    #: by path in the site: what a build knows each file's content by
    digests: Mapping[str, str]
    #: by path: the slugs of the campaigns that have it; none for what belongs to the site
    campaigns: Mapping[str, tuple[str, ...]]
    #: paths below the site that lead elsewhere now, each to where
    redirects: Mapping[str, str]
    #: what a marketer should know, though nothing is wrong
    notes: tuple[str, ...]

    def size(self, path: str) -> int:
        """Bytes of a file."""
        return os.stat(self.folder / path).st_size


def file_of(place: str) -> str:
    """The file of a site that a server answers with at a place of it."""
    return addresses.file_of(place).removeprefix(SITE)


def build_site(
    workspace: Workspace,
    chosen: Chosen,
    *,
    jobs: int,
    now: datetime,
    progress: Callable[[int, int], None],
) -> BuiltSite:
    """Bring the folder of a target up to date; raises CampaignerError with every fault where it cannot be done."""
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
    report = build(workspace, options, now=now, progress=progress)
    with closing(Manifest(file)) as manifest:
        files = [
            (path.removeprefix(SITE), digest, unit.partition(" "))
            for path, digest, unit in manifest.files(SITE)
        ]
        cards = [row.card for row in manifest.campaigns()]
    slugs = {card["folder"]: card["slug"] for card in cards}
    digests, campaigns = {}, defaultdict(list)
    for path, digest, (kind, _, of) in files:
        digests[path] = digest
        if kind in CAMPAIGN_KINDS:
            campaigns[path].append(slugs[of])
    return BuiltSite(
        folder=options.output / SITE,
        digests=digests,
        campaigns={path: tuple(sorted({*found})) for path, found in campaigns.items()},
        redirects={
            place: addresses.post(card["slug"])
            for card in cards
            for place in map(alias_path, card["aliases"])
            if file_of(place) in digests
        },
        notes=report.notes,
    )
