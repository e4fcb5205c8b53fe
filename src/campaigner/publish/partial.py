"""What a target has when only some campaigns go there: the rest of it stays as it is, byte for byte."""

from collections.abc import Mapping

from campaigner.publish.releases import PublishedFile
from campaigner.publish.site import BuiltSite
from campaigner.value import replace


def with_the_rest(site: BuiltSite, before: Mapping[str, PublishedFile], slugs: tuple[str, ...]) -> BuiltSite:
    """The site with what stands at the target of campaigns that are not named."""
    named = frozenset(slugs)

    def stays(campaigns: tuple[str, ...]) -> bool:
        return bool(campaigns) and not named.issuperset(campaigns)

    there = {path: file for path, file in before.items() if stays(file.campaigns)}
    goes = {path for path in site.digests if not stays(site.campaigns.get(path, ()))}
    # a picture may be of a named campaign too
    goes |= {path for path, campaigns in site.campaigns.items() if named.intersection(campaigns)}
    return replace(
        site,
        wanted={path: file.digest for path, file in there.items()}
        | {path: digest for path, digest in site.digests.items() if path in goes},
    )
