"""What a target has when only some campaigns go there: the rest of it stays as it is, byte for byte."""

from collections.abc import Mapping

from campaigner.errors import Fault, PublishError
from campaigner.publish.host import Host, refused, standing_at
from campaigner.publish.releases import ASSETS, PublishedFile, Release
from campaigner.publish.site import BuiltSite
from campaigner.value import replace


def standing(host: Host) -> Release | None:
    """What a campaign is published beside; raises PublishError where nobody knows what is said of it there."""
    before = standing_at(host)
    if before and not before.tells_campaigns:
        message = "an earlier version of campaigner published this, and did not note what listings say of each campaign"
        raise refused(host.where, message, "Publish all campaigns once, with `campaigner publish`")
    return before


def with_the_rest(site: BuiltSite, before: Mapping[str, PublishedFile]) -> BuiltSite:
    """The site with what stands at the target of campaigns that stay; raises PublishError where one has its place."""
    staying = {one.card.slug for one in site.staying}
    others = {path: staying.intersection(file.campaigns) for path, file in before.items()}
    there = {path: before[path] for path, campaigns in others.items() if campaigns}
    taken = [
        Fault(
            path=path, message=f'at the target this is of "{min(others[path])}"', hint="Publish that one too"
        )
        for path, (_, slugs) in site.built.items()
        if slugs and path in there and not path.startswith(ASSETS)
    ]
    if taken:
        raise PublishError(taken)
    if there:
        # pages that stay use stylesheet, fonts and icons as they were when those pages were made
        there |= {
            path: file for path, file in before.items() if path.startswith(ASSETS) and not file.campaigns
        }
    own = {path: slugs for path, (_, slugs) in site.built.items()}
    return replace(
        site,
        wanted={path: file.digest for path, file in there.items()}
        | {path: digest for path, (digest, _) in site.built.items()},
        owners={
            path: tuple(sorted(own.get(path, frozenset()) | others.get(path, set())))
            for path in there.keys() | own.keys()
        },
    )
