"""Looks at all that a build stands on: the inputs, the output folder and what the last build kept."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from campaigner.build.folders import changed_folders
from campaigner.build.inputs import Glance
from campaigner.build.manifest import CampaignRow, Manifest
from campaigner.build.meanwhile import meanwhile


class Look(NamedTuple):
    """What there is."""

    #: of the inputs of the last build, by path
    signatures: Mapping[str, str]
    #: folders of the output that somebody else changed, and when
    folders: Mapping[str, int]
    #: what the last build kept of the campaigns
    campaigns: Sequence[CampaignRow]


def look_meanwhile(root: Path, output: Path, manifest: Path, glance: Glance) -> Callable[[], Look]:
    """Begin to look, at what `glance` did not see yet, and give what waits for all of it."""

    def look() -> tuple[dict[str, str], dict[str, int], list[tuple[object, ...]]]:
        with closing(Manifest(manifest)) as kept:  # one of its own: a copy of a process may not share ours
            signatures = glance.rest(root, kept.inputs())
            return signatures, changed_folders(output, kept.directories()), [*map(tuple, kept.campaigns())]

    result = meanwhile(look)

    def looked() -> Look:
        signatures, folders, campaigns = result()
        return Look(signatures, folders, [*map(CampaignRow._make, campaigns)])

    return looked
