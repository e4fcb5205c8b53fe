"""The site as a target is to have it: built into a folder of its own, so that no target re-renders another's pages."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from campaigner.build.inputs import Glance
from campaigner.build.kinds import CAMPAIGN_KINDS, ENTRY, POST
from campaigner.build.manifest import Manifest
from campaigner.build.options import Options
from campaigner.build.run import PUBLISHED, build, manifest_file
from campaigner.content.workspace import Workspace
from campaigner.publish.releases import Release
from campaigner.publish.targets import Chosen
from campaigner.value import Value

if TYPE_CHECKING:
    from campaigner.build.neighbours import Neighbour

SITE = "site/"
#: stands in campaigner.toml until somebody writes the address of his site
EXAMPLE = "example.com"


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
    #: by path: the campaigns that have what is wanted
    owners: Mapping[str, tuple[str, ...]] | None = None
    #: what stood at the target when only some campaigns were built for it; None for nothing
    before: Release | None = None
    #: folders of those; empty where all were built
    asked: tuple[str, ...] = ()
    #: the campaigns that stay as they stand there
    staying: "tuple[Neighbour, ...]" = ()

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """By path in the site: what a build knows each file's content by."""
        return self.here if self.wanted is None else self.wanted

    @cached_property
    def here(self) -> Mapping[str, str]:
        """The same of what lies here, be it for the target or not."""
        with closing(Manifest(self.manifest)) as manifest:
            return {path.removeprefix(SITE): digest for path, digest, _ in manifest.files(SITE)}

    def size(self, path: str) -> int:
        """Bytes of a file."""
        return os.stat(self.folder / path).st_size

    @cached_property
    def campaigns(self) -> Mapping[str, tuple[str, ...]]:
        """By path: the slugs of the campaigns that have it; none for what belongs to the site."""
        if self.owners is not None:
            return self.owners
        with closing(Manifest(self.manifest)) as manifest:
            slugs = {row.folder: row.card["slug"] for row in manifest.campaigns()}
            units = [(path, unit.partition(" ")) for path, _, unit in manifest.files(SITE)]
        found: defaultdict[str, set[str]] = defaultdict(set)
        for path, (kind, _, of) in units:
            if kind in CAMPAIGN_KINDS:
                found[path.removeprefix(SITE)].add(slugs[of])
        return {path: tuple(sorted(campaigns)) for path, campaigns in found.items()}

    @cached_property
    def built(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """What was built of those that were asked for, and of the site, by path: digest and slugs, as `campaigns`."""
        with closing(Manifest(self.manifest)) as manifest:
            slugs = {row.folder: row.card["slug"] for row in manifest.campaigns() if row.folder in self.asked}
            files = manifest.files(SITE)
        found: dict[str, tuple[str, frozenset[str]]] = {}
        for path, digest, unit in files:
            kind, _, of = unit.partition(" ")
            if kind not in CAMPAIGN_KINDS or of in slugs:
                _, known = found.get(path.removeprefix(SITE), ("", frozenset()))
                own = {slugs[of]} if kind in CAMPAIGN_KINDS else set()
                found[path.removeprefix(SITE)] = digest, known | own
        return found

    @cached_property
    def cards(self) -> "tuple[Neighbour, ...]":
        """What is said of each campaign, by who may publish one of its neighbours next."""
        from msgspec import convert

        from campaigner.build.neighbours import Neighbour
        from campaigner.model.campaign import Card

        with closing(Manifest(self.manifest)) as manifest:
            units, contents = manifest.units(), {path: digest for path, _, digest, _ in manifest.inputs()}
            shown = [
                convert(row.card, Card)
                for row in manifest.campaigns()
                if f"{POST} {row.folder}" in units and (not self.asked or row.folder in self.asked)
            ]
            entries = {
                card.folder: manifest.fragment(f"{ENTRY} {card.folder}")
                for card in shown
                if f"{ENTRY} {card.folder}" in units
            }
        own = (
            Neighbour(card=card, picture=contents.get(card.image, ""), entry=entries.get(card.folder))
            for card in shown
        )
        return (*own, *self.staying)

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


def _of_an_example(chosen: Chosen) -> Iterator[str]:
    """Say so where links lead to the address that a new workspace has."""
    if urlsplit(chosen.url).hostname == EXAMPLE:
        yield f"Absolute links lead to {chosen.url}, which is an example: write your own as url under [site]."


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
    before: Release | None = None,
) -> BuiltSite:
    """Bring the folder of a target up to date; raises CampaignerError with every fault where it cannot be done.

    `glance` has looked at inputs just now. Where only some campaigns go, listings, feed and sitemap name the others
    as they stand at the target, as `before` says.
    """
    options = Options(
        output=workspace.state / PUBLISHED / chosen.name,
        slugs=chosen.slugs,
        jobs=jobs,
        base_url=chosen.target.url,
        is_staging=chosen.target.staging,
    )
    file = manifest_file(workspace, options)
    neighbours = ((before and before.campaigns) or ()) if chosen.slugs else None
    report = build(workspace, options, now=now, progress=progress, glance=glance, neighbours=neighbours)
    with closing(Manifest(file)) as manifest:
        facts = manifest.facts()
    return BuiltSite(
        folder=options.output / SITE,
        manifest=file,
        begun=facts.begun if facts else 0,
        notes=(*report.notes, *_of_an_example(chosen)),
        before=before,
        asked=report.asked if chosen.slugs else (),
        staying=tuple(one for one in neighbours or () if one.card.folder in report.beside),
    )
