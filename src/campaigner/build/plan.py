"""What must be rendered: each unit's key beside the key that the last build kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from campaigner.build import kinds
from campaigner.build.inputs import Inputs
from campaigner.build.lineup import Lineup, Shown, shown_campaigns
from campaigner.build.rendering import Made, Task
from campaigner.build.standing import Standing
from campaigner.build.survey import Survey, Surveyed
from campaigner.build.units import difference, seal, text_seal, unit_key, unit_name
from campaigner.content.workspace import SOURCES_FILE
from campaigner.model.campaign import State
from campaigner.render.publication import Publication
from campaigner.value import Value


class Fresh(Value):
    """A unit that was rendered in this build."""

    key: str
    #: digests of its files by path
    outputs: dict[str, str]
    fragment: str | None
    reason: str


def lineup_of(found: Survey, standing: Standing, *, drafts: bool, future: bool, now: str) -> Lineup:
    """The campaigns that the output folder is to hold.

    One that was not asked for can be there only if an earlier build made it, or if it stands where the site is
    published.
    """
    states = {State.LIVE, State.EXPIRED}
    states |= {State.DRAFT} if drafts else set()
    states |= {State.SCHEDULED} if future else set()
    there = (
        (folder, one)
        for folder, one in found.campaigns.items()
        if folder in found.selected
        or folder in (found.published or ())
        or unit_name(kinds.POST, folder) in standing.keys
    )
    return Lineup(shown_campaigns(there, states=states, now=now))


@dataclass(kw_only=True)
class Plan:
    """The units of a build, and what has become of each."""

    publication: Publication
    inputs: Inputs
    found: Survey
    standing: Standing
    lineup: Lineup
    engine: str
    #: hash of the templates of each kind of unit
    templates: dict[str, str]
    #: the parts that the units of the last build had in common, by their seals
    shared_before: Mapping[str, str]
    #: whether the last build was of all campaigns, for the same options, and nothing of it was disturbed
    is_next: bool
    #: units that were rendered, by name
    fresh: dict[str, Fresh] = field(default_factory=dict)
    #: names of all units that there are
    wanted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        publication = self.publication
        files, logo = publication.shared, publication.shared.logo
        # not where the logo lies: a workspace may be moved
        look = (files.style, files.icon, logo and (logo.path, logo.width, logo.height))
        common = (
            ("program", self.engine),
            ("settings", seal(publication.settings)),
            ("options", seal((publication.base_url, publication.dialect.name, publication.is_staging))),
            ("look", seal(look)),
        )
        by_kind = {kind: unit_key((*common, ("templates", found))) for kind, found in self.templates.items()}
        #: what the units of one kind have in common: their keys name it by its seal
        self.shared = {seal(key): key for key in by_kind.values()}
        self._kind_keys = {kind: unit_key((("all", seal(key)),)) for kind, key in by_kind.items()}

    def key(self, kind: str, *parts: tuple[str, str]) -> str:
        """The key of a unit: what all of its kind share, and its own parts."""
        return f"{self._kind_keys[kind]} {unit_key(parts)}".rstrip()

    def made(self, name: str, key: str, outputs: dict[str, str], fragment: str | None = None) -> None:
        """Note a unit that was rendered."""
        reason = difference(self.standing.keys.get(name), key, {**self.shared_before, **self.shared})
        self.fresh[name] = Fresh(key=key, outputs=outputs, fragment=fragment, reason=reason)

    def campaign_tasks(self) -> list[Task]:
        """The campaigns of which something must be rendered."""
        tasks = []
        unsettled, keys = self._unsettled(), self.standing.keys.keys()
        latest = {one.folder for one in self.lineup.latest}
        rest = tuple(kind for kind in kinds.CAMPAIGN_KINDS if kind != kinds.ENTRY)
        for folder, one in self.lineup.shown.items():
            wanted = kinds.CAMPAIGN_KINDS if folder in latest else rest
            names = {unit_name(kind, folder): kind for kind in wanted}
            self.wanted.update(names)
            if folder not in self.found.selected or (folder not in unsettled and names.keys() <= keys):
                continue
            known = self.found.campaigns[folder]
            own = self._own_parts(one, known)
            stale = [
                kind
                for name, kind in names.items()
                if not known.is_current or not self.standing.has(name, self._campaign_key(kind, one, own))
            ]
            if stale:
                tasks.append(self._task(one, tuple(stale)))
        return tasks

    def _unsettled(self) -> Collection[str]:
        """Folders of the campaigns of which something may be stale.

        All of them, unless only what changed of a campaign and its neighbours can have made it so.
        """
        shown, campaigns, inputs = self.lineup.shown, self.found.campaigns, self.inputs
        is_settled = (
            self.is_next
            and self.found.is_same_lineup
            and self.shared == self.shared_before
            and not inputs.changed(SOURCES_FILE)
        )
        if not is_settled:
            return shown.keys()
        found = set()
        for folder, one in shown.items():
            known = campaigns[folder]
            if known.is_new:
                found |= {near.folder for near in (one, *self.lineup.beside(one)) if near}
            for path in (one.card.path, *known.pictures):
                inputs.look(path, folder)
                if inputs.changed(path):
                    found.add(folder)
        return found

    def _task(self, one: Shown, kinds: tuple[str, ...]) -> Task:
        previous, following = self.lineup.beside(one)
        files: dict[str, str] = {}
        for kind in kinds:
            files |= self.standing.files(unit_name(kind, one.folder))
        return Task(
            folder=one.folder,
            kinds=kinds,
            state=one.state,
            previous=previous.card if previous else None,
            following=following.card if following else None,
            known=files,
        )

    def _own_parts(self, one: Shown, known: Surveyed) -> str:
        """The parts of a campaign's keys that are the same for all of its units."""
        look = self.inputs.look
        article = look(one.card.path, one.folder)
        pictures = ",".join([look(path, one.folder) for path in known.pictures])
        sources = [self.publication.sources.get(source_id) for source_id in known.cites]
        return (
            f"article={article} pictures={pictures} sources={seal(sources) if sources else ''} "
            f"state={one.state.value}"
        )

    def _campaign_key(self, kind: str, one: Shown, own: str) -> str:
        key = f"{self._kind_keys[kind]} {own}"
        if kind == kinds.POST:
            previous, following = self.lineup.beside(one)
            return (
                f"{key} neighbours={previous.name_seal if previous else ''}"
                f",{following.name_seal if following else ''}"
            )
        return key

    def note(self, made: Made, now: str) -> None:
        """Note what became of a task, `now`."""
        if made.faults:
            return
        one, known = self.lineup.shown[made.folder], self.found.campaigns[made.folder]
        for path, digest in made.pictures.items():
            self.inputs.note(path, digest, made.folder)
        # of an article that did not change, other units may use other pictures
        others = known.pictures if known.is_current else ()
        known.pictures = tuple(sorted({*others, *made.pictures}))
        known.cites, known.built = made.cites, now
        known.is_current = known.is_new = True
        own = self._own_parts(one, known)
        for kind, outputs in made.outputs.items():
            key = self._campaign_key(kind, one, own)
            self.made(unit_name(kind, made.folder), key, outputs, made.fragments.get(kind))

    def entry_key(self, one: Shown) -> str:
        """The key of a campaign's entry in the feed, as it was rendered last; empty where it has none."""
        published = self.found.published or {}
        if one.folder in published:
            entry = published[one.folder]
            return "" if entry is None else text_seal(entry)
        name = unit_name(kinds.ENTRY, one.folder)
        return self.fresh[name].key if name in self.fresh else self.standing.keys.get(name, "")

    def fresh_files(self) -> set[str]:
        """The files of all units that were rendered."""
        return {path for one in self.fresh.values() for path in one.outputs}

    def dropped_units(self) -> list[str]:
        """Units of the last build that there is no source for any more.

        A build of some campaigns only drops nothing but those campaigns' own; for where it is published
        also what belongs to the site: a listing may be of others than the last build knew.
        """
        gone = [name for name in self.standing.keys if name not in self.wanted]
        if not self.found.is_partial:
            return gone
        units = [(name, name.partition(" ")) for name in gone]
        return [
            name
            for name, (kind, _, of) in units
            if of in self.found.selected
            or (self.found.published is not None and kind not in kinds.CAMPAIGN_KINDS)
        ]
